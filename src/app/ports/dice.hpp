// Chance: jitter for repeated calls, identifiers nobody can guess. Seeded in simulations, from the system otherwise.
#pragma once

#include <cstdint>
#include <string>

namespace zifa {

class Dice {
 public:
  virtual ~Dice() = default;

  // 64 even bits. May be called from any thread.
  virtual std::uint64_t next() = 0;

  // A whole number from a to b, both included; a must not be above b.
  std::int64_t between(std::int64_t a, std::int64_t b) {
    const std::uint64_t span = static_cast<std::uint64_t>(b) - static_cast<std::uint64_t>(a) + 1;
    if (span == 0) return static_cast<std::int64_t>(next());
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + next() % span);
  }
  // 128 bits as 26 characters of 0-9 a-z without i, l, o, u: to name things, short enough to read aloud.
  std::string id() {
    static constexpr char kLetters[] = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string text;
    std::uint64_t high = next();
    std::uint64_t low = next();
    for (int i = 0; i < 26; ++i) {
      text += kLetters[low & 31];
      low = low >> 5 | high << 59;
      high >>= 5;
    }
    return text;
  }
};

}  // namespace zifa
