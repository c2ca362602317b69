#include "sandbox/amazon/faults.hpp"

#include <algorithm>
#include <array>

namespace zifa::sandbox {

namespace {
constexpr std::array<std::string_view, 7> kKinds{"throttle", "internal", "unavailable", "no_answer_before", "no_answer_after", "slow", "stale"};
}

std::string_view text_of(FaultKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<FaultKind> fault_kind(std::string_view text) {
  for (std::size_t i = 0; i < kKinds.size(); ++i)
    if (kKinds[i] == text) return static_cast<FaultKind>(i);
  return std::nullopt;
}

std::int64_t Faults::add(Fault fault) {
  fault.id = ++last_id_;
  faults_.push_back(std::move(fault));
  return last_id_;
}

bool Faults::remove(std::int64_t id) {
  return std::erase_if(faults_, [&](const Fault& fault) { return fault.id == id; }) > 0;
}

const Fault* Faults::strike(std::string_view operation, std::string_view path, std::string_view body) {
  for (Fault& fault : faults_) {
    if (fault.operation != "*" && fault.operation != operation) continue;
    if (fault.count > 0 && fault.hits >= fault.count) continue;
    // A stale index only shows in searches.
    if (fault.kind == FaultKind::stale && operation != "searchOrders" && operation != "getOrders" && operation != "searchListingsItems") continue;
    if (!fault.order_id.empty() && path.find(fault.order_id) == std::string_view::npos && body.find(fault.order_id) == std::string_view::npos) continue;
    if (fault.skip > 0) {
      --fault.skip;
      continue;
    }
    ++fault.hits;
    struck_ = fault;
    return &struck_;
  }
  return nullptr;
}

}  // namespace zifa::sandbox
