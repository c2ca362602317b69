// Every answer of a long day against Amazon's own interface descriptions, where those are at hand: types, required fields,
// allowed words, and no field that the description does not know.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "sandbox/amazon/operations.hpp"
#include "tests/sandbox/documents.hpp"

namespace zifa::sandbox {

namespace {

const std::filesystem::path kModels = std::filesystem::path(ZIFA_SOURCE_DIR) / ".." / "shared" / "amazon" / "models";

// Problems of a value against a schema of Swagger 2.0. `part`: one of several schemas that describe the value together,
// none of which knows the others' fields.
void check_shape(const json::value& document, const json::value& schema, const json::value& value, const std::string& where, std::vector<std::string>& problems, bool part = false) {
  if (const std::string reference = json::get_text(schema, "$ref"); !reference.empty()) {
    const json::value* target = json::find(document, "definitions");
    const json::value* found = target == nullptr ? nullptr : target->get_object().if_contains(reference.substr(std::string_view("#/definitions/").size()));
    if (found == nullptr) problems.push_back(where + ": unknown reference " + reference);
    else check_shape(document, *found, value, where, problems, part);
    return;
  }
  if (const json::array* all = json::find_array(schema, "allOf"))
    for (const json::value& each : *all) check_shape(document, each, value, where, problems, true);
  const std::string type = json::get_text(schema, "type");
  const bool fits = type.empty() || (type == "object" && value.is_object()) || (type == "array" && value.is_array()) || (type == "string" && value.is_string()) ||
                    (type == "integer" && (value.is_int64() || value.is_uint64())) || (type == "number" && value.is_number()) || (type == "boolean" && value.is_bool());
  if (!fits) {
    problems.push_back(where + ": is no " + type + " but " + json::text(value).substr(0, 60));
    return;
  }
  if (const json::array* words = json::find_array(schema, "enum"))
    if (std::find(words->begin(), words->end(), value) == words->end()) problems.push_back(where + ": " + json::text(value) + " is not among the allowed words");
  if (value.is_array()) {
    const json::value* items = json::find(schema, "items");
    if (items != nullptr)
      for (std::size_t i = 0; i < value.get_array().size(); ++i) check_shape(document, *items, value.get_array()[i], where + "[" + std::to_string(i) + "]", problems);
  }
  if (!value.is_object()) return;
  if (const json::array* required = json::find_array(schema, "required"))
    for (const json::value& name : *required)
      if (!value.get_object().contains(std::string_view(name.get_string()))) problems.push_back(where + ": lacks " + std::string(name.get_string()));
  const json::object* properties = json::find_object(schema, "properties");
  if (properties == nullptr) return;
  for (const auto& [name, field] : value.get_object()) {
    const json::value* known = properties->if_contains(name);
    if (known == nullptr && part) continue;
    if (known == nullptr) problems.push_back(where + ": the field " + std::string(name) + " is not in the model");
    else check_shape(document, *known, field, where + "." + std::string(name), problems);
  }
}

struct Models {
  std::vector<json::value> documents;
  // path template and method -> document and operation
  std::map<std::pair<std::string, std::string>, std::pair<std::size_t, const json::value*>> operations;
};

Models read_models() {
  Models models;
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kModels)) files.insert(entry.path());
  models.documents.reserve(files.size());
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    models.documents.push_back(json::parse(text.str()).value());
    for (const auto& [path, methods] : *json::find_object(models.documents.back(), "paths"))
      for (const auto& [method, operation] : methods.get_object()) {
        if (!operation.is_object()) continue;
        std::string upper_method(method);
        for (char& c : upper_method) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        models.operations[{std::string(path), upper_method}] = {models.documents.size() - 1, &operation};
      }
  }
  return models;
}

}  // namespace

