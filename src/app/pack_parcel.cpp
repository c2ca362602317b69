#include "app/pack_parcel.hpp"

#include <algorithm>

#include "app/cancel_order.hpp"
#include "app/reactions.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

Result<OpenedParcel> opened(Tx& tx, Parcel parcel) {
  OpenedParcel answer{.order = TRY(tx.orders.find(parcel.order))};
  if (const auto stop = may_go_on(answer.order); !stop) {
    const std::string& code = stop.error().code;
    answer.question = PackQuestion{code == "order.cancel_requested" ? "cancel_requested" : code == "order.on_hold" ? "on_hold" : "cancelled", stop.error().message};
  }
  // A label that was printed with the old address must not go out.
  if (const auto label = TRY(tx.parcels.live_label(parcel.id)); label && label->printed_at && !answer.question)
    for (const Event& event : TRY(tx.work.events(parcel.order)))
      if (event.kind == "address_changed" && event.at > *label->printed_at)
        answer.question = PackQuestion{"address_changed", "The buyer of order " + answer.order.amazon_order_id + " changed the address after the label was printed; print it again."};
  answer.parcel = std::move(parcel);
  return answer;
}

bool verified(const Parcel& parcel) {
  return std::all_of(parcel.items.begin(), parcel.items.end(), [](const ParcelItem& i) { return i.verified == i.units; });
}

Result<Parcel> parcel_in_work(Tx& tx, ParcelId id) {
  Parcel parcel = TRY(tx.parcels.find(id));
  TRY(may_go_on(TRY(tx.orders.find(parcel.order))));
  if (parcel.state != ParcelState::planned)
    return conflict("pack.already_packed", "Parcel " + parcel.number() + " is " + std::string(name_of(parcel.state)) + " already.");
  return parcel;
}

