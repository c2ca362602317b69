#include "sandbox/carriers/tracking_service.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "base/text.hpp"
#include "sandbox/world/parcels.hpp"

namespace zifa::sandbox {

namespace {

constexpr std::size_t kMostNumbers = 40;

// 17TRACK's keys of the carriers that Chinese sellers use; 0 where it would have to be told.
struct CarrierKey {
  std::string_view code;  // Amazon's carrier code, lower case
  int key;
  std::string_view name;
};
constexpr std::array kCarriers{
    CarrierKey{"usps", 21051, "USPS"},        CarrierKey{"ups", 100002, "UPS"},          CarrierKey{"fedex", 100003, "FedEx"},
    CarrierKey{"dhl", 100001, "DHL"},         CarrierKey{"yunexpress", 190008, "YunExpress"}, CarrierKey{"yun express", 190008, "YunExpress"},
    CarrierKey{"4px", 190094, "4PX"},         CarrierKey{"yanwen", 190012, "Yanwen"},    CarrierKey{"china post", 3011, "China Post"},
    CarrierKey{"royal mail", 11031, "Royal Mail"}, CarrierKey{"sf express", 100012, "SF Express"}, CarrierKey{"cne", 190095, "CNE Express"}};

CarrierKey carrier_of(std::string_view code) {
  const std::string wanted = lower(code);
  for (const CarrierKey& carrier : kCarriers)
    if (carrier.code == wanted) return carrier;
  return {code, 0, code};
}

struct Words {
  std::string_view status, sub_status, stage;
};
Words words_of(ScanCode code) {
  switch (code) {
    case ScanCode::accepted: return {"InTransit", "InTransit_PickedUp", "PickedUp"};
    case ScanCode::in_transit: return {"InTransit", "InTransit_Other", ""};
    case ScanCode::out_for_delivery: return {"OutForDelivery", "OutForDelivery_Other", "OutForDelivery"};
    case ScanCode::delivered: return {"Delivered", "Delivered_Other", "Delivered"};
    case ScanCode::exception: return {"DeliveryFailure", "DeliveryFailure_Other", ""};
    case ScanCode::lost: return {"Exception", "Exception_Lost", ""};
    case ScanCode::returned: return {"Exception", "Exception_Returned", "Returned"};
  }
  return {"NotFound", "NotFound_Other", ""};
}

json::value or_null(std::string_view text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::object event_of(const Scan& scan) {
  const Words words = words_of(scan.code);
  return {{"time_iso", replace_all(scan.at.iso(), "Z", "+00:00")}, {"time_utc", scan.at.iso()}, {"description", scan.text}, {"location", or_null(scan.place)},
          {"stage", or_null(words.stage)}, {"sub_status", words.sub_status}};
}

json::object track_info(const Parcel& parcel, const CarrierKey& carrier) {
  json::array events;  // newest first
  for (auto scan = parcel.scans.rbegin(); scan != parcel.scans.rend(); ++scan) events.push_back(event_of(*scan));
  Words latest{"InfoReceived", "InfoReceived", ""};
  if (parcel.scans.empty() && !is_possible_number(parcel.number)) latest = {"NotFound", "NotFound_InvalidCode", ""};
  if (!parcel.scans.empty()) latest = words_of(parcel.scans.back().code);
  json::value last = nullptr;
  if (!events.empty()) last = events.front();
  return {{"latest_status", json::object{{"status", latest.status}, {"sub_status", latest.sub_status}, {"sub_status_descr", nullptr}}},
          {"latest_event", std::move(last)},
          {"tracking", json::object{{"providers", json::array{json::object{{"provider", json::object{{"key", carrier.key}, {"name", carrier.name}}}, {"events", std::move(events)}}}}}}};
}

json::object rejection(std::string_view number, int code, std::string_view message) {
  return {{"number", number}, {"error", json::object{{"code", code}, {"message", message}}}};
}

http::Response reply(int status, int code, json::value data) { return http::Response::json(status, json::text(json::object{{"code", code}, {"data", std::move(data)}})); }

}  // namespace

http::Response serve_tracking(World& world, const http::Request& request) {
  const std::string_view path = request.path();
  const std::string_view verb = path.substr(path.find(kTrackingServicePath) + kTrackingServicePath.size());
  if (verb != "register" && verb != "gettrackinfo") return reply(404, -18010013, json::object{});
  if (trim(request.headers.get("17token")).empty())
    return reply(401, -18010002, json::object{{"errors", json::array{json::object{{"code", -18010002}, {"message", "Access token is invalid."}}}}});
  Result<json::value> body = json::parse(request.body);
  if (request.method != "POST" || !body || !body->is_array())
    return reply(200, -18010013, json::object{{"errors", json::array{json::object{{"code", -18010013}, {"message", "Submitted data is invalid."}}}}});
  if (body->get_array().size() > kMostNumbers)
    return reply(200, -18010014, json::object{{"errors", json::array{json::object{{"code", -18010014}, {"message", "The tracking numbers exceed 40 limits."}}}}});
  json::array accepted, rejected;
  for (const json::value& each : body->get_array()) {
    const std::string number = json::get_text(each, "number");
    if (trim(number).empty()) {
      rejected.push_back(rejection(number, -18010012, "The format of 'number' is invalid."));
      continue;
    }
    Parcel* parcel = find_parcel(world, number);
    if (verb == "register") {
      if (parcel != nullptr && parcel->registered) {
        rejected.push_back(rejection(number, -18019901, "The tracking number '" + printable(number, 60) + "' has been registered, don't need to repeat registration."));
        continue;
      }
      if (parcel == nullptr && !is_possible_number(number)) {
        rejected.push_back(rejection(number, -18019903, "The carrier of '" + printable(number, 60) + "' cannot be detected."));
        continue;
      }
      Parcel& known = parcel != nullptr ? *parcel : world.parcels[upper(trim(number))];
      if (known.number.empty()) known.number = std::string(trim(number));
      known.registered = true;
      accepted.push_back(json::object{{"origin", 1}, {"number", number}, {"carrier", carrier_of(known.carrier_code).key}});
      continue;
    }
    if (parcel == nullptr || !parcel->registered) {
      rejected.push_back(rejection(number, -18019902, "The tracking number '" + printable(number, 60) + "' does not register, please register first."));
      continue;
    }
    const CarrierKey carrier = carrier_of(parcel->carrier_code);
    accepted.push_back(json::object{{"number", number}, {"carrier", carrier.key}, {"track_info", track_info(*parcel, carrier)}});
  }
  return reply(200, 0, json::object{{"accepted", std::move(accepted)}, {"rejected", std::move(rejected)}});
}

}  // namespace zifa::sandbox
