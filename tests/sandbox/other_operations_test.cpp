// Messages, reviews, money, catalogue, supply sources: the smaller APIs.
#include "tests/sandbox/documents.hpp"

namespace zifa::sandbox {

namespace {
const std::string kUs = "?marketplaceIds=ATVPDKIKX0DER";
std::string id_of(const json::value& order) { return json::get_text(order, "order_id"); }
}  // namespace

TEST_CASE("a seller writes what Amazon lets him write") {
  Desk desk;
  CHECK(desk.control("POST", "quotas", json::object{{"mode", "off"}}).status == 200);
  const std::string id = id_of(desk.order()), base = "/messaging/v1/orders/" + id;
  const Answer actions = desk.get(base + kUs);
  CHECK(actions.status == 200);
  CHECK(actions.raw.headers.get("Content-Type") == "application/hal+json");
  CHECK(actions.list("_links.actions").size() == actions.list("_embedded.actions").size());
  const auto write = [&](std::string_view kind, std::string_view text) { return desk.call("POST", base + "/messages/" + std::string(kind) + kUs, json::object{{"text", text}}).status; };
  CHECK(write("confirmOrderDetails", "Thank you for your order. Which colour do you want?") == 201);
  CHECK(write("confirmOrderDetails", "") == 400);
  CHECK(write("confirmOrderDetails", "See https://example.com") == 400);
  CHECK(write("confirmOrderDetails", "Write to me@example.com") == 400);
  CHECK(write("confirmOrderDetails", "<p>Hello</p>") == 400);
  CHECK(write("confirmOrderDetails", std::string(2001, 'x')) == 400);
  CHECK(write("invoice", "x") == 403);
  CHECK(desk.get(base + "/attributes" + kUs).text("buyer.locale") == "en-US");
  CHECK(desk.get("/messaging/v1/orders/111-1111111-1111111" + kUs).status == 404);
  CHECK(desk.control("GET", "state").number("messages") == 1);
}

TEST_CASE("an attachment is uploaded first") {
  Desk desk;
  const json::value order = desk.order();
  CHECK(desk.confirm(order).status == 204);
  const Answer destination = desk.call("POST", "/uploads/2020-11-01/uploadDestinations/messaging" + kUs + "&contentMD5=1B2M2Y8AsgTpgAmY7PhCfg%3D%3D&contentType=application/pdf");
  CHECK(destination.status == 201);
  const json::object body{{"attachments", json::array{json::object{{"uploadDestinationId", destination.text("payload.uploadDestinationId")}, {"fileName", "invoice.pdf"}}}}};
  const std::string path = "/messaging/v1/orders/" + id_of(order) + "/messages/invoice" + kUs;
  CHECK(desk.call("POST", path, body).status == 400);
  CHECK(upload(desk, destination.text("payload.url"), "application/pdf", "%PDF").status == 200);
  CHECK(desk.call("POST", path, body).status == 201);
}

TEST_CASE("a review can be asked for once, from five days after the earliest delivery") {
  Desk desk;
  const json::value order = desk.order({{"service", "Expedited"}, {"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}}}}});
  const std::string base = "/solicitations/v1/orders/" + id_of(order), ask = base + "/solicitations/productReviewAndSellerFeedback" + kUs;
  CHECK(desk.confirm(order).status == 204);
  CHECK(desk.get(base + kUs).list("_links.actions").empty());
  CHECK(desk.call("POST", ask).status == 403);
  desk.wait(14 * 86'400);
  CHECK(desk.get(base + kUs).list("_links.actions").size() == 1);
  CHECK(desk.call("POST", ask).status == 201);
  CHECK(desk.call("POST", ask).status == 403);
}

TEST_CASE("money: payments and refunds show in both versions of the finances") {
  Desk desk;
  const json::value order = desk.order({{"unit_price", "10.00"}, {"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}, {"quantity", 2}}}}});
  CHECK(desk.confirm(order).status == 204);
  const std::string row = id_of(order) + "\t" + json::get_text((*json::find_array(order, "lines"))[0], "order_item_id");
  (void)run_feed(desk, "POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA", "text/tab-separated-values; charset=UTF-8", "order-id\torder-item-id\tadjustment-reason-code\tcurrency\titem-price-adj\n" + row + "\tCustomerReturn\tUSD\t10.00\n");
  desk.wait(600);
  const Answer events = desk.get("/finances/v0/orders/" + id_of(order) + "/financialEvents");
  CHECK(events.list("payload.FinancialEvents.ShipmentEventList").size() == 1);
  CHECK(events.list("payload.FinancialEvents.RefundEventList").size() == 1);
  CHECK(desk.get("/finances/v0/financialEvents?PostedAfter=2026-03-01T00:00:00Z").status == 200);
  CHECK(desk.get("/finances/v0/financialEventGroups").list("payload.FinancialEventGroupList").size() == 1);
  const Answer transactions = desk.get("/finances/2024-06-19/transactions?postedAfter=2026-03-01T00:00:00Z&relatedIdentifierName=ORDER_ID&relatedIdentifierValue=" + id_of(order));
  REQUIRE(transactions.list("payload.transactions").size() == 2);
  CHECK(json::get_text(transactions.list("payload.transactions")[1], "description") == "Refund Order");
  CHECK(json::find(transactions.list("payload.transactions")[1], "totalAmount.currencyAmount")->as_double() == -8.5);
  CHECK(desk.get("/finances/2024-06-19/transactions").status == 400);
  const Answer metrics = desk.get("/sales/v1/orderMetrics?marketplaceIds=ATVPDKIKX0DER&granularity=Total&interval=2026-03-01T00:00:00Z--2026-03-05T00:00:00Z");
  CHECK(*json::get_int(metrics.list("payload")[0], "unitCount") == 2);
  CHECK(json::get_text(metrics.list("payload")[0], "totalSales.amount") == "20.00");
}

TEST_CASE("catalogue, restrictions, product types and fees know the sandbox's goods") {
  Desk desk;
  const Answer listing = desk.get("/listings/2021-08-01/items/" + desk.seller_id() + "/YC-MUG-STEEL-16" + kUs);
  const std::string asin = json::get_text(listing.list("summaries")[0], "asin");
  const Answer item = desk.get("/catalog/2022-04-01/items/" + asin + kUs + "&includedData=summaries,dimensions");
  CHECK(json::get_text(item.list("summaries")[0], "itemName").starts_with("Stainless Steel"));
  CHECK(desk.get("/catalog/2022-04-01/items/B000000000" + kUs).status == 404);
  desk.wait(60);
  CHECK(desk.get("/catalog/2022-04-01/items" + kUs + "&keywords=yoga").number("numberOfResults") == 1);
  const std::string restrictions = "/listings/2021-08-01/restrictions" + kUs + "&sellerId=" + desk.seller_id() + "&asin=";
  CHECK(desk.get(restrictions + asin).list("restrictions").empty());
  CHECK(json::get_text((*json::find_array(desk.get(restrictions + asin + "&conditionType=used_good").list("restrictions")[0], "reasons"))[0], "reasonCode") == "APPROVAL_REQUIRED");
  const Answer type = desk.get("/definitions/2020-09-01/productTypes/DRINKING_CUP" + kUs);
  CHECK(type.status == 200);
  const Answer schema = desk.send({.method = "GET", .target = target_of(type.text("schema.link.resource")), .headers = {}, .body = "", .remote = ""});
  CHECK(json::parse(gunzip_if_needed(schema.raw.body).value()).has_value());
  const json::object fees{{"FeesEstimateRequest", json::object{{"MarketplaceId", "ATVPDKIKX0DER"}, {"Identifier", "r1"}, {"PriceToEstimateFees", json::object{{"ListingPrice", json::object{{"CurrencyCode", "USD"}, {"Amount", 20}}}}}}}};
  CHECK(json::find(desk.call("POST", "/products/fees/v0/listings/YC-MUG-STEEL-16/feesEstimate", fees).body, "payload.FeesEstimateResult.FeesEstimate.TotalFeesEstimate.Amount")->as_double() == 3.0);
}

TEST_CASE("supply sources are kept, the client secret rotates") {
  Desk desk;
  const Answer made = desk.call("POST", "/supplySources/2020-07-01/supplySources", json::object{{"supplySourceCode", "SZ1"}, {"alias", "Shenzhen"}, {"address", json::object{{"name", "W"}, {"addressLine1", "1 Rd"}, {"stateOrRegion", "GD"}, {"countryCode", "CN"}}}});
  REQUIRE(made.status == 200);
  const std::string path = "/supplySources/2020-07-01/supplySources/" + made.text("supplySourceId");
  CHECK(desk.call("PUT", path + "/status", json::object{{"status", "Active"}}).status == 204);
  CHECK(desk.get(path).text("status") == "Active");
  CHECK(desk.call("DELETE", path).status == 204);
  CHECK(desk.get(path).text("status") == "Archived");
  CHECK(desk.get("/supplySources/2020-07-01/supplySources").list("supplySources").size() == 1);
  const std::string before = json::get_text(desk.ready(), "client_secret");
  desk.token = desk.grantless("sellingpartnerapi::client_credential:rotation");
  CHECK(desk.call("POST", "/applications/2023-11-30/clientSecret").status == 204);
  CHECK(json::get_text(desk.ready(), "client_secret") != before);
}

}  // namespace zifa::sandbox
