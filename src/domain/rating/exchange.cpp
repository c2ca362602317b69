#include "domain/rating/exchange.hpp"

#include "domain/rating/exact.hpp"

namespace zifa::rating {

namespace {

Wide ten_to(int n) {
  Wide x = 1;
  for (int i = 0; i < n; ++i) x *= 10;
  return x;
}

constexpr Wide kMost = INT64_MAX;

}  // namespace

void ExchangeRates::set(Currency currency, std::int64_t millionths) {
  if (millionths > 0) rates_[currency] = millionths;
}

Result<Money> ExchangeRates::convert(const Money& amount, Currency to) const {
  if (amount.currency() == to) return amount;
  const auto from_rate = rates_.find(amount.currency());
  const auto to_rate = rates_.find(to);
  if (from_rate == rates_.end() || to_rate == rates_.end())
    return refused("money.no_rate", "No exchange rate is known from " + std::string(amount.currency().code()) + " to " + std::string(to.code()) + "; add it to the exchange rates.");
  const Wide part = Wide(amount.minor()) * to_rate->second * ten_to(to.decimals());
  const Wide whole = Wide(from_rate->second) * ten_to(amount.currency().decimals());
  const Wide minor = half_up(part, whole);
  if (minor > kMost || minor < -kMost) return refused("money.overflow", amount.text() + " is too large an amount to convert.");
  return Money(static_cast<std::int64_t>(minor), to);
}

std::optional<std::int64_t> ExchangeRates::rate_of(Currency currency) const {
  const auto rate = rates_.find(currency);
  if (rate == rates_.end()) return std::nullopt;
  return rate->second;
}

}  // namespace zifa::rating
