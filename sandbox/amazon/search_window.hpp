// The time window of an order search, as both versions of the Orders API check it. Included in .cpp files only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/amazon/call.hpp"

namespace zifa::sandbox {

struct WindowNames {
  std::string_view created_after, created_before, updated_after, updated_before;
};

struct SearchWindow {
  bool by_created = false;
  Instant after, before;
};

// An instant with offset, or a day (its first moment, UTC).
std::optional<Instant> parse_time(std::string_view text);

// Refusals carry Amazon's way of speaking. Searches see up to two minutes before now.
std::optional<http::Response> read_window(const Call& call, const WindowNames& names, SearchWindow& window);

// The orders of the window that `wanted` accepts, oldest first, from behind `position`. `more`: there are further ones.
struct Found {
  std::vector<const Order*> orders;
  std::string position;  // behind the last of them
  bool more = false;
};
Found find_orders(const Call& call, const SearchWindow& window, std::string_view position, std::size_t most, const std::function<bool(const Order&)>& wanted);

}  // namespace zifa::sandbox
