// Wiring only: which clock, which database, which carriers. Everything else is in the folders beside this file.
#include <csignal>
#include <iostream>

#include "adapters/clock/clocks.hpp"
#include "adapters/clock/stopwatch.hpp"
#include "cli/wiring.hpp"

namespace {

class MainWiring final : public zifa::cli::Wiring {
 public:
  std::istream& in() override { return std::cin; }
  std::ostream& out() override { return std::cout; }
  std::ostream& err() override { return std::cerr; }
  std::optional<zifa::Instant> now() override { return zifa::SystemClock().now(); }
  std::function<bool()> time_limit(std::int64_t ms) override { return zifa::clock::until_ms_from_now(ms); }
};

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  std::signal(SIGPIPE, SIG_IGN);
  MainWiring wiring;
  const int code = zifa::cli::run(std::vector<std::string>(argv + 1, argv + argc), wiring);
  std::cout.flush();
  return code == zifa::cli::kDone && !std::cout ? zifa::cli::kUsage : code;
}
