// Sealing what must not be read from the database, its backups or a stolen disk: tokens, passwords, buyers' names,
// addresses and telephone numbers. The key lies in a file of its own, outside the database.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace zifa {

class Secrets {
 public:
  virtual ~Secrets() = default;

  // Bytes that only the key opens again, and only with the same context: the place the value lives, like
  // "account.refresh_token:17". A value moved to another row or column then does not open. Sealing twice gives
  // different bytes. The result is binary, 49 bytes longer than the text.
  virtual std::string seal(std::string_view text, std::string_view context) const = 0;
  // Refuses `secrets.other_key` (sealed with a key this key file does not hold) and `secrets.damaged` (bytes changed, or
  // another context); both of kind corrupt.
  virtual Result<std::string> open(std::string_view sealed, std::string_view context) const = 0;

  // 16 bytes that are equal for equal texts of the same field and tell nothing else without the key: an index to search
  // by name or telephone number. The caller brings the text into one form first (lower case, digits only).
  virtual std::string search_hash(std::string_view text, std::string_view field) const = 0;

  // Names the key file without telling it. Stored with the database when that is made.
  virtual std::string key_name() const = 0;

  // A slow, salted hash of a password as printable text (argon2id). Takes about 0.2 s and 64 MB, on purpose.
  virtual std::string hash_password(std::string_view password) const = 0;
  virtual bool is_password(std::string_view password, std::string_view hash) const = 0;

  // Random text for sessions, API keys and links: `bytes` of chance as URL-safe base64.
  virtual std::string token(std::size_t bytes = 32) const = 0;

  // SHA-256, 32 bytes. What is stored of a token, whose own chance makes a slow hash needless.
  virtual std::string sha256(std::string_view bytes) const = 0;
};

}  // namespace zifa
