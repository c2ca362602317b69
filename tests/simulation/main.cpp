// A shop's weeks in a bad world. The real program on one thread, the played Amazon in the same process, a clock that we move, one seed.
//
//   simulate [--seed N] [--runs N] [--steps N] [--db postgresql://...] [--verbose]
//
// After every step the books must balance; in the end, when the world is well again and people have done their work, every order has
// reached an end, Amazon knows of every parcel once, nothing that buyers ordered is missing, and our late shipment rate is Amazon's own.
// A run that fails prints its seed, and the same seed does the same again.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <set>
#include <unistd.h>

#include "app/adjust_stock.hpp"
#include "app/assess_health.hpp"
#include "app/buy_label.hpp"
#include "app/cancel_order.hpp"
#include "app/change_settings.hpp"
#include "app/plan_shipment.hpp"
#include "app/resolve_job.hpp"
#include "base/json.hpp"
#include "cli/demo/shop.hpp"
#include "cli/demo/staff.hpp"
#include "cli/demo/world.hpp"
#include "tests/simulation/troubles.hpp"
#include "wiring/desk.hpp"

namespace zifa::simulation {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view kActor = "simulation";
const std::string kUrl = "http://127.0.0.1:8788";
const Instant kStart = Instant::from_ms(1'772'413'200'000);  // 2026-03-02T01:00:00Z

struct Failed {
  std::string why;
};

class Simulation {
 public:
  Simulation(std::uint64_t seed, const std::string& db, bool verbose) : seed_(seed), verbose_(verbose), dice_(seed * 2 + 1), troubles_(seed * 2 + 2) {
    folder_ = std::filesystem::temp_directory_path() / ("zifa_simulation_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    db_ = db.empty() ? (folder_ / "desk.db").string() : db;
    played_ = must(play_amazon({.seed = seed, .clock = "manual", .start = kStart}), "playing Amazon");
    played_->set_url(kUrl);
    world_ = client_of(played_->handler());
    line_ = std::make_unique<BadLine>(*world_, troubles_);
    clock_ = std::make_unique<MortalClock>(played_->clock(), troubles_);
    open();
  }
  ~Simulation() {
    troubles_.on = false;
    desk_.reset();
    std::filesystem::remove_all(folder_);
  }
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  void run(int steps) {
    accounts_ = must(cli::set_up_demo_shop(*desk_, kUrl), "setting the shop up");
    look_less_often(20);
    for (int step = 0; step < steps; ++step) {
      std::string what = "nothing";
      troubles_.on = true;
      try {
        what = one_step();
      } catch (const Crash&) {
        what += " (killed)";
        troubles_.on = false;
        desk_.reset();
        open();
      }
      troubles_.on = false;
      if (verbose_) std::printf("%5d %s %s\n", step, clock_->now().iso().c_str(), what.c_str());
      books_balance("after step " + std::to_string(step) + ", " + what);
    }
    come_to_an_end();
    all_is_well();
  }

  void report() const {
    std::printf("seed %llu: %zu orders, %d confirmed, %d cancelled, %d late, killed %d times;", static_cast<unsigned long long>(seed_), ordered_.size(), confirmed_, cancelled_, late_, opened_ - 1);
    for (const auto& [what, times] : troubles_.happened) std::printf(" %s %d,", what.c_str(), times);
    std::printf(" done\n");
  }

 private:
  template <class T>
  T must(Result<T> result, const std::string& doing) {
    if (!result) throw Failed{doing + ": " + result.error().code + ": " + result.error().message};
    return std::move(*result);
  }
  // What people try may be refused; that is an answer too.
  template <class T>
  bool tried(const Result<T>& result) {
    if (result) return true;
    const ErrorKind kind = result.error().kind;
    if (kind == ErrorKind::refused || kind == ErrorKind::conflict) return false;
    throw Failed{"a person was told: " + result.error().code + ": " + result.error().message};
  }

  void open() {
    ++opened_;
    desk_ = must(open_desk({.db = db_, .clock = clock_.get(), .http = line_.get(), .seed = seed_ * 1'000 + static_cast<std::uint64_t>(opened_), .never_wait = true}, (folder_ / "key").string()), "opening the desk");
  }

  // Amazon is asked for news that many times less often than a shop would: nothing happens in most of that time.
  void look_less_often(int factor) {
    must(desk_->store().write([&](Tx& tx) { return tx.setup.set_setting("sync_slower", std::to_string(factor)); }), "settings");
  }

  json::value ask(http::Request request, int& status) {
    const http::Response answer = must(world_->send(request), "asking the world");
    status = answer.status;
    return answer.body.empty() ? json::value() : must(json::parse(answer.body), "the world's answer");
  }
  json::value look(const std::string& path) {
    int status = 0;
    json::value answer = ask({.target = kUrl + "/_sandbox/" + path}, status);
    if (status != 200) throw Failed{"the world does not know " + path};
    return answer;
  }
  bool tell(const std::string& path, const json::object& body) {
    int status = 0;
    ask({.method = "POST", .target = kUrl + "/_sandbox/" + path, .headers = {{"Content-Type", "application/json"}}, .body = json::text(body)}, status);
    return status / 100 == 2;
  }

  void work_until(Instant until) {
    for (int i = 0; i < 100'000; ++i) {
      must(desk_->run_until_idle(), "the workers");
      const auto next = must(desk_->store().read([](Tx& tx) { return tx.work.next_run_at(); }), "the next job");
      if (!next || *next > until) break;
      clock_->wait_until(std::max(*next, played_->now() + 1ms));
    }
    clock_->wait_until(until);
  }

  std::optional<OrderId> some_order(std::initializer_list<OrderState> states) {
    OrderFilter filter;
    const auto n = static_cast<std::size_t>(dice_.between(0, static_cast<std::int64_t>(states.size()) - 1));
    filter.state = *(states.begin() + n);
    const auto ids = must(desk_->store().read([&](Tx& tx) { return tx.orders.ids(filter, 200); }), "orders");
    if (ids.empty()) return std::nullopt;
    return ids[static_cast<std::size_t>(dice_.between(0, static_cast<std::int64_t>(ids.size()) - 1))];
  }
  std::optional<Parcel> some_parcel(std::initializer_list<OrderState> states) {
    const auto order = some_order(states);
    if (!order) return std::nullopt;
    const auto parcels = must(desk_->store().read([&](Tx& tx) { return tx.parcels.of_order(*order); }), "parcels");
    for (const Parcel& parcel : parcels)
      if (parcel.state != ParcelState::cancelled) return parcel;
    return std::nullopt;
  }
  template <class F>
  bool person(F f) {
    return tried(desk_->store().write(f));
  }
  Instant now() { return played_->now(); }

  std::string one_step() {
    const std::int64_t dice = dice_.between(1, 100);
    if (dice <= 22) {
      const cli::DemoAccount& account = accounts_[static_cast<std::size_t>(dice_.between(0, static_cast<std::int64_t>(accounts_.size()) - 1))];
      const std::int64_t count = dice_.between(1, 4);
      json::object order{{"count", count}, {"marketplace", account.marketplace_id}};
      if (dice_.between(1, 12) == 1) order["pending"] = true;
      if (dice_.between(1, 12) == 1) order["cancel_requested"] = true;
      if (dice_.between(1, 10) == 1) order["service"] = "Expedited";
      int status = 0;
      const json::value answer = ask({.method = "POST", .target = kUrl + "/_sandbox/orders", .headers = {{"Content-Type", "application/json"}}, .body = json::text(order)}, status);
      if (status != 201) return "buyers find nothing to buy";
      for (const json::value& each : *json::find_array(answer, "orders")) {
        ordered_.push_back(json::get_text(each, "order_id"));
        if (order.contains("pending")) pending_.push_back(ordered_.back());
      }
      return std::to_string(count) + " orders at " + account.name;
    }
    if (dice <= 55) {
      const auto minutes = std::chrono::minutes(dice_.between(5, 240));
      work_until(now() + minutes);
      return std::to_string(minutes.count()) + " minutes pass";
    }
    if (dice <= 70) {
      const std::int64_t part = dice_.between(1, 4);
      const cli::ShiftResult shift = must(cli::work_a_shift(*desk_, [&](OrderId id) { return part == 1 || id.value() % part == 0; }), "a shift");
      return "a shift packs " + std::to_string(shift.packed) + " and hands " + std::to_string(shift.handed_over) + " over";
    }
    if (dice <= 76 && !ordered_.empty()) {
      const std::string id = ordered_[static_cast<std::size_t>(dice_.between(0, static_cast<std::int64_t>(ordered_.size()) - 1))];
      const std::int64_t act = dice_.between(1, 4);
      const json::object body = act <= 2 ? json::object{{"act", "cancel_request"}, {"reason", "Ordered by mistake"}} : act == 3 ? json::object{{"act", "cancel"}, {"by", "BUYER"}} : json::object{{"act", "release"}};
      const bool happened = tell("orders/" + id + "/acts", body);
      return id + ": " + std::string(body.at("act").get_string()) + (happened ? "" : " (refused)");
    }
    if (dice <= 79) {
      const auto order = some_order({OrderState::to_plan, OrderState::to_label, OrderState::to_print, OrderState::to_pack, OrderState::to_ship, OrderState::shipped, OrderState::out_of_stock});
      if (!order) return "nothing to cancel";
      return std::string("the seller cancels: ") + (person([&](Tx& tx) { return cancel_order(tx, *order, "NoInventory", kActor, clock_->now()); }) ? "done" : "refused");
    }
    if (dice <= 82) {
      const auto order = some_order({OrderState::to_plan, OrderState::to_print, OrderState::to_pack, OrderState::to_ship});
      if (!order) return "nothing to hold";
      return std::string("held: ") + (person([&](Tx& tx) { return hold_order(tx, *order, "address looks wrong", dice_.between(0, 1) == 1, kActor, clock_->now()); }) ? "done" : "refused");
    }
    if (dice <= 86) {
      answer_questions();
      return "questions are answered";
    }
    if (dice <= 89) {
      const auto parcel = some_parcel({OrderState::to_print, OrderState::to_pack, OrderState::to_ship, OrderState::shipped});
      if (!parcel) return "no label to take back";
      return std::string("a label is taken back: ") + (person([&](Tx& tx) { return void_label(tx, parcel->id, kActor, clock_->now()); }) ? "done" : "refused");
    }
    if (dice <= 92) {
      const auto parcel = some_parcel({OrderState::to_label, OrderState::to_print, OrderState::shipped});
      if (!parcel) return "no number to mistype";
      static constexpr const char* kWrong[] = {"1Z999AA10123456785", "not a number at all", "LB123456788CN", "9400110200881000000000"};
      const std::string number = kWrong[dice_.between(0, 3)];
      const auto before = must(desk_->store().read([&](Tx& tx) { return tx.parcels.live_label(parcel->id); }), "labels");
      const bool taken = person([&](Tx& tx) { return replace_number(tx, parcel->id, number, kActor, clock_->now()); });
      if (taken) throw Failed{"the number \"" + number + "\" was taken for " + parcel->number() + (before ? "" : ", which had none")};
      return "a number is mistyped and refused";
    }
    if (dice <= 94) {
      const auto products = must(desk_->store().read([&](Tx& tx) { return tx.stock.products("", "", 200); }), "products").rows;
      const Product& product = products[static_cast<std::size_t>(dice_.between(0, static_cast<std::int64_t>(products.size()) - 1))];
      const auto stock = must(desk_->store().read([&](Tx& tx) { return tx.stock.of_product(product.id); }), "stock");
      if (stock.empty()) return "nothing to count";
      return std::string("a count of 3: ") + (person([&](Tx& tx) { return adjust_stock(tx, {.product = product.id, .warehouse = stock.front().warehouse, .counted = 3, .reason = "counted"}, kActor, clock_->now()); }) ? "done" : "refused");
    }
    if (dice <= 96) {
      const bool stop = dice_.between(0, 1) == 1;
      person([&](Tx& tx) -> Result<Settings> {
        Settings settings = TRY(settings_of(tx));
        settings.write_stop = stop;
        return change_settings(tx, settings, std::nullopt, kActor, clock_->now());
      });
      return stop ? "emergency stop" : "the stop is lifted";
    }
    if (dice <= 98) {
      static constexpr const char* kKinds[] = {"stale", "unavailable", "throttle", "internal", "token_expired", "no_answer_after"};
      json::object fault{{"operation", dice_.between(0, 1) == 1 ? "*" : "confirmShipment"}, {"kind", kKinds[dice_.between(0, 5)]}, {"count", dice_.between(1, 6)}};
      if (fault.at("kind") == "stale") fault["seconds"] = 600;
      if (fault.at("kind") == "token_expired") fault.erase("operation");
      tell("faults", fault);
      return "the world: " + std::string(fault.at("kind").get_string());
    }
    const auto parcel = some_parcel({OrderState::shipped});
    if (!parcel) return "no parcel to scan";
    const auto label = must(desk_->store().read([&](Tx& tx) { return tx.parcels.live_label(parcel->id); }), "labels");
    if (!label) return "no number to scan";
    static constexpr const char* kCodes[] = {"accepted", "in_transit", "out_for_delivery", "exception"};
    tell("parcels/" + label->tracking_number + "/scans", {{"code", kCodes[dice_.between(0, 3)]}, {"at", (now() - std::chrono::hours(dice_.between(0, 30))).iso()}});
    return "a scan comes out of order";
  }

  // What a person does about everything that waits for one.
  void answer_questions() {
    std::vector<std::string> undecided;
    for (const auto& row : rows()) {
      const Order& order = row.order;
      if (order.on_hold) person([&](Tx& tx) { return unhold_order(tx, order.id, kActor, clock_->now()); });
      if (order.cancel_open()) {
        if (order.id.value() % 2 == 0) person([&](Tx& tx) { return keep_order(tx, order.id, kActor, clock_->now()); });
        else person([&](Tx& tx) { return cancel_order(tx, order.id, "BuyerCanceled", kActor, clock_->now()); });
      }
      if (order.state == OrderState::to_label)
        for (const Parcel& parcel : must(desk_->store().read([&](Tx& tx) { return tx.parcels.of_order(order.id); }), "parcels"))
          if (parcel.state != ParcelState::cancelled) person([&](Tx& tx) { return buy_label(tx, {.parcel = parcel.id}, kActor, clock_->now()); });
      // A parcel that left and lost its label gets another number.
      if (order.state == OrderState::shipped)
        for (const Parcel& parcel : must(desk_->store().read([&](Tx& tx) { return tx.parcels.of_order(order.id); }), "parcels"))
          if (parcel.state == ParcelState::dispatched && !must(desk_->store().read([&](Tx& tx) { return tx.parcels.live_label(parcel.id); }), "labels"))
            person([&](Tx& tx) { return buy_label(tx, {.parcel = parcel.id}, kActor, clock_->now()); });
    }
    for (const Job& job : must(desk_->store().read([&](Tx& tx) { return tx.work.jobs("unsure", 500); }), "jobs")) person([&](Tx& tx) { return resolve_job(tx, job.id, happened(job), kActor, clock_->now()); });
    for (const Job& job : must(desk_->store().read([&](Tx& tx) { return tx.work.jobs("discarded", 500); }), "jobs")) person([&](Tx& tx) { return retry_job(tx, job.id, kActor, clock_->now()); });
  }

  // The person looks in Seller Central: there is the parcel, or not.
  bool happened(const Job& job) {
    if (job.order.value() == 0) return false;
    const Order order = must(desk_->store().read([&](Tx& tx) { return tx.orders.find(job.order); }), "an order");
    const json::value truth = look("orders/" + order.amazon_order_id);
    const json::array* packages = json::find_array(truth, "packages");
    return packages != nullptr && std::any_of(packages->begin(), packages->end(), [&](const json::value& package) { return json::get_text(package, "reference") == job.key; });
  }

  std::vector<OrderRow> rows() {
    std::vector<OrderRow> all;
    std::string after;
    do {
      Page<OrderRow> page = must(desk_->store().read([&](Tx& tx) { return tx.orders.list({}, after, 500); }), "the orders");
      for (OrderRow& row : page.rows) all.push_back(std::move(row));
      after = page.next;
    } while (!after.empty());
    return all;
  }

  // Every order's events, for somebody who looks for what went wrong.
  void tell_stories() {
    for (const OrderRow& row : rows())
      for (const Event& event : must(desk_->store().read([&](Tx& tx) { return tx.work.events(row.order.id); }), "events"))
        std::printf("  %s P%lld %s %s %s %s\n", row.order.amazon_order_id.c_str(), static_cast<long long>(event.parcel.value()), event.at.iso().c_str(), event.kind.c_str(), event.actor.c_str(), event.data.c_str());
  }

  void books_balance(const std::string& when) {
    const CheckReport report = must(desk_->store().check_invariants(), "checking");
    for (const Invariant& invariant : report.invariants)
      if (invariant.broken > 0 && verbose_) tell_stories();
    for (const Invariant& invariant : report.invariants)
      if (invariant.broken > 0) throw Failed{when + ": " + invariant.id + (invariant.examples.empty() ? "" : ": " + invariant.examples.front())};
  }

  // The world is well; people come to work until nothing is left to do.
  void come_to_an_end() {
    int status = 0;
    ask({.method = "DELETE", .target = kUrl + "/_sandbox/faults"}, status);
    for (const std::string& id : pending_) tell("orders/" + id + "/acts", {{"act", "release"}});
    person([&](Tx& tx) -> Result<Settings> {
      Settings settings = TRY(settings_of(tx));
      settings.write_stop = false;
      return change_settings(tx, settings, std::nullopt, kActor, clock_->now());
    });
    for (const Product& product : must(desk_->store().read([&](Tx& tx) { return tx.stock.products("", "", 500); }), "products").rows)
      for (const StockItem& at : must(desk_->store().read([&](Tx& tx) { return tx.stock.of_product(product.id); }), "stock"))
        person([&](Tx& tx) { return adjust_stock(tx, {.product = product.id, .warehouse = at.warehouse, .change = 200, .reason = "goods came in"}, kActor, clock_->now()); });
    look_less_often(60);
    const Instant last = now() + 24h * 60;
    for (int half_day = 0; now() < last; ++half_day) {
      answer_questions();
      work_until(now() + 2h);
      must(cli::work_a_shift(*desk_, [](OrderId) { return true; }), "a shift");
      work_until(now() + 10h);
      books_balance("at the end");
      if (half_day > 8 && unfinished().empty()) break;
    }
  }

  std::string unfinished() {
    for (const OrderRow& row : rows()) {
      const Order& order = row.order;
      if (order.state == OrderState::cancelled) continue;
      const std::string name = order.amazon_order_id + " is " + std::string(name_of(order.state)) + (order.exception_code.empty() ? "" : " (" + order.exception_code + ")");
      if (order.state != OrderState::shipped && order.state != OrderState::delivered) return name;
      if (order.amazon_status == AmazonStatus::cancelled && order.confirm_state == "none") continue;  // cancelled while it was on its way out
      if (order.confirm_state != "confirmed") return name + ", its confirmation " + order.confirm_state + why_unconfirmed(order.id);
    }
    return {};
  }

  std::string why_unconfirmed(OrderId order) {
    std::string why;
    for (const Parcel& parcel : must(desk_->store().read([&](Tx& tx) { return tx.parcels.of_order(order); }), "parcels"))
      if (parcel.confirm_state != "confirmed") why += "; " + parcel.number() + " " + std::string(name_of(parcel.state)) + ", " + parcel.confirm_state + ": " + parcel.confirm_error;
    return why;
  }

  void all_is_well() {
    if (const std::string left = unfinished(); !left.empty()) throw Failed{"in the end " + left};

    for (const char* state : {"unsure", "discarded"})
      if (const auto jobs = must(desk_->store().read([&](Tx& tx) { return tx.work.jobs(state, 1); }), "jobs"); !jobs.empty()) throw Failed{std::string("a job stays ") + state + ": " + jobs.front().kind + " " + jobs.front().key + ": " + jobs.front().last_error};

    std::set<std::string> known;
    for (const OrderRow& row : rows()) {
      const Order& order = row.order;
      known.insert(order.amazon_order_id);
      const json::value truth = look("orders/" + order.amazon_order_id);
      const std::string status = json::get_text(truth, "status");
      const json::array* packages = json::find_array(truth, "packages");
      std::set<std::string> references;
      for (const json::value& package : *packages) {
        if (!references.insert(json::get_text(package, "reference")).second) throw Failed{order.amazon_order_id + " has a package twice at Amazon"};
        edits_ += static_cast<int>(json::get_int(package, "edits").value_or(0));
      }
      const auto parcels = must(desk_->store().read([&](Tx& tx) { return tx.parcels.of_order(order.id); }), "parcels");
      std::size_t left = 0;
      for (const Parcel& parcel : parcels) {
        if (!parcel.dispatched_at || parcel.confirm_state == "none") continue;
        ++left;
        const std::string reference = std::to_string(parcel.id.value());
        if (!references.contains(reference)) throw Failed{parcel.number() + " of " + order.amazon_order_id + " left the house and Amazon does not know it"};
        const auto label = must(desk_->store().read([&](Tx& tx) { return tx.parcels.live_label(parcel.id); }), "labels");
        for (const json::value& package : *packages)
          if (json::get_text(package, "reference") == reference && label && json::get_text(package, "tracking_number") != label->tracking_number)
            throw Failed{parcel.number() + " carries " + label->tracking_number + " and Amazon knows " + json::get_text(package, "tracking_number")};
      }
      if (references.size() != left) throw Failed{order.amazon_order_id + " has " + std::to_string(references.size()) + " packages at Amazon, and " + std::to_string(left) + " left the house"};
      const bool cancelled = order.cancelled_at.has_value();
      if (cancelled) ++cancelled_;
      else ++confirmed_;
      if (cancelled != (status == "CANCELLED")) throw Failed{order.amazon_order_id + " is " + std::string(name_of(order.state)) + " here and " + status + " at Amazon"};
      if (truth.as_object().at("late").is_bool() && truth.as_object().at("late").get_bool()) ++late_;
    }
    for (const std::string& id : ordered_)
      if (!known.contains(id)) throw Failed{id + " was ordered and never taken in"};

    for (const cli::DemoAccount& account : accounts_) {
      const AccountHealth health = must(desk_->store().read([&](Tx& tx) { return assess_health(tx, account.id, account.marketplace_id, health::Basis::ship_by, 60, played_->now()); }), "health");
      for (const health::Assessment& metric : health.assessments) {
        if (metric.id != "lsr_30" && metric.id != "lsr_10") continue;
        const cli::WorldRate theirs = must(cli::world_rate(*world_, kUrl, account.marketplace_id, metric.id), "the world's rate");
        if (theirs.late != metric.late || theirs.orders != metric.orders)
          throw Failed{metric.id + " of " + account.name + " is " + std::to_string(metric.late) + "/" + std::to_string(metric.orders) + " here and " + std::to_string(theirs.late) + "/" + std::to_string(theirs.orders) + " at Amazon"};
      }
    }
  }

  std::uint64_t seed_;
  bool verbose_;
  SplitMix dice_;
  Troubles troubles_;
  std::filesystem::path folder_;
  std::string db_;
  std::unique_ptr<cli::PlayedAmazon> played_;
  std::unique_ptr<http::Client> world_;
  std::unique_ptr<BadLine> line_;
  std::unique_ptr<MortalClock> clock_;
  std::unique_ptr<Desk> desk_;
  std::vector<cli::DemoAccount> accounts_;
  std::vector<std::string> ordered_, pending_;
  int opened_ = 0, confirmed_ = 0, cancelled_ = 0, late_ = 0, edits_ = 0;
};

}  // namespace

}  // namespace zifa::simulation

int main(int count, char** words) {
  std::uint64_t seed = 1;
  int runs = 1;
  int steps = 250;
  std::string db;  // an empty PostgreSQL database, for one run
  bool verbose = false;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const char* value = i + 1 < count ? words[i + 1] : "";
    if (word == "--verbose") verbose = true;
    else if (word == "--seed") seed = std::strtoull(value, nullptr, 10), ++i;
    else if (word == "--runs") runs = std::atoi(value), ++i;
    else if (word == "--db") db = value, ++i;
    else if (word == "--steps") steps = std::atoi(value), ++i;
    else return std::fprintf(stderr, "usage: simulate [--seed N] [--runs N] [--steps N] [--db URL] [--verbose]\n"), 2;
  }
  if (!db.empty() && runs > 1) return std::fprintf(stderr, "simulate: each run needs a database of its own; with --db there is one run\n"), 2;
  int failed = 0;
  for (int run = 0; run < runs; ++run, ++seed) {
    try {
      zifa::simulation::Simulation simulation(seed, db, verbose);
      simulation.run(steps);
      simulation.report();
    } catch (const zifa::simulation::Failed& failure) {
      std::printf("seed %llu FAILED %s\n  again: ./dev sim --seed %llu --steps %d --verbose\n", static_cast<unsigned long long>(seed), failure.why.c_str(), static_cast<unsigned long long>(seed), steps);
      ++failed;
    }
    std::fflush(stdout);
  }
  std::printf("%d passed, %d failed, 0 skipped\n", runs - failed, failed);
  return failed == 0 ? 0 : 1;
}
