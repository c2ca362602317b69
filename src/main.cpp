// Wiring only: which clock, which database, which carriers. Everything else is in the folders beside this file.
#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "adapters/clock/clocks.hpp"
#include "adapters/clock/stopwatch.hpp"
#include "adapters/http/client.hpp"
#include "adapters/store/store.hpp"
#include "cli/wiring.hpp"
#include "wiring/desk.hpp"

namespace {

volatile std::sig_atomic_t stop_signal = 0;
void on_stop(int) { stop_signal = 1; }

class MainWiring final : public zifa::cli::Wiring {
 public:
  std::istream& in() override { return std::cin; }
  std::ostream& out() override { return std::cout; }
  std::ostream& err() override { return std::cerr; }
  std::optional<zifa::Instant> now() override { return zifa::SystemClock().now(); }
  std::function<bool()> time_limit(std::int64_t ms) override { return zifa::clock::until_ms_from_now(ms); }
  std::string environment(const std::string& name) override {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? "" : value;
  }
  std::optional<std::string> ask_secret(const std::string& question) override {
    if (isatty(STDIN_FILENO) == 0) return std::nullopt;
    std::cerr << question << ": " << std::flush;
    termios shown{};
    tcgetattr(STDIN_FILENO, &shown);
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    std::string answer;
    std::getline(std::cin, answer);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    std::cerr << "\n";
    return answer;
  }
  zifa::Result<std::unique_ptr<zifa::Desk>> open_desk(const zifa::cli::DeskOptions& options) override {
    std::string key_file = environment("ZIFA_KEY_FILE");
    if (key_file.empty()) key_file = zifa::is_postgres_url(options.db) ? environment("HOME") + "/.zifa.key" : options.db + ".key";
    return zifa::open_desk(options, key_file);
  }
  zifa::Result<zifa::Done> restore_database(const std::string& backup, const std::string& db) override { return zifa::restore_sqlite(backup, db); }
  zifa::Result<std::unique_ptr<zifa::cli::PlayedAmazon>> play_amazon(const zifa::cli::PlayOptions& options) override { return zifa::play_amazon(options); }
  zifa::Result<std::unique_ptr<zifa::cli::Listening>> listen(const std::string& host, int port, zifa::http::Handler handler, zifa::Desk* live) override {
    return zifa::listen(host, port, std::move(handler), live);
  }
  std::unique_ptr<zifa::http::Client> http_client() override { return zifa::http::make_client(); }
  std::unique_ptr<zifa::http::Client> client_of(zifa::http::Handler handler) override { return zifa::client_of(std::move(handler)); }
  zifa::http::Handler screens(zifa::Desk& desk, const std::string& setup_code) override { return zifa::screens_of(desk, setup_code); }
  std::unique_ptr<zifa::Clock> faster_clock(int speed) override { return std::make_unique<zifa::ScaledClock>(zifa::SystemClock().now(), speed); }
  void wait_for_stop() override {
    while (stop_signal == 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  bool stop_requested() override { return stop_signal != 0; }
};

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGTERM, on_stop);
  std::signal(SIGINT, on_stop);
  MainWiring wiring;
  const int code = zifa::cli::run(std::vector<std::string>(argv + 1, argv + argc), wiring);
  std::cout.flush();
  return code == zifa::cli::kDone && !std::cout ? zifa::cli::kUsage : code;
}
