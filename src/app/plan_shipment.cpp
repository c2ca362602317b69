#include "app/plan_shipment.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "app/cancel_order.hpp"
#include "app/reactions.hpp"
#include "app/reference/policies.hpp"
#include "app/reserve_stock.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr std::int64_t kSupportPercent = 80;
constexpr std::int64_t kPackingWork = 300'000;

// Goods entering these from outside: one order is one shipment, never split or combined.
// Source: docs/rules/promise.md, "One order, one shipment".
constexpr std::array<std::string_view, 28> kOneShipment{"GB", "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU",
                                                        "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"};
bool inside(std::string_view country) { return std::find(kOneShipment.begin(), kOneShipment.end(), country) != kOneShipment.end(); }
bool one_shipment_only(std::string_view from, std::string_view to) {
  if (!inside(to)) return false;
  if (to == "GB") return from != "GB";
  return !inside(from) || from == "GB";
}

bool carries(const ShippingService& service, std::string_view cargo) {
  for (const std::string_view kind : split(service.cargo, ','))
    if (trim(kind) == cargo) return true;
  return false;
}

packing::Turn turn_named(std::string_view name) { return name == "upright" ? packing::Turn::upright : name == "fixed" ? packing::Turn::fixed : packing::Turn::any; }

// A multipack goes in as one block, its units stacked on their shortest side: it is sold, and confirmed, as one.
packing::Item packing_item(const OrderItem& item, const Product& product, std::int64_t quantity) {
  packing::Sides size{product.size.length.mm_up(), product.size.width.mm_up(), product.size.height.mm_up()};
  std::int64_t* shortest = &size.z;
  if (size.x < *shortest) shortest = &size.x;
  if (size.y < *shortest) shortest = &size.y;
  *shortest *= item.units_per;
  return {.sku = product.sku, .quantity = quantity, .size_mm = size, .weight_g = std::max<std::int64_t>((item.units_per * product.weight).grams_up(), 1), .turn = turn_named(product.turn), .stackable = product.stackable};
}

std::string cargo_of(const std::vector<Product>& products) {
  std::set<std::string> kinds;
  for (const Product& product : products)
    if (!product.cargo.empty() && product.cargo != "general") kinds.insert(product.cargo);
  if (kinds.empty()) return "general";
  return join({kinds.begin(), kinds.end()}, ",");
}

// The first collection at or after `now` on a working day of the warehouse; nothing when the service has none set up.
std::optional<Instant> next_pickup(const ShippingBook::Place& place, const ShippingService& service, Instant now) {
  std::vector<int> times = service.pickup_minutes;
  if (times.empty()) times.push_back(static_cast<int>(place.warehouse.cutoff.count()));
  std::sort(times.begin(), times.end());
  const TimeZone& zone = place.calendar.zone();
  for (Day day = zone.day_of(now); day - zone.day_of(now) < 30; ++day) {
    if (!place.calendar.days.is_business_day(day)) continue;
    for (const int minutes : times) {
      const Instant at = zone.at(day, std::chrono::minutes(minutes));
      if (at >= now) return at;
    }
  }
  return std::nullopt;
}

rating::ParcelToRate to_rate(const OrderToShip& q, const ShippingBook::Place& place, const packing::Draft& draft, const std::string& cargo, std::optional<Day> deliver_by) {
  rating::ParcelToRate parcel;
  parcel.from = {place.warehouse.country, place.warehouse.address.postal_code};
  parcel.to = {q.country, q.postal_code};
  parcel.size = {Length::mm(draft.outer_mm.x), Length::mm(draft.outer_mm.y), Length::mm(draft.outer_mm.z)};
  parcel.weight = Weight::grams(draft.gross_g);
  parcel.cargo = cargo;
  parcel.residential = q.residential;
  parcel.deliver_by = deliver_by;
  return parcel;
}

