// What one currency is worth in another, to compare offers. Never used to change an amount that is paid.
#pragma once

#include <map>
#include <optional>

#include "base/money.hpp"
#include "base/time.hpp"

namespace zifa::rating {

class ExchangeRates {
 public:
  // One unit of the base currency (EUR in the ECB's table) is `millionths` / 1 000 000 of `currency`. Later calls replace.
  void set(Currency currency, std::int64_t millionths);
  void set_day(Day day) { day_ = day; }
  std::optional<Day> day() const { return day_; }
  bool empty() const { return rates_.empty(); }
  bool knows(Currency currency) const { return rates_.contains(currency); }

  // Rounded half up in the target's minor unit. Refuses `money.no_rate` for a currency without a rate, `money.overflow`.
  Result<Money> convert(const Money& amount, Currency to) const;
  // Millionths of the currency for one unit of the base currency; nothing without a rate.
  std::optional<std::int64_t> rate_of(Currency currency) const;

 private:
  std::map<Currency, std::int64_t> rates_;
  std::optional<Day> day_;
};

}  // namespace zifa::rating
