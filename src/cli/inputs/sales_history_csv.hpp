// What was sold of each thing in each period, and what is known of coming periods: the inputs of `zifa forecast`.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"

namespace zifa::cli {

enum class PeriodKind { none, day, week, month, number };
std::string_view name_of(PeriodKind kind);

struct SalesHistory {
  static constexpr std::size_t kMostPeriods = 3'000;  // of one series; older ones are left out

  struct Line {
    std::string name;
    std::int64_t last = 0;         // the period of the last value
    std::vector<double> values;    // oldest first, one a period; NaN = not known
  };
  std::vector<Line> series;        // in the order of first mention
  PeriodKind kind = PeriodKind::none;
  std::size_t rows = 0;
  std::size_t refused = 0;
};

using RefuseRow = std::function<void(std::size_t line, const std::string& reason)>;

// Columns series,period,value by their names in the first line; others are ignored. A period is a day (YYYY-MM-DD), a month
// (YYYY-MM) or a whole number, all of one kind; days that all fall on one weekday are weeks. An empty value = not known.
// `gaps_are_zero`: periods without a row count as 0, up to the last period of the file; else they are not known and each series
// ends with its own last row. Rows that cannot be used are named and left out. Refuses `forecast.columns`.
Result<SalesHistory> read_sales_history(std::istream& in, bool gaps_are_zero, const RefuseRow& refuse);

// Columns period and any number of numeric ones; with a column series, a row with a name speaks for that series only and one
// without for all.
struct KnownAhead {
  std::vector<std::string> things;
  // [series index + 1, 0 = all] -> period -> one number per thing
  std::vector<std::unordered_map<std::int64_t, std::vector<double>>> rows;
  std::size_t refused = 0;
};
Result<KnownAhead> read_known_ahead(std::istream& in, const SalesHistory& history, const RefuseRow& refuse);

}  // namespace zifa::cli
