// The demo shop's people: they pick, print, pack, weigh and hand over, through the very use cases the screens call.
#pragma once

#include <functional>

#include "app/desk.hpp"

namespace zifa::cli {

struct ShiftResult {
  std::int64_t packed = 0, handed_over = 0, label_pages = 0, refused = 0;
};

// Everything that can be packed now in every warehouse, and handed over to its carrier. `mine` says which orders these people take.
Result<ShiftResult> work_a_shift(Desk& desk, const std::function<bool(OrderId)>& mine);

}  // namespace zifa::cli
