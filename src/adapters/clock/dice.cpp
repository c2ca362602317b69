#include "adapters/clock/dice.hpp"

#include <sys/random.h>

#include "base/check.hpp"

namespace zifa {

std::uint64_t SystemDice::next() {
  std::uint64_t number = 0;
  // Up to 256 bytes are never given in part once the system has gathered its first entropy.
  check(::getrandom(&number, sizeof number, 0) == static_cast<ssize_t>(sizeof number), "the system gives random numbers");
  return number;
}

}  // namespace zifa
