#include "sandbox/control/control.hpp"

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "sandbox/control/answers.hpp"
#include "sandbox/world/health.hpp"
#include "sandbox/world/parcels.hpp"

namespace zifa::sandbox {

namespace {

http::Response ok(const json::value& body, int status = 200) { return http::Response::json(status, json::text(body)); }

json::object clock_of(const World& world) { return {{"mode", world.clock_name()}, {"now", world.now().iso()}}; }

// A clock that jumps a century would run every order's life at once.
constexpr std::int64_t kMostSeconds = 3660LL * 86'400;

http::Response move_clock(World& world, const http::Request& request) {
  Result<json::value> body = read_body(request);
  if (!body) return control_error(body.error());
  Result<std::optional<std::int64_t>> seconds = int_field(*body, "advance_s", INT64_MIN, INT64_MAX);
  if (!seconds) return control_error(seconds.error());
  Result<std::optional<Instant>> to = instant_field(*body, "to");
  if (!to) return control_error(to.error());
  if (seconds->has_value() == to->has_value()) return control_error(400, "Give either advance_s or to.");
  if (*seconds && **seconds > kMostSeconds) return control_error(400, "advance_s must be at most ten years; advance in steps.");
  if (*seconds && **seconds < 0) return control_error(409, "The clock never runs backwards; it stands at " + world.now().iso() + ".");
  const Instant target = *to ? **to : world.precise_now() + std::chrono::seconds(**seconds);
  if (target < world.now()) return control_error(409, "The clock never runs backwards; it stands at " + world.now().iso() + ".");
  if (target - world.now() > std::chrono::seconds(kMostSeconds)) return control_error(400, "The clock moves at most ten years at once.");
  if (!is_sensible(target)) return control_error(400, "The clock ends in 2100.");
  world.advance_to(target);
  return ok(clock_of(world));
}

http::Response scan(World& world, std::string_view number, const http::Request& request) {
  Parcel* parcel = find_parcel(world, number);
  if (parcel == nullptr) return control_error(404, "No parcel has the number " + printable(number, 60) + ".");
  Result<json::value> body = read_body(request);
  if (!body) return control_error(body.error());
  Result<std::optional<std::string>> code = text_field(*body, "code");
  if (!code) return control_error(code.error());
  const std::optional<ScanCode> known = scan_code(code->value_or(""));
  if (!known) return control_error(400, "code must be accepted, in_transit, out_for_delivery, delivered, exception, lost or returned.");
  Result<std::optional<Instant>> at = instant_field(*body, "at");
  if (!at) return control_error(at.error());
  if (*at && **at > world.now()) return control_error(400, "at lies in the future; the clock stands at " + world.now().iso() + ".");
  parcel->driven = true;
  static constexpr std::string_view kTexts[] = {"Shipment picked up by carrier", "In transit", "Out for delivery", "Delivered", "Delivery attempted", "Shipment declared lost", "Returned to sender"};
  const Instant when = at->value_or(world.now());
  add_scan(world, *parcel, {*known, when, "", kTexts[static_cast<std::size_t>(*known)]});
  return ok(json::object{{"tracking_number", parcel->number}, {"code", text_of(*known)}, {"at", when.iso()}}, 201);
}

http::Response state(const World& world, const Gate& gate) {
  std::int64_t by_status[5] = {}, packages = 0, late = 0, refunds = 0, messages = 0, labels = 0;
  for (const Order& order : world.orders) {
    ++by_status[static_cast<std::size_t>(order.status())];
    packages += static_cast<std::int64_t>(order.packages.size());
    late += is_late(order) ? 1 : 0;
    refunds += static_cast<std::int64_t>(order.refunds.size());
    for (const Message& message : order.messages) messages += message.kind == "buyer" || message.kind == "solicitation" ? 0 : 1;
  }
  for (const auto& [id, label] : world.labels) labels += label.status == "Purchased" ? 1 : 0;
  json::object orders;
  for (std::size_t i = 0; i < 5; ++i) orders[text_of(static_cast<OrderStatus>(i))] = by_status[i];
  json::object requests;
  for (const auto& [operation, statuses] : gate.counts()) {
    json::object counts;
    for (const auto& [status, count] : statuses) counts[std::to_string(status)] = count;
    requests[operation] = std::move(counts);
  }
  return ok(json::object{{"now", world.now().iso()}, {"orders", std::move(orders)}, {"packages", packages}, {"late", late}, {"labels", labels},
                         {"refunds", refunds}, {"messages", messages}, {"requests", std::move(requests)}});
}

http::Response requests(const Gate& gate, const http::Query& query) {
  std::int64_t after = 0;
  if (query.has("after")) {
    const std::optional<std::int64_t> number = to_int(query.get("after"));
    if (!number) return control_error(400, "after must be a whole number.");
    after = *number;
  }
  const std::string_view operation = query.get("operation");
  const auto or_null = [](const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); };
  json::array list;
  for (const LoggedCall& call : gate.calls()) {
    if (call.n <= after || (!operation.empty() && call.operation != operation)) continue;
    list.push_back(json::object{{"n", call.n}, {"at", call.at.iso()}, {"account", or_null(call.account)}, {"operation", or_null(call.operation)}, {"method", call.method},
                                {"path", printable(call.path, 2'000)}, {"status", call.status}, {"fault", or_null(call.fault)}});
  }
  return ok(json::object{{"requests", std::move(list)}});
}

http::Response health(World& world, const http::Query& query) {
  const std::string_view id = query.get("marketplace");
  if (id.empty()) return control_error(400, "Name a marketplace: health?marketplace=ATVPDKIKX0DER.");
  Account* account = world.account_selling_in(id);
  if (account == nullptr) return control_error(404, "No account of this sandbox sells in marketplace " + printable(id, 60) + ".");
  const HealthCounts counts = count_health(world, *account, id, world.now());
  const auto shown = [](const Count& count) { return json::object{{"late", count.late}, {"orders", count.orders}}; };
  return ok(json::object{{"lsr_30", shown(counts.lsr_30)}, {"lsr_10", shown(counts.lsr_10)}, {"cancel_7", shown(counts.cancel_7)},
                         {"vtr_30", shown(counts.vtr_30)}, {"otdr_14", shown(counts.otdr_14)}, {"odr_60", shown(counts.odr_60)}});
}

http::Response list_faults(const Faults& faults) {
  json::array list;
  for (const Fault& fault : faults.all())
    list.push_back(json::object{{"fault_id", fault.id}, {"operation", fault.operation}, {"kind", text_of(fault.kind)}, {"count", fault.count}, {"skip", fault.skip},
                                {"order_id", fault.order_id.empty() ? json::value(nullptr) : json::value(fault.order_id)}, {"ms", fault.ms}, {"seconds", fault.seconds},
                                {"hits", fault.hits}});
  return ok(json::object{{"faults", std::move(list)}});
}

Result<Fault> read_fault(const json::value& body, std::string_view kind_text) {
  const std::optional<FaultKind> kind = fault_kind(kind_text);
  if (!kind) return invalid("fault.kind", "kind must be throttle, internal, unavailable, no_answer_before, no_answer_after, slow, stale or token_expired.");
  Fault fault;
  fault.kind = *kind;
  fault.operation = TRY(text_field(body, "operation")).value_or("*");
  if (fault.operation != "*" && fault.operation != "lwa" && fault.operation != "documents" && fault.operation != "track" && find_operation(fault.operation) == nullptr)
    return invalid("fault.operation", "There is no operation " + printable(fault.operation, 60) + "; use an operation id, lwa, documents, track or *.");
  fault.count = static_cast<int>(TRY(int_field(body, "count", 0, 1'000'000'000)).value_or(1));
  fault.skip = static_cast<int>(TRY(int_field(body, "skip", 0, 1'000'000'000)).value_or(0));
  fault.order_id = TRY(text_field(body, "order_id")).value_or("");
  fault.ms = static_cast<int>(TRY(int_field(body, "ms", 0, 600'000)).value_or(1'000));
  fault.seconds = static_cast<int>(TRY(int_field(body, "seconds", 0, 31'536'000)).value_or(600));
  return fault;
}

http::Response add_fault(Gate& gate, const http::Request& request) {
  Result<json::value> body = read_body(request);
  if (!body) return control_error(body.error());
  Result<std::optional<std::string>> kind = text_field(*body, "kind");
  if (!kind) return control_error(kind.error());
  if (kind->value_or("") == "token_expired") {
    gate.tokens().kill_all();
    return ok(json::object{{"fault_id", 0}}, 201);
  }
  Result<Fault> fault = read_fault(*body, kind->value_or(""));
  if (!fault) return control_error(fault.error());
  return ok(json::object{{"fault_id", gate.faults().add(*fault)}}, 201);
}

http::Response set_quotas(Gate& gate, const http::Request& request) {
  Result<json::value> body = read_body(request);
  if (!body) return control_error(body.error());
  const std::string mode = json::get_text(*body, "mode");
  if (mode == "amazon") gate.quotas().set_mode(Quotas::Mode::amazon);
  else if (mode == "sandbox") gate.quotas().set_mode(Quotas::Mode::sandbox);
  else if (mode == "off") gate.quotas().set_mode(Quotas::Mode::off);
  else return control_error(400, "mode must be amazon, sandbox or off.");
  return ok(json::object{{"mode", mode}});
}

http::Response queue(const World& world, std::string_view destination) {
  const auto found = world.destinations.find(std::string(destination));
  if (found == world.destinations.end()) return control_error(404, "There is no destination " + printable(destination, 60) + ".");
  json::array list;
  for (const std::string& text : found->second.queue)
    if (Result<json::value> notification = json::parse(text)) list.push_back(std::move(*notification));
  return ok(json::object{{"notifications", std::move(list)}});
}

}  // namespace

std::string ready_line(const World& world) {
  json::array accounts;
  for (const auto& account : world.accounts) {
    json::array marketplaces;
    for (const std::string& id : account->marketplaces) marketplaces.push_back(json::value(id));
    accounts.push_back(json::object{{"region", account->region}, {"seller_id", account->seller_id}, {"refresh_token", account->refresh_token}, {"marketplaces", std::move(marketplaces)}});
  }
  return json::text(json::object{{"ready", true}, {"url", world.url}, {"lwa_url", world.url}, {"client_id", world.client_id}, {"client_secret", world.client_secret},
                                 {"accounts", std::move(accounts)}, {"seed", world.options().seed}, {"clock", world.clock_name()}, {"now", world.now().iso()},
                                 {"static", world.options().is_static}});
}

http::Response serve_control(World& world, Gate& gate, const http::Request& request) {
  std::string_view rest = request.path().substr(kControlPath.size());
  while (rest.starts_with('/')) rest.remove_prefix(1);
  while (rest.ends_with('/')) rest.remove_suffix(1);
  std::vector<std::string> path;
  if (!rest.empty())
    for (const std::string_view segment : split(rest, '/')) path.push_back(percent_decode(segment));
  const bool get = request.method == "GET", post = request.method == "POST", remove = request.method == "DELETE";
  const std::size_t depth = path.size();
  const std::string first = depth == 0 ? std::string() : path[0];
  if (depth == 0 && get) return http::Response::json(200, ready_line(world));
  if (first == "clock" && depth == 1) {
    if (get) return ok(clock_of(world));
    if (post) return move_clock(world, request);
  }
  if (first == "orders" && depth == 1 && post) return control_place_orders(world, request);
  if (first == "orders" && depth >= 2) {
    Order* order = world.find_order(path[1]);
    if (order == nullptr) return control_error(404, "There is no order " + printable(path[1], 60) + ".");
    if (depth == 2 && get) return ok(truth_of(*order));
    if (depth == 3 && path[2] == "acts" && post) return control_act(world, *order, request);
  }
  if (first == "parcels" && depth == 3 && path[2] == "scans" && post) return scan(world, path[1], request);
  if (first == "state" && depth == 1 && get) return state(world, gate);
  if (first == "requests" && depth == 1 && get) return requests(gate, request.query());
  if (first == "health" && depth == 1 && get) return health(world, request.query());
  if (first == "faults" && depth == 1) {
    if (get) return list_faults(gate.faults());
    if (post) return add_fault(gate, request);
    if (remove) {
      const std::size_t deleted = gate.faults().all().size();
      gate.faults().clear();
      return ok(json::object{{"deleted", deleted}});
    }
  }
  if (first == "faults" && depth == 2 && remove) {
    const std::optional<std::int64_t> id = to_int(path[1]);
    if (!id || !gate.faults().remove(*id)) return control_error(404, "There is no fault " + printable(path[1], 60) + ".");
    return ok(json::object{{"deleted", 1}});
  }
  if (first == "quotas" && depth == 1 && post) return set_quotas(gate, request);
  if (first == "queues" && depth == 2 && get) return queue(world, path[1]);
  return control_error(404, "The control surface has no " + printable(request.method, 20) + " " + printable(request.path(), 120) + ".");
}

}  // namespace zifa::sandbox
