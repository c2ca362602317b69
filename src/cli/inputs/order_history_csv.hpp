// What happened to each order, read from a seller's CSV: the input of `zifa health`.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <vector>

#include "domain/health/health.hpp"

namespace zifa::cli {

struct OrderHistoryFile {
  std::vector<health::OrderFacts> orders;      // each order id once, in the order of first mention; its last good row wins
  std::vector<std::uint8_t> marketplace;       // of the same position: an index into `marketplaces`
  std::vector<std::string> marketplaces;       // codes, in the order of first mention
  unsigned told = 0;                           // health::Told, by the columns that are there
  std::size_t rows = 0;                        // good rows
  std::size_t refused = 0;
};

// Columns by their names in the first line, in any order; others are ignored. Rows that cannot be used are named to `refuse`
// (line, reason) and left out. Refuses `health.columns` when a needed column is missing or a name comes twice.
Result<OrderHistoryFile> read_order_history(std::istream& in, const std::function<void(std::size_t line, const std::string& reason)>& refuse);

}  // namespace zifa::cli
