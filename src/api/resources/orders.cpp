#include "api/fields.hpp"
#include "api/resource.hpp"
#include "app/buy_label.hpp"
#include "app/cancel_order.hpp"
#include "app/dispatch_parcels.hpp"
#include "app/plan_shipment.hpp"
#include "app/print_documents.hpp"
#include "app/reference/policies.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

template <class IdType>
json::value number_text(const IdType& id) {
  if (id.value() == 0) return nullptr;
  return json::value(std::to_string(id.value()));
}

json::object row_json(const OrderRow& row) {
  const Order& o = row.order;
  json::object out{{"id", std::to_string(o.id.value())}, {"amazon_order_id", o.amazon_order_id}, {"account_id", number_text(o.account)}, {"account", row.account_name}, {"marketplace_id", o.marketplace_id}, {"state", name_of(o.state)}};
  const std::string code = marketplace_code(o.marketplace_id).value_or("");
  out["marketplace"] = code;
  const auto rules = marketplace_rules(code, TimeZone::utc().day_of(o.purchased_at));
  out["marketplace_zone"] = rules ? rules->zone.name() : "UTC";
  out["on_hold"] = o.on_hold;
  out["hold_reason"] = o.hold_reason.starts_with("free:") ? o.hold_reason.substr(5) : o.hold_reason;
  out["exception"] = o.exception_code.empty() ? json::value(nullptr) : json::value(json::object{{"code", o.exception_code}, {"message", o.exception_message}});
  out["cancel_requested"] = o.cancel_open();
  out["cancel_reason"] = o.cancel_reason;
  out["purchased_at"] = to_json(std::optional(o.purchased_at));
  out["ship_by"] = to_json(o.ship_by);
  out["deliver_by"] = to_json(o.deliver_by);
  out["country"] = o.country;
  out["shape"] = o.shape;
  out["units"] = o.units;
  out["is_prime"] = o.has_program("PRIME");
  out["is_business"] = o.has_program("AMAZON_BUSINESS");
  bool gift = false;
  json::array lines;
  for (std::size_t i = 0; i < row.items.size(); ++i) {
    gift = gift || row.items[i].gift;
    lines.push_back(json::object{{"sku", row.items[i].sku}, {"title", row.items[i].title}, {"quantity", row.items[i].quantity}, {"image_url", i < row.image_urls.size() ? row.image_urls[i] : ""}});
  }
  out["gift"] = gift;
  out["service_level"] = o.service_level;
  out["lines"] = std::move(lines);
  out["total"] = to_json(o.total);
  out["tags"] = boost::json::value_from(row.tags);
  out["note"] = o.note;
  out["warehouse"] = row.warehouse_name;
  out["service"] = row.service_name;
  out["carrier"] = row.carrier_name;
  out["tracking_numbers"] = boost::json::value_from(row.tracking_numbers);
  out["printed"] = o.printed;
  out["confirm"] = o.confirm_state;
  out["updated_at"] = to_json(std::optional(o.updated_at));
  return out;
}

