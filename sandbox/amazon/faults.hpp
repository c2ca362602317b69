// What goes wrong on demand: throttling, outages, answers that never arrive, searches that lag behind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zifa::sandbox {

enum class FaultKind { throttle, internal, unavailable, no_answer_before, no_answer_after, slow, stale };
std::string_view text_of(FaultKind kind);
std::optional<FaultKind> fault_kind(std::string_view text);

struct Fault {
  std::int64_t id = 0;
  std::string operation;  // an operation id, `lwa`, `documents`, or `*`
  FaultKind kind = FaultKind::throttle;
  int count = 1;  // 0: until deleted
  int skip = 0;   // calls let through first
  std::string order_id;  // only calls that name it
  int ms = 1000;
  int seconds = 600;
  int hits = 0;
};

class Faults {
 public:
  std::int64_t add(Fault fault);
  bool remove(std::int64_t id);
  void clear() { faults_.clear(); }
  const std::vector<Fault>& all() const { return faults_; }

  // The first fault that strikes this call, if one does. An order id is looked for in the path and the body.
  const Fault* strike(std::string_view operation, std::string_view path, std::string_view body);

 private:
  std::vector<Fault> faults_;
  Fault struck_;
  std::int64_t last_id_ = 0;
};

}  // namespace zifa::sandbox
