#include "sandbox/world/health.hpp"

#include "sandbox/world/parcels.hpp"

namespace zifa::sandbox {

namespace {

const Parcel* parcel_of(const World& world, const Package& package) {
  return find_parcel(const_cast<World&>(world), package.number);
}

bool has_valid_tracking(const World& world, const Order& order, Instant as_of) {
  for (const Package& package : order.packages) {
    const Parcel* parcel = parcel_of(world, package);
    if (parcel == nullptr || !is_possible_number(package.number)) return false;
    const std::optional<Instant> first = parcel->first_scan();
    if (!first || *first > as_of) return false;
  }
  return !order.packages.empty();
}

}  // namespace

bool is_late(const Order& order) { return order.confirmed_at && *order.confirmed_at > order.promise.ship_by; }

Window window_of(const Marketplace& marketplace, Instant as_of, int days, int ends_days_ago) {
  const Day last = marketplace.zone.day_of(as_of) - ends_days_ago;
  return {marketplace.zone.start_of(last - (days - 1)), marketplace.zone.end_of(last)};
}

HealthCounts count_health(const World& world, const Account& account, std::string_view marketplace_id, Instant as_of) {
  HealthCounts counts;
  const Marketplace* marketplace = find_marketplace(marketplace_id);
  if (marketplace == nullptr) return counts;
  const Day today = marketplace->zone.day_of(as_of);
  for (const auto& [created, index] : account.by_created) {
    const Order& order = world.orders[index];
    if (order.marketplace != marketplace || order.purchased_at > as_of) continue;
    const bool cancelled = order.cancelled_at.has_value();
    const bool confirmed = order.confirmed_at.has_value();
    const int bought_ago = today - marketplace->zone.day_of(order.purchased_at);

    if (!order.pending) {
      const int due_ago = today - marketplace->zone.day_of(order.promise.ship_by);
      if (!cancelled && (confirmed || as_of > order.promise.ship_by) && due_ago >= 0) {
        for (auto [days, count] : {std::pair{30, &counts.lsr_30}, std::pair{10, &counts.lsr_10}}) {
          if (due_ago >= days) continue;
          ++count->orders;
          if (is_late(order)) ++count->late;
        }
      }
      const int arrives_ago = today - marketplace->zone.day_of(order.promise.deliver_by);
      if (confirmed && arrives_ago >= 11 && arrives_ago <= 40) {
        ++counts.vtr_30.orders;
        if (!has_valid_tracking(world, order, as_of)) ++counts.vtr_30.late;
      }
      if (confirmed && arrives_ago >= 8 && arrives_ago <= 21) {
        for (const Package& package : order.packages) {
          const Parcel* parcel = parcel_of(world, package);
          const std::optional<Instant> delivered = parcel == nullptr ? std::nullopt : parcel->delivered();
          if (!delivered || *delivered > as_of) continue;
          for (const auto& [item, units] : package.items) {
            counts.otdr_14.orders += units;
            if (*delivered > order.promise.deliver_by) counts.otdr_14.late += units;
          }
        }
      }
    }
    if (bought_ago >= 1 && bought_ago <= 7) {
      ++counts.cancel_7.orders;
      const bool asked_for = order.cancelled_by == "MERCHANT" && order.cancel_request && order.cancel_reason == "BuyerCanceled";
      if (cancelled && order.cancelled_by != "BUYER" && !asked_for) ++counts.cancel_7.late;
    }
    if (bought_ago >= 15 && bought_ago <= 74) {
      ++counts.odr_60.orders;
      const bool bad_feedback = order.feedback_stars && *order.feedback_stars <= 2;
      if (bad_feedback || order.a_to_z || order.chargeback) ++counts.odr_60.late;
      counts.odr_claims += order.a_to_z;
      counts.odr_chargebacks += order.chargeback;
      counts.odr_feedback += bad_feedback;
    }
  }
  return counts;
}

}  // namespace zifa::sandbox
