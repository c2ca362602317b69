// The order list, its counters, one order in full, what can be done with orders, and their export.
#include "api/fields.hpp"
#include "api/order_actions.hpp"
#include "api/order_json.hpp"
#include "api/order_query.hpp"
#include "app/export_tables.hpp"
#include "app/plan_shipment.hpp"
#include "app/reference/marketplaces.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

constexpr std::size_t kMostAtOnce = 1'000;

Answer list(Call& call) {
  const OrderFilter filter = TRY(order_filter(call.query, call.caller, call.now));
  const Page<OrderRow> page = TRY(call.store().read([&](Tx& tx) { return tx.orders.list(filter, call.query.get("after"), limit_of(call)); }));
  json::array items;
  items.reserve(page.rows.size());
  for (const OrderRow& row : page.rows) items.push_back(order_row_json(row));
  return ok(json::object{{"items", std::move(items)}, {"next", text_or_null(page.next)}});
}

Answer counts(Call& call) {
  OrderFilter filter = TRY(order_filter(call.query, call.caller, call.now));
  filter.state.reset();
  filter.on_hold.reset();
  const OrderStore::Counts counted = TRY(call.store().read([&](Tx& tx) { return tx.orders.counts(filter); }));
  json::object out;
  for (int i = 0; i < kOrderStates; ++i) out[name_of(static_cast<OrderState>(i))] = counted.by_state[static_cast<std::size_t>(i)];
  out["on_hold"] = counted.on_hold;
  out["cancel_requested"] = counted.cancel_requested;
  return ok(json::object{{"counts", std::move(out)}});
}

Answer show(Call& call) {
  const OrderId id(TRY(call.id(0)));
  return ok(TRY(call.store().read([&](Tx& tx) { return order_detail_json(tx, id, call.caller); })));
}

Answer act(Call& call) {
  std::string name;
  TRY(take_name(call.body, "action", 40, name));
  const OrderAction* action = order_action(name);
  if (action == nullptr) {
    std::string all;
    for (const OrderAction& known : order_actions()) all += (all.empty() ? "" : ", ") + std::string(known.name);
    return invalid("order.unknown_action", "\"" + printable(name, 40) + "\" is nothing that can be done with an order; use one of " + all + ".");
  }
  const json::array* given = json::find_array(call.body, "ids");
  if (given == nullptr || given->empty() || given->size() > kMostAtOnce) return invalid("field.bad", "The field \"ids\" takes 1 to " + std::to_string(kMostAtOnce) + " orders.");
  const json::value none = json::object{};
  const json::object* named = json::find_object(call.body, "args");
  const json::value args = named == nullptr ? none : json::value(*named);
  std::vector<OrderId> ids;
  for (const json::value& one : *given) {
    const auto number = one.is_string() ? to_int(std::string_view(one.as_string())) : one.is_int64() ? std::optional(one.as_int64()) : std::nullopt;
    ids.emplace_back(number.value_or(0));
  }
  std::vector<std::optional<Error>> errors(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (call.caller.role < action->role) {
      errors[i] = refused("session.forbidden", "Your role (" + std::string(name_of(call.caller.role)) + ") may not do this; ask operations or an owner.");
      continue;
    }
    const auto ran = call.store().write([&](Tx& tx) -> Result<Done> {
      TRY(tx.orders.find(ids[i]));
      return action->run(tx, call, args, ids[i]);
    });
    if (!ran) errors[i] = ran.error();
  }
  const auto rows = TRY(call.store().read([&](Tx& tx) { return order_rows_json(tx, ids); }));
  json::array results;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto row = rows.find(ids[i].value());
    results.push_back(json::object{{"id", (*given)[i]},
                                   {"ok", !errors[i].has_value()},
                                   {"error", errors[i] ? problem_json(*errors[i], call.caller.language) : json::value(nullptr)},
                                   {"order", row == rows.end() ? json::value(nullptr) : json::value(row->second)}});
  }
  return ok(json::object{{"results", std::move(results)}});
}

Answer split_up(Call& call) {
  const OrderId id(TRY(call.id(0)));
  const json::array* parts = json::find_array(call.body, "parcels");
  if (parts == nullptr) return invalid("field.missing", "The field \"parcels\" is missing: a list of parcels, each with its items.");
  std::vector<std::vector<SplitItem>> wanted;
  for (const json::value& part : *parts) {
    const json::array* items = json::find_array(part, "items");
    if (items == nullptr) return invalid("field.bad", "Each of \"parcels\" takes its \"items\": a list of order_item_id and quantity.");
    std::vector<SplitItem> one;
    for (const json::value& item : *items) {
      SplitItem entry;
      TRY(take_id(item, "order_item_id", entry.item));
      TRY(take_whole(item, "quantity", 0, kMostQuantity, entry.quantity));
      if (entry.quantity > 0) one.push_back(entry);
    }
    wanted.push_back(std::move(one));
  }
  TRY(call.store().write([&](Tx& tx) { return split_order(tx, call.desk.services().books, id, wanted, call.caller.name, call.now); }));
  return show(call);
}

