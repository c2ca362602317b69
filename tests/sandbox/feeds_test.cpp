// Feeds: documents, and what each live type does.
#include "tests/sandbox/documents.hpp"

namespace zifa::sandbox {

namespace {

constexpr const char* kTabs = "text/tab-separated-values; charset=UTF-8";
constexpr const char* kXml = "text/xml; charset=UTF-8";

std::string id_of(const json::value& order) { return json::get_text(order, "order_id"); }
std::string item_of(const json::value& order, std::size_t at = 0) { return json::get_text((*json::find_array(order, "lines"))[at], "order_item_id"); }

}  // namespace

TEST_CASE("an upload must carry the declared type to the letter and nothing that signs it again") {
  Desk desk;
  const auto created = [&] { return desk.call("POST", "/feeds/2021-06-30/documents", json::object{{"contentType", kTabs}}).text("url"); };
  const std::string url = created();
  CHECK(url.starts_with("http://127.0.0.1:8788/documents/"));
  const Answer charset = upload(desk, url, "text/tab-separated-values", "x");
  CHECK(charset.status == 403);
  CHECK(charset.raw.body.find("<Code>SignatureDoesNotMatch</Code>") != std::string::npos);
  CHECK(desk.send({.method = "PUT", .target = target_of(url), .headers = {{"Content-Type", kTabs}, {"Authorization", "Bearer x"}}, .body = "x", .remote = ""}).status == 403);
  CHECK(desk.send({.method = "GET", .target = target_of(url), .headers = {}, .body = "", .remote = ""}).status == 403);
  CHECK(upload(desk, url + "0", kTabs, "x").status == 403);
  CHECK(upload(desk, url, kTabs, "x").status == 200);
  const std::string late = created();
  desk.let_machine_run(std::chrono::seconds(301));
  CHECK(upload(desk, late, kTabs, "x").raw.body.find("expired") != std::string::npos);
}

TEST_CASE("the flat file confirms whole orders, single items, packages without a number; bad rows do not stop good ones") {
  Desk desk;
  const json::value whole = desk.order(), parts = desk.order({{"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}, {"quantity", 3}}}}}), untracked = desk.order();
  const std::string file =
      "TemplateType=OrderFulfillment\tVersion=2011.1102\tThe top rows are for Amazon.com use only.\r\n"
      "Order ID\tOrder item ID\tQuantity\tShip date\tCarrier\tCarrier name\tTracking number\tShip method\r\n"
      "order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method\r\n" +
      id_of(whole) + "\t\t\t2026-03-02\tUSPS\t\t9400111899223817576194\tGround Advantage\r\n" +
      "111-0000000-0000000\t\t\t2026-03-02\tUSPS\t\t9400111899223817576200\t\r\n" +
      id_of(parts) + "\t" + item_of(parts) + "\t2\t2026-03-02\tOther\tFast Mail\tFM12345678\t\r\n" +
      id_of(parts) + "\t" + item_of(parts) + "\t2\t2026-03-02\tOther\tFast Mail\tFM12345679\t\r\n" +
      id_of(untracked) + "\t\t\t2026-03-02T17:00:00+00:00\tUSPS\t\t\tFirst-Class\r\n";
  const FinishedFeed feed = run_feed(desk, "POST_FLAT_FILE_FULFILLMENT_DATA", kTabs, file);
  CHECK(feed.status == "DONE");
  CHECK(feed.report.starts_with("Feed Processing Summary:\n\tNumber of records processed\t\t5\n\tNumber of records successful\t\t3\n\noriginal-record-number\tsku\terror-code\terror-type\terror-message\n2\t\t79517\tError\t"));
  CHECK(feed.report.find("\n4\t\t18024\tError\t") != std::string::npos);
  CHECK(json::get_text(desk.truth(id_of(whole)), "status") == "SHIPPED");
  CHECK(json::get_text(desk.truth(id_of(parts)), "status") == "PARTIALLY_SHIPPED");
  CHECK(json::get_text(desk.truth(id_of(untracked)), "status") == "SHIPPED");
  // A second file corrects the number and makes no second package.
  const std::string again = "order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method\n" + id_of(whole) + "\t\t\t2026-03-02\tUSPS\t\t9400111899223817576217\t\n";
  CHECK(run_feed(desk, "POST_FLAT_FILE_FULFILLMENT_DATA", kTabs, again).status == "DONE");
  const json::value truth = desk.truth(id_of(whole));
  REQUIRE(json::find_array(truth, "packages")->size() == 1);
  CHECK(json::get_text((*json::find_array(truth, "packages"))[0], "tracking_number") == "9400111899223817576217");
}

TEST_CASE("a gzipped upload works like a plain one, a file without the header row is fatal") {
  Desk desk;
  const json::value order = desk.order();
  const std::string file = "order-id\tship-date\tcarrier-code\ttracking-number\n" + id_of(order) + "\t2026-03-02\tUSPS\t9400111899223817576194\n";
  CHECK(run_feed(desk, "POST_FLAT_FILE_FULFILLMENT_DATA", kTabs, gzip(file)).status == "DONE");
  CHECK(json::get_text(desk.truth(id_of(order)), "status") == "SHIPPED");
  CHECK(run_feed(desk, "POST_FLAT_FILE_FULFILLMENT_DATA", kTabs, "no header here\n1\t2\n").status == "FATAL");
  CHECK(run_feed(desk, "POST_ORDER_FULFILLMENT_DATA", kXml, "<html>").status == "FATAL");
}

TEST_CASE("cancelling is an acknowledgement feed, flat or XML") {
  Desk desk;
  const json::value flat = desk.order(), xml = desk.order(), shipped = desk.order();
  CHECK(desk.confirm(shipped).status == 204);
  const FinishedFeed feed = run_feed(desk, "POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA", kTabs,
                                     "TemplateType=OrderCancellation\tVersion=1.0/1.0.3\tThis row for Amazon.com use only.  Do not modify or delete.\norder-id\tcancellation-reason-code\tamazon-order-item-code\n" +
                                         id_of(flat) + "\tNoInventory\t\n" + id_of(shipped) + "\tNoInventory\t\n" + id_of(xml) + "\tNoReason\t\n");
  CHECK(feed.report.find("successful\t\t1\n") != std::string::npos);
  CHECK(json::get_text(desk.truth(id_of(flat)), "cancelled_by") == "MERCHANT");
  CHECK(json::get_text(desk.truth(id_of(xml)), "status") == "UNSHIPPED");
  const FinishedFeed second = run_feed(desk, "POST_ORDER_ACKNOWLEDGEMENT_DATA", kXml,
                                       "<?xml version=\"1.0\"?><AmazonEnvelope><Header/><MessageType>OrderAcknowledgement</MessageType><Message><MessageID>1</MessageID><OrderAcknowledgement><AmazonOrderID>" + id_of(xml) +
                                           "</AmazonOrderID><StatusCode>Failure</StatusCode><Item><AmazonOrderItemCode>" + item_of(xml) + "</AmazonOrderItemCode><CancelReason>NoInventory</CancelReason></Item></OrderAcknowledgement></Message></AmazonEnvelope>");
  CHECK(second.report.find("<MessagesSuccessful>1</MessagesSuccessful>") != std::string::npos);
  CHECK(desk.control("GET", "state").number("orders.CANCELLED") >= 1);
  desk.wait(86'400);
  CHECK(desk.control("GET", "health?marketplace=ATVPDKIKX0DER").number("cancel_7.late") >= 1);
}

TEST_CASE("refunds go by the adjustment feed and never exceed what was paid") {
  Desk desk;
  const json::value order = desk.order({{"unit_price", "10.00"}, {"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}, {"quantity", 2}}}}});
  const std::string header = "order-id\torder-item-id\tadjustment-reason-code\tcurrency\titem-price-adj\titem-tax-adj\n";
  const std::string row = id_of(order) + "\t" + item_of(order) + "\tCustomerReturn\tUSD\t";
  CHECK(run_feed(desk, "POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA", kTabs, header + row + "5.00\t0.40\n").report.find("79517") != std::string::npos);
  CHECK(desk.confirm(order).status == 204);
  CHECK(run_feed(desk, "POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA", kTabs, header + row + "15.00\t1.20\n").report.find("successful\t\t1\n") != std::string::npos);
  CHECK(run_feed(desk, "POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA", kTabs, header + row + "5.01\t\n").report.find("successful\t\t0\n") != std::string::npos);
  const FinishedFeed xml = run_feed(desk, "POST_PAYMENT_ADJUSTMENT_DATA", kXml,
                                    "<AmazonEnvelope><Message><MessageID>7</MessageID><OrderAdjustment><AmazonOrderID>" + id_of(order) + "</AmazonOrderID><AdjustedItem><AmazonOrderItemCode>" + item_of(order) +
                                        "</AmazonOrderItemCode><AdjustmentReason>CustomerReturn</AdjustmentReason><ItemPriceAdjustments><Component><Type>Principal</Type><Amount currency=\"USD\">5.00</Amount></Component></ItemPriceAdjustments></AdjustedItem></OrderAdjustment></Message></AmazonEnvelope>");
  CHECK(xml.report.find("<MessagesSuccessful>1</MessagesSuccessful>") != std::string::npos);
  CHECK(desk.control("GET", "state").number("refunds") == 2);
}

TEST_CASE("the listings feed takes every kind of message and names the bad ones") {
  Desk desk;
  const auto document = [&](std::string_view seller) {
    const json::array stock{json::object{{"fulfillment_channel_code", "DEFAULT"}, {"quantity", 7}}};
    return json::text(json::object{{"header", json::object{{"sellerId", seller}, {"version", "2.0"}}},
                                   {"messages", json::array{json::object{{"messageId", 1}, {"sku", "YC-MUG-STEEL-16"}, {"operationType", "PATCH"}, {"productType", "PRODUCT"},
                                                                         {"patches", json::array{json::object{{"op", "replace"}, {"path", "/attributes/fulfillment_availability"}, {"value", stock}}}}},
                                                            json::object{{"messageId", 2}, {"sku", "YC-YOGA-MAT-6"}, {"operationType", "PARTIAL_UPDATE"}, {"productType", "PRODUCT"}, {"attributes", json::object{{"fulfillment_availability", stock}}}},
                                                            json::object{{"messageId", 2}, {"sku", "YC-PET-BRUSH-01"}, {"operationType", "DELETE"}},
                                                            json::object{{"messageId", 3}, {"sku", "NO-SUCH"}, {"operationType", "DELETE"}},
                                                            json::object{{"messageId", 4}, {"sku", "YC-CASE-15P-CLR"}, {"operationType", "DELETE"}}}}});
  };
  const FinishedFeed feed = run_feed(desk, "JSON_LISTINGS_FEED", "application/json; charset=UTF-8", document(desk.seller_id()));
  CHECK(feed.status == "DONE");
  const json::value report = json::parse(feed.report).value();
  CHECK(*json::get_int(report, "summary.messagesProcessed") == 5);
  CHECK(*json::get_int(report, "summary.messagesAccepted") == 3);
  CHECK(*json::get_int(report, "summary.messagesInvalid") == 2);
  desk.wait(60);
  CHECK(desk.get("/listings/2021-08-01/items/" + desk.seller_id() + "/YC-CASE-15P-CLR?marketplaceIds=ATVPDKIKX0DER").status == 404);
  const Answer item = desk.get("/listings/2021-08-01/items/" + desk.seller_id() + "/YC-YOGA-MAT-6?marketplaceIds=ATVPDKIKX0DER&includedData=fulfillmentAvailability");
  CHECK(*json::get_int(item.list("fulfillmentAvailability")[0], "quantity") == 7);
  CHECK(run_feed(desk, "JSON_LISTINGS_FEED", "application/json; charset=UTF-8", document("ASOMEBODYELSE")).status == "FATAL");
  CHECK(run_feed(desk, "POST_PRODUCT_DATA", kXml, "<AmazonEnvelope/>").status == "FATAL");
  CHECK(desk.call("POST", "/feeds/2021-06-30/feeds", json::object{{"feedType", "POST_NOTHING"}, {"marketplaceIds", json::array{"ATVPDKIKX0DER"}}, {"inputFeedDocumentId", "x"}}).status == 400);
}

}  // namespace zifa::sandbox
