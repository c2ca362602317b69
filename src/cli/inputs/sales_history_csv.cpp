#include "cli/inputs/sales_history_csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <tuple>

#include "base/csv.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace zifa::cli {

namespace {

constexpr double kMostValue = 1e12;
constexpr double kLeastValue = 1e-6;  // less than that was not sold
constexpr std::int64_t kMostPeriod = 1'000'000'000;
constexpr std::size_t kMostThings = 50;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

struct Period {
  PeriodKind kind = PeriodKind::none;
  std::int64_t at = 0;
};

Result<Period> read_period(std::string_view text) {
  const auto bad = [&] { return invalid("forecast.bad_period", "period \"" + printable(text, 40) + "\" is not a day YYYY-MM-DD, a month YYYY-MM or a whole number."); };
  if (text.empty()) return invalid("forecast.bad_period", "period is empty.");
  if (const auto number = to_int(text)) {
    if (*number < -kMostPeriod || *number > kMostPeriod) return invalid("forecast.bad_period", "period \"" + printable(text, 40) + "\" is beyond a thousand million.");
    return Period{PeriodKind::number, *number};
  }
  if (text.size() == 7 && text[4] == '-') {
    const auto year = to_int(text.substr(0, 4)), month = to_int(text.substr(5));
    if (!year || !month || *year < 1 || *month < 1 || *month > 12 || text[5] == '+' || text[0] == '+') return bad();
    return Period{PeriodKind::month, *year * 12 + *month - 1};
  }
  const auto day = Day::parse(text);
  if (!day) return bad();
  return Period{PeriodKind::day, day->number()};
}

std::string period_text(PeriodKind kind, std::int64_t at) {
  if (kind == PeriodKind::number) return std::to_string(at);
  if (kind == PeriodKind::month) {
    std::string year = std::to_string(at / 12), month = std::to_string(at % 12 + 1);
    while (year.size() < 4) year.insert(year.begin(), '0');
    return year + (month.size() < 2 ? "-0" : "-") + month;
  }
  return Day::from_number(static_cast<std::int32_t>(at)).iso();
}

// Digits with at most one point; nothing else, so that no "nan", "inf" or 0x10 slips through.
Result<double> read_number(std::string_view name, std::string_view text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem == std::errc::result_out_of_range) return invalid("forecast.bad_value", std::string(name) + " \"" + printable(text, 40) + "\" is too large or too small a number.");
  if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return invalid("forecast.bad_value", std::string(name) + " \"" + printable(text, 40) + "\" is not a number; write it like 12 or 12.5.");
  if (std::abs(value) > kMostValue) return invalid("forecast.bad_value", std::string(name) + " \"" + printable(text, 40) + "\" is above a million million.");
  return value;
}

Result<Done> is_text(const std::vector<std::string_view>& fields) {
  for (const std::string_view field : fields)
    if (!is_utf8(field)) return invalid("forecast.bad_row", "is not UTF-8 text; save the file as CSV UTF-8.");
  return done;
}

struct Point {
  std::uint32_t series;
  std::uint32_t order;  // of the row, for the message about a double
  std::int64_t at;
  double value;
};

}  // namespace

std::string_view name_of(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::day: return "days";
    case PeriodKind::week: return "weeks";
    case PeriodKind::month: return "months";
    case PeriodKind::number: return "numbers";
    case PeriodKind::none: break;
  }
  return "nothing";
}

