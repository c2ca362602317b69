#include "cli/wiring.hpp"

#include <fstream>
#include <ostream>

#include "app/desk.hpp"

namespace zifa::cli {

namespace {
Error none() { return refused("wiring.none", "Not available here."); }
}  // namespace

Result<Done> Wiring::restore_database(const std::string&, const std::string&) { return none(); }
Result<std::unique_ptr<Desk>> Wiring::open_desk(const DeskOptions&) { return none(); }
Result<std::unique_ptr<PlayedAmazon>> Wiring::play_amazon(const PlayOptions&) { return none(); }
Result<std::unique_ptr<Listening>> Wiring::listen(const std::string&, int, http::Handler, Desk*) { return none(); }
std::unique_ptr<http::Client> Wiring::http_client() { return nullptr; }
std::unique_ptr<http::Client> Wiring::client_of(http::Handler) { return nullptr; }
http::Handler Wiring::screens(Desk&, const std::string&) {
  return [](const http::Request&) { return http::Response::text(503, "Not available here.\n"); };
}
std::unique_ptr<Clock> Wiring::faster_clock(int) { return nullptr; }

Result<std::unique_ptr<std::istream>> Wiring::open_file(const std::string& path) {
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file || file->peek() == std::ifstream::traits_type::eof()) {
    if (!*file && !file->eof()) return not_found("file.cannot_open", "The file " + path + " cannot be opened; check its name and permissions.");
    file->clear();
  }
  return std::unique_ptr<std::istream>(std::move(file));
}

std::string database_of(const Arguments& arguments, Wiring& wiring) {
  if (const auto named = arguments.get("--db")) return std::string(*named);
  const std::string from_environment = wiring.environment("ZIFA_DB");
  return from_environment.empty() ? "zifa.db" : from_environment;
}

int failed(Wiring& wiring, std::string_view command, const Error& error) {
  wiring.err() << "zifa " << command << ": " << error.message << "\n";
  return kUsage;
}

}  // namespace zifa::cli
