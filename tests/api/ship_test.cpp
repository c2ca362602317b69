// Waves, printing, the pack station, hand-overs, labels of one parcel, parcels under way, saved views.
#include "work_desk.hpp"

using namespace work_desk;

namespace {

std::string number(ParcelId id) { return std::to_string(id.value()); }

std::string wave_of(WorkShop& shop, const std::string& more = "") {
  const Reply wave = shop.post("/api/waves", R"({"warehouse_id":")" + std::to_string(shop.warehouse_id.value()) + "\"" + more + "}", "warehouse");
  REQUIRE(wave.status == 201);
  return wave.text("id");
}

}  // namespace

TEST_CASE("a wave lists bins as people count them and parcels as their goods are picked") {
  WorkShop shop;
  shop.planned_order("111-0000001-0000001", {{"PLATE-2", 1}});
  shop.planned_order("111-0000002-0000002", {{"MUG-1", 2}, {"PLATE-2", 1}});
  shop.planned_order("111-0000003-0000003");
  const Reply wave = shop.get("/api/waves/" + wave_of(shop), "warehouse");
  const json::array& lines = wave.body.at("lines").as_array();
  REQUIRE(lines.size() == 2);
  CHECK(json::get_text(lines[0], "bin") == "A-2");
  CHECK(json::get_text(lines[1], "bin") == "A-10");
  CHECK(json::get_int(lines[0], "quantity") == 3);
  std::vector<std::string> order;
  for (const json::value& parcel : wave.body.at("parcels").as_array()) order.push_back(json::get_text(parcel, "amazon_order_id"));
  CHECK(order == std::vector<std::string>{"111-0000003-0000003", "111-0000001-0000001", "111-0000002-0000002"});
  CHECK(wave.number("orders") == 3);
  CHECK(wave.number("units") == 5);
  CHECK(shop.get("/api/waves?state=open").body.as_array().size() == 1);
  CHECK(shop.get("/api/waves?state=done").body.as_array().empty());
  CHECK(shop.get("/api/waves?state=half").code() == "field.bad");
}

TEST_CASE("a wave takes the orders named or filtered, and is refused when nothing waits") {
  WorkShop shop;
  const OrderId a = shop.planned_order("111-0000001-0000001");
  shop.planned_order("111-0000002-0000002", {{"PLATE-2", 1}});
  shop.planned_order("111-0000003-0000003", {{"MUG-1", 4}});
  CHECK(shop.get("/api/waves/" + wave_of(shop, R"(,"order_ids":[")" + std::to_string(a.value()) + "\"]")).body.at("parcels").as_array().size() == 1);
  CHECK(shop.get("/api/waves/" + wave_of(shop, R"(,"filter":{"shape":"single"},"max":5)")).body.at("parcels").as_array().size() == 1);
  CHECK(shop.get("/api/waves/" + wave_of(shop, R"(,"order_ids":null,"filter":null,"max":50)")).body.at("parcels").as_array().size() == 1);
  const std::string warehouse = R"({"warehouse_id":")" + std::to_string(shop.warehouse_id.value()) + "\"";
  CHECK(shop.post("/api/waves", warehouse + "}").code() == "wave.empty");
  CHECK(shop.post("/api/waves", warehouse + R"(,"filter":{"tag":"nobody"}})").code() == "wave.empty");
  CHECK(shop.post("/api/waves", warehouse + R"(,"max":0})").code() == "field.out_of_range");
  CHECK(shop.post("/api/waves", "{}").code() == "field.missing");
  CHECK(shop.post("/api/waves", R"({"warehouse_id":"99"})").code() == "warehouse.unknown");
  CHECK(shop.get("/api/waves/99").code() == "wave.unknown");
}

