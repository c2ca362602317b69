#include <ostream>

#include "base/text.hpp"
#include "app/desk.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

int run(const Arguments& arguments, Wiring& wiring) {
  PlayOptions options{.clock = arguments.text("--clock", "real"), .is_static = arguments.has("--static")};
  const auto seed = arguments.number("--seed", 1, 0, INT64_MAX);
  const auto port = arguments.number("--port", 8788, 0, 65'535);
  const auto rate = arguments.number("--orders-per-day", 0, 0, 1'000'000);
  for (const auto* number : {&seed, &port, &rate})
    if (!*number) return failed(wiring, "sandbox", number->error());
  options.seed = static_cast<std::uint64_t>(*seed);
  options.orders_per_day = static_cast<int>(*rate);
  if (const auto start = arguments.get("--start")) {
    const auto at = Instant::parse(*start);
    if (!at) return failed(wiring, "sandbox", at.error());
    options.start = *at;
  }
  const auto played = wiring.play_amazon(options);
  if (!played) return failed(wiring, "sandbox", played.error());
  const std::string host = arguments.text("--host", "127.0.0.1");
  const auto listening = wiring.listen(host, static_cast<int>(*port), (*played)->handler(), nullptr);
  if (!listening) return failed(wiring, "sandbox", listening.error());
  (*played)->set_url("http://" + (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string((*listening)->port()));
  wiring.out() << (*played)->ready_line() << std::endl;
  wiring.wait_for_stop();
  (*listening)->stop();
  return kDone;
}

}  // namespace

extern const Command sandbox;
const Command sandbox{
    .name = "sandbox",
    .summary = "Serve a stateful Selling Partner API to try everything without an account.",
    .details = "Prints one JSON line when it listens: address, credentials, accounts. Driven through /_sandbox/ (see the guide). SIGTERM ends it with 0.",
    .options = {{"--host", "ADDRESS", "Address to listen on (127.0.0.1)."},
                {"--port", "PORT", "Port to listen on (8788); 0 = any free one."},
                {"--seed", "N", "The world's seed (1)."},
                {"--clock", "real|manual|xN", "How its time runs (real)."},
                {"--start", "INSTANT", "Where its time begins (now)."},
                {"--orders-per-day", "N", "Buyers that order by themselves (0)."},
                {"--static", "", "Answer Amazon's own static cases first."}},
    .run = run,
};

}  // namespace zifa::cli
