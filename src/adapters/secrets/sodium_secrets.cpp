#include "adapters/secrets/sodium_secrets.hpp"

#include <sodium.h>

#include "adapters/secrets/key_file.hpp"
#include "base/check.hpp"
#include "base/encoding.hpp"

namespace zifa {

namespace {

// One byte of version, the sealing key's id, the nonce, then the text with its tag.
constexpr char kVersion = '\x01';
constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kHeadBytes = 1 + kIdBytes + kNonceBytes;
static_assert(kHeadBytes + kTagBytes == 49);

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

class SodiumSecrets final : public Secrets {
 public:
  SodiumSecrets(Keys keys, bool weak) : keys_(std::move(keys)), weak_(weak) {}
  ~SodiumSecrets() override {
    sodium_memzero(keys_.index.data(), keys_.index.size());
    for (auto& [id, key] : keys_.seals) sodium_memzero(key.data(), key.size());
  }

  std::string seal(std::string_view text, std::string_view context) const override {
    const auto& [id, key] = keys_.seals.front();
    std::string sealed(kHeadBytes + text.size() + kTagBytes, '\0');
    sealed[0] = kVersion;
    sealed.replace(1, kIdBytes, id);
    randombytes_buf(sealed.data() + 1 + kIdBytes, kNonceBytes);
    unsigned long long length = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(sealed) + kHeadBytes, &length, bytes_of(text), text.size(), bytes_of(context), context.size(), nullptr,
                                               bytes_of(sealed) + 1 + kIdBytes, bytes_of(std::string_view(key)));
    check(length == text.size() + kTagBytes, "sealing adds exactly the tag");
    return sealed;
  }

  Result<std::string> open(std::string_view sealed, std::string_view context) const override {
    const auto damaged = [] { return corrupt("secrets.damaged", "A sealed value does not open: it was changed, or moved to another place. Restore it from a backup."); };
    if (sealed.size() < kHeadBytes + kTagBytes || sealed[0] != kVersion) return damaged();
    const std::string_view wanted = sealed.substr(1, kIdBytes);
    for (const auto& [id, key] : keys_.seals) {
      if (id != wanted) continue;
      std::string text(sealed.size() - kHeadBytes - kTagBytes, '\0');
      unsigned long long length = 0;
      const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(text), &length, nullptr, bytes_of(sealed) + kHeadBytes, sealed.size() - kHeadBytes, bytes_of(context), context.size(),
                                                                    bytes_of(sealed) + 1 + kIdBytes, bytes_of(std::string_view(key)));
      if (failed != 0) return damaged();
      return text;
    }
    return corrupt("secrets.other_key", "A sealed value was sealed with key " + to_hex(wanted) + ", which the key file does not hold. Put back the key file that belongs to this database.");
  }

  std::string search_hash(std::string_view text, std::string_view field) const override {
    // The field's length goes first, so that no two pairs of field and text read alike.
    const std::uint64_t length = field.size();
    std::string hash(16, '\0');
    crypto_generichash_state state;
    crypto_generichash_init(&state, bytes_of(std::string_view(keys_.index)), keys_.index.size(), hash.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&length), sizeof length);
    crypto_generichash_update(&state, bytes_of(field), field.size());
    crypto_generichash_update(&state, bytes_of(text), text.size());
    crypto_generichash_final(&state, bytes_of(hash), hash.size());
    return hash;
  }

  std::string key_name() const override { return to_hex(search_hash("", "the name of this key file")); }

  std::string hash_password(std::string_view password) const override {
    char hash[crypto_pwhash_STRBYTES];
    const auto work = weak_ ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE;
    const auto memory = weak_ ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE;
    check(crypto_pwhash_str_alg(hash, password.data(), password.size(), work, memory, crypto_pwhash_ALG_ARGON2ID13) == 0, "there is memory to hash a password");
    return hash;
  }

  bool is_password(std::string_view password, std::string_view hash) const override {
    if (hash.empty() || hash.size() >= crypto_pwhash_STRBYTES) return false;
    return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
  }

  std::string token(std::size_t bytes) const override {
    std::string chance(bytes, '\0');
    randombytes_buf(chance.data(), chance.size());
    std::string text(sodium_base64_ENCODED_LEN(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(std::string_view(chance)), chance.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back();  // the terminating zero
    return text;
  }

  std::string sha256(std::string_view bytes) const override {
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(bytes_of(hash), bytes_of(bytes), bytes.size());
    return hash;
  }

 private:
  Keys keys_;
  bool weak_;
};

}  // namespace

Result<std::unique_ptr<Secrets>> open_secrets(const SecretsOptions& options) {
  check(sodium_init() >= 0, "libsodium starts");
  Keys keys = TRY(read_or_make_keys(options.key_file, options.may_create));
  auto secrets = std::make_unique<SodiumSecrets>(std::move(keys), options.weak_passwords_for_tests);
  if (!options.expected_key_name.empty() && secrets->key_name() != options.expected_key_name)
    return refused("secrets.wrong_key_file",
                   "The key file " + options.key_file + " does not belong to this database. Put back the one that was made with it; with this one, nothing sealed there can be read.");
  return std::unique_ptr<Secrets>(std::move(secrets));
}

}  // namespace zifa