TEST_CASE("picking counts units; a short pick needs a reason, and an entry can be taken back") {
  WorkShop shop;
  shop.planned_order("111-0000001-0000001", {{"MUG-1", 3}});
  const std::string path = "/api/waves/" + wave_of(shop) + "/pick";
  CHECK(shop.post(path, R"({"sku":"MUG-1","bin":"A-2","quantity":2})", "warehouse").code() == "pick.reason_needed");
  CHECK(shop.post(path, R"({"sku":"MUG-1","quantity":4})").code() == "pick.too_many");
  CHECK(shop.post(path, R"({"sku":"SOAP","quantity":1})").code() == "pick.not_in_wave");
  CHECK(shop.post(path, R"({"sku":"MUG-1"})").code() == "field.missing");
  const Reply all = shop.post(path, R"({"sku":"MUG-1","bin":"A-2","quantity":3})", "warehouse");
  CHECK(json::get_int(all.body.at("lines").as_array()[0], "picked") == 3);
  const ParcelId parcel(std::stoll(json::get_text(all.body.at("parcels").as_array()[0], "id")));
  const auto picked = [&] { return must(shop.store().read([&](Tx& tx) { return tx.parcels.find(parcel); })).picked_at.has_value(); };
  CHECK(picked());
  shop.post(path, R"({"sku":"MUG-1","quantity":0})", "warehouse");
  CHECK_FALSE(picked());
  CHECK(shop.post(path, R"({"sku":"MUG-1","quantity":2,"reason":"one broken"})", "warehouse").status == 200);
  const Reply closed = shop.post(path.substr(0, path.size() - 5) + "/close", "", "warehouse");
  CHECK(closed.text("state") == "done");
  CHECK(picked());
}

TEST_CASE("labels are bought where missing, printed in pick order, and every parcel has its answer") {
  WorkShop shop;
  const ParcelId plate = shop.first_parcel(shop.planned_order("111-0000001-0000001", {{"PLATE-2", 1}}));
  const OrderId mug_order = shop.planned_order("111-0000002-0000002");
  const ParcelId mug = shop.first_parcel(mug_order);
  const OrderId held = shop.planned_order("111-0000003-0000003");
  const ParcelId stopped = shop.first_parcel(held);
  shop.act("hold", {held}, R"({"reason":"wait"})");
  const std::string ids = R"("parcel_ids":[")" + number(plate) + "\",\"" + number(mug) + "\",\"" + number(stopped) + R"(","999"])";
  const Reply without = shop.post("/api/prints", R"({"kind":"labels","buy":false,)" + ids + "}", "warehouse");
  CHECK(without.number("pages") == 0);
  const Reply made = shop.post("/api/prints", R"({"kind":"labels","format":"pdf","size":"100x150","buy":true,)" + ids + "}", "warehouse");
  REQUIRE(made.status == 200);
  CHECK(made.number("pages") == 2);
  std::vector<std::string> outcomes;
  for (const json::value& result : made.body.at("results").as_array()) outcomes.push_back(json::get_bool(result, "ok") ? "ok" : json::get_text(result, "error.code"));
  CHECK(outcomes == std::vector<std::string>{"ok", "ok", "order.on_hold", "parcel.unknown"});
  CHECK(must(shop.store().read([&](Tx& tx) { return tx.work.print(std::stoll(made.text("print_id"))); })).parcels == std::vector<ParcelId>{mug, plate});
  CHECK(shop.state(mug_order) == "to_print");

  const Reply file = shop.get(made.text("url"), "warehouse");
  CHECK(file.status == 200);
  CHECK(file.headers.get("Content-Type") == "application/pdf");
  CHECK(file.raw.substr(0, 5) == "%PDF-");
  CHECK(shop.state(mug_order) == "to_pack");
  CHECK(json::get_int(shop.detail(mug_order).body.at("parcels").as_array()[0], "label.printed_count") == 1);
  shop.get(made.text("url"));
  CHECK(json::get_int(shop.detail(mug_order).body.at("parcels").as_array()[0], "label.printed_count") == 2);
  // What is void by now is not printed again.
  shop.act("void_label", {mug_order});
  CHECK(shop.get(made.text("url")).status == 200);
  CHECK(shop.get("/api/prints/999/file").code() == "print.unknown");
}

TEST_CASE("every kind of paper is printed, and what cannot be is refused by its reason") {
  WorkShop shop;
  const ParcelId parcel = shop.packed_parcel("111-0000001-0000001");
  const std::string ids = R"(,"parcel_ids":[")" + number(parcel) + "\"]}";
  for (const char* body : {R"({"kind":"labels","format":"zpl")", R"({"kind":"labels","size":"a4")", R"({"kind":"slips","size":"a4")", R"({"kind":"picklist","size":"a4")", R"({"kind":"customs")"}) {
    CAPTURE(body);
    const Reply made = shop.post("/api/prints", body + ids, "warehouse");
    CAPTURE(made.raw);
    CHECK(made.number("pages") >= 1);
    const Reply file = shop.get(made.text("url"), "warehouse");
    CHECK(file.status == 200);
    CHECK((file.raw.substr(0, 5) == "%PDF-" || file.raw.substr(0, 3) == "^XA"));
  }
  struct Row {
    const char* body;
    const char* code;
  };
  for (const Row& row : {Row{R"({"kind":"posters")", "print.bad_kind"}, Row{R"({"kind":"slips","format":"zpl")", "print.bad_format"}, Row{R"({"kind":"labels","size":"a3")", "print.bad_size"}, Row{R"({"kind":"labels","format":"zpl","size":"a4")", "print.bad_size"},
                         Row{R"({"kind":"handover")", "field.missing"}, Row{R"({"kind":"labels","wave_id":"77")", "wave.unknown"}, Row{R"({"kind":"handover","handover_id":"77")", "handover.unknown"}}) {
    CAPTURE(row.body);
    CHECK(shop.post("/api/prints", row.body + ids).code() == row.code);
  }
}

