// Whatever arrives at the door, it answers; it never answers that it failed itself.
#include "base/splitmix.hpp"
#include "sandbox/amazon/operations.hpp"
#include "tests/sandbox/documents.hpp"

namespace zifa::sandbox {

namespace {

// Values of every JSON kind, some absurd.
const json::array& odd_values() {
  static const json::array all{nullptr, true, 0, -1, 9'223'372'036'854'775'807, 1e308, -0.5, "", "x", std::string(5000, 'y'), "2026-13-45T99:99:99Z", "9999-12-31T23:59:59Z", "-5", "\xE6\x9D\xAF", json::array{}, json::array{nullptr}, json::array{json::object{}}, json::object{}, json::object{{"value", json::array{}}}};
  return all;
}

json::value mutate(SplitMix& random, json::value value, int depth = 0) {
  if (depth > 6 || random.next() % 6 == 0) return odd_values()[random.next() % odd_values().size()];
  if (value.is_object() && !value.get_object().empty()) {
    json::object& object = value.get_object();
    auto at = object.begin() + static_cast<std::ptrdiff_t>(random.next() % object.size());
    if (random.next() % 5 == 0) object.erase(at);
    else at->value() = mutate(random, at->value(), depth + 1);
    return value;
  }
  if (value.is_array() && !value.get_array().empty()) {
    json::array& array = value.get_array();
    json::value& at = array[random.next() % array.size()];
    at = mutate(random, at, depth + 1);
    return value;
  }
  return odd_values()[random.next() % odd_values().size()];
}

}  // namespace

TEST_CASE("broken bodies and odd values get an answer from every operation") {
  Desk desk;
  REQUIRE(desk.control("POST", "quotas", json::object{{"mode", "off"}}).status == 200);
  SplitMix random(20260302);
  const json::value order = desk.order();
  const std::string id = json::get_text(order, "order_id"), seller = desk.token, notifier = desk.grantless("sellingpartnerapi::notifications");
  const std::string restricted = desk.call("POST", "/tokens/2021-03-01/restrictedDataToken", json::object{{"restrictedResources", json::array{json::object{{"method", "POST"}, {"path", "/mfn/v0/shipments"}}}}}).text("restrictedDataToken");
  const json::object address{{"name", "W"}, {"addressLine1", "1"}, {"stateOrRegion", "CA"}, {"city", "O"}, {"countryCode", "US"}, {"postalCode", "91761"}, {"Name", "W"}, {"AddressLine1", "1"}, {"City", "O"}, {"CountryCode", "US"}};
  const json::object stock{{"fulfillment_channel_code", "DEFAULT"}, {"quantity", 5}};
  const std::vector<json::value> bodies{
      Desk::confirmation(order, "1", "9400111899223817576194", "2026-03-02T17:00:00Z"),
      json::object{{"productType", "X"}, {"attributes", json::object{{"item_name", json::array{json::object{{"value", "N"}}}}, {"fulfillment_availability", json::array{stock}}, {"purchasable_offer", json::array{json::object{{"our_price", json::array{json::object{{"schedule", json::array{json::object{{"value_with_tax", 9.5}}}}}}}}}}}}},
      json::object{{"productType", "X"}, {"patches", json::array{json::object{{"op", "merge"}, {"path", "/attributes/fulfillment_availability"}, {"value", json::array{stock}}}}}},
      json::object{{"reportType", "GET_MERCHANT_LISTINGS_ALL_DATA"}, {"marketplaceIds", json::array{"ATVPDKIKX0DER"}}, {"dataStartTime", "2026-03-01T00:00:00Z"}, {"period", "P1D"}, {"reportOptions", json::object{{"a", "b"}}}},
      json::object{{"shipFrom", address}, {"shipTo", address}, {"packages", json::array{json::object{{"dimensions", json::object{}}, {"weight", json::object{{"unit", "POUND"}, {"value", 2}}}, {"insuredValue", json::object{}}, {"packageClientReferenceId", "b"}, {"items", json::array{json::object{{"quantity", 1}}}}}}}, {"channelDetails", json::object{{"channelType", "EXTERNAL"}}}, {"serviceSelection", json::object{{"serviceId", json::array{"UPS_PTP_GND"}}}}, {"labelSpecifications", json::object{{"format", "PDF"}}}},
      json::object{{"ShipmentRequestDetails", json::object{{"AmazonOrderId", id}, {"ItemList", json::array{json::object{{"OrderItemId", "1"}, {"Quantity", 1}}}}, {"ShipFromAddress", address}, {"Weight", json::object{{"Value", 1}, {"Unit", "oz"}}}, {"PackageDimensions", json::object{}}, {"ShippingServiceOptions", json::object{{"DeliveryExperience", "NoTracking"}}}}}, {"ShippingServiceId", "UPS_PTP_GND"}},
      json::object{{"FeesEstimateRequest", json::object{{"MarketplaceId", "ATVPDKIKX0DER"}, {"Identifier", "r"}, {"PriceToEstimateFees", json::object{{"ListingPrice", json::object{{"Amount", 5}}}}}}}},
      json::object{{"name", "d"}, {"resourceSpecification", json::object{{"sqs", json::object{{"arn", "arn:aws:sqs:x"}}}}}, {"payloadVersion", "1.0"}, {"destinationId", "x"}, {"processingDirective", json::object{{"eventFilter", json::object{{"marketplaceIds", json::array{"x"}}}}}}},
      json::object{{"restrictedResources", json::array{json::object{{"method", "GET"}, {"path", "/orders/v0/orders"}, {"dataElements", json::array{"buyerInfo"}}}}}},
      json::object{{"supplySourceCode", "c"}, {"alias", "a"}, {"address", address}, {"status", "Active"}},
      json::object{{"text", "Hello"}, {"attachments", json::array{json::object{{"uploadDestinationId", "x"}, {"fileName", "f"}}}}},
      json::object{{"count", 1}, {"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}, {"quantity", 1}}}}, {"unit_price", "1.00"}, {"ship_to", json::object{{"countryCode", "DE"}, {"postalCode", "1"}}}, {"purchased_at", "2026-03-01T00:00:00Z"}, {"act", "return"}, {"advance_s", 1}, {"kind", "slow"}, {"mode", "off"}, {"code", "accepted"}, {"at", "2026-03-02T00:00:00Z"}},
  };
  std::vector<std::pair<std::string, std::string>> targets;
  for (const Operation& operation : operations()) {
    std::string path(operation.path);
    for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{')) {
      const std::string name = path.substr(open + 1, path.find('}') - open - 1);
      path.replace(open, path.find('}') - open + 1, name.find("rderId") != std::string::npos ? id : name == "sellerId" ? desk.seller_id() : name == "sku" ? "YC-MUG-STEEL-16" : "x%00%FF");
    }
    targets.emplace_back(operation.method, path);
  }
  for (const char* path : {"orders", "clock", "faults", "quotas", "parcels/x/scans", "health", "requests", "state"}) targets.emplace_back("POST", std::string("/_sandbox/") + path);
  targets.emplace_back("POST", "/_sandbox/orders/" + id + "/acts");
  targets.emplace_back("POST", "/track/v2.2/register");
  targets.emplace_back("POST", "/auth/o2/token");
  const std::vector<std::string> queries{"", "?marketplaceIds=ATVPDKIKX0DER", "?marketplaceIds=&createdAfter=%FF&pageSize=-1", "?createdAfter=0001-01-01T00:00:00Z&MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=9999-12-31T00:00:00Z",
                                         "?lastUpdatedAfter=2026-03-01&includedData=%2C%2C&paginationToken=AAAA&nextToken=AAAA&pageToken=AAAA&NextToken=AAAA", "?%&=&&a=b=c&granularity=Day&interval=--", "?postedAfter=1970-01-01T00:00:00Z&postedBefore=1970-01-02&trackingId=x&carrierId=y",
                                         "?marketplaceIds=ATVPDKIKX0DER&granularity=Total&interval=0000-01-01T00:00:00Z--9999-12-31T23:59:59Z&notificationTypes=x&reportTypes=y&feedTypes=z&processingStatuses=DONE"};
  int answered = 0;
  for (int round = 0; round < 12'000; ++round) {
    const auto& [method, path] = targets[random.next() % targets.size()];
    desk.token = path.starts_with("/notifications") && random.next() % 2 == 0 ? notifier : path == "/mfn/v0/shipments" ? restricted : seller;
    http::Request request{.method = method, .target = path + queries[random.next() % queries.size()], .headers = {{"x-amz-access-token", desk.token}, {"17token", "k"}, {"Content-Type", "application/json"}}, .body = "", .remote = ""};
    if (method != "GET") request.body = random.next() % 20 == 0 ? std::string("{\"a\":[\xFF") : json::text(mutate(random, bodies[random.next() % bodies.size()]));
    const http::Response answer = desk.sandbox().handle(request);
    if (answer.drop_connection || answer.delay_ms > 0) (void)desk.control("DELETE", "faults");
    if (answer.status == 500 && answer.body.find("The sandbox failed") != std::string::npos) FAIL_CHECK(method << " " << request.target << " " << request.body << " " << answer.body);
    ++answered;
    if (round % 100 == 0) (void)desk.control("POST", "faults", json::object{{"kind", "slow"}}), (void)desk.control("DELETE", "faults"), (void)desk.control("POST", "quotas", json::object{{"mode", "off"}});
  }
  CHECK(answered == 12'000);
}

TEST_CASE("feed files of any bytes end in a report") {
  Desk desk;
  REQUIRE(desk.control("POST", "quotas", json::object{{"mode", "off"}}).status == 200);
  SplitMix random(7);
  const std::string id = json::get_text(desk.order(), "order_id");
  const std::vector<std::string> pieces{"order-id", "\t", "\n", "\r\n", id, "order-item-id", "quantity", "ship-date", "carrier-code", "2026-03-02", "USPS", "-1", "99999999999999999999", std::string(1, '\0'), "\xFF\xFE", "\xEF\xBB\xBF", "<AmazonEnvelope>", "<Message>", "<OrderFulfillment>", "&#0;",
                                        "]]>", "{\"header\":{\"sellerId\":\"x\",\"version\":\"2.0\"},\"messages\":[", "{}", "]", "\x1F\x8B", "cancellation-reason-code", "NoInventory", "item-price-adj", "1.00"};
  for (const char* type : {"POST_FLAT_FILE_FULFILLMENT_DATA", "POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA", "POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA", "POST_ORDER_FULFILLMENT_DATA", "POST_ORDER_ACKNOWLEDGEMENT_DATA",
                           "POST_PAYMENT_ADJUSTMENT_DATA", "JSON_LISTINGS_FEED", "POST_INVOICE_CONFIRMATION_DATA", "POST_EXPECTED_SHIP_DATE_SOD_FLAT_FILE", "UPLOAD_VAT_INVOICE"})
    for (int round = 0; round < 40; ++round) {
      std::string body;
      for (std::int64_t n = random.between(0, 40); n > 0; --n) body += pieces[random.next() % pieces.size()];
      const FinishedFeed feed = run_feed(desk, type, "text/plain", body);
      CHECK((feed.status == "DONE" || feed.status == "FATAL"));
      CHECK_FALSE(feed.report.empty());
    }
}

}  // namespace zifa::sandbox