std::string percent(std::int64_t ppm) { return std::to_string(ppm / 10'000) + " %"; }

Instant promised(const OrderToShip& q) { return q.order.ship_by.value_or(Instant::from_ms(INT64_MAX / 2)); }

// The same kind of charge of several parcels is one line.
void add_line(ShipmentOffer& offer, std::string_view kind, const Money& amount) {
  for (auto& [known, sum] : offer.lines)
    if (known == kind)
      if (auto more = sum.plus(amount)) {
        sum = *more;
        return;
      }
  offer.lines.emplace_back(kind, amount);
}

std::string why_this(const ShippingBook& book, const OrderToShip& q, const ShipmentOffers& all, std::int64_t wanted_ppm) {
  const ShipmentOffer& best = all.offers.front();
  std::string cartons;
  for (const packing::Parcel& parcel : best.packing.parcels) cartons += (cartons.empty() ? "" : " + ") + (parcel.carton < book.cartons.size() ? book.cartons[parcel.carton].name : std::string("own box"));
  std::string text = book.service(best.service)->name + ", carton " + cartons + ": " + best.cost.text();
  if (best.arrive_to) text += ", arrives " + best.arrive_from->iso() + " to " + best.arrive_to->iso();
  if (best.on_time_ppm && q.order.deliver_by) text += ", " + percent(*best.on_time_ppm) + " by " + q.marketplace_zone.day_of(*q.order.deliver_by).iso();
  const auto keep = std::count_if(all.offers.begin(), all.offers.end(), [](const ShipmentOffer& o) { return o.in_time; });
  if (!best.leaves_in_time) text += "; no pickup is left before ship-by, so it leaves with the next one";
  else if (!best.in_time) text += "; no service keeps the promised day with " + percent(wanted_ppm) + ", this one is the most likely";
  else if (keep > 1) text += "; the cheapest of " + std::to_string(keep) + " services that keep the promise";
  else if (all.offers.size() > 1) text += "; the only service that keeps the promise";
  return text + ".";
}

}  // namespace

Result<OrderToShip> order_to_ship(Tx& tx, OrderId id) {
  OrderToShip q{.order = TRY(tx.orders.find(id))};
  const std::string& name = q.order.amazon_order_id;
  const PersonalData personal = TRY(tx.orders.personal(id));
  q.country = personal.ship_to.country.empty() ? q.order.country : personal.ship_to.country;
  q.postal_code = personal.ship_to.postal_code;
  q.residential = personal.ship_to.kind != "COMMERCIAL";
  if (q.country.size() != 2) return refused("order.no_address", "Order " + name + " has no destination country; import a report with addresses, or wait for Amazon to tell it.");
  if (const auto code = marketplace_code(q.order.marketplace_id))
    if (const auto rules = marketplace_rules(*code, TimeZone::utc().day_of(q.order.purchased_at))) q.marketplace_zone = rules->zone;
  for (const Reservation& reservation : TRY(tx.stock.reservations(id)))
    if (reservation.state == "open") q.warehouse = reservation.warehouse;
  if (q.warehouse.value() == 0) return refused("order.not_reserved", "Order " + name + " has no stock reserved; receive stock or choose another warehouse.");
  for (OrderItem& item : TRY(tx.orders.items(id))) {
    if (item.cancelled || item.quantity <= item.shipped || item.product.value() == 0) continue;
    Product product = TRY(tx.stock.product(item.product));
    if (!product.measured() || product.weight <= Weight())
      return refused("product.not_measured", "SKU " + product.sku + " has no size or weight; measure and weigh one unit and enter it in Listings and stock.");
    q.items.push_back(std::move(item));
    q.products.push_back(std::move(product));
  }
  if (q.items.empty()) return refused("order.nothing_to_ship", "Order " + name + " has nothing left to ship.");
  return q;
}

Result<ShipmentOffers> offers_for(const ShippingBook& book, const OrderToShip& q, std::optional<ServiceId> only, std::int64_t wanted_ppm, Instant now) {
  if (book.cartons.empty()) return refused("setup.no_cartons", "There are no cartons yet; add the boxes you use in Shipping setup.");
  const ShippingBook::Place* place = book.place(q.warehouse);
  if (place == nullptr) return refused("order.not_reserved", "The warehouse of order " + q.order.amazon_order_id + " no longer exists.");
  const std::string cargo = cargo_of(q.products);
  const bool single = one_shipment_only(place->warehouse.country, q.country);
  std::optional<Day> deliver_by;
  if (q.order.deliver_by) deliver_by = q.marketplace_zone.day_of(*q.order.deliver_by);

  std::vector<packing::Item> items;
  std::vector<packing::Carton> cartons = book.packing_cartons;
  if (q.carton) {
    bool known = false;
    for (std::size_t i = 0; i < cartons.size(); ++i) {
      if (book.cartons[i].id == *q.carton) known = true;
      else cartons[i].available = 0;
    }
    if (!known) return not_found("carton.unknown", "There is no such carton in use; choose one of the list.");
  }
  for (std::size_t i = 0; i < q.items.size(); ++i) items.push_back(packing_item(q.items[i], q.products[i], q.items[i].quantity - q.items[i].shipped));

  ShipmentOffers answer;
  struct Candidate {
    const ShippingService* service;
    std::optional<Instant> pickup;
    Day day;
  };
  std::vector<Candidate> candidates;
  for (const ShippingService& service : book.services) {
    if (only ? service.id != *only : !service.active) continue;
    if (service.warehouse.value() != 0 && service.warehouse != q.warehouse) continue;
    bool fits = true;
    for (const std::string_view kind : split(cargo, ','))
      if (!carries(service, kind)) {
        answer.refused.push_back({service.id, "does not carry " + std::string(kind) + " goods"});
        fits = false;
        break;
      }
    if (!fits) continue;
    const auto pickup = next_pickup(*place, service, now);
    candidates.push_back({&service, pickup, place->calendar.zone().day_of(pickup.value_or(now))});
  }
  if (candidates.empty() && answer.refused.empty())
    return refused("setup.no_services", "No shipping service is set up for warehouse " + place->warehouse.name + "; add one with its rate card in Shipping setup.");

  // One price list per service, asked again and again while boxes are tried.
  std::vector<rating::Quotes> scratch(candidates.size());
  std::vector<std::string> reasons(candidates.size());
  std::vector<packing::Price> prices;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    prices.push_back([&, i](const packing::Draft& draft) -> std::optional<std::int64_t> {
      const rating::ParcelToRate parcel = to_rate(q, *place, draft, cargo, deliver_by);
      rating::Quotes& quotes = scratch[i];
      quotes.offers.clear();
      quotes.refused.clear();
      const std::string& card = candidates[i].service->card_service.empty() ? candidates[i].service->name : candidates[i].service->card_service;
      if (const auto asked = book.rates.quote_service(parcel, card, candidates[i].day, quotes); !asked) {
        reasons[i] = asked.error().message;
        return std::nullopt;
      }
      if (quotes.offers.empty()) {
        reasons[i] = quotes.refused.empty() ? "has no prices for " + q.country : book.rates.reason(quotes.refused.front(), parcel);
        return std::nullopt;
      }
      const auto freight = book.rates.exchange().convert(quotes.offers.front().total, book.currency);
      if (!freight) {
        reasons[i] = freight.error().message;
        return std::nullopt;
      }
      const auto carton = draft.carton < book.cartons.size() ? book.rates.exchange().convert(book.cartons[draft.carton].cost, book.currency) : Result<Money>(Money(0, book.currency));
      return freight->minor() + (carton ? carton->minor() : 0);
    });
  }
  std::vector<packing::Packing> packings = TRY(packing::pack_for_services(items, cartons, {.support_percent = kSupportPercent}, prices, {.work = kPackingWork}));

  for (std::size_t i = 0; i < candidates.size(); ++i) {
    packing::Packing& packing = packings[i];
    const ShippingService& service = *candidates[i].service;
    if (!packing.refused.empty() || packing.parcels.empty()) {
      std::string reason = reasons[i];
      if (!packing.refused.empty() && packing.refused.front().why != packing::Why::may_not_be_sent) reason = "SKU " + items[packing.refused.front().item].sku + ": " + std::string(packing::text_of(packing.refused.front().why));
      answer.refused.push_back({service.id, reason.empty() ? "may not send these parcels" : reason});
      continue;
    }
    if (single && packing.parcels.size() > 1) {
      answer.refused.push_back({service.id, "needs " + std::to_string(packing.parcels.size()) + " parcels, and an order entering " + q.country + " from outside must be one shipment"});
      continue;
    }
    ShipmentOffer offer{.warehouse = q.warehouse, .service = service.id};
    std::int64_t total = 0;
    for (const packing::Parcel& parcel : packing.parcels) {
      total += parcel.price.value_or(0);
      if (parcel.draft.carton < book.cartons.size())
        if (const auto carton = book.rates.exchange().convert(book.cartons[parcel.draft.carton].cost, book.currency); carton && carton->minor() != 0) add_line(offer, "carton", *carton);
      rating::Quotes& quotes = scratch[i];
      quotes.offers.clear();
      quotes.refused.clear();
      const std::string& card = service.card_service.empty() ? service.name : service.card_service;
      TRY(book.rates.quote_service(to_rate(q, *place, parcel.draft, cargo, deliver_by), card, candidates[i].day, quotes));
      if (quotes.offers.empty()) continue;
      const rating::Offer& quoted = quotes.offers.front();
      if (quoted.on_time_ppm) offer.on_time_ppm = std::min(offer.on_time_ppm.value_or(1'000'000), *quoted.on_time_ppm);
      for (std::uint32_t n = 0; n < quoted.line_count; ++n) {
        const rating::Line& line = quotes.lines[quoted.first_line + n];
        const Money amount(line.amount, quoted.total.currency());
        const auto converted = book.rates.exchange().convert(amount, book.currency);
        add_line(offer, line.kind, converted ? *converted : amount);
      }
      if (quoted.days_min && quoted.days_max) {
        offer.days_min = quoted.days_min;
        offer.days_max = quoted.days_max;
        offer.arrive_from = candidates[i].day + *quoted.days_min;
        offer.arrive_to = candidates[i].day + *quoted.days_max;
      }
    }
    offer.cost = Money(total, book.currency);
    offer.pickup = candidates[i].pickup;
    offer.leaves_in_time = offer.pickup && *offer.pickup <= promised(q);
    offer.in_time = offer.leaves_in_time && (!deliver_by || offer.on_time_ppm.value_or(0) >= wanted_ppm);
    offer.packing = std::move(packing);
    answer.offers.push_back(std::move(offer));
  }
  if (answer.offers.empty()) {
    std::string all;
    for (const RefusedService& refused_service : answer.refused) all += (all.empty() ? "" : "; ") + book.service(refused_service.service)->name + " " + refused_service.reason;
    return refused("order.no_offer", "No service takes order " + q.order.amazon_order_id + " to " + q.country + " " + q.postal_code.substr(0, 3) + ": " + utf8_prefix(all, 800) + ".");
  }
  std::stable_sort(answer.offers.begin(), answer.offers.end(), [](const ShipmentOffer& a, const ShipmentOffer& b) {
    if (a.in_time != b.in_time) return a.in_time;
    // When none keeps the promise, the likeliest goes first; else the cheapest.
    if (!a.in_time && a.leaves_in_time != b.leaves_in_time) return a.leaves_in_time;
    if (!a.in_time && a.on_time_ppm.value_or(0) != b.on_time_ppm.value_or(0)) return a.on_time_ppm.value_or(0) > b.on_time_ppm.value_or(0);
    if (a.cost.minor() != b.cost.minor()) return a.cost.minor() < b.cost.minor();
    return a.on_time_ppm.value_or(0) > b.on_time_ppm.value_or(0);
  });
  answer.why = why_this(book, q, answer, wanted_ppm);
  return answer;
}

