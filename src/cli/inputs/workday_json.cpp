#include "cli/inputs/workday_json.hpp"

#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::cli {

namespace {

constexpr std::int64_t kMostStations = 10'000;
constexpr double kMostMinutes = 10'000'000;
constexpr std::size_t kMostCarriers = 60'000;

Error bad(std::string message) { return invalid("plan.bad_input", std::move(message)); }

const json::value* member(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr || value->is_null() ? nullptr : value;
}

Result<Instant> read_instant(const json::object& object, std::string_view key) {
  const json::value* value = member(object, key);
  if (value == nullptr) return bad(std::string(key) + " is missing.");
  if (!value->is_string()) return bad(std::string(key) + " is not a text; write an instant such as 2026-11-25T17:00:00-08:00.");
  auto at = Instant::parse(std::string_view(value->as_string()));
  if (!at) return bad(std::string(key) + " " + printable(at.error().message, 300));
  return *at;
}

Result<std::chrono::milliseconds> read_minutes(const json::object& object) {
  const json::value* value = member(object, "work_min");
  if (value == nullptr || !value->is_number()) return bad("work_min is not a number of minutes.");
  const double minutes = value->to_number<double>();
  if (!(minutes >= 0 && minutes <= kMostMinutes)) return bad("work_min is not between 0 and 10000000 minutes.");
  if (value->is_int64()) return std::chrono::milliseconds(value->as_int64() * 60'000);
  return std::chrono::milliseconds(std::llround(minutes * 60'000));
}

class Reader {
 public:
  Reader(WorkdayFile& file, const std::function<void(const std::string&, const std::string&)>& refuse) : file_(file), refuse_(refuse) {}

  template <class Take>
  void each(const json::value* list, std::string_view name, Take take) {
    if (list == nullptr) return;
    const json::array& entries = list->as_array();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const json::object* object = entries[i].if_object();
      const Result<Done> taken = object == nullptr ? Result<Done>(bad("is not an object.")) : take(*object);
      if (taken) continue;
      ++file_.refused;
      refuse_(std::string(name) + "[" + std::to_string(i) + "]", taken.error().message);
    }
  }

  Result<Done> shift(const json::object& object) {
    const plan::Shift shift{TRY(read_instant(object, "from")), TRY(read_instant(object, "to"))};
    if (shift.to < shift.from) return bad("ends before it begins.");
    file_.day.shifts.push_back(shift);
    return done;
  }

  Result<Done> pickup(const json::object& object) {
    const json::value* carrier = member(object, "carrier");
    if (carrier == nullptr || !carrier->is_string()) return bad("carrier is not a text.");
    const Instant at = TRY(read_instant(object, "at"));
    file_.day.pickups.push_back({TRY(carrier_named(std::string_view(carrier->as_string()))), at});
    return done;
  }

  Result<Done> order(const json::object& object) {
    const json::value* id = member(object, "id");
    std::string name;
    if (id != nullptr && id->is_string()) name = std::string_view(id->as_string());
    else if (id != nullptr && id->is_int64()) name = std::to_string(id->as_int64());
    if (name.empty()) return bad("id is missing.");
    if (known_.contains(name)) return bad("the order " + printable(name, 60) + " is there already.");
    plan::Order order{.work = TRY(named(name, read_minutes(object))), .ready_at = file_.day.now, .ship_by = TRY(named(name, read_instant(object, "ship_by"))), .carriers = {}};
    if (member(object, "ready_at") != nullptr) order.ready_at = TRY(named(name, read_instant(object, "ready_at")));
    if (const json::value* carriers = member(object, "carriers")) {
      if (!carriers->is_array()) return bad("order " + printable(name, 60) + ": carriers is not a list.");
      for (const json::value& carrier : carriers->get_array()) {
        if (!carrier.is_string()) return bad("order " + printable(name, 60) + ": carriers holds something other than texts.");
        order.carriers.push_back(TRY(carrier_named(std::string_view(carrier.get_string()))));
      }
    }
    known_.insert(name);
    file_.order_ids.push_back(std::move(name));
    file_.day.orders.push_back(std::move(order));
    return done;
  }

 private:
  template <class T>
  static Result<T> named(const std::string& order, Result<T> result) {
    if (result) return result;
    return bad("order " + printable(order, 60) + ": " + result.error().message);
  }

  Result<plan::Carrier> carrier_named(std::string_view name) {
    const auto found = carriers_.find(std::string(name));
    if (found != carriers_.end()) return found->second;
    if (carriers_.size() >= kMostCarriers) return bad("more than " + std::to_string(kMostCarriers) + " carriers.");
    const auto number = static_cast<plan::Carrier>(carriers_.size());
    carriers_.emplace(name, number);
    file_.carrier_names.emplace_back(name);
    return number;
  }

  WorkdayFile& file_;
  const std::function<void(const std::string&, const std::string&)>& refuse_;
  std::unordered_map<std::string, plan::Carrier> carriers_;
  std::unordered_set<std::string> known_;
};

}  // namespace

Result<WorkdayFile> read_workday(std::string_view text, const std::function<void(const std::string& where, const std::string& reason)>& refuse) {
  const json::value parsed = TRY(json::parse(text));
  const json::object* root = parsed.if_object();
  if (root == nullptr) return bad("The input is not a JSON object with now, stations, shifts and orders.");
  WorkdayFile file;
  file.day.now = TRY(read_instant(*root, "now"));
  const json::value* stations = member(*root, "stations");
  if (stations == nullptr || !stations->is_int64() || stations->as_int64() < 0 || stations->as_int64() > kMostStations)
    return bad("stations is not a whole number from 0 to " + std::to_string(kMostStations) + ".");
  file.day.stations = static_cast<int>(stations->as_int64());
  for (const char* name : {"shifts", "orders", "pickups"}) {
    const json::value* list = member(*root, name);
    if (list == nullptr && std::string_view(name) == "pickups") continue;
    if (list == nullptr || !list->is_array()) return bad(std::string(name) + " is not a list.");
  }
  Reader reader(file, refuse);
  reader.each(member(*root, "shifts"), "shifts", [&](const json::object& object) { return reader.shift(object); });
  reader.each(member(*root, "pickups"), "pickups", [&](const json::object& object) { return reader.pickup(object); });
  reader.each(member(*root, "orders"), "orders", [&](const json::object& object) { return reader.order(object); });
  return file;
}

}  // namespace zifa::cli
