// Identifiers that do not pass for one another: a shipment id is not an order id.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace zifa {

template <class Tag, class Rep = std::int64_t>
class Id {
 public:
  Id() = default;
  explicit Id(Rep value) : value_(std::move(value)) {}
  const Rep& value() const { return value_; }
  auto operator<=>(const Id&) const = default;
  bool operator==(const Id&) const = default;

 private:
  Rep value_{};
};

}  // namespace zifa

template <class Tag, class Rep>
struct std::hash<zifa::Id<Tag, Rep>> {
  std::size_t operator()(const zifa::Id<Tag, Rep>& id) const { return std::hash<Rep>{}(id.value()); }
};
