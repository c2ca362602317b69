// Chance from the operating system, and chance that repeats.
#pragma once

#include <mutex>

#include "app/ports/dice.hpp"
#include "base/splitmix.hpp"

namespace zifa {

class SystemDice final : public Dice {
 public:
  std::uint64_t next() override;
};

// The same seed gives the same numbers in the same order of asking. Never for secrets.
class SeededDice final : public Dice {
 public:
  explicit SeededDice(std::uint64_t seed) : numbers_(seed) {}
  std::uint64_t next() override {
    const std::lock_guard lock(mutex_);
    return numbers_.next();
  }

 private:
  std::mutex mutex_;
  SplitMix numbers_;
};

}  // namespace zifa
