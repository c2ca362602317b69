#include <algorithm>
#include <map>

#include "domain/stock/stock.hpp"

namespace zifa {

Allocation allocate(const std::vector<StockNeed>& needs, const std::vector<WarehouseId>& preference, const std::vector<StockItem>& stock) {
  std::map<ProductId, std::int64_t> wanted;
  for (const StockNeed& need : needs) wanted[need.product] += need.quantity;
  const auto available = [&](WarehouseId warehouse, ProductId product) {
    const auto found = std::find_if(stock.begin(), stock.end(), [&](const StockItem& s) { return s.warehouse == warehouse && s.product == product; });
    return found == stock.end() ? std::int64_t{0} : std::max<std::int64_t>(found->available(), 0);
  };
  WarehouseId best;
  std::int64_t least_short = -1;
  for (const WarehouseId warehouse : preference) {
    std::int64_t missing = 0;
    for (const auto& [product, quantity] : wanted) missing += std::max<std::int64_t>(quantity - available(warehouse, product), 0);
    if (least_short < 0 || missing < least_short) {
      least_short = missing;
      best = warehouse;
    }
    if (missing == 0) break;
  }
  Allocation answer;
  if (least_short == 0) {
    for (const StockNeed& need : needs)
      answer.reservations.push_back({.item = need.item, .warehouse = best, .product = need.product, .quantity = need.quantity});
    return answer;
  }
  std::map<ProductId, std::int64_t> left;
  for (const auto& [product, quantity] : wanted) left[product] = least_short < 0 ? 0 : available(best, product);
  for (const StockNeed& need : needs) {
    const std::int64_t from_here = std::min(left[need.product], need.quantity);
    left[need.product] -= from_here;
    if (from_here < need.quantity) answer.missing.push_back({need.item, need.product, need.quantity - from_here});
  }
  return answer;
}

}  // namespace zifa
