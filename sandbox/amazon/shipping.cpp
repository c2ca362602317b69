// Shipping v2: rates, labels, tracking; for Amazon's orders and for parcels of other channels.
#include <algorithm>
#include <memory>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/offers.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/world/parcels.hpp"

namespace zifa::sandbox {

namespace {

using namespace std::chrono_literals;

http::Response payload(json::value value) { return answer(200, json::object{{"payload", std::move(value)}}); }

json::object amount(std::int64_t minor, Currency currency) {
  double major = static_cast<double>(minor);
  for (int i = 0; i < currency.decimals(); ++i) major /= 10;
  return {{"value", major}, {"unit", currency.code()}};
}

Address read_address(const json::value& from) {
  const auto text = [&](std::string_view name) { return json::get_text(from, name); };
  return {.name = text("name"), .company = text("companyName"), .line1 = text("addressLine1"), .line2 = text("addressLine2"), .line3 = text("addressLine3"), .city = text("city"),
          .state = text("stateOrRegion"), .postal_code = text("postalCode"), .country = text("countryCode"), .phone = text("phoneNumber"), .commercial = true};
}

struct Question {
  Order* order = nullptr;
  std::vector<std::pair<std::size_t, int>> units;
  Address from, to;
  std::int64_t weight_g = 0;
  Currency currency;
  std::string package_reference;
};

std::optional<std::int64_t> grams_of(const json::value& weight) {
  const json::value* value = json::find(weight, "value");
  const std::string unit = json::get_text(weight, "unit");
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const double factor = unit == "GRAM" ? 1 : unit == "KILOGRAM" ? 1000 : unit == "OUNCE" ? 28.349523125 : unit == "POUND" ? 453.59237 : 0;
  const double grams = value->to_number<double>() * factor;
  if (!(grams > 0 && grams < 1e7)) return std::nullopt;
  return static_cast<std::int64_t>(grams + 0.999);
}

std::optional<http::Response> read_question(Call& call, Question& question) {
  const json::value* from = json::find(call.body, "shipFrom");
  if (from == nullptr || !from->is_object()) return invalid_input("shipFrom is required.");
  question.from = read_address(*from);
  if (question.from.name.empty() || question.from.line1.empty() || question.from.country.size() != 2) return invalid_input("shipFrom needs name, addressLine1 and countryCode.");
  const json::array* packages = json::find_array(call.body, "packages");
  if (packages == nullptr || packages->size() != 1) return invalid_input("packages must hold exactly one package.");
  const json::value& package = packages->front();
  const json::value* weight = json::find(package, "weight");
  const std::optional<std::int64_t> grams = weight == nullptr ? std::nullopt : grams_of(*weight);
  if (!grams) return invalid_input("The package's weight needs value and unit.");
  question.weight_g = *grams;
  if (json::find_object(package, "dimensions") == nullptr || json::find_object(package, "insuredValue") == nullptr) return invalid_input("The package needs dimensions and insuredValue.");
  question.package_reference = json::get_text(package, "packageClientReferenceId");
  if (question.package_reference.empty()) return invalid_input("packageClientReferenceId is required.");
  const json::array* items = json::find_array(package, "items");
  if (items == nullptr || items->empty()) return invalid_input("The package needs items.");
  const std::string channel = json::get_text(call.body, "channelDetails.channelType");
  if (channel == "EXTERNAL") {
    const json::value* to = json::find(call.body, "shipTo");
    if (to == nullptr || !to->is_object()) return invalid_input("shipTo is required for orders of other channels.");
    question.to = read_address(*to);
    question.currency = find_marketplace(call.account->marketplaces.front())->currency;
    return std::nullopt;
  }
  if (channel != "AMAZON") return invalid_input("channelDetails.channelType must be AMAZON or EXTERNAL.");
  const std::string id = json::get_text(call.body, "channelDetails.amazonOrderDetails.orderId");
  Order* order = call.world.find_order(id);
  if (order == nullptr || order->account != call.account) return invalid_input("Order " + printable(id, 60) + " is not known.");
  std::vector<std::pair<std::string, std::int64_t>> wanted;
  for (const json::value& item : *items)
    if (const std::string item_id = json::get_text(item, "itemIdentifier"); !item_id.empty()) wanted.emplace_back(item_id, json::get_int(item, "quantity").value_or(0));
  Result<std::vector<std::pair<std::size_t, int>>> units = units_for_label(*order, wanted);
  if (!units) return invalid_input(units.error().message);
  question.order = order;
  question.units = std::move(*units);
  question.to = order->address();
  question.currency = order->marketplace->currency;
  return std::nullopt;
}

json::object promise_of_offer(const World& world, const ShippingOffer& offer) {
  return {{"deliveryWindow", json::object{{"start", offer.deliver_from.iso()}, {"end", offer.deliver_by.iso()}}},
          {"pickupWindow", json::object{{"start", world.now().iso()}, {"end", (world.now() + 24h).iso()}}}};
}

json::array document_specifications() {
  json::array list;
  for (const char* format : {"PDF", "PNG", "ZPL"}) {
    json::object option{{"supportedPageLayouts", json::array{"DEFAULT"}}, {"supportedFileJoiningOptions", json::array{false}}, {"supportedDocumentDetails", json::array{json::object{{"name", "LABEL"}, {"isMandatory", true}}}}};
    if (std::string_view(format) != "PDF") option["supportedDPIs"] = json::array{203, 300};
    list.push_back(json::object{{"format", format}, {"size", json::object{{"width", 4.0}, {"length", 6.0}, {"unit", "INCH"}}}, {"printOptions", json::array{std::move(option)}}});
  }
  return list;
}

// A quotation that was given out: what it was for, until when it holds. Its token carries it, sealed like a page token.
constexpr auto kQuoteLives = std::chrono::minutes(10);

std::string quote_token(const Call& call) {
  json::object held{{"body", call.body}, {"at", call.world.now().ms()}};
  return page_token(call, "rates", json::text(held));
}

struct FormatWish {
  LabelFormat format = LabelFormat::png;
  int dpi = 203;
  std::string name = "PNG";
};
std::optional<FormatWish> format_of(const json::value* specification) {
  FormatWish wish;
  if (specification == nullptr) return wish;
  wish.name = json::get_text(*specification, "format");
  if (wish.name == "PDF") wish.format = LabelFormat::pdf;
  else if (wish.name == "PNG") wish.format = LabelFormat::png;
  else if (wish.name == "ZPL") wish.format = LabelFormat::zpl;
  else return std::nullopt;
  wish.dpi = json::get_int(*specification, "dpi").value_or(203) >= 300 ? 300 : 203;
  return wish;
}

json::object documents_of(const World& world, const Label& label, const FormatWish& wish) {
  return {{"packageClientReferenceId", label.client_reference}, {"trackingId", label.tracking_number},
          {"packageDocuments", json::array{json::object{{"type", "LABEL"}, {"format", wish.name}, {"contents", to_base64(label_file(world, label, wish.format, wish.dpi))}}}}};
}

json::object benefits_of(const Order* order) {
  json::array included;
  if (order != nullptr) included.push_back("CLAIMS_PROTECTED");
  if (order != nullptr && order->ship_plus) included.push_back("FBM_SHIP_PLUS");
  return {{"includedBenefits", std::move(included)}, {"excludedBenefits", json::array{}}};
}

Label& purchase(Call& call, const Question& question, const ShippingOffer& offer, const FormatWish& wish, const std::string& key) {
  Label& label = buy_label(call.world, {.account = call.account, .order = question.order, .offer = offer, .items = question.units, .from = question.from, .to = question.to,
                                        .format = wish.format, .dpi = wish.dpi, .client_reference = question.package_reference});
  label.format = wish.name;
  Result<json::value> details = json::parse(label.details);
  details->as_object()["promise"] = promise_of_offer(call.world, offer);
  details->as_object()["dpi"] = wish.dpi;
  label.details = json::text(*details);
  if (!key.empty()) call.world.label_by_key[call.account->seller_id + "|" + key] = label.id;
  return label;
}

// The same key again: the shipment that was bought then.
const Label* bought_before(Call& call, const std::string& key) {
  const auto found = call.world.label_by_key.find(call.account->seller_id + "|" + key);
  return key.empty() || found == call.world.label_by_key.end() ? nullptr : &call.world.labels.at(found->second);
}

json::object purchase_result(const World& world, const Label& label) {
  Result<json::value> details = json::parse(label.details);
  const Order* order = const_cast<World&>(world).find_order(label.order_id);
  FormatWish wish{label.format == "PDF" ? LabelFormat::pdf : label.format == "ZPL" ? LabelFormat::zpl : LabelFormat::png, 203, label.format};
  if (details && json::get_int(*details, "dpi").value_or(203) >= 300) wish.dpi = 300;
  const json::value* promise = details ? json::find(*details, "promise") : nullptr;
  return {{"shipmentId", label.id}, {"packageDocumentDetails", json::array{documents_of(world, label, wish)}}, {"promise", promise == nullptr ? json::value(json::object{}) : *promise}, {"benefits", benefits_of(order)}};
}

Label* label_in(Call& call) {
  const auto found = call.world.labels.find(std::string(call.path_value("shipmentId")));
  return found == call.world.labels.end() || found->second.account != call.account ? nullptr : &found->second;
}

http::Response no_such_shipment(const Call& call) { return not_found_answer("Shipment " + printable(call.path_value("shipmentId"), 60) + " was not found."); }

}  // namespace

http::Response play::shipping_get_rates(Call& call) {
  Question question;
  if (auto refusal = read_question(call, question)) return *refusal;
  json::array rates, ineligible;
  for (const ShippingOffer& offer : offers_for(call.world, question.from.country, question.to.country, question.weight_g, question.currency)) {
    if (offer.too_heavy) {
      ineligible.push_back(json::object{{"serviceId", offer.service_id}, {"serviceName", offer.service_name}, {"carrierId", offer.carrier_id}, {"carrierName", offer.carrier_name},
                                        {"ineligibilityReasons", json::array{json::object{{"code", "WEIGHT_RESTRICTIONS"}, {"message", "The package is heavier than this service takes."}}}}});
      continue;
    }
    rates.push_back(json::object{{"rateId", "rate-" + std::string(offer.service_id)}, {"carrierId", offer.carrier_id}, {"carrierName", offer.carrier_name}, {"serviceId", offer.service_id}, {"serviceName", offer.service_name},
                                 {"billedWeight", json::object{{"unit", "GRAM"}, {"value", question.weight_g}}}, {"totalCharge", amount(offer.price, offer.currency)}, {"promise", promise_of_offer(call.world, offer)},
                                 {"supportedDocumentSpecifications", document_specifications()}, {"availableValueAddedServiceGroups", json::array{}}, {"requiresAdditionalInputs", false},
                                 {"rateItemList", json::array{}}, {"paymentType", "PAY_THROUGH_AMAZON"}, {"benefits", benefits_of(question.order)}});
  }
  return payload(json::object{{"requestToken", quote_token(call)}, {"rates", std::move(rates)}, {"ineligibleRates", std::move(ineligible)}});
}

http::Response play::shipping_purchase_shipment(Call& call) {
  const std::string key(call.request.headers.get("x-amzn-IdempotencyKey"));
  if (const Label* label = bought_before(call, key)) return payload(purchase_result(call.world, *label));
  const std::string token = json::get_text(call.body, "requestToken"), rate = json::get_text(call.body, "rateId");
  if (token.empty() || rate.empty()) return invalid_input("requestToken and rateId are required.");
  const std::optional<FormatWish> format = format_of(json::find(call.body, "requestedDocumentSpecification"));
  if (json::find_object(call.body, "requestedDocumentSpecification") == nullptr || !format) return invalid_input("requestedDocumentSpecification needs a format: PDF, PNG or ZPL.");
  // The token was sealed by getRates.
  Call asked{.world = call.world, .tokens = call.tokens, .operation = *find_operation("getRates"), .account = call.account, .request = call.request, .path = {}, .query = {}, .body = nullptr,
             .restricted = false, .data_elements = {}, .stale_seconds = 0};
  const std::optional<std::string> held = read_page_token(asked, "rates", token);
  Result<json::value> quote = held ? json::parse(*held) : Result<json::value>(invalid("token", "none"));
  if (!quote) return refuse(400, "InvalidInput", "The requestToken is not valid.", "INVALID_TOKEN");
  if (call.world.now() - Instant::from_ms(json::get_int(*quote, "at").value_or(0)) > kQuoteLives) return refuse(400, "InvalidInput", "The requestToken has expired; ask for rates again.", "TOKEN_EXPIRED");
  asked.body = *json::find(*quote, "body");
  Question question;
  if (auto refusal = read_question(asked, question)) return *refusal;
  const std::vector<ShippingOffer> offers = offers_for(call.world, question.from.country, question.to.country, question.weight_g, question.currency);
  const auto chosen = std::find_if(offers.begin(), offers.end(), [&](const ShippingOffer& offer) { return "rate-" + std::string(offer.service_id) == rate && !offer.too_heavy; });
  if (chosen == offers.end()) return invalid_input("rateId " + printable(rate, 60) + " was not offered.");
  const Label& label = purchase(call, question, *chosen, *format, key);
  return payload(purchase_result(call.world, label));
}

http::Response play::shipping_one_click(Call& call) {
  Question question;
  if (auto refusal = read_question(call, question)) return *refusal;
  const json::array* services = json::find_array(call.body, "serviceSelection.serviceId");
  if (services == nullptr || services->empty()) return invalid_input("serviceSelection.serviceId is required.");
  const std::optional<FormatWish> format = format_of(json::find(call.body, "labelSpecifications"));
  if (!format) return invalid_input("labelSpecifications needs a format: PDF, PNG or ZPL.");
  const std::vector<ShippingOffer> offers = offers_for(call.world, question.from.country, question.to.country, question.weight_g, question.currency);
  for (const ShippingOffer& offer : offers) {
    const bool wanted = std::any_of(services->begin(), services->end(), [&](const json::value& each) { return each.is_string() && std::string_view(each.get_string()) == offer.service_id; });
    if (!wanted || offer.too_heavy) continue;
    const Label& label = purchase(call, question, offer, *format, "");
    json::object result = purchase_result(call.world, label);
    result.erase("benefits");
    result["carrier"] = json::object{{"id", offer.carrier_id}, {"name", offer.carrier_name}};
    result["service"] = json::object{{"id", offer.service_id}, {"name", offer.service_name}};
    result["totalCharge"] = amount(offer.price, offer.currency);
    return payload(std::move(result));
  }
  return invalid_input("None of the chosen services is eligible for this package.");
}

http::Response play::shipping_direct_purchase(Call& call) {
  const std::string key(call.request.headers.get("x-amzn-IdempotencyKey"));
  const Label* label = bought_before(call, key);
  if (label == nullptr) {
    Question question;
    if (auto refusal = read_question(call, question)) return *refusal;
    const std::optional<FormatWish> format = format_of(json::find(call.body, "labelSpecifications"));
    if (!format) return invalid_input("labelSpecifications needs a format: PDF, PNG or ZPL.");
    for (const ShippingOffer& offer : offers_for(call.world, question.from.country, question.to.country, question.weight_g, question.currency)) {
      if (offer.too_heavy) continue;
      label = &purchase(call, question, offer, *format, key);
      break;
    }
    if (label == nullptr) return invalid_input("No service takes this package.");
  }
  const json::object result = purchase_result(call.world, *label);
  return payload(json::object{{"shipmentId", label->id}, {"packageDocumentDetailList", result.at("packageDocumentDetails")}});
}

http::Response play::shipping_get_documents(Call& call) {
  const Label* label = label_in(call);
  if (label == nullptr) return no_such_shipment(call);
  if (call.query.get("packageClientReferenceId") != label->client_reference) return invalid_input("packageClientReferenceId does not belong to this shipment.");
  const std::string format(call.query.has("format") ? call.query.get("format") : std::string_view(label->format));
  const std::optional<FormatWish> wish = format_of(std::make_unique<json::value>(json::object{{"format", format}, {"dpi", to_int(call.query.get("dpi")).value_or(203)}}).get());
  if (!wish) return invalid_input("format must be PDF, PNG or ZPL.");
  return payload(json::object{{"shipmentId", label->id}, {"packageDocumentDetail", documents_of(call.world, *label, *wish)}, {"benefits", benefits_of(call.world.find_order(label->order_id))}});
}

http::Response play::shipping_cancel(Call& call) {
  Label* label = label_in(call);
  if (label == nullptr) return no_such_shipment(call);
  if (label->status == "Purchased") {
    if (!give_label_back(call.world, *label)) return invalid_input("Shipment " + label->id + " is on its way and can no longer be cancelled.");
    label->status = "RefundApplied";
  }
  return payload(json::object{});
}

http::Response play::shipping_get_tracking(Call& call) {
  const std::string id(call.query.get("trackingId")), carrier(call.query.get("carrierId"));
  if (id.empty() || carrier.empty()) return invalid_input("trackingId and carrierId are required.");
  const Label* label = nullptr;
  for (const auto& [key, each] : call.world.labels)
    if (each.tracking_number == id && each.account == call.account) label = &each;
  if (label == nullptr) return not_found_answer("trackingId " + printable(id, 60) + " was not bought here.");
  const Parcel* parcel = find_parcel(call.world, id);
  json::array events;
  std::string_view status = "PreTransit";
  if (parcel != nullptr)
    for (const Scan& scan : parcel->scans) {
      std::string_view code = "ArrivedAtCarrierFacility";
      switch (scan.code) {
        case ScanCode::accepted: code = "PickupDone", status = "InTransit"; break;
        case ScanCode::in_transit: code = "Departed", status = "InTransit"; break;
        case ScanCode::out_for_delivery: code = "OutForDelivery", status = "OutForDelivery"; break;
        case ScanCode::delivered: code = "Delivered", status = "Delivered"; break;
        case ScanCode::exception: code = "DeliveryAttempted", status = "DeliveryAttempted"; break;
        case ScanCode::lost: code = "Lost", status = "Lost"; break;
        case ScanCode::returned: code = "ReturnInitiated", status = "Undeliverable"; break;
      }
      events.push_back(json::object{{"eventCode", code}, {"eventTime", scan.at.iso()}, {"location", json::object{{"city", scan.place}}}, {"shipmentType", "FORWARD"}});
    }
  Result<json::value> details = json::parse(label->details);
  return payload(json::object{{"trackingId", id}, {"alternateLegTrackingId", ""}, {"eventHistory", std::move(events)},
                              {"promisedDeliveryDate", details ? json::get_text(*details, "promise.deliveryWindow.end") : label->bought.iso()},
                              {"summary", json::object{{"status", status}, {"trackingDetailCodes", json::object{{"forward", json::array{}}, {"returns", json::array{}}}}}}});
}

// Carrier accounts of the seller's own: linked in name only.
http::Response play::shipping_get_carrier_accounts(Call& call) {
  (void)call;
  return answer(200, json::object{{"activeAccounts", json::array{}}});
}

http::Response play::shipping_generate_collection_form(Call& call) {
  const std::string carrier = json::get_text(call.body, "carrierId");
  if (carrier.empty()) return invalid_input("carrierId is required.");
  std::vector<std::string> lines{"Collection form for " + carrier, "Printed " + call.world.now().iso(), ""};
  for (const auto& [id, label] : call.world.labels)
    if (label.account == call.account && label.carrier_id == carrier && label.status == "Purchased" && lines.size() < 45) lines.push_back(label.tracking_number + "  " + label.order_id);
  return answer(200, json::object{{"collectionsFormDocument", json::object{{"base64EncodedContent", to_base64(text_pdf(lines))}, {"documentFormat", "application/pdf"}}}});
}

http::Response play::shipping_ndr_feedback(Call& call) {
  const std::string action = json::get_text(call.body, "ndrAction");
  if (json::get_text(call.body, "trackingId").empty() || (action != "RESCHEDULE" && action != "REATTEMPT" && action != "RTO")) return invalid_input("trackingId and ndrAction (RESCHEDULE, REATTEMPT, RTO) are required.");
  return no_content();
}

http::Response play::shipping_create_claim(Call& call) {
  if (json::get_text(call.body, "trackingId").empty() || json::get_text(call.body, "claimReason").empty() || json::get_text(call.body, "settlementType").empty())
    return invalid_input("trackingId, claimReason and settlementType are required.");
  return answer(201, json::object{{"claimId", call.world.fresh_id("claim")}});
}

}  // namespace zifa::sandbox
