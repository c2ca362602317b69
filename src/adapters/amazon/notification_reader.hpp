#pragma once

#include <string_view>

#include "app/ports/notifications.hpp"

namespace zifa::amazon {

// The body of one notification. Older types write their names with capitals, newer ones without; both are read. What is
// no notification comes back without a type.
Notification read_notification(std::string_view body);

}  // namespace zifa::amazon