TEST_CASE("a day's answers have the shape of Amazon's models") {
  if (!std::filesystem::exists(kModels)) {
    MESSAGE("skipped: Amazon's models are not at ", kModels.string());
    return;
  }
  const Models models = read_models();
  Options options;
  Desk desk(options);
  REQUIRE(desk.control("POST", "quotas", json::object{{"mode", "off"}}).status == 200);
  std::set<std::string> problems, checked;
  desk.on_answer = [&](const http::Request& request, const Answer& answer) {
    const std::optional<Match> match = match_operation(request.method, request.path());
    if (!match) return;
    const auto found = models.operations.find({std::string(match->operation->path), request.method});
    REQUIRE(found != models.operations.end());
    const json::value& document = models.documents[found->second.first];
    const json::object* responses = json::find_object(*found->second.second, "responses");
    const json::value* response = responses->if_contains(std::to_string(answer.status));
    const std::string name = std::string(match->operation->id) + " " + std::to_string(answer.status);
    if (response == nullptr) {
      problems.insert(name + " is not an answer of this operation");
      return;
    }
    const json::value* schema = response->get_object().if_contains("schema");
    checked.insert(name);
    if (schema == nullptr || answer.raw.body.empty()) return;
    std::vector<std::string> found_problems;
    check_shape(document, *schema, answer.body, name, found_problems);
    problems.insert(found_problems.begin(), found_problems.end());
  };

  const std::string us = "?marketplaceIds=ATVPDKIKX0DER";
  const std::string all = "includedData=BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT";
  const json::value order = desk.order({{"gift", true}, {"program", "AMAZON_BUSINESS"}, {"cancel_requested", true}}), pending = desk.order({{"pending", true}}), premium = desk.order({{"program", "PREMIUM"}});
  CHECK(desk.confirm(order).status == 204);
  desk.wait(5 * 86'400);
  const std::string id = json::get_text(order, "order_id");
  (void)desk.get("/orders/2026-01-01/orders?createdAfter=2026-03-01T00:00:00Z&maxResultsPerPage=2&" + all);
  (void)desk.get("/orders/2026-01-01/orders/" + id + "?" + all);
  (void)desk.get("/orders/2026-01-01/orders/nothing");
  (void)desk.get("/orders/2026-01-01/orders");
  (void)desk.confirm(order, "2");
  for (const char* rest : {"", "/buyerInfo", "/address", "/orderItems", "/orderItems/buyerInfo"}) (void)desk.get("/orders/v0/orders/" + id + rest);
  (void)desk.get("/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-03-01T00:00:00Z&MaxResultsPerPage=1");
  (void)desk.get("/sellers/v1/marketplaceParticipations");
  (void)desk.get("/sellers/v1/account");
  const std::string item = "/listings/2021-08-01/items/" + desk.seller_id() + "/YC-MUG-STEEL-16" + us;
  (void)desk.get(item + "&includedData=summaries,attributes,issues,offers,fulfillmentAvailability,relationships,productTypes");
  (void)desk.get("/listings/2021-08-01/items/" + desk.seller_id() + us + "&pageSize=3");
  (void)desk.call("PATCH", item + "&includedData=issues,identifiers", json::object{{"productType", "PRODUCT"}, {"patches", json::array{json::object{{"op", "merge"}, {"path", "/attributes/fulfillment_availability"}, {"value", json::array{json::object{{"quantity", -1}}}}}}}});
  (void)desk.call("PUT", item, json::object{{"productType", "X"}, {"attributes", json::object{}}});
  (void)desk.get("/listings/2021-08-01/restrictions" + us + "&sellerId=" + desk.seller_id() + "&asin=B000000000");
  (void)desk.get("/definitions/2020-09-01/productTypes" + us);
  (void)desk.get("/definitions/2020-09-01/productTypes/DRINKING_CUP" + us);
  (void)desk.get("/catalog/2022-04-01/items" + us + "&keywords=e&includedData=attributes,classifications,dimensions,identifiers,images,productTypes,relationships,salesRanks,summaries");
  (void)run_feed(desk, "POST_FLAT_FILE_FULFILLMENT_DATA", "text/tab-separated-values; charset=UTF-8", "order-id\n1\n");
  (void)desk.get("/feeds/2021-06-30/feeds?feedTypes=POST_FLAT_FILE_FULFILLMENT_DATA");
  (void)run_report(desk, {{"reportType", "GET_MERCHANT_LISTINGS_ALL_DATA"}});
  (void)desk.get("/reports/2021-06-30/reports?reportTypes=GET_MERCHANT_LISTINGS_ALL_DATA");
  (void)desk.call("POST", "/reports/2021-06-30/schedules", json::object{{"reportType", "GET_MERCHANT_LISTINGS_ALL_DATA"}, {"marketplaceIds", json::array{"ATVPDKIKX0DER"}}, {"period", "P1D"}});
  (void)desk.get("/reports/2021-06-30/schedules?reportTypes=GET_MERCHANT_LISTINGS_ALL_DATA");
  (void)desk.get("/messaging/v1/orders/" + id + us);
  (void)desk.get("/messaging/v1/orders/" + id + "/attributes" + us);
  (void)desk.call("POST", "/messaging/v1/orders/" + id + "/messages/confirmOrderDetails" + us, json::object{{"text", "Hello"}});
  (void)desk.get("/solicitations/v1/orders/" + id + us);
  (void)desk.get("/finances/v0/orders/" + id + "/financialEvents");
  (void)desk.get("/finances/v0/financialEvents");
  (void)desk.get("/finances/v0/financialEventGroups");
  (void)desk.get("/finances/2024-06-19/transactions?postedAfter=2026-03-01T00:00:00Z");
  (void)desk.get("/sales/v1/orderMetrics?marketplaceIds=ATVPDKIKX0DER&granularity=Day&granularityTimeZone=UTC&interval=2026-03-01T00:00:00Z--2026-03-05T00:00:00Z");
  (void)desk.call("POST", "/products/fees/v0/items/B000000000/feesEstimate", json::object{{"FeesEstimateRequest", json::object{{"MarketplaceId", "ATVPDKIKX0DER"}, {"Identifier", "r1"}, {"PriceToEstimateFees", json::object{{"ListingPrice", json::object{{"CurrencyCode", "USD"}, {"Amount", 20}}}}}}}});
  (void)desk.call("POST", "/uploads/2020-11-01/uploadDestinations/messaging" + us + "&contentMD5=x");
  (void)desk.call("POST", "/supplySources/2020-07-01/supplySources", json::object{{"supplySourceCode", "SZ1"}, {"alias", "Shenzhen"}, {"address", json::object{{"name", "W"}, {"addressLine1", "1 Rd"}, {"stateOrRegion", "GD"}, {"countryCode", "CN"}}}});
  (void)desk.get("/supplySources/2020-07-01/supplySources");
  (void)desk.call("POST", "/tokens/2021-03-01/restrictedDataToken", json::object{{"restrictedResources", json::array{json::object{{"method", "GET"}, {"path", "/orders/v0/orders"}}}}});
  const json::object address{{"name", "W"}, {"addressLine1", "1 Dock Rd"}, {"stateOrRegion", "CA"}, {"city", "Ontario"}, {"countryCode", "US"}, {"postalCode", "91761"}};
  const json::object package{{"dimensions", json::object{{"length", 10}, {"width", 8}, {"height", 4}, {"unit", "INCH"}}}, {"weight", json::object{{"unit", "POUND"}, {"value", 45}}}, {"insuredValue", json::object{{"value", 20}, {"unit", "USD"}}},
                             {"packageClientReferenceId", "box-1"}, {"items", json::array{json::object{{"quantity", 1}}}}};
  const json::object amazon{{"channelType", "AMAZON"}, {"amazonOrderDetails", json::object{{"orderId", json::get_text(premium, "order_id")}}}};
  const Answer rates = desk.call("POST", "/shipping/v2/shipments/rates", json::object{{"shipFrom", address}, {"packages", json::array{package}}, {"channelDetails", amazon}});
  REQUIRE(rates.status == 200);
  (void)desk.call("POST", "/shipping/v2/shipments", json::object{{"requestToken", rates.text("payload.requestToken")}, {"rateId", json::get_text(rates.list("payload.rates")[0], "rateId")}, {"requestedDocumentSpecification", json::object{{"format", "PDF"}}}});
  const json::object external{{"channelType", "EXTERNAL"}};
  json::object light = package;
  light["weight"] = json::object{{"unit", "POUND"}, {"value", 2}};
  const Answer clicked = desk.call("POST", "/shipping/v2/oneClickShipment", json::object{{"shipFrom", address}, {"shipTo", address}, {"packages", json::array{light}}, {"channelDetails", external}, {"labelSpecifications", json::object{{"format", "PNG"}}}, {"serviceSelection", json::object{{"serviceId", json::array{"UPS_PTP_GND"}}}}});
  REQUIRE(clicked.status == 200);
  (void)desk.get("/shipping/v2/shipments/" + clicked.text("payload.shipmentId") + "/documents?packageClientReferenceId=box-1");
  (void)desk.get("/shipping/v2/tracking?carrierId=UPS&trackingId=" + json::get_text(clicked.list("payload.packageDocumentDetails")[0], "trackingId"));
  (void)desk.call("PUT", "/shipping/v2/shipments/" + clicked.text("payload.shipmentId") + "/cancel");
  desk.token = desk.grantless("sellingpartnerapi::notifications");
  (void)desk.call("POST", "/notifications/v1/destinations", json::object{{"name", "x"}, {"resourceSpecification", json::object{{"sqs", json::object{{"arn", "arn:aws:sqs:us-east-1:1:x"}}}}}});
  (void)desk.get("/notifications/v1/destinations");

  for (const std::string& problem : problems) FAIL_CHECK(problem);
  CHECK(checked.size() > 50);
}

}  // namespace zifa::sandbox
