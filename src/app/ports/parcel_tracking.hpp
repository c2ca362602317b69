// Where parcels are, as somebody who scans them tells: a carrier's own API or a tracking service.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/parcel/parcel.hpp"

namespace zifa {

struct TrackedNumber {
  std::string number;
  std::string carrier_id;  // ours; a hint
};

struct TrackedParcel {
  std::string number;
  std::string state;           // glossary, section 11
  std::vector<Scan> scans;     // oldest first
};

class ParcelTracking {
 public:
  virtual ~ParcelTracking() = default;
  // Numbers nobody has scanned yet are left out or come without scans.
  virtual Result<std::vector<TrackedParcel>> ask(const std::vector<TrackedNumber>& numbers) = 0;
  // How many numbers one question may hold.
  virtual std::size_t most_at_once() const = 0;
};

}  // namespace zifa
