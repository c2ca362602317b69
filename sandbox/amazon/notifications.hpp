// Notifications v1: what Amazon tells by itself, put into the queues of the destinations that subscribed.
#pragma once

#include <string_view>

#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

void notify_order_change(World& world, const Order& order, std::string_view change);
void notify_feed_finished(World& world, const Feed& feed);
void notify_report_finished(World& world, const Report& report);

}  // namespace zifa::sandbox