TEST_CASE("a wave is printed as a whole") {
  WorkShop shop;
  shop.planned_order("111-0000001-0000001");
  shop.planned_order("111-0000002-0000002", {{"PLATE-2", 2}});
  const std::string wave = wave_of(shop);
  CHECK(shop.post("/api/prints", R"({"kind":"labels","buy":true,"wave_id":")" + wave + "\"}", "warehouse").number("pages") == 2);
  const Reply list = shop.post("/api/prints", R"({"kind":"picklist","wave_id":")" + wave + "\"}", "warehouse");
  CHECK(list.number("pages") == 1);
  CHECK(shop.get(list.text("url")).raw.substr(0, 5) == "%PDF-");
}

TEST_CASE("the pack station opens by any code, checks every unit and the weight, and closes") {
  WorkShop shop;
  const OrderId id = shop.planned_order("111-0000001-0000001", {{"MUG-1", 2}});
  shop.act("buy_label", {id});
  const ParcelId parcel = shop.first_parcel(id);
  const std::string tracking = must(shop.store().read([&](Tx& tx) { return tx.parcels.live_label(parcel); }))->tracking_number;
  for (const std::string& code : {std::string("111-0000001-0000001"), "P" + number(parcel), tracking, std::string("MUG-1"), std::string("6901234567892")}) {
    CAPTURE(code);
    const Reply opened = shop.post("/api/pack/open", R"({"code":")" + code + "\"}", "warehouse");
    CHECK(opened.text("parcel.id") == number(parcel));
    CHECK(opened.text("order.amazon_order_id") == "111-0000001-0000001");
    CHECK(opened.body.at("cartons").as_array().size() == 2);
    CHECK(opened.body.at("question").is_null());
    CHECK(opened.raw.find("Secret") == std::string::npos);
  }
  CHECK(shop.post("/api/pack/open", R"({"code":"NOTHING"})").code() == "pack.nothing_for_code");
  CHECK(shop.post("/api/pack/open", "{}").code() == "field.missing");

  const std::string path = "/api/pack/" + number(parcel);
  CHECK(shop.post(path + "/scan", R"({"code":"PLATE-2"})", "warehouse").code() == "pack.wrong_item");
  CHECK(shop.post(path + "/scan", R"({"code":"SOAP"})").code() == "pack.unknown_code");
  const Reply one = shop.post(path + "/scan", R"({"code":"6901234567892","quantity":1})", "warehouse");
  CHECK(one.number("item.verified") == 1);
  CHECK(one.number("item.quantity") == 2);
  CHECK(one.body.at("complete") == false);
  CHECK(shop.post(path + "/finish", R"({"override":null})", "warehouse").code() == "pack.not_verified");
  CHECK(shop.post(path + "/scan", R"({"code":"MUG-1","quantity":2})").code() == "pack.too_many");
  CHECK(shop.post(path + "/scan", R"({"code":"MUG-1"})").body.at("complete") == true);
  const Reply light = shop.post(path + "/weigh", R"({"grams":500})", "warehouse");
  CHECK(light.body.at("within") == false);
  CHECK(light.number("difference_g") == 500 - light.number("expected_g"));
  CHECK(shop.post(path + "/weigh", R"({"grams":0})").code() == "pack.bad_weight");
  CHECK(shop.post(path + "/finish", R"({"grams":500})", "warehouse").code() == "pack.weight_off");
  const Reply done = shop.post(path + "/finish", R"({"grams":500,"carton_id":"2","override":{"reason":"scale is off"}})", "warehouse");
  REQUIRE(done.status == 200);
  CHECK(done.text("parcel.state") == "packed");
  CHECK(done.text("parcel.carton") == "M");
  CHECK(done.text("parcel.packed_by") == "token warehouse");
  CHECK(done.text("label_url").starts_with("/api/prints/"));  // not printed before: it goes on the box now
  CHECK(done.body.at("next").is_null());
  CHECK(shop.post(path + "/finish", "{}").code() == "pack.already_packed");
  CHECK(shop.post(path + "/reset", "", "warehouse").text("parcel.state") == "planned");
}