Result<OrderFilter> filter_of(const Call& call) {
  const http::Query& q = call.query;
  OrderFilter f;
  if (const auto state = q.get("state"); !state.empty()) {
    f.state = order_state_named(state);
    if (!f.state) return invalid("order.bad_state", "\"" + printable(state, 30) + "\" is no state of an order.");
  }
  const auto flag = [&](std::string_view name) -> std::optional<bool> {
    if (q.get(name).empty()) return std::nullopt;
    return q.get(name) == "true" || q.get(name) == "1";
  };
  f.on_hold = flag("on_hold");
  f.printed = flag("printed");
  f.cancel_requested = flag("cancel_requested");
  if (const auto id = to_int(q.get("account"))) f.account = AccountId(*id);
  if (const auto id = to_int(q.get("warehouse"))) f.warehouse = WarehouseId(*id);
  if (const auto id = to_int(q.get("service"))) f.service = ServiceId(*id);
  if (const auto code = marketplace_code(q.get("marketplace")))
    if (const auto rules = marketplace_rules(*code, TimeZone::utc().day_of(call.now))) f.marketplace_id = rules->amazon_id;
  f.country = q.get("country");
  f.shape = q.get("shape");
  f.tag = q.get("tag");
  const std::string_view due = q.get("due");
  const TimeZone& zone = call.caller.zone;
  if (due == "overdue") f.due_before = call.now;
  if (due == "today") f.due_before = zone.start_of(zone.day_of(call.now) + 1);
  if (due == "in_24h") f.due_before = call.now + std::chrono::hours(24);
  std::string word;
  for (const char c : std::string(q.get("q")) + " ") {
    if (c == ' ' || c == ',' || c == '\n' || c == '\r' || c == '\t') {
      if (!word.empty() && f.search.size() < 500) f.search.push_back(word);
      word.clear();
    } else {
      word += c;
    }
  }
  if (!q.get("q_kind").empty()) f.search_kind = q.get("q_kind");
  if (!q.get("sort").empty()) f.sort = q.get("sort");
  return f;
}

Answer list(Call& call) {
  const OrderFilter filter = TRY(filter_of(call));
  const auto page = TRY(call.store().read([&](Tx& tx) { return tx.orders.list(filter, call.query.get("after"), limit_of(call)); }));
  json::array items;
  for (const OrderRow& row : page.rows) items.push_back(row_json(row));
  return ok(json::object{{"items", std::move(items)}, {"next", page.next.empty() ? json::value(nullptr) : json::value(page.next)}});
}

Answer counts(Call& call) {
  OrderFilter filter = TRY(filter_of(call));
  filter.state.reset();
  const auto counted = TRY(call.store().read([&](Tx& tx) { return tx.orders.counts(filter); }));
  json::object out;
  for (int i = 0; i < kOrderStates; ++i) out[name_of(static_cast<OrderState>(i))] = counted.by_state[static_cast<std::size_t>(i)];
  out["on_hold"] = counted.on_hold;
  out["cancel_requested"] = counted.cancel_requested;
  return ok(json::object{{"counts", std::move(out)}});
}

// What the people in the warehouse may do; everything else decides about the sale and is for operations.
bool warehouse_may(std::string_view action) {
  for (const std::string_view allowed : {"tag", "untag", "note", "mark_printed", "dispatch"})
    if (action == allowed) return true;
  return false;
}

Result<Done> act(Call& call, const std::string& action, OrderId id) {
  if (call.caller.role < Role::operations && !warehouse_may(action)) return refused("session.forbidden", "Your role (" + std::string(name_of(call.caller.role)) + ") may not do this; ask operations or an owner.");
  const std::string& who = call.caller.name;
  const Instant now = call.now;
  if (action == "plan") {
    const auto service = to_int(json::get_text(call.body, "args.service_id"));
    TRY(plan_shipment(call.store(), call.desk.services().books, id, service ? std::optional(ServiceId(*service)) : std::nullopt, who, now));
    return done;
  }
  return call.store().write([&](Tx& tx) -> Result<Done> {
    const auto each_parcel = [&](auto f) -> Result<Done> {
      bool any = false;
      for (const Parcel& parcel : TRY(tx.parcels.of_order(id)))
        if (parcel.live()) {
          TRY(f(parcel));
          any = true;
        }
      if (!any) return refused("order.no_parcel", "Order " + TRY(tx.orders.find(id)).amazon_order_id + " has no parcel yet; plan it first.");
      return done;
    };
    const std::string text = json::get_text(call.body, "args.text"), tag = json::get_text(call.body, "args.tag"), reason = json::get_text(call.body, "args.reason");
    if (action == "review") TRY(review_order(tx, id, who, now));
    else if (action == "hold") TRY(hold_order(tx, id, reason, json::get_bool(call.body, "args.free_stock"), who, now));
    else if (action == "unhold") TRY(unhold_order(tx, id, who, now));
    else if (action == "cancel") TRY(cancel_order(tx, id, reason, who, now));
    else if (action == "keep") TRY(keep_order(tx, id, who, now));
    else if (action == "note") TRY(note_order(tx, id, text, who, now));
    else if (action == "tag" && !trim(tag).empty() && tag.size() <= 60) TRY(tx.orders.add_tag(id, trim(tag)));
    else if (action == "untag") TRY(tx.orders.remove_tag(id, trim(tag)));
    else if (action == "buy_label") return each_parcel([&](const Parcel& p) { return buy_label(tx, {.parcel = p.id, .tracking_number = json::get_text(call.body, "args.tracking_number")}, who, now); });
    else if (action == "void_label") return each_parcel([&](const Parcel& p) { return void_label(tx, p.id, who, now); });
    else if (action == "mark_printed") return each_parcel([&](const Parcel& p) { return mark_printed(tx, {p.id}, who, now); });
    else if (action == "dispatch") return each_parcel([&](const Parcel& p) { return dispatch_parcel(tx, p.id, who, now); });
    else return invalid("order.bad_action", "\"" + printable(action, 30) + "\" is nothing that can be done with an order, or lacks what it needs.");
    return done;
  });
}

