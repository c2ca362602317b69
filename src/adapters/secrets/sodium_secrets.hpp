// Secrets on libsodium: XChaCha20-Poly1305 for sealing, keyed BLAKE2b for searching, argon2id for passwords.
#pragma once

#include <memory>
#include <string>

#include "app/ports/secrets.hpp"

namespace zifa {

struct SecretsOptions {
  std::string key_file;
  // Make the key file when there is none. False for a database that exists already: its key must exist too.
  bool may_create = true;
  // The `key_name` stored with the database; empty for a new one. Another key file is refused.
  std::string expected_key_name;
  // Tests hash passwords with little memory; everybody else must not.
  bool weak_passwords_for_tests = false;
};

// Refuses what reading the key file refuses, and `secrets.wrong_key_file`.
Result<std::unique_ptr<Secrets>> open_secrets(const SecretsOptions& options);

}  // namespace zifa
