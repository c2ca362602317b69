// What `zifa serve` and `zifa demo` share: listening, workers, the first-start message, ending on a signal.
#pragma once

#include <memory>
#include <string>

#include "app/desk.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

// A database file that is gone when the command ends.
class TempFile {
 public:
  TempFile() = default;
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;
  ~TempFile();
  std::string make(Wiring& wiring);

 private:
  std::string folder_;
};

// Listens, prints the address on a line of its own, runs the workers, waits for the end. Exit code.
int serve_desk(Wiring& wiring, Desk& desk, const std::string& host, int port, std::string_view command);

int serve_demo(const Arguments& arguments, Wiring& wiring, DeskOptions options, std::unique_ptr<PlayedAmazon> played, std::unique_ptr<http::Client> http, std::unique_ptr<Clock> world_clock, std::string url, std::uint64_t seed,
               const std::string& clock, int port);

}  // namespace zifa::cli
