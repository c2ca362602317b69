#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <ostream>

#include "base/csv.hpp"
#include "base/text.hpp"
#include "cli/inputs/sales_history_csv.hpp"
#include "cli/wiring.hpp"
#include "domain/forecast/forecast.hpp"
#include "domain/forecast/known.hpp"

namespace zifa::cli {

namespace {

using zifa::forecast::Answer;
using zifa::forecast::Forecaster;
using zifa::forecast::KnownEffects;
using zifa::forecast::Pool;
using zifa::forecast::Question;
using zifa::forecast::Series;

Error usage(std::string message) { return invalid("usage", std::move(message)); }

struct Call {
  Question question;
  std::vector<std::string> names;   // of the levels, as typed
  std::vector<std::size_t> column;  // which of the rising levels each of them is
  bool season_named = false;
  bool gaps_are_zero = false;
};

Result<Call> read_call(const Arguments& arguments) {
  Call call;
  if (!arguments.has("--history")) return usage("name the file of what was sold: --history FILE.csv (- for standard input).");
  if (!arguments.has("--horizon")) return usage("say how many periods ahead: --horizon 4.");
  call.question.horizon = static_cast<int>(TRY(arguments.number("--horizon", 1, 1, Forecaster::kMostSteps)));
  call.season_named = arguments.has("--season");
  call.question.season = static_cast<std::size_t>(TRY(arguments.number("--season", 0, 0, 10'000)));
  call.question.cumulative = arguments.has("--cumulative");
  const std::string gaps = arguments.text("--gaps", "missing");
  if (gaps != "missing" && gaps != "zero") return usage("--gaps takes missing or zero, not \"" + printable(gaps, 40) + "\".");
  call.gaps_are_zero = gaps == "zero";

  const std::string list = arguments.text("--quantiles", "0.5,0.9,0.95,0.99");
  std::vector<double> typed;
  for (const std::string_view part : split(list, ',')) {
    const std::string_view text = trim(part);
    const auto level = to_scaled(text, 9);
    if (!level || *level <= 0 || *level >= 1'000'000'000 || text.find_first_of("+-") != text.npos)
      return usage("--quantiles takes levels between 0 and 1, separated by commas (0.5,0.9), not \"" + printable(text, 40) + "\".");
    typed.push_back(static_cast<double>(*level) / 1e9);
    call.names.emplace_back(text);
  }
  if (typed.size() > Pool::kMostLevels) return usage("--quantiles takes at most 100 levels.");
  std::vector<double>& levels = call.question.levels;
  levels = typed;
  std::sort(levels.begin(), levels.end());
  if (std::adjacent_find(levels.begin(), levels.end()) != levels.end()) return usage("--quantiles names a level twice.");
  for (const double level : typed) call.column.push_back(static_cast<std::size_t>(std::lower_bound(levels.begin(), levels.end(), level) - levels.begin()));
  return call;
}

std::size_t usual_season(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::day: return 7;
    case PeriodKind::week: return 52;
    case PeriodKind::month: return 12;
    case PeriodKind::number:
    case PeriodKind::none: break;
  }
  return 0;
}

// Plain decimals: four places, six below one; no exponent and no zeros at the end.
void append_number(std::string& out, double value) {
  char text[400];
  const int size = std::snprintf(text, sizeof text, value < 1 ? "%.6f" : "%.4f", value);
  std::string_view shown(text, static_cast<std::size_t>(size));
  while (shown.back() == '0') shown.remove_suffix(1);
  if (shown.back() == '.') shown.remove_suffix(1);
  out += shown;
}

Result<int> forecast_file(const Arguments& arguments, Wiring& wiring) {
  Call call = TRY(read_call(arguments));
  const auto open = [&](const std::string& path, std::ifstream& file) -> Result<std::istream*> {
    if (path == "-") return &wiring.in();
    file.open(path, std::ios::binary);
    if (!file) return usage("cannot read " + printable(path, 200) + "; check the path and its permissions.");
    return static_cast<std::istream*>(&file);
  };
  std::ifstream history_file, known_file;
  const std::string history_path = arguments.text("--history", ""), known_path = arguments.text("--known", "");
  if (history_path == "-" && known_path == "-") return usage("only one of --history and --known can be standard input.");
  std::istream* const in = TRY(open(history_path, history_file));
  SalesHistory history = TRY(read_sales_history(*in, call.gaps_are_zero, [&](std::size_t line, const std::string& reason) { wiring.err() << "line " << line << ": " << reason << "\n"; }));
  if (in->bad()) return usage("reading " + printable(history_path, 200) + " broke off; nothing is forecast.");
  std::size_t refused = history.refused;
  if (history.rows == 0) return usage("there is no row that can be used in " + printable(history_path, 200) + ".");

  // A series of which not one value is known cannot be forecast.
  std::erase_if(history.series, [&](const SalesHistory::Line& line) {
    if (std::any_of(line.values.begin(), line.values.end(), [](double v) { return !std::isnan(v); })) return false;
    wiring.err() << "series " << printable(line.name, 60) << ": no value is known; it is left out.\n";
    ++refused;
    return true;
  });

  const auto horizon = static_cast<std::size_t>(call.question.horizon);
  if (!call.season_named) call.question.season = usual_season(history.kind);
  const auto season = static_cast<std::int64_t>(call.question.season);
  std::vector<std::vector<double>> factors(history.series.size());
  if (!known_path.empty()) {
    std::istream* const known_in = TRY(open(known_path, known_file));
    const KnownAhead known = TRY(read_known_ahead(*known_in, history, [&](std::size_t line, const std::string& reason) { wiring.err() << "known, line " << line << ": " << reason << "\n"; }));
    refused += known.refused;
    const std::size_t things = known.things.size();
    std::vector<std::vector<double>> rows(history.series.size());
    std::vector<Series> plain;
    for (std::size_t i = 0; i < history.series.size(); ++i) {
      const SalesHistory::Line& line = history.series[i];
      plain.push_back({line.values, 0});
      rows[i].assign((line.values.size() + horizon) * things, 0.0);
      for (const std::size_t source : {std::size_t{0}, i + 1})
        for (std::size_t t = 0; t < line.values.size() + horizon && !known.rows[source].empty(); ++t) {
          const auto found = known.rows[source].find(line.last - static_cast<std::int64_t>(line.values.size()) + 1 + static_cast<std::int64_t>(t));
          if (found != known.rows[source].end()) std::copy(found->second.begin(), found->second.end(), rows[i].begin() + static_cast<std::ptrdiff_t>(t * things));
        }
    }
    const KnownEffects effects = KnownEffects::learn(plain, rows, things);
    for (std::size_t i = 0; i < history.series.size(); ++i) {
      effects.factors(i, rows[i], factors[i]);
      std::vector<double>& values = history.series[i].values;
      for (std::size_t t = 0; t < values.size(); ++t) values[t] /= factors[i][t];
      factors[i].erase(factors[i].begin(), factors[i].begin() + static_cast<std::ptrdiff_t>(values.size()));
    }
  }

  std::vector<Series> series;
  for (const SalesHistory::Line& line : history.series) {
    const std::int64_t first = line.last - static_cast<std::int64_t>(line.values.size()) + 1;
    series.push_back({line.values, season > 1 ? static_cast<std::size_t>((first % season + season) % season) : 0});
  }
  if (call.season_named && season > 1 && zifa::forecast::usable_season(series, call.question.season) == 0)
    wiring.err() << "A season of " << season << " is longer than half of every history; it is ignored.\n";

  std::ofstream file;
  std::ostream* out = &wiring.out();
  if (const auto target = arguments.get("--out")) {
    file.open(std::string(*target), std::ios::binary | std::ios::trunc);
    if (!file) return usage("cannot write " + printable(*target, 200) + "; check the folder and its permissions.");
    out = &file;
  }
  const Forecaster forecaster = Forecaster::learn(series, call.question);
  std::string text = "series,step,mean";
  for (const std::string& name : call.names) text += ",q" + name;
  if (call.question.cumulative)
    for (const std::string& name : call.names) text += ",cum_q" + name;
  text += "\n";
  Pool::Scratch scratch;
  Answer answer;
  const std::size_t width = call.names.size();
  for (std::size_t i = 0; i < series.size(); ++i) {
    forecaster.answer(series[i], factors[i], scratch, answer);
    const std::string name = csv_field(history.series[i].name);
    for (std::size_t step = 0; step < horizon; ++step) {
      text += name + "," + std::to_string(step + 1) + ",";
      append_number(text, answer.mean[step]);
      for (const std::size_t column : call.column) text += ",", append_number(text, answer.quantile[step * width + column]);
      if (call.question.cumulative)
        for (const std::size_t column : call.column) text += ",", append_number(text, answer.cumulative[step * width + column]);
      text += "\n";
    }
    if (text.size() > 1 << 16) {
      *out << text;
      text.clear();
    }
  }
  *out << text << std::flush;
  if (!*out) return usage("writing the answer broke off; is the disk full?");
  if (refused > 0) wiring.err() << refused << " rows or series refused; the others are forecast.\n";
  return refused > 0 ? kRefused : kDone;
}

}  // namespace

extern const Command forecast;
const Command forecast{
    .name = "forecast",
    .summary = "Forecast demand from what was sold: the expected units of each coming period and the units enough with a given certainty.",
    .details =
        "History columns, by name in the first line (others are ignored): series,period,value. A period is a day (YYYY-MM-DD), a week's\n"
        "first day, a month (YYYY-MM) or a whole number, one kind in a file. A period without a row, or with an empty value, is not known\n"
        "(out of stock, not on offer) and is not taken for a zero; with --gaps zero it is. Steps count from each series' own last period,\n"
        "with --gaps zero from the last period of the file. A series is told from what like series teach as far as it is short itself.\n\n"
        "--known: columns period and any number of numeric ones (promotion 0/1, holiday, price), for past and coming periods; with a\n"
        "column series a row speaks for that series, without a name for all. What a row leaves open counts as 0.\n\n"
        "The answer is CSV: series,step,mean,q0.5,... (mean = expected demand of that step); with --cumulative also cum_q0.5,...: demand\n"
        "summed over steps 1 to this one. The same input gives the same answer.\n\n"
        "Exit codes: 0 done; 1 some rows or series refused, each named on standard error; 2 wrong call or unreadable input.",
    .options =
        {
            {"--history", "FILE", "What was sold, as CSV; - reads standard input."},
            {"--horizon", "H", "How many periods ahead, 1 to 1000."},
            {"--season", "N", "Periods of one season; 0 = none. Left out: 7 for days, 52 for weeks, 12 for months, none for numbers. Longer than half the history, it is ignored."},
            {"--quantiles", "LIST", "Levels between 0 and 1, separated by commas (default 0.5,0.9,0.95,0.99)."},
            {"--known", "FILE", "What is known of past and coming periods, as CSV: promotions, holidays, prices."},
            {"--cumulative", "", "Add quantiles of the demand summed over the steps so far, as reordering needs them."},
            {"--gaps", "WHICH", "missing (default), or zero: periods without a row are known to have sold nothing."},
            {"--out", "FILE", "Write the answer there instead of standard output."},
        },
    .run =
        [](const Arguments& arguments, Wiring& wiring) {
          const auto code = forecast_file(arguments, wiring);
          if (code) return *code;
          wiring.err() << "zifa forecast: " << code.error().message << "\n";
          return kUsage;
        },
};

}  // namespace zifa::cli
