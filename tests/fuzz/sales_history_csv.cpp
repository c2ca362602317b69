// Any bytes as the CSV of `zifa forecast`: rows are read or refused, and whatever is read is forecast in order.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <sstream>

#include "base/check.hpp"
#include "cli/inputs/sales_history_csv.hpp"
#include "domain/forecast/forecast.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zifa;
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::istringstream in(text);
  const auto history = cli::read_sales_history(in, size % 2 == 0, [](std::size_t, const std::string&) {});
  if (!history) return 0;
  std::istringstream again(text);
  (void)cli::read_known_ahead(again, *history, [](std::size_t, const std::string&) {});
  std::vector<forecast::Series> series;
  for (const auto& line : history->series) series.push_back({line.values, 0});
  if (series.empty() || series.size() > 200) return 0;
  const forecast::Question question{.horizon = 10, .season = 2, .levels = {0.1, 0.5, 0.99}, .cumulative = true};
  const auto forecaster = forecast::Forecaster::learn(series, question);
  forecast::Pool::Scratch scratch;
  forecast::Answer answer;
  for (const auto& one : series) {
    forecaster.answer(one, {}, scratch, answer);
    for (std::size_t i = 0; i < answer.quantile.size(); ++i) {
      check(std::isfinite(answer.quantile[i]) && answer.quantile[i] >= 0 && (i % 3 == 0 || answer.quantile[i] >= answer.quantile[i - 1]), "quantiles rise");
      check(std::isfinite(answer.cumulative[i]) && (i < 3 || answer.cumulative[i] >= answer.cumulative[i - 3]), "sums do not fall");
    }
  }
  return 0;
}
