#include "app/follow_parcel.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "app/reactions.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

// States that only the carrier's hands on the parcel can give.
constexpr std::array<std::string_view, 15> kPhysical{"collected", "in_transit", "pickup_ready", "out_for_delivery", "delivery_failed", "delivered", "exception", "returning", "returned",
                                                     "refused",   "transferred", "lost",        "damaged",          "customs_clearance", "customs_problem"};
bool physical(std::string_view state) { return std::find(kPhysical.begin(), kPhysical.end(), state) != kPhysical.end() || state.starts_with("customs_"); }

}  // namespace

Result<Done> record_scans(Tx& tx, ParcelId id, const std::vector<Scan>& scans, Instant now) {
  Parcel parcel = TRY(tx.parcels.find(id));
  bool news = false;
  for (const Scan& scan : scans) news = TRY(tx.parcels.add_scan(id, scan, now)) || news;
  parcel.tracked_at = now;
  if (news) {
    const std::string before = parcel.tracking_state;
    const bool seen_before = parcel.first_scan_at.has_value();
    parcel.first_scan_at.reset();
    // Scans come late and out of order: the state is that of the latest known one, and delivered stays delivered.
    for (const Scan& scan : TRY(tx.parcels.scans(id))) {
      if (physical(scan.state) && !parcel.first_scan_at) parcel.first_scan_at = scan.at;
      parcel.last_scan_at = scan.at;
      if (scan.state == "delivered") parcel.delivered_at = scan.at;
      if (scan.state != "unknown") parcel.tracking_state = scan.state;
    }
    if (parcel.delivered_at && parcel.tracking_state != "returned") parcel.tracking_state = "delivered";
    if (parcel.left()) {
      parcel.state = parcel.tracking_state == "returned" ? ParcelState::returned : parcel.tracking_state == "lost" ? ParcelState::lost : parcel.delivered_at ? ParcelState::delivered : ParcelState::dispatched;
      if (parcel.state != ParcelState::delivered) parcel.delivered_at = parcel.tracking_state == "returned" ? std::nullopt : parcel.delivered_at;
    }
    // Whoever waits for the first scan to confirm has it now; a confirmation that is due already is only brought forward.
    if (!seen_before && parcel.first_scan_at && parcel.confirm_state == "due") TRY(enqueue(tx, "confirm_shipment", std::to_string(id.value()), now, 0, parcel.order));
    if (before != parcel.tracking_state)
      TRY(happen(tx, {.account = parcel.account, .at = now, .kind = "parcel_" + parcel.tracking_state, .order = parcel.order, .parcel = id, .actor = "carrier"}));
  }
  parcel.updated_at = now;
  TRY(tx.parcels.update(parcel));
  if (news) TRY(settle_order(tx, parcel.order, now));
  return done;
}

Result<Done> run_follow_parcels(Services& s, JobRun& run) {
  if (s.tracking == nullptr) return done;
  const std::size_t batch = s.tracking->most_at_once();
  for (int round = 0; round < 200; ++round) {
    struct Asked {
      std::vector<TrackedNumber> numbers;
      std::map<std::string, ParcelId> parcels;
    };
    const Asked asked = TRY(s.store.read([&](Tx& tx) -> Result<Asked> {
      Asked a;
      for (const Parcel& parcel : TRY(tx.parcels.to_track(run.now() - kAskAgainAfter, static_cast<int>(batch))))
        if (const auto label = TRY(tx.parcels.live_label(parcel.id))) {
          a.numbers.push_back({label->tracking_number, label->carrier_id});
          a.parcels.emplace(label->tracking_number, parcel.id);
        }
      return a;
    }));
    if (asked.numbers.empty()) return done;
    const std::vector<TrackedParcel> answers = TRY(s.tracking->ask(asked.numbers));
    const Instant now = s.clock.now();
    TRY(s.store.write([&](Tx& tx) -> Result<Done> {
      std::map<std::string, ParcelId> silent = asked.parcels;
      for (const TrackedParcel& answer : answers) {
        const auto parcel = asked.parcels.find(answer.number);
        if (parcel == asked.parcels.end()) continue;
        silent.erase(answer.number);
        TRY(record_scans(tx, parcel->second, answer.scans, now));
      }
      for (const auto& [number, parcel] : silent) TRY(record_scans(tx, parcel, {}, now));
      return done;
    }));
  }
  return done;
}

}  // namespace zifa
