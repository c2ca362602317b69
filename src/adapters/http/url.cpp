#include "adapters/http/url.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace zifa::http {

std::string Url::authority() const {
  std::string text = host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port != (tls ? "443" : "80")) text += ":" + port;
  return text;
}

Result<Url> parse_url(std::string_view text) {
  const auto bad = [&](std::string_view why) {
    // The query may hold a signature and the part before an @ a password, so neither is repeated.
    std::string_view shown = text.substr(0, text.find_first_of("?#"));
    if (const std::size_t user_ends = shown.rfind('@'); user_ends != std::string_view::npos) shown.remove_prefix(user_ends);
    return invalid("http.bad_url", "\"" + printable(shown, 120) + "\" is not a URL to ask: " + std::string(why) + ".");
  };
  Url url;
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return bad("it does not begin with https:// or http://");
  const std::string name = lower(text.substr(0, scheme));
  if (name != "https" && name != "http") return bad("it does not begin with https:// or http://");
  url.tls = name == "https";
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; })) return bad("it holds spaces or control characters");
  std::string_view rest = text.substr(scheme + 3);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t slash = rest.find_first_of("/?");
  std::string_view authority = rest.substr(0, slash);
  url.target = slash == std::string_view::npos ? "/" : std::string(rest.substr(slash));
  if (url.target[0] == '?') url.target.insert(0, 1, '/');
  if (authority.find('@') != std::string_view::npos) return bad("it holds a user name");
  std::string_view port;
  if (authority.starts_with('[')) {
    const std::size_t close = authority.find(']');
    if (close == std::string_view::npos) return bad("its bracket does not close");
    url.host = lower(authority.substr(1, close - 1));
    const std::string_view after = authority.substr(close + 1);
    if (!after.empty() && after[0] != ':') return bad("its port is not a number");
    port = after.empty() ? after : after.substr(1);
  } else {
    const std::size_t colon = authority.find(':');
    url.host = lower(authority.substr(0, colon));
    port = colon == std::string_view::npos ? std::string_view() : authority.substr(colon + 1);
    const bool plain = std::all_of(url.host.begin(), url.host.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'; });
    if (!plain) return bad("its host is not a host name");
  }
  if (url.host.empty()) return bad("it names no host");
  if (port.empty()) {
    url.port = url.tls ? "443" : "80";
  } else {
    const auto number = to_int(port);
    if (port.size() > 5 || port[0] == '+' || !number || *number < 1 || *number > 65'535) return bad("its port is not a number from 1 to 65535");
    url.port = std::to_string(*number);
  }
  return url;
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "::1") return true;
  if (!host.starts_with("127.")) return false;
  const auto parts = split(host, '.');
  return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           const auto n = to_int(part);
           return !part.empty() && part.size() <= 3 && part[0] != '+' && part[0] != '-' && n && *n <= 255;
         });
}

}  // namespace zifa::http
