// All formats of parcel numbers that we know, compiled once: data/tracking_numbers (JSON, 39 formats with check digits)
// and data/tracking_formats.csv (ours).
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "domain/tracking/number.hpp"

namespace zifa {

class TrackingFormats final : public tracking::NumberFormats {
 public:
  TrackingFormats();
  ~TrackingFormats() override;

  void find(std::string_view number, std::vector<tracking::NumberMatch>& matches) const override;
  std::vector<const tracking::NumberFormat*> all() const;

 private:
  struct Compiled;
  std::vector<std::unique_ptr<const Compiled>> formats_;
  // By the first character of the number: the formats that may begin with it.
  std::vector<std::vector<const Compiled*>> by_first_;
};

// The ones embedded in the program; made at the first call, shared by all threads.
const TrackingFormats& tracking_formats();

// The shortest way to the answer: judge_number over tracking_formats().
tracking::NumberCheck check_tracking_number(std::string_view typed, std::string_view named_carrier);

}  // namespace zifa
