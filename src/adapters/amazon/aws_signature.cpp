#include "adapters/amazon/aws_signature.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <map>
#include <vector>

#include "base/check.hpp"
#include "base/encoding.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

namespace {

std::string sha256(std::string_view bytes) {
  std::string hash(32, '\0');
  unsigned int size = 0;
  check(EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(hash.data()), &size, EVP_sha256(), nullptr) == 1 && size == 32, "SHA-256 works");
  return hash;
}

std::string hmac(std::string_view key, std::string_view text) {
  std::string mac(32, '\0');
  unsigned int size = 0;
  check(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()), text.size(), reinterpret_cast<unsigned char*>(mac.data()), &size) != nullptr && size == 32,
        "HMAC works");
  return mac;
}

}  // namespace

void sign(http::Request& request, std::string_view host, const AwsKeys& keys, Instant now) {
  std::string stamp;  // 20150830T123600Z
  for (const char c : Instant::from_ms(now.seconds() * 1'000).iso())
    if (c != '-' && c != ':') stamp += c;
  const std::string day = stamp.substr(0, 8);
  request.headers.set("x-amz-date", stamp);
  request.headers.remove("Authorization");

  std::map<std::string, std::string> headers{{"host", std::string(host)}};
  for (const auto& [name, value] : request.headers.all()) headers[lower(name)] = std::string(trim(value));
  std::string canonical_headers;
  std::vector<std::string> names;
  for (const auto& [name, value] : headers) {
    canonical_headers += name + ":" + value + "\n";
    names.push_back(name);
  }
  const std::string signed_names = join(names, ";");
  std::string_view target = request.target;
  if (const std::size_t scheme = target.find("://"); scheme != std::string_view::npos) {
    const std::size_t slash = target.find('/', scheme + 3);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  const std::size_t mark = target.find('?');
  const std::string path(target.substr(0, mark));
  const std::string query(mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1));
  const std::string canonical = request.method + "\n" + path + "\n" + query + "\n" + canonical_headers + "\n" + signed_names + "\n" + to_hex(sha256(request.body));
  const std::string scope = day + "/" + keys.region + "/" + keys.service + "/aws4_request";
  const std::string to_sign = "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + to_hex(sha256(canonical));
  const std::string key = hmac(hmac(hmac(hmac("AWS4" + keys.secret_key, day), keys.region), keys.service), "aws4_request");
  request.headers.set("Authorization", "AWS4-HMAC-SHA256 Credential=" + keys.access_key + "/" + scope + ", SignedHeaders=" + signed_names + ", Signature=" + to_hex(hmac(key, to_sign)));
}

}  // namespace zifa::amazon