Result<SalesHistory> read_sales_history(std::istream& in, bool gaps_are_zero, const RefuseRow& refuse) {
  SalesHistory history;
  CsvReader csv(in, {});
  if (csv.next() != CsvReader::Step::row) return invalid("forecast.columns", "The file is empty; its first line must name the columns series,period,value.");
  std::size_t series_at = kNone, period_at = kNone, value_at = kNone;
  for (std::size_t i = 0; i < csv.fields().size(); ++i) {
    const std::string name = lower(trim(csv.fields()[i]));
    std::size_t* const at = name == "series" ? &series_at : name == "period" ? &period_at : name == "value" ? &value_at : nullptr;
    if (!at) continue;
    if (*at != kNone) return invalid("forecast.columns", "The column " + name + " comes twice in the first line; keep one of them.");
    *at = i;
  }
  if (series_at == kNone || period_at == kNone || value_at == kNone)
    return invalid("forecast.columns", "The first line must name the columns series,period,value, separated by commas.");

  std::unordered_map<std::string, std::uint32_t> names;
  std::string name;
  std::vector<Point> points;
  std::vector<std::size_t> lines;
  const auto no = [&](const std::string& reason) {
    ++history.refused;
    refuse(csv.line(), reason);
  };
  for (auto step = csv.next(); step != CsvReader::Step::end; step = csv.next()) {
    if (step == CsvReader::Step::bad_row) { no(csv.problem()); continue; }
    const auto& fields = csv.fields();
    if (const auto text = is_text(fields); !text) { no(text.error().message); continue; }
    if (fields.size() <= std::max({series_at, period_at, value_at})) { no("has too few fields; series, period and value are needed."); continue; }
    name = trim(fields[series_at]);
    if (name.empty()) { no("series is empty."); continue; }
    const auto period = read_period(trim(fields[period_at]));
    if (!period) { no(period.error().message); continue; }
    if (history.kind == PeriodKind::none) history.kind = period->kind;
    if (period->kind != history.kind) {
      no("period \"" + printable(trim(fields[period_at]), 40) + "\" is of another kind than the first one of the file (" + std::string(name_of(history.kind)) + "); use one kind.");
      continue;
    }
    double value = std::numeric_limits<double>::quiet_NaN();
    if (const auto text = trim(fields[value_at]); !text.empty()) {
      const auto number = read_number("value", text);
      if (!number) { no(number.error().message); continue; }
      if (*number < 0) { no("value \"" + printable(text, 40) + "\" is negative; count returns apart."); continue; }
      value = *number < kLeastValue ? 0 : *number;
    }
    const auto found = names.try_emplace(name, static_cast<std::uint32_t>(names.size()));
    if (found.second) history.series.push_back({name, 0, {}});
    points.push_back({found.first->second, static_cast<std::uint32_t>(lines.size()), period->at, value});
    lines.push_back(csv.line());
  }

  std::sort(points.begin(), points.end(), [](const Point& a, const Point& b) { return std::tie(a.series, a.at, a.order) < std::tie(b.series, b.at, b.order); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (kept > 0 && points[kept - 1].series == points[i].series && points[kept - 1].at == points[i].at) {
      ++history.refused;
      refuse(lines[points[i].order], "period " + period_text(history.kind, points[i].at) + " of series " + printable(history.series[points[i].series].name, 60) + " came before, on line " +
                                         std::to_string(lines[points[kept - 1].order]) + "; the first counts.");
      continue;
    }
    points[kept++] = points[i];
  }
  points.resize(kept);
  history.rows = kept;

  // Days that all fall on one weekday are weeks.
  std::int64_t step = 1, latest = std::numeric_limits<std::int64_t>::min();
  if (history.kind == PeriodKind::day && !points.empty()) {
    bool weeks = true, several = false;
    for (const Point& point : points) {
      weeks = weeks && (point.at - points[0].at) % 7 == 0;
      several = several || point.at != points[0].at;
    }
    if (weeks && several) {
      history.kind = PeriodKind::week;
      step = 7;
    }
  }
  const auto position = [&](std::int64_t at) { return step == 1 ? at : (at - ((at % 7) + 7) % 7) / 7; };
  for (Point& point : points) latest = std::max(latest, point.at = position(point.at));
  for (std::size_t from = 0; from < points.size();) {
    std::size_t to = from;
    while (to < points.size() && points[to].series == points[from].series) ++to;
    SalesHistory::Line& line = history.series[points[from].series];
    line.last = gaps_are_zero ? latest : points[to - 1].at;
    const std::int64_t first = std::max(points[from].at, line.last - static_cast<std::int64_t>(SalesHistory::kMostPeriods) + 1);
    line.values.assign(static_cast<std::size_t>(line.last - first + 1), gaps_are_zero ? 0.0 : std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = from; i < to; ++i)
      if (points[i].at >= first) line.values[static_cast<std::size_t>(points[i].at - first)] = points[i].value;
    from = to;
  }
  return history;
}

Result<KnownAhead> read_known_ahead(std::istream& in, const SalesHistory& history, const RefuseRow& refuse) {
  KnownAhead known;
  CsvReader csv(in, {});
  if (csv.next() != CsvReader::Step::row) return invalid("forecast.columns", "The file of what is known is empty; its first line must name period and what is known.");
  std::size_t series_at = kNone, period_at = kNone;
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < csv.fields().size(); ++i) {
    const std::string name = lower(trim(csv.fields()[i]));
    if (name == "series") series_at = i;
    else if (name == "period") period_at = i;
    else if (!name.empty()) known.things.push_back(printable(name, 60)), at.push_back(i);
  }
  if (period_at == kNone || at.empty() || at.size() > kMostThings)
    return invalid("forecast.columns", "The first line of the file of what is known must name period and one to fifty columns of numbers (promotion, holiday, price).");
  std::unordered_map<std::string_view, std::size_t> names;
  for (std::size_t i = 0; i < history.series.size(); ++i) names.emplace(history.series[i].name, i + 1);
  known.rows.resize(history.series.size() + 1);
  const auto no = [&](const std::string& reason) {
    ++known.refused;
    refuse(csv.line(), reason);
  };
  for (auto step = csv.next(); step != CsvReader::Step::end; step = csv.next()) {
    if (step == CsvReader::Step::bad_row) { no(csv.problem()); continue; }
    const auto& fields = csv.fields();
    if (const auto text = is_text(fields); !text) { no(text.error().message); continue; }
    const auto field = [&](std::size_t i) { return i < fields.size() ? trim(fields[i]) : std::string_view(); };
    auto period = read_period(field(period_at));
    if (!period) { no(period.error().message); continue; }
    const PeriodKind kind = history.kind == PeriodKind::week ? PeriodKind::day : history.kind;
    if (period->kind != kind) { no("period \"" + printable(field(period_at), 40) + "\" is of another kind than those of the history."); continue; }
    if (history.kind == PeriodKind::week) period->at = (period->at - ((period->at % 7) + 7) % 7) / 7;
    std::size_t series = 0;
    if (const auto name = series_at == kNone ? std::string_view() : field(series_at); !name.empty()) {
      const auto found = names.find(name);
      if (found == names.end()) { no("series " + printable(name, 60) + " is not in the history."); continue; }
      series = found->second;
    }
    std::vector<double> numbers;
    std::string problem;
    for (std::size_t k = 0; k < at.size() && problem.empty(); ++k) {
      if (field(at[k]).empty()) { numbers.push_back(0); continue; }
      const auto number = read_number(known.things[k], field(at[k]));
      if (number) numbers.push_back(*number);
      else problem = number.error().message;
    }
    if (!problem.empty()) { no(problem); continue; }
    if (!known.rows[series].emplace(period->at, std::move(numbers)).second) no("period \"" + printable(field(period_at), 40) + "\" came before for the same series; the first counts.");
  }
  return known;
}

}  // namespace zifa::cli
