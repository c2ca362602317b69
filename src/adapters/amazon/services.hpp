// What the Amazon adapter needs from the rest of the program.
#pragma once

#include "app/ports/clock.hpp"
#include "app/ports/dice.hpp"
#include "app/ports/http.hpp"

namespace zifa::amazon {

struct Services {
  http::Client& http;
  Clock& clock;    // the shop's time: quotas and pauses run on it, in a demo faster than the machine
  Clock& machine;  // the machine's time: tokens expire by it, and x-amz-date says it
  Dice& dice;
};

struct SenderOptions {
  // A call that would have to wait longer for its quota or its retries is given up as throttled or unavailable, and
  // whoever asked tries again later. 0 never waits: for simulations, where nobody else moves the clock.
  int longest_wait_ms = 5'000;
  int attempts = 4;
  int answer_timeout_ms = 30'000;
};

}  // namespace zifa::amazon
