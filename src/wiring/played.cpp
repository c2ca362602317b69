#include <atomic>
#include <cstdlib>
#include <mutex>

#include "adapters/clock/clocks.hpp"
#include "adapters/http/server.hpp"
#include "base/text.hpp"
#include "sandbox/sandbox.hpp"
#include "wiring/desk.hpp"

namespace zifa {

namespace {

// The played world's time. Where it stands still, waiting moves it; where it runs, waiting waits.
class WorldClock final : public Clock {
 public:
  WorldClock(sandbox::Sandbox& world, bool stands_still) : world_(world), stands_still_(stands_still) {}
  using Clock::wait_until;
  Instant now() const override { return world_.now(); }
  bool wait_until(Instant moment, Interrupt& interrupt) override {
    if (stands_still_) {
      if (interrupt.take()) return false;
      // The world counts whole seconds; who waits for half of one has waited when it is over.
      const std::int64_t ms = moment.ms() % 1'000;
      world_.advance_to(ms == 0 ? moment : moment + std::chrono::milliseconds(1'000 - ms));
      return true;
    }
    if (hurried_) {
      if (interrupt.take()) return false;
      world_.advance_to(moment + std::chrono::seconds(1));
      return true;
    }
    return interrupt.wait([&] { return now() >= moment; }, [] { return std::chrono::milliseconds(50); });
  }
  void hurry(bool on) { hurried_ = on; }

 private:
  sandbox::Sandbox& world_;
  bool stands_still_;
  std::atomic<bool> hurried_ = false;
};

class Played final : public cli::PlayedAmazon {
 public:
  explicit Played(sandbox::Options options) : world_(options), clock_(world_, options.clock == sandbox::ClockMode::manual) {}
  http::Handler handler() override {
    return [this](const http::Request& request) { return world_.handle(request); };
  }
  Instant now() override { return world_.now(); }
  void advance_to(Instant to) override { world_.advance_to(to); }
  std::string ready_line() override { return world_.ready_line(); }
  void set_url(std::string url) override { world_.set_url(std::move(url)); }
  Clock& clock() override { return clock_; }
  void hurry(bool on) override { clock_.hurry(on); }

 private:
  sandbox::Sandbox world_;
  WorldClock clock_;
};

class ServerListening final : public cli::Listening {
 public:
  explicit ServerListening(std::unique_ptr<http::Server> server) : server_(std::move(server)) {}
  int port() override { return server_->port(); }
  void stop() override { server_->stop(); }

 private:
  std::unique_ptr<http::Server> server_;
};

// The target of a client's request is a whole URL; a handler wants path and query.
class HandlerClient final : public http::Client {
 public:
  explicit HandlerClient(http::Handler handler) : handler_(std::move(handler)) {}
  Result<http::Response> send(const http::Request& request, const http::SendOptions&) override {
    http::Request inside = request;
    if (const std::size_t scheme = inside.target.find("://"); scheme != std::string::npos) {
      const std::size_t path = inside.target.find('/', scheme + 3);
      inside.headers.set("Host", inside.target.substr(scheme + 3, path == std::string::npos ? std::string::npos : path - scheme - 3));
      inside.target = path == std::string::npos ? "/" : inside.target.substr(path);
    }
    http::Response response = handler_(inside);
    if (response.drop_connection) return Error{ErrorKind::unknown, "http.no_answer", "The connection was closed before an answer came."};
    return response;
  }

 private:
  http::Handler handler_;
};

}  // namespace

Result<std::unique_ptr<cli::PlayedAmazon>> play_amazon(const cli::PlayOptions& options) {
  sandbox::Options o{.seed = options.seed, .start = options.start, .orders_per_day = options.orders_per_day, .is_static = options.is_static};
  o.machine_now = [] { return SystemClock().now(); };
  if (options.clock == "manual") {
    o.clock = sandbox::ClockMode::manual;
  } else if (options.clock.starts_with("x")) {
    const auto speed = to_int(options.clock.substr(1));
    if (!speed || *speed < 1 || *speed > 1'000'000) return invalid("usage.bad_clock", "--clock takes real, manual or xN with N from 1 to 1000000, not \"" + printable(options.clock, 20) + "\".");
    o.clock = sandbox::ClockMode::faster;
    o.speed = static_cast<int>(*speed);
  } else if (options.clock != "real") {
    return invalid("usage.bad_clock", "--clock takes real, manual or xN, not \"" + printable(options.clock, 20) + "\".");
  }
  return std::unique_ptr<cli::PlayedAmazon>(std::make_unique<Played>(std::move(o)));
}

std::unique_ptr<http::Client> client_of(http::Handler handler) { return std::make_unique<HandlerClient>(std::move(handler)); }

Result<std::unique_ptr<cli::Listening>> listen(const std::string& host, int port, http::Handler handler, Desk* live) {
  http::StreamHandler streams;
  if (live != nullptr) streams = live_changes_of(*live);
  auto server = TRY(http::Server::listen({.host = host, .port = port, .max_body = 256U * 1024 * 1024}, std::move(handler), std::move(streams)));
  return std::unique_ptr<cli::Listening>(std::make_unique<ServerListening>(std::move(server)));
}

}  // namespace zifa
