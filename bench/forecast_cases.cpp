#include "forecast_cases.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>
#include <memory>
#include <sstream>

#include "base/csv.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace zifa::bench {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

std::string unpacked(const std::string& path) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(("zstd -dcq '" + path + "' 2>/dev/null").c_str(), "r"), pclose);
  std::string text(1 << 16, '\0'), all;
  while (const std::size_t got = fread(text.data(), 1, text.size(), pipe.get())) all.append(text, 0, got);
  return all;
}

double number(std::string_view text) { return trim(text).empty() ? kUnknown : std::stod(std::string(text)); }

std::vector<std::vector<double>> wide(const std::string& path) {
  std::istringstream in(unpacked(path));
  CsvReader csv(in, {});
  std::vector<std::vector<double>> rows;
  for (bool header = true; csv.next() == CsvReader::Step::row; header = false) {
    if (header) continue;
    auto& row = rows.emplace_back();
    for (std::size_t i = 1; i < csv.fields().size(); ++i) row.push_back(number(csv.fields()[i]));
  }
  return rows;
}

// Days to columns; a day that is not in the file is `absent`.
std::vector<std::vector<double>> by_day(const std::string& path, std::size_t name_at, std::size_t day_at, std::size_t units_at, double absent, bool weeks) {
  std::istringstream in(unpacked(path));
  CsvReader csv(in, {});
  std::map<std::string, std::map<int, double>> units;
  int first = std::numeric_limits<int>::max(), last = 0;
  for (bool header = true; csv.next() == CsvReader::Step::row; header = false) {
    if (header) continue;
    const int day = Day::parse(csv.fields()[day_at]).value().number();
    const int at = weeks ? (day + 3) / 7 : day;  // weeks begin on Monday
    first = std::min(first, at);
    last = std::max(last, at);
    units[std::string(csv.fields()[name_at])][at] += number(csv.fields()[units_at]);
  }
  if (weeks) ++first, --last;  // the broken weeks at both ends
  std::vector<std::vector<double>> rows;
  for (const auto& [name, days] : units) {
    auto& row = rows.emplace_back(static_cast<std::size_t>(last - first + 1), absent);
    bool sold = false;
    for (int at = first; at <= last; ++at) {
      const auto found = days.find(at);
      double& value = row[static_cast<std::size_t>(at - first)];
      if (found != days.end()) value = found->second;
      sold = sold || value > 0 || found != days.end();
      if (weeks && !sold) value = kUnknown;  // not on offer before its first sale
    }
  }
  return rows;
}

}  // namespace

std::vector<DemandSet> demand_sets(const std::string& folder) {
  std::vector<DemandSet> sets;
  sets.push_back({"carparts", 3, 12, 12, wide(folder + "/demand-intermittent/carparts_monthly.csv.zst")});
  sets.push_back({"weekly retail", 4, 0, 12, by_day(folder + "/uci-online-retail/daily_units_by_sku.csv.zst", 0, 1, 2, 0, true)});
  sets.push_back({"RAF", 3, 12, 12, wide(folder + "/demand-intermittent/raf_spare_parts_monthly.csv.zst")});
  sets.push_back({"Auto", 3, 0, 6, wide(folder + "/demand-intermittent/auto_spare_parts_monthly.csv.zst")});
  sets.push_back({"pasta daily", 7, 7, 84, by_day(folder + "/demand-pasta-daily/pasta_daily.csv.zst", 1, 0, 2, kUnknown, false)});
  for (const DemandSet& set : sets)
    if (set.series.empty()) return {};
  return sets;
}

}  // namespace zifa::bench
