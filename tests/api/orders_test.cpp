// The order list, one order, what can be done with orders, Today.
#include "work_desk.hpp"

using namespace work_desk;

namespace {

std::vector<std::string> ids_of(const Reply& reply) {
  std::vector<std::string> ids;
  const json::array* items = json::find_array(reply.body, "items");
  REQUIRE(items != nullptr);
  for (const json::value& item : *items) ids.push_back(json::get_text(item, "amazon_order_id"));
  return ids;
}
using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("the list shows the most urgent order first and goes on where a page ended") {
  WorkShop shop;
  shop.order("111-0000003-0000003", {{"MUG-1", 1}}, std::chrono::hours(30));
  shop.order("111-0000001-0000001", {{"MUG-1", 1}}, std::chrono::hours(10));
  shop.order("111-0000002-0000002", {{"MUG-1", 1}}, std::chrono::hours(20));
  const Reply first = shop.get("/api/orders?limit=2", "warehouse");
  CHECK(ids_of(first) == Ids{"111-0000001-0000001", "111-0000002-0000002"});
  CHECK(ids_of(shop.get("/api/orders?limit=2&after=" + first.text("next"))) == Ids{"111-0000003-0000003"});
  const json::value& row = first.body.at("items").as_array()[0];
  CHECK(json::get_text(row, "state") == "to_plan");
  CHECK(json::get_text(row, "marketplace") == "US");
  CHECK(json::get_text(row, "marketplace_zone") == "America/Los_Angeles");
  CHECK(json::get_text(row, "account") == "US shop");
  CHECK(json::get_text(row, "warehouse") == "Shenzhen");
  CHECK(json::get_text(row, "lines").empty());
  CHECK(row.at("lines").as_array().size() == 1);
  CHECK(row.at("hold_reason").is_null());
  CHECK(first.raw.find("Secret") == std::string::npos);
  CHECK(first.raw.find("Ana") == std::string::npos);
}

TEST_CASE("filters, pasted numbers and counters speak of the same orders") {
  WorkShop shop;
  const OrderId a = shop.planned_order("111-0000001-0000001");
  const OrderId b = shop.order("111-0000002-0000002", {{"PLATE-2", 2}}, std::chrono::hours(-1));
  shop.order("111-0000003-0000003", {{"MUG-1", 1}, {"PLATE-2", 1}}, std::chrono::hours(90));
  shop.act("hold", {b}, R"({"reason":"buyer asked"})");
  shop.act("tag", {a}, R"({"tag":"VIP"})");
  struct Row {
    const char* query;
    Ids expected;
  };
  for (const Row& row : {Row{"state=to_label", {"111-0000001-0000001"}}, Row{"state=to_plan", {"111-0000003-0000003"}}, Row{"on_hold=true", {"111-0000002-0000002"}}, Row{"due=overdue", {"111-0000002-0000002"}}, Row{"due=later&shape=multi_line", {"111-0000003-0000003"}},
                         Row{"tag=VIP", {"111-0000001-0000001"}}, Row{"q=111-0000001-0000001%0A111-0000003-0000003", {"111-0000001-0000001", "111-0000003-0000003"}}, Row{"q=PLATE-2&q_kind=sku&shape=multi_qty", {"111-0000002-0000002"}},
                         Row{"q=ruiz&q_kind=buyer&shape=single", {"111-0000001-0000001"}}, Row{"marketplace=JP", {}}, Row{"country=US&on_hold=true", {"111-0000002-0000002"}}, Row{"from=2030-01-01", {}}, Row{"service=1&state=to_label", {"111-0000001-0000001"}}}) {
    CAPTURE(row.query);
    CHECK(ids_of(shop.get(std::string("/api/orders?") + row.query, "operations")) == row.expected);
  }
  const Reply counts = shop.get("/api/orders/counts?state=shipped&on_hold=true");
  CHECK(counts.number("counts.to_label") == 1);
  CHECK(counts.number("counts.to_plan") == 1);
  CHECK(counts.number("counts.on_hold") == 1);
  CHECK(counts.number("counts.shipped") == 0);
}

TEST_CASE("what is due today or within a day is not overdue, and counts when it waits for a decision too") {
  WorkShop shop;
  shop.order("111-0000001-0000001", {{"MUG-1", 1}}, std::chrono::hours(-1));
  shop.order("111-0000002-0000002", {{"MUG-1", 1}}, std::chrono::hours(1));
  shop.order("111-0000003-0000003", {{"MUG-1", 1}}, std::chrono::hours(23));
  shop.order("111-0000004-0000004", {{"MUG-1", 1}}, std::chrono::hours(25));
  const OrderId odd = shop.order("111-0000005-0000005", {{"MUG-1", 1}}, std::chrono::hours(2));
  must(shop.store().write([&](Tx& tx) -> Result<Done> {
    Order order = TRY(tx.orders.find(odd));
    order.state = OrderState::exception;
    order.exception_code = "order.no_offer";
    return tx.orders.update(order);
  }));
  const auto ids = [&](const char* query) {
    Ids found = ids_of(shop.get(std::string("/api/orders?") + query, "operations"));
    for (std::string& id : found) id = id.substr(id.size() - 1);
    return found;
  };
  CHECK(ids("due=overdue") == Ids{"1"});
  CHECK(ids("due=in_24h") == Ids{"2", "5", "3"});
  CHECK(ids("due=later") == Ids{"4"});
  CHECK(ids("due=in_24h&state=exception") == Ids{"5"});
  CHECK(ids("due=today").front() == "2");
  CHECK(shop.get("/api/today", "operations").number("due.overdue") == 1);
  CHECK(shop.get("/api/today", "operations").number("due.in_24h") == 3);
  CHECK(shop.get("/api/orders/counts?due=in_24h", "operations").number("counts.exception") == 1);
}

TEST_CASE("from and to are days of purchase in the caller's zone, both included, or moments") {
  WorkShop shop;
  shop.order("111-0000001-0000001");  // bought three hours before now
  const Instant bought = shop.clock.now() - std::chrono::hours(3);
  const std::string day = TimeZone::utc().day_of(bought).iso(), before = (TimeZone::utc().day_of(bought) + -1).iso(), after = (TimeZone::utc().day_of(bought) + 1).iso();
  struct Row {
    std::string query;
    std::size_t found;
  };
  for (const Row& row : {Row{"from=" + day, 1}, Row{"to=" + day, 1}, Row{"from=" + day + "&to=" + day, 1}, Row{"from=" + after, 0}, Row{"to=" + before, 0}, Row{"from=" + bought.iso(), 1}, Row{"to=" + bought.iso(), 0},
                         Row{"from=" + (bought + std::chrono::seconds(1)).iso(), 0}, Row{"from=" + before + "&to=" + before, 0}}) {
    CAPTURE(row.query);
    CHECK(ids_of(shop.get("/api/orders?" + row.query, "operations")).size() == row.found);
    CHECK((shop.get("/api/orders/counts?" + row.query, "operations").number("counts.to_plan") == 1) == (row.found == 1));
  }
}

TEST_CASE("a filter that means nothing is refused by its name") {
  WorkShop shop;
  for (const char* query : {"state=somewhere", "on_hold=perhaps", "account=abc", "marketplace=Mars", "shape=round", "due=soon", "from=yesterday", "q_kind=star", "sort=price"}) {
    CAPTURE(query);
    const Reply reply = shop.get(std::string("/api/orders?") + query);
    CHECK(reply.status == 400);
    CHECK(reply.code() == "field.bad");
    CHECK(reply.message().find(std::string(query).substr(0, std::string(query).find('='))) != std::string::npos);
  }
  CHECK(shop.get("/api/orders?after=nonsense").code() == "list.bad_cursor");
}

TEST_CASE("warehouse people see the goods of an order and neither its buyer nor the street") {
  WorkShop shop;
  const OrderId id = shop.planned_order("111-0000001-0000001");
  const Reply office = shop.detail(id), hall = shop.detail(id, "warehouse");
  CHECK(office.text("ship_to.line1") == "12 Secret Street");
  CHECK(office.text("buyer.email") == "ana@marketplace.amazon.com");
  CHECK(hall.text("ship_to.name") == "A. M. R.");
  CHECK(hall.text("ship_to.phone") == "•••47");
  CHECK(hall.body.at("ship_to").at("masked") == true);
  CHECK(hall.body.at("buyer").is_null());
  CHECK(hall.raw.find("Secret") == std::string::npos);
  CHECK(hall.raw.find("Ruiz") == std::string::npos);
  CHECK(shop.get("/api/orders?q=ruiz&q_kind=buyer", "warehouse").status == 403);
  CHECK(ids_of(shop.get("/api/orders?q=ruiz", "warehouse")).empty());
}

TEST_CASE("one order tells its goods, why its parcel goes as planned, and what can be done now") {
  WorkShop shop;
  const OrderId id = shop.planned_order("111-0000001-0000001", {{"MUG-1", 2}});
  const Reply order = shop.detail(id);
  REQUIRE(order.status == 200);
  const json::value& item = order.body.at("items").as_array()[0];
  CHECK(json::get_text(item, "product_sku") == "MUG-1");
  CHECK(json::get_int(item, "reserved") == 2);
  CHECK(json::get_text(item.at("bins").as_array()[0], "bin") == "A-2");
  const json::value& parcel = order.body.at("parcels").as_array()[0];
  CHECK(json::get_text(parcel, "state") == "planned");
  CHECK(json::get_text(parcel, "service") == "YunExpress Standard");
  CHECK(json::get_text(parcel, "reason").find("YunExpress") != std::string::npos);
  CHECK(json::get_int(parcel.at("items").as_array()[0], "quantity") == 2);
  CHECK(parcel.at("layout").as_array().size() == 2);
  CHECK(parcel.at("label").is_null());
  std::vector<std::string> kinds;
  for (const json::value& event : order.body.at("events").as_array()) kinds.push_back(json::get_text(event, "kind"));
  CHECK(kinds == std::vector<std::string>{"order_imported", "stock_reserved", "order_planned"});
  CHECK(json::text(order.body.at("allowed")).find("buy_label") != std::string::npos);
  CHECK(json::text(shop.detail(id, "warehouse").body.at("allowed")).find("buy_label") == std::string::npos);
  CHECK(shop.get("/api/orders/999").code() == "order.unknown");
  CHECK(shop.get("/api/orders/x").code() == "path.bad_id");
}

TEST_CASE("a batch answers one result for each order, and one that cannot does not stop the others") {
  WorkShop shop;
  const OrderId a = shop.planned_order("111-0000001-0000001"), b = shop.planned_order("111-0000002-0000002");
  shop.act("hold", {a}, R"({"reason":"wait"})");
  const Reply reply = shop.act("buy_label", {a, OrderId(999), b});
  CHECK(shop.outcome(reply, 0) == "order.on_hold");
  CHECK(shop.outcome(reply, 1) == "order.unknown");
  CHECK(shop.outcome(reply, 2) == "ok");
  const json::array& results = reply.body.at("results").as_array();
  CHECK(json::get_text(results[2], "order.state") == "to_print");
  CHECK(json::get_text(results[0], "order.hold_reason") == "wait");
  CHECK(results[1].at("order").is_null());
}

TEST_CASE("an order goes from planned to confirmed by the actions of the list") {
  WorkShop shop;
  const OrderId id = shop.order("111-0000001-0000001");
  struct Step {
    const char* action;
    const char* args;
    const char* outcome;
    const char* state;
  };
  for (const Step& step : {Step{"mark_printed", "{}", "order.no_parcel", "to_plan"}, Step{"plan", "{}", "ok", "to_label"}, Step{"mark_printed", "{}", "label.none", "to_label"}, Step{"buy_label", R"({"tracking_number":"###"})", "label.malformed_number", "to_label"},
                           Step{"buy_label", "{}", "ok", "to_print"}, Step{"plan", "{}", "parcel.has_label", "to_print"}, Step{"mark_printed", "{}", "ok", "to_pack"}, Step{"dispatch", "{}", "handover.not_packed", "to_pack"}, Step{"confirm", "{}", "confirmation.nothing_due", "to_pack"},
                           Step{"void_label", "{}", "ok", "to_label"}, Step{"void_label", "{}", "label.none", "to_label"}, Step{"note", R"({"text":"fragile"})", "ok", "to_label"}, Step{"tag", "{}", "field.missing", "to_label"}, Step{"cancel", R"({"reason":"Because"})", "order.bad_cancel_reason", "to_label"},
                           Step{"keep", "{}", "order.no_cancel_request", "to_label"}, Step{"cancel", R"({"reason":"NoInventory"})", "ok", "cancelled"}, Step{"cancel", R"({"reason":"NoInventory"})", "order.already_cancelled", "cancelled"}}) {
    CAPTURE(step.action);
    CHECK(shop.outcome(shop.act(step.action, {id}, step.args)) == step.outcome);
    CHECK(shop.state(id) == step.state);
  }
}

TEST_CASE("a packed order is dispatched from the list and its confirmation is due") {
  WorkShop shop;
  const ParcelId parcel = shop.packed_parcel("111-0000001-0000001");
  const OrderId id = must(shop.store().read([&](Tx& tx) { return tx.parcels.find(parcel); })).order;
  CHECK(shop.outcome(shop.act("dispatch", {id}, "{}", "warehouse")) == "ok");
  CHECK(shop.state(id) == "shipped");
  CHECK(shop.detail(id).text("confirm") == "due");
  CHECK(shop.outcome(shop.act("confirm", {id})) == "ok");
}

TEST_CASE("actions of the office are refused to warehouse people, unknown ones to everybody") {
  WorkShop shop;
  const OrderId id = shop.order("111-0000001-0000001");
  CHECK(shop.outcome(shop.act("plan", {id}, "{}", "warehouse")) == "session.forbidden");
  CHECK(shop.outcome(shop.act("tag", {id}, R"({"tag":"x"})", "warehouse")) == "ok");
  CHECK(shop.act("burn", {id}).code() == "order.unknown_action");
  CHECK(shop.post("/api/orders/actions", R"({"action":"plan","ids":[]})").code() == "field.bad");
  CHECK(shop.post("/api/orders/actions", R"({"action":"plan"})").code() == "field.bad");
}

TEST_CASE("a person's wish for service and carton is planned anew, from another warehouse only if it has the goods") {
  WorkShop shop;
  const OrderId id = shop.planned_order("111-0000001-0000001");
  CHECK(shop.outcome(shop.act("plan", {id}, R"({"service_id":")" + std::to_string(shop.express.value()) + R"(","carton_id":"2"})")) == "ok");
  const Reply order = shop.detail(id);
  REQUIRE(order.body.at("parcels").as_array().size() == 1);
  CHECK(json::get_text(order.body.at("parcels").as_array()[0], "service") == "EMS");
  CHECK(json::get_text(order.body.at("parcels").as_array()[0], "carton") == "M");
  const std::string other = shop.warehouse("Yiwu");
  CHECK(shop.outcome(shop.act("plan", {id}, R"({"warehouse_id":")" + other + R"("})")) == "stock.not_enough");
  CHECK(shop.state(id) == "to_label");  // what was planned still stands
  CHECK(shop.outcome(shop.act("plan", {id}, R"({"warehouse_id":"99"})")) == "warehouse.unknown");
  CHECK(shop.outcome(shop.act("plan", {id}, R"({"service_id":"99"})")) == "service.unknown");
  CHECK(shop.outcome(shop.act("plan", {id}, R"({"carton_id":"99"})")) == "carton.unknown");
}

TEST_CASE("offers name every service, what its price is made of, and the chosen one") {
  WorkShop shop;
  const OrderId id = shop.planned_order("111-0000001-0000001");
  const Reply reply = shop.get("/api/orders/" + std::to_string(id.value()) + "/offers", "operations");
  REQUIRE(reply.status == 200);
  const json::array& offers = reply.body.at("offers").as_array();
  REQUIRE(offers.size() == 2);
  CHECK(json::get_text(offers[0], "service") == "YunExpress Standard");
  CHECK(offers[0].at("chosen") == true);
  CHECK(offers[1].at("chosen") == false);
  std::int64_t sum = 0;
  for (const json::value& line : offers[0].at("lines").as_array()) sum += json::get_int(line, "amount.amount").value_or(0);
  CHECK(sum == json::get_int(offers[0], "cost.amount"));
  CHECK(shop.get("/api/orders/" + std::to_string(id.value()) + "/offers", "warehouse").status == 403);
}

TEST_CASE("an order is divided into parcels unit by unit") {
  WorkShop shop;
  const OrderId id = shop.planned_order("111-0000001-0000001", {{"MUG-1", 3}});
  const std::string item = json::get_text(shop.detail(id).body.at("items").as_array()[0], "id"), path = "/api/orders/" + std::to_string(id.value()) + "/split";
  const auto parts = [&](int a, int b) { return R"({"parcels":[{"items":[{"order_item_id":")" + item + R"(","quantity":)" + std::to_string(a) + R"(}]},{"items":[{"order_item_id":")" + item + R"(","quantity":)" + std::to_string(b) + "}]}]}"; };
  CHECK(shop.post(path, parts(1, 1), "operations").code() == "split.bad_quantity");
  CHECK(shop.post(path, parts(2, 2), "operations").code() == "split.bad_quantity");
  CHECK(shop.post(path, parts(3, 0), "operations").code() == "split.bad_quantity");
  CHECK(shop.post(path, "{}", "operations").code() == "field.missing");
  const Reply split = shop.post(path, parts(1, 2), "operations");
  CHECK(split.status == 200);
  CHECK(split.body.at("parcels").as_array().size() == 2);
}

TEST_CASE("the export has a row for each line and no buyer") {
  WorkShop shop;
  shop.order("111-0000001-0000001", {{"MUG-1", 1}, {"PLATE-2", 2}});
  shop.order("111-0000002-0000002");
  const Reply csv = shop.get("/api/orders/export?format=csv&state=to_plan");
  CHECK(csv.status == 200);
  CHECK(csv.headers.get("Content-Type") == "text/csv; charset=utf-8");
  CHECK(std::count(csv.raw.begin(), csv.raw.end(), '\n') == 4);
  CHECK(csv.raw.find("PLATE-2") != std::string::npos);
  CHECK(csv.raw.find("Ruiz") == std::string::npos);
  CHECK(shop.get("/api/orders/export?format=xlsx").raw.substr(0, 2) == "PK");
  CHECK(shop.get("/api/orders/export?format=doc").code() == "field.bad");
  CHECK(shop.get("/api/orders/export", "warehouse").status == 403);
}

TEST_CASE("today shows what is due, what waits and how the accounts stand") {
  WorkShop shop;
  shop.order("111-0000001-0000001", {{"MUG-1", 1}}, std::chrono::hours(-1));
  shop.order("111-0000002-0000002", {{"MUG-1", 1}}, std::chrono::hours(100));
  const OrderId held = shop.order("111-0000003-0000003", {{"MUG-1", 97}}, std::chrono::hours(2));
  shop.act("hold", {held}, R"({"reason":"wait"})");
  const Reply today = shop.get("/api/today", "operations");
  REQUIRE(today.status == 200);
  CHECK(today.number("counts.to_plan") == 2);
  CHECK(today.number("counts.on_hold") == 1);
  CHECK(today.number("due.overdue") == 1);
  CHECK(today.number("due.in_24h") == 1);
  CHECK(today.number("due.later") == 1);
  CHECK(today.body.at("next_deadlines").as_array().size() == 2);
  CHECK(json::get_text(today.body.at("next_deadlines").as_array()[0], "amazon_order_id") == "111-0000001-0000001");
  CHECK(json::get_text(today.body.at("low_stock").as_array()[0], "sku") == "MUG-1");
  REQUIRE(today.body.at("health").as_array().size() == 1);
  CHECK(json::get_text(today.body.at("health").as_array()[0], "lsr_30.limit") == "<0.04");
  CHECK(today.number("confirm.waiting") == 0);
  CHECK(shop.get("/api/today", "warehouse").body.at("health").as_array().empty());
}

TEST_CASE("today counts parcels that left and wait for Amazon and for a first scan") {
  WorkShop shop;
  const ParcelId parcel = shop.packed_parcel("111-0000001-0000001");
  shop.act("dispatch", {must(shop.store().read([&](Tx& tx) { return tx.parcels.find(parcel); })).order});
  CHECK(shop.get("/api/today").number("parcels.in_transit") == 1);
  CHECK(shop.get("/api/today").number("parcels.no_scan_48h") == 0);
  CHECK(shop.get("/api/today").number("confirm.waiting") == 1);
  shop.clock.advance(std::chrono::hours(49));
  CHECK(shop.get("/api/today").number("parcels.no_scan_48h") == 1);
}
