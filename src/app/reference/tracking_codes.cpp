#include "app/reference/tracking_codes.hpp"

#include <map>
#include <string>

#include "app/reference/reference_table.hpp"
#include "base/check.hpp"

namespace zifa {

namespace {

struct Codes {
  std::map<std::string, tracking::State, std::less<>> whole;
  std::map<std::string, tracking::State, std::less<>> beginnings;
};

std::map<std::string, Codes, std::less<>> read_codes() {
  std::map<std::string, Codes, std::less<>> readers;
  read_reference("data/tracking_codes.csv", {"reader", "code", "state", "meaning", "grade"}, [&](const std::vector<std::string_view>& row) {
    const auto state = tracking::state_named(row[2]);
    check(state.has_value(), "data/tracking_codes.csv names a state that does not exist: " + std::string(row[2]));
    Codes& codes = readers[std::string(row[0])];
    if (row[1].ends_with("*")) {
      codes.beginnings.emplace(row[1].substr(0, row[1].size() - 1), *state);
    } else {
      codes.whole.emplace(row[1], *state);
    }
  });
  return readers;
}

}  // namespace

tracking::State state_of_code(std::string_view reader, std::string_view code) {
  static const auto readers = read_codes();
  const auto codes = readers.find(reader);
  if (codes == readers.end() || code.empty()) return tracking::State::unknown;
  if (const auto whole = codes->second.whole.find(code); whole != codes->second.whole.end()) return whole->second;
  tracking::State best = tracking::State::unknown;
  std::size_t length = 0;
  for (const auto& [beginning, state] : codes->second.beginnings)
    if (code.starts_with(beginning) && beginning.size() >= length) {
      best = state;
      length = beginning.size();
    }
  return best;
}

}  // namespace zifa
