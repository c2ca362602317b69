// Everything that goes wrong between a desk and the world, by a seed: calls that are lost before or after they acted, are done twice
// or refused, and a program that dies at any moment.
#pragma once

#include <cstdint>
#include <exception>
#include <map>
#include <string>

#include "app/ports/clock.hpp"
#include "app/ports/http.hpp"
#include "base/splitmix.hpp"

namespace zifa::simulation {

// The program was killed. Nothing may catch it but the simulation, which then opens the same database again.
struct Crash {};

class Troubles {
 public:
  explicit Troubles(std::uint64_t seed) : dice_(seed) {}

  bool on = false;
  std::map<std::string, int> happened;

  bool one_in(std::int64_t n) { return on && dice_.between(1, n) == 1; }
  void crash_one_in(std::int64_t n, const char* where) {
    // Destructors that run because of one crash do not crash again.
    if (std::uncaught_exceptions() > 0 || !one_in(n)) return;
    ++happened[where];
    throw Crash{};
  }

 private:
  SplitMix dice_;
};

// The world's clock. Asking the time is what every step of work begins with, so it is where the program dies.
class MortalClock final : public Clock {
 public:
  MortalClock(Clock& world, Troubles& troubles) : world_(world), troubles_(troubles) {}
  using Clock::wait_until;
  Instant now() const override {
    troubles_.crash_one_in(2'500, "killed between two steps");
    return world_.now();
  }
  bool wait_until(Instant moment, Interrupt& interrupt) override { return world_.wait_until(moment, interrupt); }

 private:
  Clock& world_;
  Troubles& troubles_;
};

// The line to the world. What the simulation itself asks of the control surface never fails.
class BadLine final : public http::Client {
 public:
  BadLine(http::Client& world, Troubles& troubles) : world_(world), troubles_(troubles) {}

  Result<http::Response> send(const http::Request& request, const http::SendOptions& options) override {
    if (request.target.find("/_sandbox") != std::string::npos || !troubles_.on) return world_.send(request, options);
    troubles_.crash_one_in(60, "killed before a call");
    if (troubles_.one_in(25)) return trouble("no connection", unavailable("http.connect_failed", "No connection."));
    if (troubles_.one_in(25)) return trouble("lost before it acted", Error{ErrorKind::unknown, "http.no_answer", "The connection ended without an answer."});
    if (troubles_.one_in(25)) return trouble("refused with 429", http::Response{.status = 429, .headers = {{"Content-Type", "application/json"}}, .body = R"({"errors":[{"code":"QuotaExceeded","message":"You exceeded your quota."}]})"});
    if (troubles_.one_in(25)) return trouble("refused with 503", http::Response{.status = 503, .headers = {{"Content-Type", "text/html"}}, .body = "<html>Service Unavailable</html>"});
    if (troubles_.one_in(25)) {
      ++troubles_.happened["sent twice"];
      (void)world_.send(request, options);
    }
    Result<http::Response> answer = world_.send(request, options);
    troubles_.crash_one_in(60, "killed after a call");
    if (troubles_.one_in(12)) return trouble("lost after it acted", Error{ErrorKind::unknown, "http.no_answer", "The connection ended without an answer."});
    if (answer && troubles_.one_in(30)) {
      ++troubles_.happened["an answer cut in the middle"];
      answer->body.resize(answer->body.size() / 2);
    }
    return answer;
  }

 private:
  template <class Answer>
  Result<http::Response> trouble(const char* what, Answer answer) {
    ++troubles_.happened[what];
    return answer;
  }

  http::Client& world_;
  Troubles& troubles_;
};

}  // namespace zifa::simulation
