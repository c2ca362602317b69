// Warehouses, cartons, services and price sheets.
#include "setup_desk.hpp"

using namespace setup_desk;

TEST_CASE("a warehouse is added, changed and deleted; one with stock is only switched off") {
  Shop shop;
  const std::string id = shop.warehouse("Yiwu");
  const Reply changed = shop.patch("/api/warehouses/" + id, R"({"cutoff":"9:30","address":{"city":"Yiwu"}})", "operations");
  CHECK(changed.text("cutoff") == "09:30");
  CHECK(changed.text("address.city") == "Yiwu");
  CHECK(changed.text("address.line1") == "Road 1");  // what was not sent stays
  CHECK(changed.text("address.country") == "CN");
  CHECK(shop.post("/api/warehouses", R"({"name":"Yiwu","country":"CN","time_zone":"Asia/Shanghai"})").code() == "warehouse.name_taken");
  const Reply gone = shop.call("DELETE", "/api/warehouses/" + id);
  CHECK(gone.body.at("deleted") == true);
  CHECK(shop.get("/api/warehouses").body.as_array().empty());

  const std::string used = shop.warehouse("LA"), product = shop.product("MUG-1");
  shop.post("/api/stock/adjust", R"({"product_id":")" + product + R"(","warehouse_id":")" + used + R"(","counted":3,"reason":"count"})");
  CHECK(shop.call("DELETE", "/api/warehouses/" + used).body.at("deleted") == false);
  CHECK(shop.get("/api/warehouses").body.as_array()[0].at("active") == false);
  CHECK(shop.call("DELETE", "/api/warehouses/999").status == 404);
}

TEST_CASE("a warehouse that cannot be is refused by the name of the field") {
  Shop shop;
  struct Row {
    const char* body;
    const char* code;
  };
  for (const Row& row : {Row{R"({"country":"CN","time_zone":"Asia/Shanghai"})", "field.missing"}, Row{R"({"name":"A","country":"China","time_zone":"Asia/Shanghai"})", "field.bad"}, Row{R"({"name":"A","country":"CN","time_zone":"Mars/Base"})", "time.unknown_zone"},
                         Row{R"({"name":"A","country":"CN","time_zone":"Asia/Shanghai","cutoff":"25:00"})", "field.bad"}, Row{R"({"name":"A","country":"CN","time_zone":"Asia/Shanghai","address":"here"})", "field.bad"}, Row{R"({"name":7})", "field.bad"},
                         Row{R"([])", "body.not_an_object"}, Row{"{", "json.bad"}}) {
    CAPTURE(row.body);
    const Reply reply = shop.post("/api/warehouses", row.body);
    CHECK(reply.status == 400);
    CHECK(reply.code() == row.code);
  }
  CHECK(shop.patch("/api/warehouses/x", "{}").code() == "path.bad_id");
}

TEST_CASE("a carton has an inside, an outside and carries more than itself") {
  Shop shop;
  const Reply made = shop.post("/api/cartons", R"({"name":"S1","kind":"box","inner":[160,110,60],"outer":[166,116,68],"tare_g":45,"max_weight_g":null,"cost":{"amount":90,"currency":"CNY"}})");
  REQUIRE(made.status == 201);
  CHECK(made.number("max_weight_g") == 30'000);
  CHECK(made.number("cost.amount") == 90);
  CHECK(shop.patch("/api/cartons/" + made.text("id"), R"({"cost":null,"name":"S-1"})").text("name") == "S-1");
  CHECK(shop.post("/api/cartons", R"({"name":"X","inner":[160,110,60],"outer":[150,116,68],"tare_g":45})").code() == "carton.bad_size");
  CHECK(shop.post("/api/cartons", R"({"name":"X","inner":[160,110,60],"tare_g":45,"max_weight_g":45})").code() == "carton.bad_weight");
  CHECK(shop.post("/api/cartons", R"({"name":"X","tare_g":45})").code() == "carton.bad_size");
  CHECK(shop.call("DELETE", "/api/cartons/" + made.text("id")).body.at("deleted") == true);
}

TEST_CASE("a shipping service names its carrier, its numbers and what Amazon is told") {
  Shop shop;
  const std::string warehouse = shop.warehouse();
  const Reply made = shop.post("/api/services", R"({"name":"EMS","carrier_id":"china_post","warehouse_id":")" + warehouse + R"(","card":"CN-EMS","number_source":"range",
     "range":{"prefix":"EA","next":12345000,"last":99999999,"width":8,"suffix":"CN","check":"s10"},"amazon":{"carrier_code":"China Post","carrier_name":"","method":"EMS"},"pickup":["17:00","11:00"],"cargo":["general","battery"]})");
  CAPTURE(made.raw);
  REQUIRE(made.status == 201);
  CHECK(made.text("carrier_name") == "China Post");
  CHECK(made.number("range.next") == 12345000);
  CHECK(json::text(*json::find(made.body, "pickup")) == R"(["11:00","17:00"])");
  CHECK(made.text("card") == "CN-EMS");
  const std::string path = "/api/services/" + made.text("id");
  CHECK(shop.patch(path, R"({"range":{"width":7}})").status == 400);  // an S10 serial has eight digits
  CHECK(shop.patch(path, R"({"number_source":"typed","warehouse_id":null})").body.at("range").is_null());
  CHECK(shop.post("/api/services", R"({"name":"A","carrier_id":"yunexpres"})").message().find("yunexpress") != std::string::npos);
  CHECK(shop.post("/api/services", R"({"name":"A","carrier_id":"my_cousin","carrier_name":"My cousin"})").status == 201);
  CHECK(shop.post("/api/services", R"({"name":"B","carrier_id":"ups","warehouse_id":"77"})").code() == "warehouse.unknown");
  CHECK(shop.post("/api/services", R"({"name":"B","carrier_id":"ups","cargo":[]})").code() == "field.bad");
  CHECK(shop.post("/api/services", R"({"name":"B","carrier_id":"ups","number_source":"range"})").code() == "field.missing");
  // A warehouse that a service starts from stays.
  shop.patch(path, R"({"warehouse_id":")" + warehouse + R"("})");
  CHECK(shop.call("DELETE", "/api/warehouses/" + warehouse).body.at("deleted") == false);
  CHECK(shop.call("DELETE", path).body.at("deleted") == true);
}