json::object offer_json(const ShippingBook& book, const ShipmentOffer& offer, bool chosen, const std::string& why) {
  const ShippingBook::Place* place = book.place(offer.warehouse);
  const ShippingService* service = book.service(offer.service);
  json::array carton_ids, cartons, lines;
  for (const packing::Parcel& parcel : offer.packing.parcels) {
    if (parcel.carton >= book.cartons.size()) continue;
    carton_ids.emplace_back(id_text(book.cartons[parcel.carton].id));
    cartons.emplace_back(book.cartons[parcel.carton].name);
  }
  for (const auto& [kind, amount] : offer.lines) lines.push_back(json::object{{"kind", kind}, {"amount", to_json(std::optional(amount))}});
  return {{"warehouse_id", id_text(offer.warehouse)},
          {"warehouse", place == nullptr ? "" : place->warehouse.name},
          {"service_id", id_text(offer.service)},
          {"service", service == nullptr ? "" : service->name},
          {"carrier", service == nullptr ? "" : service->carrier_name},
          {"carton_ids", std::move(carton_ids)},
          {"cartons", std::move(cartons)},
          {"cost", to_json(std::optional(offer.cost))},
          {"on_time", offer.on_time_ppm ? json::value(static_cast<double>(*offer.on_time_ppm) / 1'000'000) : json::value(nullptr)},
          {"days", offer.days_min && offer.days_max ? json::value(json::array{*offer.days_min, *offer.days_max}) : json::value(nullptr)},
          {"arrive", offer.arrive_from && offer.arrive_to ? json::value(json::array{offer.arrive_from->iso(), offer.arrive_to->iso()}) : json::value(nullptr)},
          {"leaves_at", to_json(offer.pickup)},
          {"in_time", offer.in_time},
          {"lines", std::move(lines)},
          {"chosen", chosen},
          {"why", why}};
}

// Every service asked, outside of any writing; the one the order's parcels go with is the chosen one.
Answer offers(Call& call) {
  const OrderId id(TRY(call.id(0)));
  struct Asked {
    std::shared_ptr<const ShippingBook> book;
    OrderToShip question;
    std::int64_t wanted_ppm = 900'000;
    ServiceId planned;
  };
  const Asked asked = TRY(call.store().read([&](Tx& tx) -> Result<Asked> {
    Asked a{.book = TRY(call.desk.services().books.current(tx)), .question = TRY(order_to_ship(tx, id))};
    a.wanted_ppm = to_int(TRY(tx.setup.setting("wanted_on_time_percent", "90"))).value_or(90) * 10'000;
    for (const Parcel& parcel : TRY(tx.parcels.of_order(id)))
      if (parcel.live()) a.planned = parcel.service;
    return a;
  }));
  const auto found = offers_for(*asked.book, asked.question, std::nullopt, asked.wanted_ppm, call.now);
  json::array all, refused_services;
  if (found) {
    const ServiceId chosen = asked.planned.value() != 0 ? asked.planned : found->offers.front().service;
    for (const ShipmentOffer& offer : found->offers) all.push_back(offer_json(*asked.book, offer, offer.service == chosen, &offer == &found->offers.front() ? found->why : ""));
    for (const RefusedService& one : found->refused) {
      const ShippingService* service = asked.book->service(one.service);
      refused_services.push_back(json::object{{"service", service == nullptr ? "" : service->name}, {"reason", one.reason}});
    }
  } else if (found.error().code == "order.no_offer") {
    refused_services.push_back(json::object{{"service", ""}, {"reason", found.error().message}});
  } else {
    return found.error();
  }
  return ok(json::object{{"offers", std::move(all)}, {"refused", std::move(refused_services)}});
}

