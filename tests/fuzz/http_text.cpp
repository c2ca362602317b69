// URLs, header lists, compressed bodies and sealed values of any bytes.
#include <cstddef>
#include <cstdint>

#include "adapters/http/gzip.hpp"
#include "adapters/http/url.hpp"
#include "adapters/http/wire.hpp"
#include "base/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto url = zifa::http::parse_url(text); url.has_value()) {
    zifa::check(!url->host.empty() && !url->target.empty() && url->target[0] == '/', "a URL names a host and a path");
    zifa::check(zifa::http::is_header_value(url->target) && zifa::http::is_header_value(url->authority()), "a URL cannot break out of its line");
    zifa::check(url->target.find(' ') == std::string::npos && url->host.find('@') == std::string::npos, "a URL has no blanks and no user");
  }
  (void)zifa::http::accepts(text, "gzip");
  (void)zifa::http::is_loopback(text);
  if (const auto plain = zifa::http::gunzip(text, 100'000); plain.has_value()) {
    zifa::check(plain->size() <= 100'000, "unfolding keeps its limit");
  }
  if (size < 10'000) zifa::check(zifa::http::gunzip(zifa::http::gzip(text), size).value_or("?") == text, "what is folded unfolds");
  zifa::http::Response response;
  response.headers.add(text, text);
  const std::string head = zifa::http::response_head(response, true, zifa::http::Framing::length);
  zifa::check(head.find("\r\n\r\n") == head.size() - 4, "a head ends once");
  return 0;
}
