// Amazon, played: a stateful server of the Selling Partner API that remembers orders, listings, feeds and parcels.
//
// It is a function from requests to responses. It opens no sockets and never asks the clock of the machine:
// the caller hands in `machine_now`. The same seed, calls and clock give the same answers (request ids and tokens
// excepted). What Amazon does is written in docs/rules/spapi_sandbox.md; how to drive it in docs/guide/en/sandbox.md.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/http.hpp"
#include "base/time.hpp"

namespace zifa::sandbox {

enum class ClockMode {
  real,    // runs with the machine
  manual,  // stands still until it is advanced
  faster,  // runs `speed` times as fast as the machine
};

struct Options {
  std::uint64_t seed = 1;
  ClockMode clock = ClockMode::real;
  int speed = 1;                 // of ClockMode::faster
  std::optional<Instant> start;  // where the world's clock begins; the machine's time if absent
  int orders_per_day = 0;        // buyers that order by themselves, over all accounts together
  bool is_static = false;        // Amazon's own static sandbox cases are answered first
  std::string url = "http://127.0.0.1:8788";  // the base of every absolute link; see set_url
  std::function<Instant()> machine_now;       // required: the machine's time, by which tokens and links expire
};

class Sandbox {
 public:
  explicit Sandbox(Options options);
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  // Any request, any bytes; never throws. May be called from several threads.
  http::Response handle(const http::Request& request);

  // The world's time. Whatever falls due before it has happened.
  Instant now();
  // Moves a world forward; what falls due happens in order. A moment that lies behind is ignored.
  void advance_to(Instant to);
  // What GET /_sandbox answers, on one line.
  std::string ready_line();
  // Where the world is reached, once a port is known: the base of links to documents.
  void set_url(std::string url);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace zifa::sandbox
