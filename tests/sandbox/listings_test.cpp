// Listings: put, patched, found, deleted; accepted now, visible a minute later.
#include "tests/sandbox/desk.hpp"

namespace zifa::sandbox {

namespace {

std::string path_of(Desk& desk, std::string_view sku, std::string_view query = "") {
  return "/listings/2021-08-01/items/" + desk.seller_id() + "/" + percent_encode(sku) + "?marketplaceIds=ATVPDKIKX0DER" + std::string(query);
}

json::object put_body(std::int64_t quantity) {
  return {{"productType", "WHATEVER_TYPE"},
          {"requirements", "LISTING"},
          {"attributes", json::object{{"item_name", json::array{json::object{{"value", "Blue Widget"}, {"marketplace_id", "ATVPDKIKX0DER"}}}},
                                      {"condition_type", json::array{json::object{{"value", "new_new"}}}},
                                      {"fulfillment_availability", json::array{json::object{{"fulfillment_channel_code", "DEFAULT"}, {"quantity", quantity}, {"lead_time_to_ship_max_days", 3}}}},
                                      {"purchasable_offer", json::array{json::object{{"marketplace_id", "ATVPDKIKX0DER"}, {"currency", "USD"}, {"our_price", json::array{json::object{{"schedule", json::array{json::object{{"value_with_tax", 19.99}}}}}}}}}}}}};
}

json::object patch_of(std::string_view op, std::string_view path, json::value value) {
  return {{"productType", "PRODUCT"}, {"patches", json::array{json::object{{"op", op}, {"path", path}, {"value", std::move(value)}}}}};
}

std::int64_t quantity_of(Desk& desk, std::string_view sku) {
  const Answer item = desk.get(path_of(desk, sku, "&includedData=fulfillmentAvailability"));
  const json::array& list = item.list("fulfillmentAvailability");
  return list.empty() ? -1 : json::get_int(list[0], "quantity").value_or(-1);
}

}  // namespace

TEST_CASE("an account begins with twenty listings in its first marketplace") {
  Desk desk;
  const std::string search = "/listings/2021-08-01/items/" + desk.seller_id() + "?marketplaceIds=ATVPDKIKX0DER&pageSize=7&sortBy=sku";
  std::string token;
  std::size_t seen = 0, pages = 0;
  std::string last;
  do {
    const Answer page = desk.get(search + (token.empty() ? "" : "&pageToken=" + percent_encode(token)));
    CHECK(page.number("numberOfResults") == 20);
    for (const json::value& item : page.list("items")) {
      CHECK(json::get_text(item, "sku") > last);
      last = json::get_text(item, "sku");
      ++seen;
    }
    token = page.text("pagination.nextToken");
    ++pages;
  } while (!token.empty());
  CHECK(seen == 20);
  CHECK(pages == 3);
  CHECK(desk.get("/listings/2021-08-01/items/" + desk.seller_id() + "?marketplaceIds=ATVPDKIKX0DER&identifiers=YC-MUG-STEEL-16&identifiersType=SKU").list("items").size() == 1);
  CHECK(desk.get("/listings/2021-08-01/items/" + desk.seller_id() + "?marketplaceIds=ATVPDKIKX0DER&pageSize=21").status == 400);
  CHECK(desk.get("/listings/2021-08-01/items/A00000000/YC-MUG-STEEL-16?marketplaceIds=ATVPDKIKX0DER").status == 400);
}

TEST_CASE("a listing put now is visible sixty seconds later, whatever characters its SKU holds") {
  Desk desk;
  for (const std::string_view sku : {"PLAIN-1", "A/B C&D%", "杯子-01"}) {
    CAPTURE(sku);
    const Answer put = desk.call("PUT", path_of(desk, sku), put_body(12));
    CHECK(put.text("status") == "ACCEPTED");
    CHECK(put.text("sku") == sku);
    CHECK(desk.get(path_of(desk, sku)).status == 404);
    desk.wait(59);
    CHECK(desk.get(path_of(desk, sku)).status == 404);
    desk.wait(1);
    const Answer item = desk.get(path_of(desk, sku, "&includedData=summaries,attributes,offers,fulfillmentAvailability,productTypes"));
    CHECK(item.status == 200);
    CHECK(json::get_text(item.list("summaries")[0], "itemName") == "Blue Widget");
    CHECK(json::get_text(item.list("offers")[0], "price.amount") == "19.99");
    CHECK(quantity_of(desk, sku) == 12);
  }
}

TEST_CASE("a patch changes what it names and nothing else") {
  Desk desk;
  const std::string sku = "YC-MUG-STEEL-16";
  const std::int64_t before = quantity_of(desk, sku);
  const json::array five{json::object{{"fulfillment_channel_code", "DEFAULT"}, {"quantity", 5}}};
  CHECK(desk.call("PATCH", path_of(desk, sku), patch_of("merge", "/attributes/fulfillment_availability", five)).text("status") == "ACCEPTED");
  CHECK(quantity_of(desk, sku) == before);
  desk.wait(60);
  CHECK(quantity_of(desk, sku) == 5);
  const Answer merged = desk.get(path_of(desk, sku, "&includedData=attributes"));
  CHECK(*json::get_int(merged.list("attributes.fulfillment_availability")[0], "lead_time_to_ship_max_days") == 1);
  // Replace forgets what is not sent again.
  CHECK(desk.call("PATCH", path_of(desk, sku), patch_of("replace", "/attributes/fulfillment_availability", five)).status == 200);
  desk.wait(60);
  CHECK(json::find(desk.get(path_of(desk, sku, "&includedData=attributes")).list("attributes.fulfillment_availability")[0], "lead_time_to_ship_max_days") == nullptr);
  CHECK(json::find_array(desk.get(path_of(desk, sku, "&includedData=attributes")).body, "attributes.item_name") != nullptr);
  // An order takes its units at once, and the attribute says so too.
  desk.order({{"lines", json::array{json::object{{"sku", sku}, {"quantity", 2}}}}});
  CHECK(quantity_of(desk, sku) == 3);
  CHECK(*json::get_int(desk.get(path_of(desk, sku, "&includedData=attributes")).list("attributes.fulfillment_availability")[0], "quantity") == 3);
  CHECK(desk.control("POST", "orders", json::object{{"lines", json::array{json::object{{"sku", sku}, {"quantity", 4}}}}}).status == 409);
  // A new handling time counts for the next order.
  CHECK(desk.call("PATCH", path_of(desk, sku), patch_of("merge", "/attributes/fulfillment_availability", json::array{json::object{{"fulfillment_channel_code", "DEFAULT"}, {"lead_time_to_ship_max_days", 5}}})).status == 200);
  desk.wait(60);
  CHECK(json::get_text(desk.order({{"lines", json::array{json::object{{"sku", sku}}}}}), "ship_by") == "2026-03-10T06:59:59Z");
}

TEST_CASE("patches that Amazon refuses") {
  Desk desk;
  const json::array value{json::object{{"fulfillment_channel_code", "DEFAULT"}, {"quantity", 5}}};
  const std::string sku = "YC-MUG-STEEL-16";
  CHECK(desk.control("POST", "quotas", json::object{{"mode", "off"}}).status == 200);
  CHECK(desk.call("PATCH", path_of(desk, "NO-SUCH"), patch_of("replace", "/attributes/fulfillment_availability", value)).status == 400);
  CHECK(desk.call("PATCH", path_of(desk, sku), patch_of("replace", "/attributes/fulfillment_availability/0/quantity", value)).status == 400);
  CHECK(desk.call("PATCH", path_of(desk, sku), patch_of("replace", "/fulfillment_availability", value)).status == 400);
  CHECK(desk.call("PATCH", path_of(desk, sku), patch_of("replace", "/attributes/fulfillment_availability", json::object{{"quantity", 5}})).status == 400);
  CHECK(desk.call("PATCH", path_of(desk, sku), patch_of("move", "/attributes/fulfillment_availability", value)).status == 400);
  CHECK(desk.call("PATCH", path_of(desk, sku), json::object{{"patches", json::array{}}}).status == 400);
  CHECK(desk.call("PATCH", path_of(desk, sku), nullptr).status == 400);
  const Answer no_code = desk.call("PATCH", path_of(desk, sku), patch_of("merge", "/attributes/fulfillment_availability", json::array{json::object{{"quantity", 5}}}));
  CHECK(no_code.text("status") == "INVALID");
  CHECK(json::get_text(no_code.list("issues")[0], "severity") == "ERROR");
  CHECK(desk.call("PATCH", path_of(desk, sku, "&mode=VALIDATION_PREVIEW"), patch_of("replace", "/attributes/fulfillment_availability", value)).text("status") == "VALID");
  desk.wait(120);
  CHECK(quantity_of(desk, sku) > 100);
  CHECK(desk.call("PUT", path_of(desk, "NEW-1"), json::object{{"productType", "X"}}).status == 400);
  CHECK(desk.call("PUT", path_of(desk, "NEW-1"), json::object{{"productType", "X"}, {"attributes", json::object{}}}).text("status") == "INVALID");
}

TEST_CASE("a deleted listing is gone a minute later") {
  Desk desk;
  CHECK(desk.call("DELETE", path_of(desk, "YC-MUG-STEEL-16")).text("status") == "ACCEPTED");
  CHECK(desk.get(path_of(desk, "YC-MUG-STEEL-16")).status == 200);
  desk.wait(60);
  CHECK(desk.get(path_of(desk, "YC-MUG-STEEL-16")).status == 404);
}

}  // namespace zifa::sandbox
