// What main.cpp hands to the commands: streams, and ways to open everything that is not the command's own business.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/http.hpp"
#include "base/time.hpp"
#include "cli/command.hpp"

namespace zifa {
class Clock;
class Desk;
namespace http {
class Client;
}
}  // namespace zifa

namespace zifa::cli {

// How a desk is opened.
struct DeskOptions {
  std::string db;                      // path of a SQLite file, or postgresql://…
  Clock* clock = nullptr;              // nothing = the machine's
  http::Client* http = nullptr;        // nothing = real connections
  std::optional<std::uint64_t> seed;   // chance that repeats, for simulations
  bool must_exist = false;             // a missing SQLite file is an error instead of a new desk
  bool never_wait = false;             // a call that would have to wait for its quota is given up at once: the caller moves the clock
};

struct PlayOptions {
  std::uint64_t seed = 1;
  std::string clock = "real";  // real, manual, xN
  std::optional<Instant> start;
  int orders_per_day = 0;
  bool is_static = false;
};

// Amazon, played by the built-in sandbox.
class PlayedAmazon {
 public:
  virtual ~PlayedAmazon() = default;
  virtual http::Handler handler() = 0;
  virtual Instant now() = 0;
  virtual void advance_to(Instant to) = 0;
  virtual std::string ready_line() = 0;
  virtual void set_url(std::string url) = 0;
  // A clock that shows the played world's time; waiting on it lets the played time pass.
  virtual Clock& clock() = 0;
  // While on, waiting on that clock passes the played time at once: the past is made without sitting through it.
  virtual void hurry(bool on) = 0;
};

// A server that listens until it is let go.
class Listening {
 public:
  virtual ~Listening() = default;
  virtual int port() = 0;
  virtual void stop() = 0;
};

class Wiring {
 public:
  virtual ~Wiring() = default;
  virtual std::istream& in() = 0;
  virtual std::ostream& out() = 0;  // results only
  virtual std::ostream& err() = 0;  // messages and progress
  // The present moment; nothing without a clock.
  virtual std::optional<Instant> now() { return std::nullopt; }
  // A question that is answered with no once that many milliseconds have passed. Without a clock: never.
  virtual std::function<bool()> time_limit(std::int64_t /*ms*/) {
    return [] { return true; };
  }
  // The value of an environment variable, "" if it is not set.
  virtual std::string environment(const std::string& /*name*/) { return {}; }
  // Asks a person at the terminal without showing what is typed; nothing where nobody can be asked.
  virtual std::optional<std::string> ask_secret(const std::string& /*question*/) { return std::nullopt; }
  virtual Result<std::unique_ptr<std::istream>> open_file(const std::string& path);
  virtual Result<Done> restore_database(const std::string& backup, const std::string& db);

  virtual Result<std::unique_ptr<Desk>> open_desk(const DeskOptions& options);
  virtual Result<std::unique_ptr<PlayedAmazon>> play_amazon(const PlayOptions& options);
  virtual Result<std::unique_ptr<Listening>> listen(const std::string& host, int port, http::Handler handler, Desk* live);
  virtual std::unique_ptr<http::Client> http_client();
  // Speaks to a handler in this process instead of over a socket.
  virtual std::unique_ptr<http::Client> client_of(http::Handler handler);
  // A clock that runs N times as fast as the machine's, from now.
  virtual std::unique_ptr<Clock> faster_clock(int speed);
  // Blocks until the program is told to end (SIGTERM, SIGINT).
  // The REST API and the screens of a desk. `setup_code` is asked for when the first user is made.
  virtual http::Handler screens(Desk& desk, const std::string& setup_code);
  virtual void wait_for_stop() {}
  virtual bool stop_requested() { return false; }
};

// The database named by --db, else by ZIFA_DB, else zifa.db in the present folder.
std::string database_of(const Arguments& arguments, Wiring& wiring);

// Prints the error as a command does, and gives its exit code.
int failed(Wiring& wiring, std::string_view command, const Error& error);

}  // namespace zifa::cli
