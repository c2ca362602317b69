// Merchant Fulfillment v0 (Buy Shipping).
#include <algorithm>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/documents.hpp"
#include "sandbox/amazon/offers.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/labels/md5.hpp"

namespace zifa::sandbox {

namespace {

http::Response payload(json::value value) { return answer(200, json::object{{"payload", std::move(value)}}); }

json::object amount(std::int64_t minor, Currency currency) {
  double major = static_cast<double>(minor);
  for (int i = 0; i < currency.decimals(); ++i) major /= 10;
  return {{"CurrencyCode", currency.code()}, {"Amount", major}};
}

Address read_address(const json::value& from) {
  const auto text = [&](std::string_view name) { return json::get_text(from, name); };
  return {.name = text("Name"), .company = "", .line1 = text("AddressLine1"), .line2 = text("AddressLine2"), .line3 = text("AddressLine3"), .city = text("City"),
          .state = text("StateOrProvinceCode"), .postal_code = text("PostalCode"), .country = text("CountryCode"), .phone = text("Phone"), .commercial = true};
}

json::object address_of(const Address& address) {
  return {{"Name", address.name}, {"AddressLine1", address.line1}, {"AddressLine2", address.line2}, {"City", address.city}, {"StateOrProvinceCode", address.state},
          {"PostalCode", address.postal_code}, {"CountryCode", address.country}, {"Email", ""}, {"Phone", address.phone}};
}

// What both questions of this API carry.
struct Wish {
  Order* order = nullptr;
  std::vector<std::pair<std::size_t, int>> units;
  Address from;
  std::int64_t weight_g = 0;
  std::string label_format;
};

std::optional<http::Response> read_wish(Call& call, Wish& wish) {
  const json::value* details = json::find(call.body, "ShipmentRequestDetails");
  if (details == nullptr || !details->is_object()) return invalid_input("ShipmentRequestDetails is required.");
  const std::string order_id = json::get_text(*details, "AmazonOrderId");
  Order* order = call.world.find_order(order_id);
  if (order_id.empty() || order == nullptr || order->account != call.account) return invalid_input("AmazonOrderId " + printable(order_id, 60) + " is not known.");
  const json::array* items = json::find_array(*details, "ItemList");
  if (items == nullptr || items->empty()) return invalid_input("ItemList is required.");
  std::vector<std::pair<std::string, std::int64_t>> wanted;
  for (const json::value& item : *items) wanted.emplace_back(json::get_text(item, "OrderItemId"), json::get_int(item, "Quantity").value_or(0));
  Result<std::vector<std::pair<std::size_t, int>>> units = units_for_label(*order, wanted);
  if (!units) return invalid_input(units.error().message);
  const json::value* from = json::find(*details, "ShipFromAddress");
  if (from == nullptr || !from->is_object()) return invalid_input("ShipFromAddress is required.");
  wish.from = read_address(*from);
  if (wish.from.name.empty() || wish.from.line1.empty() || wish.from.city.empty() || wish.from.country.size() != 2) return invalid_input("ShipFromAddress needs Name, AddressLine1, City and CountryCode.");
  const json::value* weight = json::find(*details, "Weight.Value");
  const std::string unit = json::get_text(*details, "Weight.Unit");
  if (weight == nullptr || !weight->is_number() || (unit != "oz" && unit != "g")) return invalid_input("Weight needs Value and Unit, oz or g.");
  const double grams = weight->to_number<double>() * (unit == "oz" ? 28.349523125 : 1.0);
  if (!(grams > 0 && grams < 1e7)) return invalid_input("Weight must be above 0.");
  wish.weight_g = static_cast<std::int64_t>(grams + 0.999);
  if (json::find_object(*details, "PackageDimensions") == nullptr) return invalid_input("PackageDimensions is required.");
  if (json::find_object(*details, "ShippingServiceOptions") == nullptr || json::get_text(*details, "ShippingServiceOptions.DeliveryExperience").empty())
    return invalid_input("ShippingServiceOptions needs DeliveryExperience and CarrierWillPickUp.");
  wish.label_format = json::get_text(*details, "ShippingServiceOptions.LabelFormat");
  wish.order = order;
  wish.units = std::move(*units);
  return std::nullopt;
}

// The offer's id holds nothing secret: it names the service for one order.
std::string offer_id(const World& world, const Order& order, const ShippingOffer& offer) {
  return to_base64(order.id + "|" + std::string(offer.service_id) + "|" + std::to_string(mix(mix(world.options().seed, order.id), offer.service_id)));
}

json::object service_of(const World& world, const Order& order, const ShippingOffer& offer, const json::value* options) {
  json::array formats{"PDF", "PNG", "ZPL203", "ZPL300"};
  json::array format_options;
  for (const json::value& format : formats) format_options.push_back(json::object{{"IncludePackingSlipWithLabel", false}, {"LabelFormat", format}});
  json::array benefits{"CLAIMS_PROTECTED"};
  if (order.ship_plus) benefits.push_back("FBM_SHIP_PLUS");
  return {{"ShippingServiceName", offer.service_name}, {"CarrierName", offer.carrier_name}, {"ShippingServiceId", offer.service_id}, {"ShippingServiceOfferId", offer_id(world, order, offer)},
          {"ShipDate", world.now().iso()}, {"EarliestEstimatedDeliveryDate", offer.deliver_from.iso()}, {"LatestEstimatedDeliveryDate", offer.deliver_by.iso()},
          {"Rate", amount(offer.price, offer.currency)}, {"RateWithAdjustments", amount(offer.price, offer.currency)}, {"AdjustmentItemList", json::array{}},
          {"ShippingServiceOptions", options == nullptr ? json::value(json::object{{"DeliveryExperience", "DeliveryConfirmationWithoutSignature"}, {"CarrierWillPickUp", false}}) : *options},
          {"AvailableLabelFormats", std::move(formats)}, {"AvailableFormatOptionsForLabel", std::move(format_options)}, {"RequiresAdditionalSellerInputs", false},
          {"Benefits", json::object{{"IncludedBenefits", std::move(benefits)}, {"ExcludedBenefits", json::array{}}}}};
}

struct FormatChoice {
  LabelFormat format;
  int dpi;
  std::string name, mime;
};
FormatChoice choice_of(std::string_view name) {
  if (name == "PNG") return {LabelFormat::png, 203, "PNG", "image/png"};
  if (name == "ZPL203") return {LabelFormat::zpl, 203, "ZPL203", "application/zpl"};
  if (name == "ZPL300") return {LabelFormat::zpl, 300, "ZPL300", "application/zpl"};
  return {LabelFormat::pdf, 203, "PDF", "application/pdf"};
}

// A bought label as this API shows it; most of it was written down when it was bought.
json::object shipment_of(const World& world, const Label& label) {
  Result<json::value> details = json::parse(label.details);
  json::object shown = details && json::find_object(*details, "mfn") != nullptr ? *json::find_object(*details, "mfn") : json::object{};
  const FormatChoice choice = choice_of(label.format);
  const std::string file = gzip(label_file(world, label, choice.format, choice.dpi));
  shown["Label"] = json::object{{"Dimensions", json::object{{"Length", 6.0}, {"Width", 4.0}, {"Unit", "inches"}}},
                                {"FileContents", json::object{{"Contents", to_base64(file)}, {"FileType", choice.mime}, {"Checksum", md5_base64(file)}}},
                                {"LabelFormat", choice.name}};
  shown["Status"] = label.status;
  return shown;
}

Label* label_in(Call& call) {
  const auto found = call.world.labels.find(std::string(call.path_value("shipmentId")));
  if (found == call.world.labels.end() || found->second.account != call.account) return nullptr;
  Result<json::value> details = json::parse(found->second.details);
  return details && json::find_object(*details, "mfn") != nullptr ? &found->second : nullptr;
}

}  // namespace

http::Response play::get_eligible_shipment_services(Call& call) {
  Wish wish;
  if (auto refusal = read_wish(call, wish)) return *refusal;
  json::array good, rejected;
  const json::value* options = json::find(call.body, "ShipmentRequestDetails.ShippingServiceOptions");
  for (const ShippingOffer& offer : offers_for(call.world, wish.from.country, wish.order->ship_to_country, wish.weight_g, wish.order->marketplace->currency)) {
    if (offer.too_heavy)
      rejected.push_back(json::object{{"CarrierName", offer.carrier_name}, {"ShippingServiceName", offer.service_name}, {"ShippingServiceId", offer.service_id},
                                      {"RejectionReasonCode", "WEIGHT_RESTRICTION"}, {"RejectionReasonMessage", "The package is heavier than this service takes."}});
    else good.push_back(service_of(call.world, *wish.order, offer, options));
  }
  return payload(json::object{{"ShippingServiceList", std::move(good)}, {"RejectedShippingServiceList", std::move(rejected)},
                              {"TemporarilyUnavailableCarrierList", json::array{}}, {"TermsAndConditionsNotAcceptedCarrierList", json::array{}}});
}

http::Response play::create_shipment(Call& call) {
  Wish wish;
  if (auto refusal = read_wish(call, wish)) return *refusal;
  const std::string service = json::get_text(call.body, "ShippingServiceId"), offer = json::get_text(call.body, "ShippingServiceOfferId");
  if (service.empty()) return invalid_input("ShippingServiceId is required.");
  const std::vector<ShippingOffer> offers = offers_for(call.world, wish.from.country, wish.order->ship_to_country, wish.weight_g, wish.order->marketplace->currency);
  const auto chosen = std::find_if(offers.begin(), offers.end(), [&](const ShippingOffer& each) { return each.service_id == service && !each.too_heavy; });
  if (chosen == offers.end()) return invalid_input("Shipping service " + printable(service, 60) + " is not eligible for this package.");
  if (!offer.empty() && offer != offer_id(call.world, *wish.order, *chosen)) return invalid_input("ShippingServiceOfferId is not valid for this order.");
  const FormatChoice choice = choice_of(wish.label_format);
  Label& label = buy_label(call.world, {.account = call.account, .order = wish.order, .offer = *chosen, .items = wish.units, .from = wish.from, .to = wish.order->address(),
                                        .format = choice.format, .dpi = choice.dpi, .client_reference = ""});
  label.format = choice.name;
  json::array items;
  for (const auto& [index, units] : wish.units) items.push_back(json::object{{"OrderItemId", wish.order->items[index].id}, {"Quantity", units}});
  json::object shipment{{"ShipmentId", label.id}, {"AmazonOrderId", wish.order->id}, {"ItemList", std::move(items)}, {"ShipFromAddress", *json::find(call.body, "ShipmentRequestDetails.ShipFromAddress")},
                        {"ShipToAddress", address_of(wish.order->address())}, {"PackageDimensions", *json::find(call.body, "ShipmentRequestDetails.PackageDimensions")},
                        {"Weight", *json::find(call.body, "ShipmentRequestDetails.Weight")}, {"Insurance", amount(0, label.currency)},
                        {"ShippingService", service_of(call.world, *wish.order, *chosen, json::find(call.body, "ShipmentRequestDetails.ShippingServiceOptions"))},
                        {"TrackingId", label.tracking_number}, {"CreatedDate", label.bought.iso()}, {"LastUpdatedDate", label.bought.iso()}};
  Result<json::value> details = json::parse(label.details);
  details->as_object()["mfn"] = std::move(shipment);
  label.details = json::text(*details);
  return payload(shipment_of(call.world, label));
}

http::Response play::get_shipment(Call& call) {
  const Label* label = label_in(call);
  return label == nullptr ? not_found_answer("Shipment " + printable(call.path_value("shipmentId"), 60) + " was not found.") : payload(shipment_of(call.world, *label));
}

http::Response play::cancel_shipment(Call& call) {
  Label* label = label_in(call);
  if (label == nullptr) return not_found_answer("Shipment " + printable(call.path_value("shipmentId"), 60) + " was not found.");
  if (label->status == "Purchased") {
    if (give_label_back(call.world, *label)) {
      label->status = "RefundPending";
      call.world.schedule(call.world.now() + std::chrono::hours(24), [id = label->id](World& then) { then.labels.at(id).status = "RefundApplied"; });
    } else {
      label->status = "RefundRejected";
    }
  }
  return payload(shipment_of(call.world, *label));
}

http::Response play::get_additional_seller_inputs(Call& call) {
  if (json::get_text(call.body, "ShippingServiceId").empty() || json::find_object(call.body, "ShipFromAddress") == nullptr) return invalid_input("ShippingServiceId and ShipFromAddress are required.");
  const Order* order = call.world.find_order(json::get_text(call.body, "OrderId"));
  if (order == nullptr || order->account != call.account) return invalid_input("OrderId is not known.");
  return payload(json::object{{"ShipmentLevelFields", json::array{}}, {"ItemLevelFieldsList", json::array{}}});
}

}  // namespace zifa::sandbox