Answer export_table(Call& call) {
  const std::string_view format = call.query.get("format").empty() ? "csv" : call.query.get("format");
  if (format != "csv" && format != "xlsx") return invalid("field.bad", "The parameter \"format\" takes csv or xlsx.");
  const OrderFilter filter = TRY(order_filter(call.query, call.caller, call.now));
  std::string bytes;
  TRY(write_table(call.desk.documents(), orders_table(call.store(), filter, {.for_people = true, .zone = call.caller.zone}), format, [&](std::string_view part) -> Result<Done> {
    bytes += part;
    return done;
  }));
  return file(std::move(bytes), format == "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "orders." + std::string(format));
}

constexpr std::string_view kRows = R"({"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"amazon_order_id":{"type":"string"},"account_id":{"type":"string"},"account":{"type":"string"},"marketplace":{"type":"string"},"marketplace_id":{"type":"string"},"state":{"enum":["pending","to_review","exception","out_of_stock","to_plan","to_label","to_print","to_pack","to_ship","shipped","delivered","cancelled"]},"on_hold":{"type":"boolean"},"hold_reason":{"type":["string","null"]},"exception":{"type":["object","null"]},"cancel_requested":{"type":"boolean"},"cancel_reason":{"type":["string","null"]},"purchased_at":{"type":"string"},"ship_by":{"type":["string","null"]},"deliver_by":{"type":["string","null"]},"marketplace_zone":{"type":"string"},"country":{"type":"string"},"shape":{"enum":["single","multi_qty","multi_line"]},"units":{"type":"integer"},"is_prime":{"type":"boolean"},"is_business":{"type":"boolean"},"gift":{"type":"boolean"},"service_level":{"type":"string"},"lines":{"type":"array","items":{"type":"object"}},"total":{"type":["object","null"]},"tags":{"type":"array","items":{"type":"string"}},"note":{"type":["string","null"]},"warehouse":{"type":["string","null"]},"service":{"type":["string","null"]},"carrier":{"type":["string","null"]},"tracking_numbers":{"type":"array","items":{"type":"string"}},"printed":{"type":"boolean"},"confirm":{"enum":["none","due","confirmed","unsure","failed"]},"updated_at":{"type":"string"}}}},"next":{"type":["string","null"]}}})";
constexpr std::string_view kDetail = R"({"type":"object","description":"A row of the list and more.","properties":{"id":{"type":"string"},"amazon_order_id":{"type":"string"},"state":{"type":"string"},"ship_to":{"type":["object","null"]},"buyer":{"type":["object","null"]},"items":{"type":"array","items":{"type":"object"}},"parcels":{"type":"array","items":{"type":"object"}},"events":{"type":"array","items":{"type":"object"}},"programs":{"type":"array","items":{"type":"string"}},"allowed":{"type":"array","items":{"type":"string"}}}})";

}  // namespace

extern const Resource orders;
const Resource orders{
    .name = "orders",
    .routes =
        {
            {.method = "GET", .path = "/api/orders", .summary = "A page of orders, the most urgent first; q finds many numbers at once.", .gives = kRows, .query = "state," ZIFA_ORDER_FILTER_NAMES ",sort,limit,after", .run = list},
            {.method = "GET", .path = "/api/orders/counts", .summary = "How many orders stand in each state, under the same filters.", .gives = R"({"type":"object","properties":{"counts":{"type":"object","additionalProperties":{"type":"integer"}}}})", .query = ZIFA_ORDER_FILTER_NAMES, .run = counts},
            {.method = "GET", .path = "/api/orders/export", .summary = "The orders as a table, a row for each line.", .role = Role::operations, .gives = R"({"type":"string","format":"binary","description":"CSV or XLSX"})", .query = "format,state," ZIFA_ORDER_FILTER_NAMES ",sort", .run = export_table},
            {.method = "POST", .path = "/api/orders/actions", .summary = "Does one thing with many orders; one result for each, in order, and none stops another.",
             .takes = R"({"type":"object","required":["action","ids"],"properties":{"action":{"enum":["review","plan","hold","unhold","cancel","keep","tag","untag","note","buy_label","void_label","mark_printed","dispatch","confirm","retry_confirm"]},"ids":{"type":"array","items":{"type":"string"},"maxItems":1000},"args":{"type":"object","properties":{"warehouse_id":{"type":"string"},"service_id":{"type":"string"},"carton_id":{"type":"string"},"reason":{"type":"string"},"free_stock":{"type":"boolean"},"tag":{"type":"string"},"text":{"type":"string"},"tracking_number":{"type":"string"}}}}})",
             .gives = R"({"type":"object","properties":{"results":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"ok":{"type":"boolean"},"error":{"type":["object","null"]},"order":{"type":["object","null"]}}}}}})", .run = act},
            {.method = "GET", .path = "/api/orders/{id}", .summary = "One order with its items, parcels and history; the buyer masked for warehouse people.", .gives = kDetail, .run = show},
            {.method = "POST", .path = "/api/orders/{id}/split", .summary = "Divides an order into parcels.", .role = Role::operations,
             .takes = R"({"type":"object","required":["parcels"],"properties":{"parcels":{"type":"array","items":{"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"order_item_id":{"type":"string"},"quantity":{"type":"integer"}}}}}}}}})", .gives = kDetail, .run = split_up},
            {.method = "GET", .path = "/api/orders/{id}/offers", .summary = "Every way to send the order with its cost and chance to arrive in time, and why other services refuse it.", .role = Role::operations,
             .gives = R"({"type":"object","properties":{"offers":{"type":"array","items":{"type":"object"}},"refused":{"type":"array","items":{"type":"object","properties":{"service":{"type":"string"},"reason":{"type":"string"}}}}}})", .run = offers},
        },
};

}  // namespace zifa::api
