#include "cli/wiring.hpp"

#include <fstream>
#include <ostream>

namespace zifa::cli {

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