TEST_CASE("the list of carriers gives Amazon's spelling where Amazon has one") {
  Shop shop;
  const Reply all = shop.get("/api/carriers", "warehouse");
  REQUIRE(all.body.as_array().size() > 50);
  CHECK(json::get_text(all.body.as_array()[0], "id") == "ups");
  CHECK(json::get_text(all.body.as_array()[0], "amazon_code") == "UPS");
}

namespace {

constexpr const char* kSheet =
    "service,country,model,weight_over_g,weight_to_g,first_price,currency,valid_from\n"
    "# light parcels\n"
    "CN-US-STD,US,bracket,0,100,12.50,CNY,2026-11-01\n"
    "CN-US-STD,US,bracket,100,200,cheap,CNY,2026-11-01\n"
    "CN-US-STD,US,bracket,200,300,\"21.00\",CNY,2026-11-01\n"
    "CN-US-STD,US,bracket,300,250,25,CNY,2026-11-01\n";

}  // namespace

TEST_CASE("a price sheet keeps its good rows, names the bad ones by line and warns of gaps") {
  Shop shop;
  const Reply looked = shop.post("/api/rate-cards?name=YunExpress%20November.csv&kind=card&dry_run=true", kSheet, "operations");
  CAPTURE(looked.raw);
  CHECK(looked.status == 200);
  CHECK(looked.number("rows") == 4);
  CHECK(looked.number("accepted") == 2);
  REQUIRE(looked.body.at("errors").as_array().size() == 2);
  CHECK(json::get_int(looked.body.at("errors").as_array()[0], "line") == 4);
  CHECK(json::get_int(looked.body.at("errors").as_array()[1], "line") == 6);
  CHECK(looked.body.at("warnings").as_array().size() >= 1);  // 100 to 200 g has no price
  CHECK(looked.body.at("card").is_null());
  CHECK(shop.get("/api/rate-cards").body.as_array().empty());

  const Reply taken = shop.post("/api/rate-cards?name=YunExpress%20November.csv&kind=card", kSheet, "operations");
  CHECK(taken.text("card.name") == "YunExpress November");
  CHECK(taken.text("card.currency") == "CNY");
  CHECK(taken.text("card.valid_from") == "2026-11-01");
  const Reply listed = shop.get("/api/rate-cards");
  REQUIRE(listed.body.as_array().size() == 1);
  CHECK(json::get_int(listed.body.as_array()[0], "rows") == 2);
  CHECK(json::text(listed.body.as_array()[0].at("services")) == R"(["CN-US-STD"])");
  const std::string path = "/api/rate-cards/" + taken.text("card.id");
  const Reply file = shop.get(path + "/file");
  CHECK(file.raw.find("cheap") == std::string::npos);
  CHECK(file.raw.find("21.00") != std::string::npos);
  // What was kept reads again without a complaint.
  const Reply again = shop.post("/api/rate-cards?name=copy&kind=card&dry_run=1", file.raw);
  CHECK(again.number("accepted") == 2);
  CHECK(again.body.at("errors").as_array().empty());
  CHECK(shop.call("DELETE", path).status == 204);
  CHECK(shop.call("DELETE", path).code() == "rate_card.unknown");
}

TEST_CASE("a file that is no price sheet, or of another kind, is refused") {
  Shop shop;
  CHECK(shop.post("/api/rate-cards?name=a&kind=card", "hello,world\n1,2\n").code() == "sheet.unknown");
  CHECK(shop.post("/api/rate-cards?name=a&kind=zones", kSheet).code() == "rate_card.other_kind");
  CHECK(shop.post("/api/rate-cards?name=&kind=card", kSheet).code() == "rate_card.bad_name");
  CHECK(shop.post("/api/rate-cards?name=a&kind=card", "").code() == "rate_card.empty");
  CHECK(shop.post("/api/rate-cards?name=a&kind=soup", kSheet).code() == "field.bad");
  CHECK(shop.post("/api/rate-cards?name=a", std::string("service,country,model,weight_to_g,currency\n\0\0\0", 47)).status == 400);
  CHECK(shop.post("/api/rate-cards?name=a", "service,country,model,weight_to_g,currency\nX,US,bracket,nothing,CNY\n").code() == "rate_card.no_rows");
}

TEST_CASE("a price sheet from a Chinese spreadsheet is read in its own encoding") {
  Shop shop;
  // "云途" in GB18030.
  const Reply reply = shop.post("/api/rate-cards?name=gbk&dry_run=true", "service;country;model;weight_to_g;first_price;currency\n\xD4\xC6\xCD\xBE;US;bracket;500;30;CNY\n");
  CAPTURE(reply.raw);
  CHECK(reply.number("accepted") == 1);
}
