#include "app/buy_label.hpp"

#include <algorithm>

#include "app/cancel_order.hpp"
#include "app/reactions.hpp"
#include "app/reference/tracking_formats.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"
#include "domain/tracking/number_range.hpp"

namespace zifa {

namespace {

Result<ShippingService> service_of(Tx& tx, ServiceId id) {
  for (ShippingService& service : TRY(tx.setup.services()))
    if (service.id == id) return std::move(service);
  return not_found("service.unknown", "The shipping service of this parcel no longer exists; choose another.");
}

// The check digits that number ranges come with, as Shipping setup names them.
struct RangeCheck {
  tracking::CheckRule rule;
  std::size_t unchecked_prefix;
};
std::optional<RangeCheck> range_check_named(std::string_view name) {
  using tracking::CheckMethod;
  if (name == "none" || name.empty()) return RangeCheck{{.method = CheckMethod::none}, 0};
  if (name == "s10") return RangeCheck{{.method = CheckMethod::s10}, 2};                                // the two service letters
  if (name == "ups") return RangeCheck{{.method = CheckMethod::mod10, .evens = 1, .odds = 2}, 2};       // 1Z
  if (name == "mod10") return RangeCheck{{.method = CheckMethod::mod10, .reverse = true}, 0};           // GS1, USPS: 3 and 1 from the right
  if (name == "luhn") return RangeCheck{{.method = CheckMethod::luhn}, 0};
  if (name == "mod7") return RangeCheck{{.method = CheckMethod::mod7}, 0};
  return std::nullopt;
}

Result<tracking::NumberRange> range_of(const ShippingService& service) {
  const auto check = range_check_named(service.range_check);
  if (!check) return invalid("service.bad_range", "Service " + service.name + " names an unknown check digit \"" + printable(service.range_check, 20) + "\"; correct its number range in Shipping setup.");
  return tracking::NumberRange{.name = service.name,
                               .prefix = service.range_prefix,
                               .serial_width = service.range_width,
                               .suffix = service.range_suffix,
                               .check = check->rule,
                               .unchecked_prefix = std::min(check->unchecked_prefix, service.range_prefix.size()),
                               .first = 0,
                               .last = service.range_last,
                               .next = service.range_next};
}

Result<std::string> number_from_range(Tx& tx, const ShippingService& service) {
  tracking::NumberRange range = TRY(range_of(service));
  range.next = TRY(tx.setup.take_from_range(service.id));
  return tracking::number_of_serial(range, range.next);
}

// The number as it is stored, or why it may not be used for this carrier.
Result<tracking::NumberCheck> proven(const std::string& typed, const ShippingService& service) {
  tracking::NumberCheck check = check_tracking_number(typed, service.carrier_id);
  const std::string shown = printable(typed, 64);
  switch (check.verdict) {
    case tracking::Verdict::malformed:
      return refused("label.malformed_number", "\"" + shown + "\" cannot be a tracking number; scan the barcode again or copy the number from the carrier.");
    case tracking::Verdict::suspect:
      if (check.named_fits && !*check.named_fits && !check.matches.empty())
        return refused("label.wrong_number", "Number " + shown + " looks like one of " + check.matches.front().format->name + ", not of " + service.carrier_name + "; choose the right service or scan the right label.");
      return refused("label.wrong_number", "The check digit of " + shown + " is wrong for " + service.carrier_name + "; scan the barcode instead of typing.");
    case tracking::Verdict::valid: break;
    case tracking::Verdict::unknown:
      // No carrier gives numbers without a digit: somebody scanned a SKU or typed a remark into the wrong field.
      if (std::none_of(check.number.begin(), check.number.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return refused("label.malformed_number", "\"" + shown + "\" has no digit, so it cannot be a tracking number; scan the barcode again or copy the number from the carrier.");
      break;
  }
  return check;
}

Result<Label> store_label(Tx& tx, const Parcel& parcel, const ShippingService& service, const std::string& number, std::string_view actor, Instant now) {
  const tracking::NumberCheck check = TRY(proven(number, service));
  Label label{.parcel = parcel.id, .order = parcel.order, .attempt = TRY(tx.parcels.label_attempts(parcel.id)) + 1, .service = service.id, .carrier_id = service.carrier_id};
  label.carrier_name = service.carrier_name;
  label.service_name = service.name;
  label.tracking_number = check.number;
  label.verdict = tracking::name_of(check.verdict);
  label.cost = parcel.cost;
  label.bought_at = now;
  label.id = TRY(tx.parcels.insert_label(label));
  TRY(happen(tx, {.account = parcel.account, .at = now, .kind = "label_bought", .order = parcel.order, .parcel = parcel.id, .actor = std::string(actor), .data = "{\"number\":" + json_quoted(label.tracking_number) + ",\"service\":" + json_quoted(service.name) + "}"}));
  return label;
}

}  // namespace

Result<Done> may_give_numbers(const ShippingService& service) { return tracking::check_range(TRY(range_of(service))); }

Result<Label> buy_label(Tx& tx, const LabelRequest& request, std::string_view actor, Instant now) {
  Parcel parcel = TRY(tx.parcels.find(request.parcel));
  const Order order = TRY(tx.orders.find(parcel.order));
  if (auto live = TRY(tx.parcels.live_label(parcel.id))) {
    const bool same = request.tracking_number.empty() || tracking::normal_number(request.tracking_number) == live->tracking_number;
    if (same) return std::move(*live);
    return conflict("parcel.has_label", "Parcel " + parcel.number() + " has label " + live->tracking_number + "; void it before giving it another number.");
  }
  TRY(may_go_on(order));
  if (parcel.state != ParcelState::planned && parcel.state != ParcelState::packed)
    return conflict("parcel.too_late_for_label", "Parcel " + parcel.number() + " is " + std::string(name_of(parcel.state)) + "; it cannot get a label any more.");
  if (request.service && *request.service != parcel.service) {
    parcel.service = *request.service;
    parcel.updated_at = now;
    TRY(tx.parcels.update(parcel));
  }
  const ShippingService service = TRY(service_of(tx, parcel.service));
  std::string number = request.tracking_number;
  if (number.empty()) {
    if (service.number_source != "range")
      return refused("label.number_needed", "Service " + service.name + " has no numbers of its own; scan or type the tracking number of parcel " + parcel.number() + ".");
    number = TRY(number_from_range(tx, service));
  }
  Label label = TRY(store_label(tx, parcel, service, number, actor, now));
  TRY(settle_order(tx, parcel.order, now));
  return label;
}

Result<Done> void_label(Tx& tx, ParcelId id, std::string_view actor, Instant now) {
  const Parcel parcel = TRY(tx.parcels.find(id));
  auto label = TRY(tx.parcels.live_label(id));
  if (!label) return conflict("label.none", "Parcel " + parcel.number() + " has no label.");
  if (parcel.left()) return conflict("label.left_the_house", "Parcel " + parcel.number() + " has left with label " + label->tracking_number + "; correct its number instead of voiding it.");
  label->state = "voided";
  label->voided_at = now;
  TRY(tx.parcels.update_label(*label));
  TRY(happen(tx, {.account = parcel.account, .at = now, .kind = "label_voided", .order = parcel.order, .parcel = id, .actor = std::string(actor), .data = "{\"number\":" + json_quoted(label->tracking_number) + "}"}));
  TRY(settle_order(tx, parcel.order, now));
  return done;
}

Result<Label> replace_number(Tx& tx, ParcelId id, std::string_view tracking_number, std::string_view actor, Instant now) {
  Parcel parcel = TRY(tx.parcels.find(id));
  auto old = TRY(tx.parcels.live_label(id));
  if (!old) return buy_label(tx, {.parcel = id, .tracking_number = std::string(tracking_number)}, actor, now);
  if (tracking::normal_number(tracking_number) == old->tracking_number) return std::move(*old);
  const ShippingService service = TRY(service_of(tx, parcel.service));
  old->state = "voided";
  old->voided_at = now;
  TRY(tx.parcels.update_label(*old));
  Label label = TRY(store_label(tx, parcel, service, std::string(tracking_number), actor, now));
  if (parcel.left() && parcel.confirm_state != "none") {
    parcel.confirm_state = "due";
    parcel.confirm_error.clear();
    parcel.updated_at = now;
    TRY(tx.parcels.update(parcel));
    TRY(happen(tx, {.account = parcel.account, .at = now, .kind = "label_replaced", .order = parcel.order, .parcel = id, .actor = std::string(actor)}));
  }
  TRY(settle_order(tx, parcel.order, now));
  return label;
}

}  // namespace zifa
