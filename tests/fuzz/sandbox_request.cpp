// Any request line, headers and body at the sandbox's door: it answers, whatever comes.
#include <cstdint>
#include <string>

#include "sandbox/sandbox.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zifa;
  static sandbox::Sandbox world = [] {
    sandbox::Options options;
    options.clock = sandbox::ClockMode::manual;
    options.start = Instant::from_ms(1'772'470'800'000);
    options.machine_now = [] { return Instant::from_ms(1'772'470'800'000); };
    return sandbox::Sandbox(options);
  }();
  static const std::string token = [] {
    const std::string line = world.ready_line();
    const auto field = [&](const std::string& name) {
      const std::size_t at = line.find("\"" + name + "\":\"") + name.size() + 4;
      return line.substr(at, line.find('"', at) - at);
    };
    const std::string body = R"({"grant_type":"refresh_token","refresh_token":")" + field("refresh_token") + R"(","client_id":")" + field("client_id") + R"(","client_secret":")" + field("client_secret") + R"("})";
    const http::Response granted = world.handle({.method = "POST", .target = "/auth/o2/token", .headers = {{"Content-Type", "application/json"}}, .body = body, .remote = ""});
    const std::size_t at = granted.body.find("Atza|");
    return granted.body.substr(at, granted.body.find('"', at) - at);
  }();
  // First line: method and target; the rest is the body.
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n'), space = text.find(' ');
  if (space == std::string::npos || line == std::string::npos || space > line) return 0;
  (void)world.handle({.method = "POST", .target = "/_sandbox/quotas", .headers = {}, .body = R"({"mode":"off"})", .remote = ""});
  (void)world.handle({.method = text.substr(0, space), .target = text.substr(space + 1, line - space - 1), .headers = {{"x-amz-access-token", token}, {"17token", "k"}}, .body = text.substr(line + 1), .remote = ""});
  return 0;
}
