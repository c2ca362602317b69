// POST /shipping/v2/shipments/rates: what carriers would take for a parcel of an order.
#include <array>
#include <cmath>

#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/shipping.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

namespace {

double power_of_ten(int n) { return std::pow(10.0, n); }

json::object amount(const Money& money) { return {{"value", static_cast<double>(money.minor()) / power_of_ten(money.currency().decimals())}, {"unit", money.currency().code()}}; }
json::object grams(Weight weight) { return {{"unit", "GRAM"}, {"value", static_cast<double>(weight.micrograms()) / 1e6}}; }
double centimetres(Length length) { return static_cast<double>(length.micrometres()) / 1e4; }

json::object address_of(const Address& from) {
  json::object address{{"name", from.name},           {"addressLine1", from.line1}, {"city", from.city},
                       {"stateOrRegion", from.state}, {"postalCode", from.postal_code}, {"countryCode", from.country}};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) address[name] = value;
  };
  add("addressLine2", from.line2);
  add("addressLine3", from.line3);
  add("companyName", from.company);
  add("phoneNumber", from.phone);
  return address;
}

std::optional<Money> money_in(const json::value& from, std::string_view path) {
  const json::value* value = json::find(from, std::string(path) + ".value");
  const auto currency = Currency::parse(json::get_text(from, std::string(path) + ".unit"));
  if (value == nullptr || !value->is_number() || !currency.has_value()) return std::nullopt;
  const double major = value->to_number<double>();
  if (!(std::abs(major) < 1e12)) return std::nullopt;
  return Money(std::llround(major * power_of_ten(currency->decimals())), *currency);
}

std::optional<Instant> instant_in(const json::value& from, std::string_view path) {
  const auto at = Instant::parse(json::get_text(from, path));
  return at.has_value() ? std::optional(*at) : std::nullopt;
}

// Every printable combination the carrier offers: one for each resolution of each format and size.
void add_formats(const json::value& specification, std::vector<LabelFormat>& formats) {
  const json::value* size = json::find(specification, "size");
  const json::array* options = json::find_array(specification, "printOptions");
  if (size == nullptr || options == nullptr || options->empty()) return;
  const json::value& option = options->front();
  const auto first = [&](std::string_view name) {
    const json::array* list = json::find_array(option, name);
    return list == nullptr || list->empty() ? json::value(nullptr) : list->front();
  };
  const std::string format = json::get_text(specification, "format");
  const auto number_text = [&](const char* name) {
    const json::value* number = json::find(*size, name);
    return number == nullptr ? std::string("?") : json::text(*number);
  };
  json::object wanted{{"format", format}, {"size", *size}, {"requestedDocumentTypes", json::array{"LABEL"}}};
  const json::value joining = first("supportedFileJoiningOptions");
  wanted["needFileJoining"] = joining.is_bool() ? joining : json::value(false);
  if (const json::value layout = first("supportedPageLayouts"); layout.is_string()) wanted["pageLayout"] = layout;
  const json::array* resolutions = json::find_array(option, "supportedDPIs");
  json::array one{json::value(nullptr)};
  for (const json::value& dpi : resolutions == nullptr || resolutions->empty() ? one : *resolutions) {
    LabelFormat entry{format, dpi.is_int64() ? static_cast<int>(dpi.get_int64()) : 0, number_text("width") + " x " + number_text("length") + " " + json::get_text(*size, "unit"), ""};
    json::object chosen = wanted;
    if (entry.dpi > 0) chosen["dpi"] = entry.dpi;
    entry.token = json::text(chosen);
    formats.push_back(std::move(entry));
  }
}

}  // namespace

http::Request write_get_rates(const ShippingQuestion& question) {
  json::array items;
  for (const ShippingItem& item : question.items) {
    json::object entry{{"itemIdentifier", item.amazon_item_id}, {"quantity", item.quantity}, {"weight", grams(item.weight)}};
    if (item.value) entry["itemValue"] = amount(*item.value);
    items.push_back(std::move(entry));
  }
  json::object parcel{{"packageClientReferenceId", question.reference},
                      {"dimensions", json::object{{"length", centimetres(question.size.length)}, {"width", centimetres(question.size.width)}, {"height", centimetres(question.size.height)}, {"unit", "CENTIMETER"}}},
                      {"weight", grams(question.weight)},
                      {"insuredValue", amount(question.insured)},
                      {"items", std::move(items)}};
  json::object body{{"shipFrom", address_of(question.from)},
                    {"packages", json::array{std::move(parcel)}},
                    {"channelDetails", json::object{{"channelType", "AMAZON"}, {"amazonOrderDetails", json::object{{"orderId", question.amazon_order_id}}}}}};
  if (question.ship_date) body["shipDate"] = question.ship_date->iso();
  http::Request request{.method = "POST", .target = "/shipping/v2/shipments/rates", .body = json::text(body)};
  if (const std::string business = shipping_business(question.marketplace_id); !business.empty()) request.headers.set("x-amzn-shipping-business-id", business);
  return request;
}

Result<ShippingOffer> read_get_rates(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_rates));
  ShippingOffer offer;
  offer.token = json::get_text(body, "payload.requestToken");
  const json::array* rates = json::find_array(body, "payload.rates");
  if (rates == nullptr) return bad_answer(get_rates, answer, "it holds no list of rates");
  for (const json::value& entry : *rates) {
    ShippingRate rate;
    rate.rate_id = json::get_text(entry, "rateId");
    const auto total = money_in(entry, "totalCharge");
    if (rate.rate_id.empty() || !total) continue;  // cannot be bought or compared
    rate.total = *total;
    rate.carrier_id = json::get_text(entry, "carrierId");
    rate.carrier_name = json::get_text(entry, "carrierName");
    rate.service_id = json::get_text(entry, "serviceId");
    rate.service_name = json::get_text(entry, "serviceName");
    rate.deliver_from = instant_in(entry, "promise.deliveryWindow.start");
    rate.deliver_by = instant_in(entry, "promise.deliveryWindow.end");
    rate.needs_more = json::get_bool(entry, "requiresAdditionalInputs");
    if (const json::array* specifications = json::find_array(entry, "supportedDocumentSpecifications"))
      for (const json::value& specification : *specifications) add_formats(specification, rate.formats);
    offer.rates.push_back(std::move(rate));
  }
  if (const json::array* refused = json::find_array(body, "payload.ineligibleRates"))
    for (const json::value& entry : *refused) {
      std::vector<std::string> reasons;
      if (const json::array* list = json::find_array(entry, "ineligibilityReasons"))
        for (const json::value& reason : *list) reasons.push_back(json::get_text(reason, "code") + ": " + json::get_text(reason, "message"));
      offer.refused.push_back({json::get_text(entry, "carrierName"), json::get_text(entry, "serviceName"), join(reasons, "; ")});
    }
  return offer;
}

const Operation get_rates{
    .name = "getRates",
    .understands = understood<read_get_rates>,
};

}  // namespace zifa::amazon
