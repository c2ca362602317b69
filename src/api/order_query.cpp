#include "api/order_query.hpp"

#include <algorithm>
#include <set>

#include "app/reference/marketplaces.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

constexpr std::size_t kMostNumbers = 1'000;

Error bad(std::string_view name, std::string_view takes, std::string_view given) { return invalid("field.bad", "The filter \"" + std::string(name) + "\" takes " + std::string(takes) + ", not \"" + printable(given, 40) + "\"."); }

Result<std::optional<bool>> flag(const http::Query& q, std::string_view name) {
  const std::string_view text = q.get(name);
  if (text.empty()) return std::optional<bool>();
  if (text == "true" || text == "1") return std::optional(true);
  if (text == "false" || text == "0") return std::optional(false);
  return bad(name, "true or false", text);
}

template <class IdType>
Result<std::optional<IdType>> id(const http::Query& q, std::string_view name) {
  const std::string_view text = q.get(name);
  if (text.empty()) return std::optional<IdType>();
  const auto number = to_int(text);
  if (!number || *number < 1) return bad(name, "an id as the lists give it", text);
  return std::optional(IdType(*number));
}

// A moment, or a day in the caller's zone: its beginning, or its end for the upper bound.
Result<std::optional<Instant>> moment(const http::Query& q, std::string_view name, const TimeZone& zone, bool is_end) {
  const std::string_view text = q.get(name);
  if (text.empty()) return std::optional<Instant>();
  if (text.size() == 10)
    if (const auto day = Day::parse(text)) return std::optional(zone.start_of(is_end ? *day + 1 : *day));
  if (const auto at = Instant::parse(text)) return std::optional(*at);
  return bad(name, "a day (2026-11-25) or a moment (2026-11-25T08:00:00Z)", text);
}

Result<std::string> choice(const http::Query& q, std::string_view name, std::initializer_list<std::string_view> choices, std::string_view otherwise) {
  const std::string_view text = q.get(name);
  if (text.empty()) return std::string(otherwise);
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return std::string(text);
  std::string all;
  for (const std::string_view one : choices) all += (all.empty() ? "" : ", ") + std::string(one);
  return bad(name, "one of " + all, text);
}

Result<Done> take_due(OrderFilter& f, std::string_view due, const TimeZone& zone, Instant now) {
  if (due.empty()) return done;
  f.open = true;
  if (due == "overdue") {
    f.due_before = now;
  } else if (due == "today") {
    f.due_from = now;
    f.due_before = zone.start_of(zone.day_of(now) + 1);
  } else if (due == "in_24h") {
    f.due_from = now;
    f.due_before = now + std::chrono::hours(24);
  } else if (due == "later") {
    f.due_from = now + std::chrono::hours(24);
  } else {
    return bad("due", "overdue, today, in_24h or later", due);
  }
  return done;
}

}  // namespace

std::vector<std::string> pasted_numbers(std::string_view text) {
  std::string plain(text);
  for (const std::string_view separator : {"，", "；", "、", "\u3000"}) plain = replace_all(std::move(plain), separator, " ");
  for (char& c : plain)
    if (c == ',' || c == ';' || c == '\n' || c == '\r' || c == '\t') c = ' ';
  std::vector<std::string> numbers;
  std::set<std::string_view> seen;
  for (const std::string_view word : split(plain, ' '))
    if (!word.empty() && numbers.size() < kMostNumbers && seen.insert(word).second) numbers.emplace_back(word);
  return numbers;
}

Result<OrderFilter> order_filter(const http::Query& q, const Caller& caller, Instant now) {
  OrderFilter f;
  f.on_hold = TRY(flag(q, "on_hold"));
  if (const std::string_view state = q.get("state"); !state.empty()) {
    f.state = order_state_named(state);
    if (!f.state) return bad("state", "a state of an order, such as to_pack", state);
    const bool over = *f.state == OrderState::shipped || *f.state == OrderState::delivered || *f.state == OrderState::cancelled;
    if (!f.on_hold && !over) f.on_hold = false;
  }
  f.printed = TRY(flag(q, "printed"));
  f.cancel_requested = TRY(flag(q, "cancel_requested"));
  f.account = TRY(id<AccountId>(q, "account"));
  f.warehouse = TRY(id<WarehouseId>(q, "warehouse"));
  f.service = TRY(id<ServiceId>(q, "service"));
  if (const std::string_view name = q.get("marketplace"); !name.empty()) {
    const MarketplaceFacts* facts = find_marketplace(name);
    if (facts == nullptr) return bad("marketplace", "a marketplace such as US or JP", name);
    f.marketplace_id = facts->amazon_id;
  }
  f.country = upper(q.get("country"));
  if (f.country == "UK") f.country = "GB";
  f.shape = TRY(choice(q, "shape", {"single", "multi_qty", "multi_line"}, ""));
  f.tag = q.get("tag");
  f.purchased_from = TRY(moment(q, "from", caller.zone, false));
  f.purchased_before = TRY(moment(q, "to", caller.zone, true));
  TRY(take_due(f, q.get("due"), caller.zone, now));
  f.search = pasted_numbers(q.get("q"));
  f.search_kind = TRY(choice(q, "q_kind", {"any", "order", "tracking", "sku", "buyer"}, "any"));
  // A buyer's name is several words and one thing to look for.
  if (f.search_kind == "buyer" && !trim(q.get("q")).empty()) f.search = {std::string(trim(q.get("q")))};
  if (caller.role == Role::warehouse) {
    if (f.search_kind == "buyer") return Error{ErrorKind::unauthorized, "session.forbidden", "Your role (warehouse) may not search by buyer; search by order, tracking number or SKU."};
    if (f.search_kind == "any") f.search_kind = "goods";
  }
  f.sort = TRY(choice(q, "sort", {"ship_by", "-purchased_at", "-updated_at"}, "ship_by"));
  return f;
}

Result<OrderFilter> order_filter(const json::object& fields, const Caller& caller, Instant now) {
  http::Query query;
  for (const auto& [name, value] : fields) {
    if (value.is_string()) query.add(name, std::string_view(value.as_string()));
    else if (value.is_bool()) query.add(name, value.as_bool() ? "true" : "false");
    else if (value.is_int64()) query.add(name, std::to_string(value.as_int64()));
    else if (!value.is_null()) return bad(std::string_view(name), "text, a number or true and false", json::text(value));
  }
  return order_filter(query, caller, now);
}

}  // namespace zifa::api