TEST_CASE("the station asks before a stopped order is packed and goes on to the next of the wave") {
  WorkShop shop;
  const OrderId a = shop.planned_order("111-0000001-0000001"), b = shop.planned_order("111-0000002-0000002"), c = shop.planned_order("111-0000003-0000003");
  wave_of(shop);
  shop.act("hold", {b}, R"({"reason":"wait"})");
  CHECK(shop.post("/api/pack/open", R"({"code":"111-0000002-0000002"})", "warehouse").text("question.kind") == "on_hold");
  CHECK(shop.post("/api/pack/" + number(shop.first_parcel(b)) + "/scan", R"({"code":"MUG-1"})").code() == "order.on_hold");
  const std::string path = "/api/pack/" + number(shop.first_parcel(a));
  shop.post(path + "/scan", R"({"code":"MUG-1"})");
  CHECK(shop.post(path + "/finish", "{}").text("next.parcel_no") == "P" + number(shop.first_parcel(c)));
}

TEST_CASE("a hand-over takes packed parcels of its carrier and lets them leave together") {
  WorkShop shop;
  const ParcelId a = shop.packed_parcel("111-0000001-0000001"), b = shop.packed_parcel("111-0000002-0000002");
  const ParcelId unpacked = shop.first_parcel(shop.planned_order("111-0000003-0000003"));
  const std::string warehouse = R"(","warehouse_id":")" + std::to_string(shop.warehouse_id.value()) + "\"}";
  const Reply opened = shop.post("/api/handovers", R"({"carrier":"yunexpress)" + warehouse, "warehouse");
  REQUIRE(opened.status == 201);
  CHECK(opened.text("carrier") == "YunExpress");
  CHECK(opened.text("warehouse") == "Shenzhen");
  const std::string path = "/api/handovers/" + opened.text("id");
  CHECK(shop.post(path + "/close", "", "warehouse").code() == "handover.empty");
  CHECK(shop.post(path + "/scan", R"({"code":"P)" + number(a) + "\"}", "warehouse").text("parcel.id") == number(a));
  shop.post(path + "/scan", R"({"code":"P)" + number(b) + "\"}", "warehouse");
  CHECK(shop.post(path + "/scan", R"({"code":"P)" + number(unpacked) + "\"}").code() == "handover.not_packed");
  CHECK(shop.post(path + "/scan", R"({"code":"P9999"})").code() == "handover.unknown_code");
  CHECK(shop.call("DELETE", path + "/parcels/" + number(b), "", "warehouse").body.at("parcels").as_array().size() == 1);
  CHECK(shop.call("DELETE", path + "/parcels/" + number(b)).code() == "handover.not_in_it");
  shop.post(path + "/scan", R"({"code":"P)" + number(b) + "\"}");
  const Reply other = shop.post("/api/handovers", R"({"carrier":"ups)" + warehouse);
  CHECK(shop.post("/api/handovers/" + other.text("id") + "/scan", R"({"code":"P)" + number(a) + "\"}").code() == "handover.wrong_carrier");

  // The buyer of one changes his mind before the driver comes.
  const OrderId stopped = must(shop.store().read([&](Tx& tx) { return tx.parcels.find(b); })).order;
  shop.act("hold", {stopped}, R"({"reason":"wait"})");
  const Reply closed = shop.post(path + "/close", "", "warehouse");
  CHECK(closed.text("state") == "closed");
  CHECK(closed.body.at("parcels").as_array().size() == 1);
  CHECK(json::get_text(closed.body.at("stayed").as_array()[0], "error.code") == "order.on_hold");
  CHECK(shop.post(path + "/close", "").code() == "handover.closed");
  CHECK(shop.get("/api/handovers?state=closed").body.as_array().size() == 1);
  const Reply print = shop.post("/api/prints", R"({"kind":"handover","handover_id":")" + opened.text("id") + "\"}", "warehouse");
  CHECK(shop.get(print.text("url")).raw.substr(0, 5) == "%PDF-");
  CHECK(shop.post("/api/handovers", R"({"carrier":"my uncle)" + warehouse).code() == "handover.unknown_carrier");
  CHECK(shop.post("/api/handovers", R"({"carrier":"ups","warehouse_id":"99"})").code() == "warehouse.unknown");
  CHECK(shop.post("/api/handovers", R"({"carrier":"ups"})").code() == "field.missing");
}

