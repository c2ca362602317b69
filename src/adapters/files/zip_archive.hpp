// The parts of a ZIP archive, read one after the other, with bounds on what they may unpack to.
#pragma once

#include <istream>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace zifa {

class ZipArchive {
 public:
  // A part may unpack to 64 MB at most, or to 300 times its packed size where that is more, but never beyond 4 GB.
  static constexpr std::uint64_t kAlwaysAllowed = 64ULL << 20;
  static constexpr std::uint64_t kMostExpansion = 300;
  static constexpr std::uint64_t kMostBytes = 4ULL << 30;

  // The stream must allow seeking. Refuses `file.damaged_workbook`.
  static Result<std::unique_ptr<ZipArchive>> open(std::unique_ptr<std::istream> in);
  ~ZipArchive();

  // Starts reading a part; false if there is none of that name (case does not matter). Refuses `file.encrypted`.
  Result<bool> start(const std::string& name);
  // The next bytes of the part, 0 at its end, where its checksum is compared. Refuses `file.damaged_workbook`, `file.too_large`.
  Result<std::size_t> read(char* to, std::size_t room);
  // A whole small part; "" if there is none. Refuses `file.too_large` beyond `most`.
  Result<std::string> whole(const std::string& name, std::size_t most);

 private:
  explicit ZipArchive(std::unique_ptr<std::istream> in) : in_(std::move(in)) {}
  void stop();

  std::unique_ptr<std::istream> in_;
  void* zip_ = nullptr;
  bool reading_ = false;
  std::uint64_t packed_ = 0;
  std::uint64_t unpacked_ = 0;
  std::string name_;
};

}  // namespace zifa
