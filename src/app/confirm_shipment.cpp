#include "app/confirm_shipment.hpp"

#include <algorithm>

#include "app/import_orders.hpp"
#include "app/reactions.hpp"
#include "app/reference/carriers.hpp"
#include "app/reference/policies.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

struct Prepared {
  bool nothing_to_do = false;
  bool read_back = false;  // asked before, no answer known
  AccountId account;
  Instant asked_at;
  ShipmentConfirmation confirmation;
};

// `at`: when Amazon took it.
Result<Done> remember(Tx& tx, ParcelId id, const ShipmentConfirmation& sent, std::string request_id, std::string_view via, Instant at, Instant now, std::string_view actor = kProgram) {
  Parcel parcel = TRY(tx.parcels.find(id));
  StoredConfirmation stored = TRY(tx.parcels.confirmation(id)).value_or(StoredConfirmation{.parcel = id, .account = parcel.account, .order = parcel.order, .asked_at = now});
  const bool edit = stored.confirmed_at.has_value();
  stored.state = "confirmed";
  stored.via = via;
  stored.carrier_code = sent.carrier_code;
  stored.carrier_name = sent.carrier_name;
  stored.method = sent.shipping_method;
  stored.tracking_number = sent.tracking_number;
  stored.confirmed_at = at;
  // The first confirmation's moment stands; correcting a number later does not make an order late.
  if (!stored.first_confirmed_at) stored.first_confirmed_at = at;
  if (edit) ++stored.edits;
  stored.request_id = std::move(request_id);
  TRY(tx.parcels.save_confirmation(stored));
  parcel.confirm_state = "confirmed";
  parcel.confirm_error.clear();
  parcel.confirmed_at = stored.first_confirmed_at;
  parcel.updated_at = now;
  TRY(tx.parcels.update(parcel));
  TRY(happen(tx, {.account = parcel.account, .at = now, .kind = edit ? "confirmation_corrected" : "shipment_confirmed", .order = parcel.order, .parcel = id, .actor = std::string(actor), .data = "{\"number\":" + json_quoted(sent.tracking_number) + "}"}));
  TRY(settle_order(tx, parcel.order, now));
  return done;
}

// Decide, inside a transaction; writes down that we are about to ask.
Result<Prepared> prepare(Tx& tx, ParcelId id, Instant now) {
  Parcel parcel = TRY(tx.parcels.find(id));
  Prepared prepared{.account = parcel.account};
  if (parcel.confirm_state == "confirmed" || parcel.confirm_state == "none") {
    prepared.nothing_to_do = true;
    return prepared;
  }
  const Account account = TRY(tx.accounts.find(parcel.account));
  if (account.kind != "amazon") {  // its confirmations travel by file
    prepared.nothing_to_do = true;
    return prepared;
  }
  TRY(may_write_outside(tx));
  prepared.confirmation = TRY(confirmation_of(tx, parcel));
  const auto label = TRY(tx.parcels.live_label(id));
  auto stored = TRY(tx.parcels.confirmation(id));
  prepared.read_back = stored && stored->state == "asked";
  StoredConfirmation asked = stored.value_or(StoredConfirmation{.parcel = id, .account = parcel.account, .order = parcel.order});
  asked.label = label->id;
  asked.state = "asked";
  asked.carrier_code = prepared.confirmation.carrier_code;
  asked.carrier_name = prepared.confirmation.carrier_name;
  asked.method = prepared.confirmation.shipping_method;
  asked.tracking_number = prepared.confirmation.tracking_number;
  if (!prepared.read_back) asked.asked_at = now;
  TRY(tx.parcels.save_confirmation(asked));
  prepared.asked_at = asked.asked_at;
  return prepared;
}

// What Amazon shows of the order when the answer to our call is not known, or was a refusal.
struct ReadBack {
  IncomingOrder order;
  bool has_package = false;  // ours, with this very number

  bool cancelled() const { return order.status == AmazonStatus::cancelled; }
  // When Amazon took the confirmation: between our first asking and now, and no later than the order's last change.
  Instant taken_at(Instant asked_at, Instant now) const { return std::clamp(order.last_updated_at.value_or(now), std::min(asked_at, now), now); }
};

Result<ReadBack> read_back(Marketplace& marketplace, const ShipmentConfirmation& confirmation) {
  ReadBack found{.order = TRY(marketplace.get_order(confirmation.amazon_order_id))};
  found.has_package = std::any_of(found.order.packages.begin(), found.order.packages.end(), [&](const IncomingPackage& package) {
    return package.reference == confirmation.package_reference && equals_ignoring_case(package.tracking_number, confirmation.tracking_number);
  });
  return found;
}

}  // namespace