TEST_CASE("one parcel gets its number, loses it, and a wrong one is corrected after it left") {
  WorkShop shop;
  const ParcelId parcel = shop.first_parcel(shop.planned_order("111-0000001-0000001"));
  const std::string path = "/api/parcels/" + number(parcel) + "/label";
  CHECK(shop.post(path, "{}", "warehouse").status == 403);
  const Reply bought = shop.post(path, "{}", "operations");
  CHECK(bought.text("label.tracking_number").starts_with("YT26"));
  CHECK(bought.text("label.check.verdict") == "valid");
  CHECK(shop.post(path, R"({"tracking_number":"YT2600000010700999"})").code() == "parcel.has_label");
  CHECK(shop.call("DELETE", path, "", "operations").body.at("label").is_null());
  CHECK(shop.call("DELETE", path).code() == "label.none");
  CHECK(shop.post(path, R"({"service_id":"99"})").code() == "service.unknown");
  CHECK(shop.post("/api/parcels/999/label", "{}").code() == "parcel.unknown");

  const ParcelId left = shop.packed_parcel("111-0000002-0000002");
  shop.act("dispatch", {must(shop.store().read([&](Tx& tx) { return tx.parcels.find(left); })).order});
  const std::string left_path = "/api/parcels/" + number(left) + "/label";
  CHECK(shop.call("DELETE", left_path).code() == "label.left_the_house");
  CHECK(shop.post(left_path, R"({"tracking_number":"YT2600000010700999"})").text("label.tracking_number") == "YT2600000010700999");
}

TEST_CASE("parcels under way are listed with their scans and found by their numbers") {
  WorkShop shop;
  const ParcelId a = shop.packed_parcel("111-0000001-0000001");
  const ParcelId b = shop.packed_parcel("111-0000002-0000002");
  for (const ParcelId id : {a, b}) shop.act("dispatch", {must(shop.store().read([&](Tx& tx) { return tx.parcels.find(id); })).order});
  must(shop.store().write([&](Tx& tx) { return tx.parcels.add_scan(a, {.at = shop.clock.now(), .state = "in_transit", .code = "X", .text = "Departed", .place = "Shenzhen"}, shop.clock.now()); }));
  const Reply first = shop.get("/api/parcels?limit=1", "warehouse");
  CHECK(json::get_text(first.body.at("items").as_array()[0], "id") == number(b));
  const Reply second = shop.get("/api/parcels?limit=1&after=" + first.text("next"));
  REQUIRE(second.body.at("items").as_array().size() == 1);
  const json::value& parcel = second.body.at("items").as_array()[0];
  CHECK(json::get_text(parcel.at("tracking").at("scans").as_array()[0], "place") == "Shenzhen");
  CHECK(json::get_text(parcel, "confirm.state") == "due");
  CHECK(second.body.at("next").is_null());
  const std::string tracking = json::get_text(parcel, "label.tracking_number");
  for (const std::string& query : {"q=" + tracking, std::string("q=111-0000001-0000001")}) CHECK(shop.get("/api/parcels?" + query).body.at("items").as_array().size() == 1);
  CHECK(shop.get("/api/parcels?carrier=ups").body.at("items").as_array().empty());
  CHECK(shop.get("/api/parcels?tracking=no_scan").body.at("items").as_array().size() == 2);
  CHECK(shop.get("/api/parcels?tracking=lost_in_space").code() == "field.bad");
}

TEST_CASE("a view is saved, shared and deleted") {
  WorkShop shop;
  const Reply saved = shop.post("/api/views", R"({"name":"Due today","screen":"orders","query":{"due":"today"},"shared":true})", "operations");
  CHECK(saved.status == 201);
  CHECK(saved.text("query.due") == "today");
  CHECK(shop.get("/api/views", "warehouse").body.as_array().size() == 1);
  CHECK(shop.post("/api/views", R"({"name":" "})").code() == "field.missing");
  CHECK(shop.call("DELETE", "/api/views/" + saved.text("id")).status == 204);
  CHECK(shop.call("DELETE", "/api/views/" + saved.text("id")).code() == "view.unknown");
}
