#include "adapters/carriers/track17/protocol.hpp"
#include "adapters/carriers/track17/service.hpp"
#include "app/ports/parcel_tracking.hpp"
#include "domain/tracking/history.hpp"
#include "wiring/desk.hpp"

namespace zifa {

namespace {

// The tracking service that the settings name. Which one may change while the program runs.
class ConfiguredTracking final : public ParcelTracking {
 public:
  ConfiguredTracking(Store& store, http::Client& http) : store_(store), http_(http) {}

  std::size_t most_at_once() const override { return carriers::track17_api::kNumbersAtOnce; }

  Result<std::vector<TrackedParcel>> ask(const std::vector<TrackedNumber>& numbers) override {
    struct Setting {
      std::string url, token;
    };
    const Setting setting = TRY(store_.read([](Tx& tx) -> Result<Setting> { return Setting{TRY(tx.setup.setting("tracking_url", "")), TRY(tx.setup.setting("tracking_token", ""))}; }));
    // Without a key nobody is asked; scans can still be imported.
    if (setting.token.empty()) return std::vector<TrackedParcel>();
    std::vector<carriers::track17_api::Registration> questions;
    for (const TrackedNumber& number : numbers) questions.push_back({number.number, number.carrier_id});
    carriers::track17_api::Service service(http_, setting.url, setting.token);
    const carriers::TrackingAnswer answer = TRY(service.ask(questions));
    std::vector<TrackedParcel> parcels;
    for (const tracking::History& history : answer.numbers) {
      TrackedParcel parcel{.number = history.number, .state = std::string(tracking::name_of(history.state))};
      for (const tracking::HistoryEvent& event : history.events)
        parcel.scans.push_back({.at = event.at.instant(), .state = std::string(tracking::name_of(event.state)), .code = event.code, .text = event.text, .place = event.place, .source = "17track"});
      parcels.push_back(std::move(parcel));
    }
    return parcels;
  }

 private:
  Store& store_;
  http::Client& http_;
};

}  // namespace

std::unique_ptr<ParcelTracking> make_parcel_tracking(Store& store, http::Client& http) { return std::make_unique<ConfiguredTracking>(store, http); }

}  // namespace zifa
