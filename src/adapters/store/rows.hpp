// How rows become values and back: one place per table for the columns' order.
#pragma once

#include <memory>

#include "adapters/store/sql.hpp"
#include "app/ports/export_store.hpp"
#include "app/ports/import_store.hpp"
#include "app/ports/return_store.hpp"
#include "app/ports/secrets.hpp"
#include "app/ports/store.hpp"

namespace zifa::sql {

inline std::optional<Money> money_at(const Statement& s, int amount, int currency) {
  if (s.is_null(amount)) return std::nullopt;
  const auto parsed = Currency::parse(s.view(currency));
  return Money(s.integer(amount), parsed ? *parsed : Currency());
}

inline std::optional<std::int64_t> minor(const std::optional<Money>& money) { return money ? std::optional(money->minor()) : std::nullopt; }
inline std::string currency(const std::optional<Money>& money) { return money ? std::string(money->currency().code()) : ""; }

inline Size size_at(const Statement& s, int first) {
  return {Length::micrometres(s.integer(first)), Length::micrometres(s.integer(first + 1)), Length::micrometres(s.integer(first + 2))};
}

inline std::string ids_text(const std::vector<ParcelId>& ids) {
  std::string text;
  for (const ParcelId id : ids) text += (text.empty() ? "" : ",") + std::to_string(id.value());
  return text;
}

// "1,2,3" for IN (…); 0, which no row has, for none.
template <class Ids>
std::string id_list(const Ids& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : ",") + std::to_string(id.value());
  return text.empty() ? "0" : text;
}

// "a%" style patterns for LIKE with ESCAPE '!'.
std::string prefix_pattern(std::string_view text);
std::string anywhere_pattern(std::string_view text);

// The smallest text that is greater than every text beginning with `prefix`: for range scans on an index.
std::string after_prefix(std::string_view prefix);

std::unique_ptr<AccountStore> account_store(Connection& connection, const Secrets& secrets);
std::unique_ptr<OrderStore> order_store(Connection& connection, const Secrets& secrets);
std::unique_ptr<ParcelStore> parcel_store(Connection& connection);
std::unique_ptr<StockStore> stock_store(Connection& connection);
std::unique_ptr<SetupStore> setup_store(Connection& connection, const Secrets& secrets);
std::unique_ptr<WorkStore> work_store(Connection& connection);
std::unique_ptr<PeopleStore> people_store(Connection& connection);
std::unique_ptr<ReturnStore> return_store(Connection& connection);
std::unique_ptr<ImportStore> import_store(Connection& connection, const Secrets& secrets);
std::unique_ptr<ExportStore> export_store(Connection& connection);

Result<CheckReport> check_invariants(Connection& connection);

}  // namespace zifa::sql
