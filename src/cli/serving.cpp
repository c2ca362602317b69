#include "cli/serving.hpp"

#include <atomic>
#include <filesystem>
#include <ostream>
#include <thread>

#include "app/cancel_order.hpp"
#include "app/reactions.hpp"
#include "base/text.hpp"
#include "cli/demo/shop.hpp"
#include "cli/demo/staff.hpp"
#include "cli/demo/world.hpp"

namespace zifa::cli {

TempFile::~TempFile() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

std::string TempFile::make(Wiring& wiring) {
  const auto now = wiring.now();
  const auto base = std::filesystem::temp_directory_path();
  for (std::int64_t i = 0; i < 1'000; ++i) {
    const auto folder = base / ("zifa-" + std::to_string((now ? now->ms() : 0) + i));
    std::error_code failed;
    if (std::filesystem::create_directory(folder, failed) && !failed) {
      folder_ = folder.string();
      break;
    }
  }
  return folder_ + "/zifa.db";
}

int serve_desk(Wiring& wiring, Desk& desk, const std::string& host, int port, std::string_view command) {
  std::string setup_code;
  const auto users = desk.store().read([](Tx& tx) { return tx.people.count_users(); });
  if (!users) return failed(wiring, command, users.error());
  if (*users == 0) setup_code = desk.services().dice.id().substr(0, 10);
  auto listening = wiring.listen(host, port, wiring.screens(desk, setup_code), &desk);
  if (!listening) return failed(wiring, command, listening.error());
  desk.start_workers(2);
  const std::string address = "http://" + (host == "0.0.0.0" || host == "::" ? std::string("127.0.0.1") : host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string((*listening)->port()) + "/";
  wiring.out() << address << std::endl;
  if (!setup_code.empty()) wiring.err() << "First start: open the address above and make the owner with the set-up code " << setup_code << "\n" << std::flush;
  wiring.wait_for_stop();
  (*listening)->stop();
  desk.stop_workers();
  return kDone;
}

namespace {

// Orders of an earlier world, whose marketplace no longer exists, are closed, so that the desk shows the present one.
Result<Done> close_old_world(Desk& desk) {
  const Instant now = desk.clock().now();
  for (;;) {
    const std::vector<OrderId> open = TRY(desk.store().read([](Tx& tx) -> Result<std::vector<OrderId>> {
      std::vector<OrderId> ids;
      for (const OrderState state : {OrderState::pending, OrderState::to_review, OrderState::exception, OrderState::out_of_stock, OrderState::to_plan, OrderState::to_label, OrderState::to_print, OrderState::to_pack, OrderState::to_ship}) {
        OrderFilter filter;
        filter.state = state;
        for (const OrderId id : TRY(tx.orders.ids(filter, 200))) ids.push_back(id);
      }
      return ids;
    }));
    if (open.empty()) return done;
    TRY(desk.store().write([&](Tx& tx) -> Result<Done> {
      for (const OrderId id : open) {
        Order order = TRY(tx.orders.find(id));
        order.cancelled_at = now;
        order.cancelled_by = "amazon";
        order.amazon_status = AmazonStatus::cancelled;
        TRY(tx.orders.update(order));
        TRY(happen(tx, {.account = order.account, .at = now, .kind = "demo_world_ended", .order = id, .actor = "demo"}));
        TRY(stop_order(tx, id, now));
      }
      return done;
    }));
  }
}

}  // namespace

int serve_demo(const Arguments& arguments, Wiring& wiring, DeskOptions options, std::unique_ptr<PlayedAmazon> played, std::unique_ptr<http::Client> http, std::unique_ptr<Clock> world_clock, std::string url, std::uint64_t seed,
               const std::string& clock, int port) {
  (void)arguments;
  std::unique_ptr<Listening> sandbox_listening;
  const bool own_world = url.empty();
  std::int64_t world = 0;
  if (own_world) {
    // Which world this is: each start of the program plays a new one, with order numbers of its own.
    const auto peek = wiring.open_desk({.db = options.db});
    if (!peek) return failed(wiring, "demo", peek.error());
    const auto next = (*peek)->store().write([](Tx& tx) -> Result<std::int64_t> {
      const std::int64_t number = to_int(TRY(tx.setup.setting("demo_world", "0"))).value_or(0) + 1;
      TRY(tx.setup.set_setting("demo_world", std::to_string(number)));
      return number;
    });
    if (!next) return failed(wiring, "demo", next.error());
    world = *next;
    const auto now = wiring.now();
    auto made = wiring.play_amazon({.seed = seed + static_cast<std::uint64_t>(world - 1) * 1'000'003, .clock = clock, .start = now ? std::optional(*now - std::chrono::hours(world == 1 ? 60 : 0)) : std::nullopt, .orders_per_day = 240});
    if (!made) return failed(wiring, "demo", made.error());
    played = std::move(*made);
    auto listening = wiring.listen("127.0.0.1", 0, played->handler(), nullptr);
    if (!listening) return failed(wiring, "demo", listening.error());
    sandbox_listening = std::move(*listening);
    url = "http://127.0.0.1:" + std::to_string(sandbox_listening->port());
    played->set_url(url);
    http = wiring.http_client();
    options.clock = &played->clock();
    options.http = http.get();
  }
  const auto opened = wiring.open_desk(options);
  if (!opened) return failed(wiring, "demo", opened.error());
  Desk& desk = **opened;
  if (own_world && world > 1)
    if (const auto closed = close_old_world(desk); !closed) return failed(wiring, "demo", closed.error());
  const bool past = own_world && world == 1;
  if (past) played->hurry(true);
  const auto accounts = set_up_demo_shop(desk, url);
  if (!accounts) return failed(wiring, "demo", accounts.error());
  // The demo's own people take every second order; the others wait for whoever looks at the screens.
  const auto theirs = [](OrderId id) { return id.value() % 2 == 1; };
  if (past) {
    // Two and a half days have passed already, so that every screen has something to show.
    const Instant now = wiring.now().value_or(desk.clock().now());
    for (int part = 0; part < 20; ++part) {
      // The last hours are lived in real time, so that the played clock never runs ahead of ours.
      played->hurry(played->now() + std::chrono::hours(2) < now);
      if (const auto ran = desk.run_until_idle(); !ran) return failed(wiring, "demo", ran.error());
      if (part < 17)
        if (const auto shift = work_a_shift(desk, part < 12 ? [](OrderId) { return true; } : +theirs); !shift) return failed(wiring, "demo", shift.error());
      played->advance_to(std::min(played->now() + std::chrono::hours(3), now));
    }
    played->hurry(false);
  }
  std::atomic<bool> stopping = false;
  std::thread staff([&] {
    int nap = 0;
    while (!stopping) {
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      if (++nap % 25 != 0) continue;
      if (const auto shift = work_a_shift(desk, theirs); !shift) wiring.err() << "zifa demo: " << shift.error().message << "\n" << std::flush;
    }
  });
  const int code = serve_desk(wiring, desk, "127.0.0.1", port, "demo");
  stopping = true;
  staff.join();
  if (sandbox_listening != nullptr) sandbox_listening->stop();
  (void)world_clock;
  return code;
}

}  // namespace zifa::cli
