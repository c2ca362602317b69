// A carrier (or a tracking service) that answers over HTTP: how a question is written and its answer read. It never opens a
// connection, so it is tested with recorded answers lying beside it.
//
// One folder of adapters/carriers is one such part; its carrier.cpp defines the object.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.hpp"
#include "base/result.hpp"
#include "domain/tracking/history.hpp"

namespace zifa::carriers {

struct TrackingQuestion {
  std::string base_url;  // "https://api.17track.net", or a sandbox
  std::string key;       // the account's secret
  std::vector<std::string> numbers;
};

struct TrackingProblem {
  std::string number;   // "" when the whole answer is meant
  std::string message;  // what the carrier said
};

struct TrackingAnswer {
  std::vector<tracking::History> numbers;
  std::vector<TrackingProblem> problems;
};

struct Tracking {
  // nullptr: answers can be read, but Zifa does not ask this carrier itself (a tracking service does).
  http::Request (*write)(const TrackingQuestion& question) = nullptr;
  // `invalid` or `corrupt` when the body is not an answer of this carrier, `refused`, `unauthorized`, `throttled` or `unavailable` by its status.
  Result<TrackingAnswer> (*read)(const http::Response& answer) = nullptr;
  std::size_t numbers_at_once = 1;
};

struct Carrier {
  std::string_view id;
  std::string_view name;
  std::vector<std::string_view> also;  // other ids that are read the same way
  Tracking tracking;
};

std::span<const Carrier* const> carriers();
// By its id or one of the others; nullptr when there is none.
const Carrier* carrier_named(std::string_view id);

}  // namespace zifa::carriers