Result<Weight> tolerance(Tx& tx, Weight expected) {
  const std::int64_t percent_hundredths = to_scaled(TRY(tx.setup.setting("weight_tolerance_percent", "10")), 2).value_or(1'000);
  const std::int64_t grams = to_int(TRY(tx.setup.setting("weight_tolerance_g", "30"))).value_or(30);
  return std::max(Weight::micrograms(expected.micrograms() / 10'000 * percent_hundredths), Weight::grams(grams));
}

Weight difference(Weight a, Weight b) { return a > b ? a - b : b - a; }

}  // namespace

Result<OpenedParcel> open_parcel(Tx& tx, std::string_view typed) {
  const std::string code(trim(typed));
  const std::string shown = printable(code, 60);
  if (code.empty()) return invalid("pack.nothing_for_code", "Scan an order, a parcel, a label or an item.");
  if (const auto number = parcel_number(code))
    if (auto parcel = tx.parcels.find(*number)) return opened(tx, std::move(*parcel));

  const std::vector<Order> orders = TRY(tx.orders.with_amazon_id(code));
  if (orders.size() > 1) return conflict("pack.which_order", "Order " + shown + " exists in " + std::to_string(orders.size()) + " accounts; scan the parcel number on the label or slip instead.");
  if (!orders.empty()) {
    std::vector<Parcel> parcels = TRY(tx.parcels.of_order(orders.front().id));
    std::erase_if(parcels, [](const Parcel& p) { return !p.live(); });
    for (Parcel& parcel : parcels)
      if (parcel.state == ParcelState::planned) return opened(tx, std::move(parcel));
    if (parcels.empty()) return refused("pack.nothing_for_code", "Order " + shown + " is " + std::string(name_of(orders.front().state)) + " and has no parcel to pack; look at it on the Orders screen.");
    return opened(tx, std::move(parcels.front()));
  }
  const std::vector<Label> labels = TRY(tx.parcels.with_tracking_number(code));
  if (!labels.empty()) return opened(tx, TRY(tx.parcels.find(labels.front().parcel)));
  for (const Product& product : TRY(tx.stock.products_with_code(code)))
    if (auto parcel = TRY(tx.parcels.to_pack_with(product.id))) return opened(tx, std::move(*parcel));
  return not_found("pack.nothing_for_code", "Nothing to pack is known under \"" + shown + "\"; check that the order is imported and planned.");
}

Result<ScannedItem> verify_unit(Tx& tx, ParcelId id, std::string_view typed, std::int64_t quantity, std::string_view actor, Instant now) {
  const std::string code(trim(typed));
  Parcel parcel = TRY(parcel_in_work(tx, id));
  if (quantity < 1 || quantity > 100'000) return invalid("pack.bad_quantity", "Scan at least one unit.");
  const std::vector<Product> products = TRY(tx.stock.products_with_code(code));
  std::string wanted;
  for (ParcelItem& item : parcel.items) {
    const bool match = std::any_of(products.begin(), products.end(), [&](const Product& p) { return p.id == item.product; });
    const Product product = TRY(tx.stock.product(item.product));
    if (!match) {
      if (item.verified < item.units) wanted += (wanted.empty() ? "" : ", ") + product.sku;
      continue;
    }
    if (item.verified + quantity > item.units) {
      if (item.verified < item.units || parcel.items.size() == 1 || std::none_of(parcel.items.begin(), parcel.items.end(), [&](const ParcelItem& i) { return &i != &item && i.product == item.product && i.verified < i.units; }))
        return refused("pack.too_many", "Parcel " + parcel.number() + " needs " + std::to_string(item.units) + " of " + product.sku + ", and " + std::to_string(item.verified) + " are in it; put the others back.");
      continue;  // another line of the same product still needs it
    }
    item.verified += quantity;
    parcel.updated_at = now;
    TRY(tx.parcels.update(parcel));
    ScannedItem answer{.item = item.item, .sku = product.sku, .verified = item.verified, .units = item.units, .complete = verified(parcel)};
    if (answer.complete) TRY(happen(tx, {.account = parcel.account, .at = now, .kind = "parcel_verified", .order = parcel.order, .parcel = id, .actor = std::string(actor)}));
    answer.parcel = std::move(parcel);
    return answer;
  }
  if (products.empty()) return refused("pack.unknown_code", "\"" + printable(code, 60) + "\" is no SKU or barcode known here; enter the barcode with the product, or scan another label on it.");
  return refused("pack.wrong_item", products.front().sku + " does not belong into parcel " + parcel.number() + (wanted.empty() ? "." : "; still needed: " + wanted + "."));
}

Result<Weighed> weigh_parcel(Tx& tx, ParcelId id, Weight weight, Instant now) {
  Parcel parcel = TRY(tx.parcels.find(id));
  if (weight <= Weight() || weight > Weight::grams(200'000)) return invalid("pack.bad_weight", "The weight must be more than 0 g and at most 200 kg.");
  if (parcel.state != ParcelState::planned && parcel.state != ParcelState::packed) return conflict("pack.already_packed", "Parcel " + parcel.number() + " is " + std::string(name_of(parcel.state)) + " already.");
  parcel.actual = weight;
  parcel.updated_at = now;
  TRY(tx.parcels.update(parcel));
  Weighed answer{.expected = parcel.estimated, .difference = weight - parcel.estimated};
  answer.within = difference(weight, parcel.estimated) <= TRY(tolerance(tx, parcel.estimated));
  answer.parcel = std::move(parcel);
  return answer;
}

Result<Parcel> finish_packing(Tx& tx, const FinishPacking& how, std::string_view actor, Instant now) {
  Parcel parcel = TRY(parcel_in_work(tx, how.parcel));
  const std::string reason(trim(how.override_reason));
  if (!verified(parcel) && reason.empty()) {
    std::string missing;
    for (const ParcelItem& item : parcel.items)
      if (item.verified < item.units) missing += (missing.empty() ? "" : ", ") + TRY(tx.stock.product(item.product)).sku + " x" + std::to_string(item.units - item.verified);
    return refused("pack.not_verified", "Parcel " + parcel.number() + " is not complete; still to scan: " + missing + ".");
  }
  if (how.weight) parcel = TRY(weigh_parcel(tx, parcel.id, *how.weight, now)).parcel;
  if (parcel.actual && reason.empty() && difference(*parcel.actual, parcel.estimated) > TRY(tolerance(tx, parcel.estimated)))
    return refused("pack.weight_off", "Parcel " + parcel.number() + " weighs " + std::to_string(parcel.actual->grams_up()) + " g instead of about " + std::to_string(parcel.estimated.grams_up()) + " g; look inside, or confirm with a reason.");
  if (how.carton && *how.carton != parcel.carton) {
    bool known = false;
    for (const Carton& carton : TRY(tx.setup.cartons()))
      if (carton.id == *how.carton) {
        parcel.size = carton.outer;
        known = true;
      }
    if (!known) return not_found("carton.unknown", "There is no such carton; choose one of the list.");
    parcel.carton = *how.carton;
  }
  parcel.state = ParcelState::packed;
  parcel.packed_at = now;
  parcel.packed_by = actor;
  parcel.override_reason = utf8_prefix(reason, 500);
  parcel.updated_at = now;
  TRY(tx.parcels.update(parcel));
  TRY(happen(tx, {.account = parcel.account, .at = now, .kind = reason.empty() ? "parcel_packed" : "parcel_packed_by_override", .order = parcel.order, .parcel = parcel.id, .actor = std::string(actor), .data = "{\"reason\":" + json_quoted(reason) + "}"}));
  TRY(settle_order(tx, parcel.order, now));
  return parcel;
}

Result<Parcel> reset_packing(Tx& tx, ParcelId id, std::string_view actor, Instant now) {
  Parcel parcel = TRY(tx.parcels.find(id));
  if (parcel.left() || !parcel.live()) return conflict("pack.already_packed", "Parcel " + parcel.number() + " is " + std::string(name_of(parcel.state)) + " already.");
  for (ParcelItem& item : parcel.items) item.verified = 0;
  parcel.state = ParcelState::planned;
  parcel.packed_at.reset();
  parcel.packed_by.clear();
  parcel.override_reason.clear();
  parcel.actual.reset();
  parcel.updated_at = now;
  TRY(tx.parcels.update(parcel));
  TRY(happen(tx, {.account = parcel.account, .at = now, .kind = "parcel_unpacked", .order = parcel.order, .parcel = id, .actor = std::string(actor)}));
  TRY(settle_order(tx, parcel.order, now));
  return parcel;
}

}  // namespace zifa
