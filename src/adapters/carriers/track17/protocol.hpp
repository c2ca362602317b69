// 17TRACK's tracking API v2.2: numbers are registered once, then asked after, 40 at a time; every question carries the
// account's key in the header 17token.
//
// Source: asset.17track.net/api/document/v2.2_en, read 2026-11-25.
#pragma once

#include "app/ports/carrier.hpp"

namespace zifa::carriers::track17_api {

inline constexpr std::size_t kNumbersAtOnce = 40;
inline constexpr std::string_view kBaseUrl = "https://api.17track.net";

// 17TRACK's own number of a carrier of ours; 0 where it has to guess. A wrong guess is its commonest mistake, so the hint is sent.
int carrier_key(std::string_view carrier);

struct Registration {
  std::string number;
  std::string carrier;  // our id; "" lets 17TRACK guess
};

// At most kNumbersAtOnce; more are a mistake of ours.
http::Request write_register(std::string_view base_url, std::string_view key, const std::vector<Registration>& numbers);

struct Registered {
  std::vector<std::string> accepted;         // registered now or before
  std::vector<TrackingProblem> problems;     // not taken
};
Result<Registered> read_register(const http::Response& answer);

http::Request write_tracking(const TrackingQuestion& question);

// Numbers that are not registered come back in `not_registered`, when the caller wants to know.
Result<TrackingAnswer> read_tracking(const http::Response& answer, std::vector<std::string>* not_registered);

}  // namespace zifa::carriers::track17_api