namespace {

std::string layout_of(const packing::Parcel& parcel, const OrderToShip& q) {
  std::string out = "[";
  const auto triple = [](const packing::Sides& s) { return "[" + std::to_string(s.x) + "," + std::to_string(s.y) + "," + std::to_string(s.z) + "]"; };
  for (const packing::Placement& placement : parcel.placements) {
    if (out.size() > 1) out += ",";
    out += "{\"sku\":" + json_quoted(q.products[placement.item].sku) + ",\"at\":" + triple(placement.at) + ",\"size\":" + triple(placement.size) + "}";
  }
  return out + "]";
}

Parcel parcel_of(const ShippingBook& book, const OrderToShip& q, const ShipmentOffer& offer, const packing::Parcel& packed, std::string why, Instant now) {
  Parcel parcel{.account = q.order.account, .order = q.order.id, .warehouse = offer.warehouse, .service = offer.service, .created_at = now, .updated_at = now};
  if (packed.carton < book.cartons.size()) parcel.carton = book.cartons[packed.carton].id;
  parcel.layout = layout_of(packed, q);
  parcel.size = {Length::mm(packed.draft.outer_mm.x), Length::mm(packed.draft.outer_mm.y), Length::mm(packed.draft.outer_mm.z)};
  parcel.estimated = Weight::grams(packed.draft.gross_g);
  if (packed.price) parcel.cost = Money(*packed.price, book.currency);
  parcel.on_time_ppm = offer.on_time_ppm;
  parcel.reason = std::move(why);
  parcel.ready_by = offer.pickup;
  parcel.arrive_from = offer.arrive_from;
  parcel.arrive_to = offer.arrive_to;
  std::vector<std::int64_t> count(q.items.size());
  for (const packing::Placement& placement : packed.placements) ++count[placement.item];
  for (std::size_t i = 0; i < count.size(); ++i)
    if (count[i] > 0) parcel.items.push_back({.item = q.items[i].id, .product = q.items[i].product, .quantity = count[i], .units = count[i] * q.items[i].units_per});
  return parcel;
}

// Planned parcels give way to a new plan; one with a label or further on does not.
Result<Done> clear_plan(Tx& tx, const Order& order, Instant now) {
  for (Parcel parcel : TRY(tx.parcels.of_order(order.id))) {
    if (!parcel.live()) continue;
    if (parcel.state != ParcelState::planned) return conflict("parcel.too_late_to_plan", "Parcel " + parcel.number() + " of order " + order.amazon_order_id + " is " + std::string(name_of(parcel.state)) + " already.");
    if (TRY(tx.parcels.live_label(parcel.id))) return conflict("parcel.has_label", "Parcel " + parcel.number() + " of order " + order.amazon_order_id + " has a label; void it before changing the shipping method.");
    parcel.state = ParcelState::cancelled;
    parcel.updated_at = now;
    TRY(tx.parcels.update(parcel));
  }
  return done;
}

Result<std::int64_t> wanted_share(Tx& tx) { return to_int(TRY(tx.setup.setting("wanted_on_time_percent", "90"))).value_or(90) * 10'000; }

}  // namespace

namespace {

Result<Done> make_parcels(Tx& tx, const ShippingBook& book, const OrderToShip& q, const ShipmentOffers& offers, std::string_view actor, Instant now) {
  const Order& order = q.order;
  bool first = true;
  for (const packing::Parcel& packed : offers.offers.front().packing.parcels) {
    const ParcelId parcel = TRY(tx.parcels.insert(parcel_of(book, q, offers.offers.front(), packed, offers.why, now)));
    TRY(happen(tx, {.account = order.account, .at = now, .kind = "parcel_planned", .order = order.id, .parcel = parcel, .actor = std::string(actor), .data = "{\"why\":" + json_quoted(first ? offers.why : "") + "}"}));
    if (TRY(tx.setup.setting("auto_label", "0")) == "1") TRY(enqueue(tx, "buy_label", std::to_string(parcel.value()), now, order.ship_by ? order.ship_by->ms() : now.ms(), order.id));
    first = false;
  }
  return done;
}

}  // namespace

Result<Order> plan_shipment(Store& store, ShippingBooks& books, OrderId id, std::string_view actor, Instant now) {
  struct Prepared {
    std::shared_ptr<const ShippingBook> book;
    std::optional<OrderToShip> question;
    std::optional<Order> nothing_to_do;
    std::optional<Error> problem;
    std::int64_t wanted_ppm = 0;
  };
  Prepared prepared = TRY(store.read([&](Tx& tx) -> Result<Prepared> {
    Prepared p{.book = TRY(books.current(tx)), .wanted_ppm = TRY(wanted_share(tx))};
    const Order order = TRY(tx.orders.find(id));
    if (order.state != OrderState::to_plan || order.on_hold) {
      p.nothing_to_do = order;
      return p;
    }
    auto question = order_to_ship(tx, id);
    if (question) p.question = std::move(*question);
    else p.problem = question.error();
    return p;
  }));
  if (prepared.nothing_to_do) return std::move(*prepared.nothing_to_do);
  std::optional<ShipmentOffers> offers;
  if (prepared.question) {
    auto found = offers_for(*prepared.book, *prepared.question, std::nullopt, prepared.wanted_ppm, now);
    if (found) offers = std::move(*found);
    else prepared.problem = found.error();
  }
  if (prepared.problem && prepared.problem->kind != ErrorKind::refused) return *prepared.problem;
  return store.write([&](Tx& tx) -> Result<Order> {
    const Order order = TRY(tx.orders.find(id));
    if (!offers) return set_exception(tx, id, prepared.problem->code, prepared.problem->message, now);
    TRY(may_go_on(order));
    if (order.state != OrderState::to_plan) return order;  // somebody was faster
    TRY(make_parcels(tx, *prepared.book, *prepared.question, *offers, actor, now));
    if (!order.exception_code.empty()) return set_exception(tx, id, "", "", now);
    return settle_order(tx, id, now);
  });
}

Result<Order> plan_as_wished(Tx& tx, ShippingBooks& books, OrderId id, const PlanWish& wish, std::string_view actor, Instant now) {
  const auto book = TRY(books.current(tx));
  Order order = TRY(tx.orders.find(id));
  TRY(may_go_on(order));
  if (order.by_amazon || order.state == OrderState::pending || order.state == OrderState::to_review || order.state == OrderState::shipped || order.state == OrderState::delivered)
    return conflict("order.not_to_plan", "Order " + order.amazon_order_id + " is " + std::string(name_of(order.state)) + "; it cannot be planned now.");
  TRY(clear_plan(tx, order, now));
  if (!order.exception_code.empty()) TRY(set_exception(tx, id, "", "", now));
  order = TRY(wish.warehouse ? reserve_stock_in(tx, id, *wish.warehouse, now) : reserve_stock(tx, id, now));
  if (order.exception_code == "order.unmapped_sku") return refused(order.exception_code, order.exception_message);
  OrderToShip question = TRY(order_to_ship(tx, id));
  question.carton = wish.carton;
  if (wish.service && book->service(*wish.service) == nullptr) return not_found("service.unknown", "There is no such shipping service; choose one of the list.");
  const ShipmentOffers offers = TRY(offers_for(*book, question, wish.service, TRY(wanted_share(tx)), now));
  TRY(make_parcels(tx, *book, question, offers, actor, now));
  return settle_order(tx, id, now);
}

Result<Order> split_order(Tx& tx, ShippingBooks& books, OrderId id, const std::vector<std::vector<SplitItem>>& wanted, std::string_view actor, Instant now) {
  if (wanted.size() < 2 || wanted.size() > 50) return invalid("split.bad_quantity", "Divide the order into 2 to 50 parcels.");
  const auto book = TRY(books.current(tx));
  const OrderToShip whole = TRY(order_to_ship(tx, id));
  const Order& order = whole.order;
  TRY(may_go_on(order));
  const ShippingBook::Place* place = book->place(whole.warehouse);
  if (place != nullptr && one_shipment_only(place->warehouse.country, whole.country))
    return refused("order.one_parcel_only", "Order " + order.amazon_order_id + " enters " + whole.country + " from outside: Amazon asks for one shipment per order there, so it cannot be split.");
  std::vector<std::int64_t> left;
  for (const OrderItem& item : whole.items) left.push_back(item.quantity - item.shipped);
  TRY(clear_plan(tx, order, now));
  for (const auto& part : wanted) {
    OrderToShip q = whole;
    q.items.clear();
    q.products.clear();
    for (const SplitItem& split_item : part) {
      const auto found = std::find_if(whole.items.begin(), whole.items.end(), [&](const OrderItem& i) { return i.id == split_item.item; });
      if (found == whole.items.end()) return invalid("split.bad_quantity", "Item " + std::to_string(split_item.item.value()) + " is not in order " + order.amazon_order_id + ", or has nothing left to ship.");
      const auto at = static_cast<std::size_t>(found - whole.items.begin());
      if (split_item.quantity <= 0 || split_item.quantity > left[at]) return invalid("split.bad_quantity", "SKU " + found->sku + " has " + std::to_string(left[at]) + " left to divide, not " + std::to_string(split_item.quantity) + ".");
      left[at] -= split_item.quantity;
      OrderItem item = *found;
      item.quantity = split_item.quantity;
      item.shipped = 0;
      q.items.push_back(std::move(item));
      q.products.push_back(whole.products[at]);
    }
    if (q.items.empty()) return invalid("split.bad_quantity", "A parcel without items cannot be sent; put at least one unit into each.");
    const ShipmentOffers offers = TRY(offers_for(*book, q, std::nullopt, TRY(wanted_share(tx)), now));
    for (const packing::Parcel& packed : offers.offers.front().packing.parcels) {
      const ParcelId parcel = TRY(tx.parcels.insert(parcel_of(*book, q, offers.offers.front(), packed, offers.why, now)));
      TRY(happen(tx, {.account = order.account, .at = now, .kind = "parcel_planned", .order = id, .parcel = parcel, .actor = std::string(actor), .data = "{\"why\":" + json_quoted(offers.why) + "}"}));
    }
  }
  if (std::any_of(left.begin(), left.end(), [](std::int64_t n) { return n > 0; })) return invalid("split.bad_quantity", "Some units of order " + order.amazon_order_id + " are in no parcel; put every unit into one.");
  TRY(happen(tx, {.account = order.account, .at = now, .kind = "order_split", .order = id, .actor = std::string(actor)}));
  return settle_order(tx, id, now);
}

}  // namespace zifa
