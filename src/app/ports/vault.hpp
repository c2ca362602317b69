// Keeping secrets and personal data unreadable to whoever has only the database.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace zifa {

class Vault {
 public:
  virtual ~Vault() = default;
  // Sealed under the key outside the database. `context` says what it is; it opens under the same context only.
  virtual std::string seal(std::string_view plain, std::string_view context) = 0;
  // Refuses `vault.wrong_key` (corrupt) when the bytes were sealed under another key or context, or were changed.
  virtual Result<std::string> open(std::string_view sealed, std::string_view context) = 0;
  // A keyed hash of 16 bytes: equal texts can be found without being readable.
  virtual std::string word_hash(std::string_view word) = 0;
};

}  // namespace zifa
