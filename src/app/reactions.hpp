// What follows from what: the one table of events and the jobs they lead to.
#pragma once

#include <string>
#include <string_view>

#include "app/ports/store.hpp"

namespace zifa {

// Who does something: a user's name, or the program itself.
inline constexpr std::string_view kProgram = "zifa";

// Writes the event and the jobs that follow from it, in this transaction.
// `order`: the event's own, where the caller has it at hand.
Result<Done> happen(Tx& tx, const Event& event, const Order* order = nullptr);

// A job that waits already is not made twice.
Result<Done> enqueue(Tx& tx, std::string_view kind, std::string key, Instant now, std::int64_t priority = 0, OrderId order = {});

// Every listing of the product tells Amazon its new quantity.
Result<Done> quantities_changed(Tx& tx, ProductId product, Instant now);

}  // namespace zifa