Answer actions(Call& call) {
  const std::string action = TRY(required_text(call.body, "action"));
  const json::array* ids = json::find_array(call.body, "ids");
  if (ids == nullptr || ids->empty() || ids->size() > 1'000) return invalid("body.missing", "Name 1 to 1000 orders in \"ids\".");
  json::array results;
  for (const json::value& given : *ids) {
    const auto number = given.is_string() ? to_int(std::string_view(given.as_string())) : given.is_int64() ? std::optional(given.as_int64()) : std::nullopt;
    const Result<Done> did = number ? act(call, action, OrderId(*number)) : Result<Done>(invalid("path.bad_id", "That is no order number."));
    json::object result{{"id", given}, {"ok", did.has_value()}, {"error", nullptr}, {"order", nullptr}};
    if (!did) result["error"] = json::object{{"code", did.error().code}, {"message", did.error().message}};
    if (number) {
      OrderFilter one;
      one.ids = {OrderId(*number)};
      const auto page = call.store().read([&](Tx& tx) { return tx.orders.list(one, "", 1); });
      if (page && !page->rows.empty()) result["order"] = row_json(page->rows.front());
    }
    results.push_back(std::move(result));
  }
  return ok(json::object{{"results", std::move(results)}});
}

}  // namespace

extern const Resource orders;
const Resource orders{
    .name = "orders",
    .routes =
        {
            {.method = "GET", .path = "/api/orders", .summary = "Orders, the most urgent first.", .gives = R"({"type":"object","properties":{"items":{"type":"array","items":{"type":"object"}},"next":{"type":["string","null"]}}})",
             .query = "state,on_hold,account,marketplace,country,shape,service,warehouse,tag,printed,cancel_requested,due,q,q_kind,sort,limit,after", .run = list},
            {.method = "GET", .path = "/api/orders/counts", .summary = "How many orders stand in each state.", .gives = R"({"type":"object","properties":{"counts":{"type":"object"}}})",
             .query = "account,marketplace,country,shape,service,warehouse,tag,printed,due,q,q_kind", .run = counts},
            {.method = "POST", .path = "/api/orders/actions", .summary = "Do one thing with many orders; one result each.",
             .takes = R"({"type":"object","required":["action","ids"],"properties":{"action":{"type":"string"},"ids":{"type":"array"},"args":{"type":"object"}}})", .gives = R"({"type":"object","properties":{"results":{"type":"array","items":{"type":"object"}}}})", .run = actions},
        },
};

}  // namespace zifa::api