Result<ShipmentConfirmation> confirmation_of(Tx& tx, const Parcel& parcel) {
  const Order order = TRY(tx.orders.find(parcel.order));
  if (!parcel.dispatched_at) return refused("confirmation.not_left", "Parcel " + parcel.number() + " of order " + order.amazon_order_id + " has not left; hand it over before confirming.");
  const auto label = TRY(tx.parcels.live_label(parcel.id));
  if (!label) return refused("confirmation.no_number", "Parcel " + parcel.number() + " of order " + order.amazon_order_id + " has no tracking number; scan or type it before confirming.");
  ShipmentConfirmation confirmation{.amazon_order_id = order.amazon_order_id, .marketplace_id = order.marketplace_id, .package_reference = std::to_string(parcel.id.value()), .tracking_number = label->tracking_number, .ship_date = *parcel.dispatched_at};
  const std::string market = marketplace_code(order.marketplace_id).value_or("");
  for (const ShippingService& service : TRY(tx.setup.services())) {
    if (service.id != label->service) continue;
    confirmation.carrier_code = service.amazon_code;
    confirmation.carrier_name = service.amazon_name;
    confirmation.shipping_method = service.amazon_method.empty() ? service.name : service.amazon_method;
  }
  if (confirmation.carrier_code.empty()) {
    if (const auto known = amazon_carrier(label->carrier_id, market)) {
      confirmation.carrier_code = known->code;
      confirmation.carrier_name = known->name;
    } else {
      confirmation.carrier_code = "Other";
      confirmation.carrier_name = label->carrier_name.empty() ? label->carrier_id : label->carrier_name;
    }
  }
  if (confirmation.carrier_code == "Other" && confirmation.carrier_name.empty()) confirmation.carrier_name = label->carrier_name.empty() ? label->carrier_id : label->carrier_name;
  const std::vector<OrderItem> items = TRY(tx.orders.items(order.id));
  for (const ParcelItem& item : parcel.items) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const OrderItem& i) { return i.id == item.item; });
    if (found != items.end()) confirmation.items.push_back({found->amazon_item_id, item.quantity});
  }
  return confirmation;
}

Result<Done> run_confirm_shipment(Services& s, JobRun& run) {
  const ParcelId id(to_int(run.job.key).value_or(0));
  const Prepared prepared = TRY(s.store.write([&](Tx& tx) { return prepare(tx, id, run.now()); }));
  if (prepared.nothing_to_do) return done;
  const auto marketplace = TRY(marketplace_of(s, prepared.account));
  CallReceipt receipt;
  std::optional<ReadBack> there;
  if (prepared.read_back) there = TRY(read_back(*marketplace, prepared.confirmation));
  if (!there || (!there->has_package && !there->cancelled())) {
    there.reset();
    Result<CallReceipt> answered = marketplace->confirm_shipment(prepared.confirmation);
    if (answered) {
      receipt = *answered;
    } else if (answered.error().kind == ErrorKind::unknown || answered.error().kind == ErrorKind::conflict || answered.error().kind == ErrorKind::refused) {
      // No answer, or "no such package": perhaps it is there. What Amazon shows decides.
      Result<ReadBack> found = read_back(*marketplace, prepared.confirmation);
      if (!found) return answered.error().kind == ErrorKind::unknown ? answered.error() : found.error();
      if (!found->has_package && !found->cancelled()) return answered.error();
      there = std::move(*found);
    } else {
      return answered.error();
    }
  }
  return s.store.write([&](Tx& tx) -> Result<Done> {
    const Instant now = s.clock.now();
    // Cancelled under our hands, after the parcel left: taking the order in again says what to do about it.
    if (there && there->cancelled() && !there->has_package) TRY(import_order(tx, prepared.account, there->order, now));
    else TRY(remember(tx, id, prepared.confirmation, receipt.request_id, "api", there ? there->taken_at(prepared.asked_at, now) : now, now));
    return run.complete(tx);
  });
}

namespace {

Result<Done> mark(Tx& tx, const Job& job, const Error& error, std::string_view state, Instant now) {
  auto found = tx.parcels.find(ParcelId(to_int(job.key).value_or(0)));
  if (!found) return done;
  Parcel parcel = std::move(*found);
  if (parcel.confirm_state == "confirmed") return done;
  parcel.confirm_state = state;
  parcel.confirm_error = error.message;
  parcel.updated_at = now;
  TRY(tx.parcels.update(parcel));
  TRY(happen(tx, {.account = parcel.account, .at = now, .kind = "confirmation_" + std::string(state), .order = parcel.order, .parcel = parcel.id, .actor = std::string(kProgram), .data = "{\"why\":" + json_quoted(error.message) + "}"}));
  TRY(settle_order(tx, parcel.order, now));
  return done;
}

}  // namespace

Result<Done> confirmation_given_up(Tx& tx, const Job& job, const Error& error, Instant now) { return mark(tx, job, error, "failed", now); }

Result<Done> confirmation_unsure(Tx& tx, const Job& job, const Error& error, Instant now) { return mark(tx, job, error, "unsure", now); }

Result<Done> confirmed_by_person(Tx& tx, ParcelId id, std::string_view actor, Instant now) {
  const Parcel parcel = TRY(tx.parcels.find(id));
  if (parcel.confirm_state == "confirmed") return done;
  const ShipmentConfirmation confirmation = TRY(confirmation_of(tx, parcel));
  const auto label = TRY(tx.parcels.live_label(id));
  StoredConfirmation asked = TRY(tx.parcels.confirmation(id)).value_or(StoredConfirmation{.parcel = id, .account = parcel.account, .order = parcel.order, .asked_at = now});
  asked.label = label->id;
  if (!asked.first_confirmed_at) asked.first_confirmed_at = asked.asked_at;
  TRY(tx.parcels.save_confirmation(asked));
  return remember(tx, id, confirmation, "", "person", now, now, actor);
}

Result<Done> confirmed_by_file(Tx& tx, ParcelId id, std::string_view tracking_number, std::string_view actor, Instant now) {
  const Parcel parcel = TRY(tx.parcels.find(id));
  if (parcel.confirm_state == "confirmed" || parcel.confirm_state == "none") return done;
  const auto label = TRY(tx.parcels.live_label(id));
  if (!label || label->tracking_number != tracking_number) return done;
  const ShipmentConfirmation confirmation = TRY(confirmation_of(tx, parcel));
  StoredConfirmation told = TRY(tx.parcels.confirmation(id)).value_or(StoredConfirmation{.parcel = id, .account = parcel.account, .order = parcel.order, .asked_at = now});
  told.label = label->id;
  TRY(tx.parcels.save_confirmation(told));
  return remember(tx, id, confirmation, "", "file", now, now, actor);
}

}  // namespace zifa
