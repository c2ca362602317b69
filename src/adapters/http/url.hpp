// The parts of an absolute http or https URL that a client needs.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace zifa::http {

struct Url {
  bool tls = true;
  std::string host;    // lower case, without the brackets of an IPv6 address
  std::string port;    // "443" where none is written
  std::string target;  // path and query, verbatim; never empty; no fragment

  // For the Host header: the port only where it is not the scheme's own.
  std::string authority() const;
};

// Refuses `http.bad_url` for other schemes, user names, spaces, control characters and ports that are no ports.
Result<Url> parse_url(std::string_view text);

// localhost, 127.0.0.0/8, ::1: by spelling alone, nothing is looked up.
bool is_loopback(std::string_view host);

}  // namespace zifa::http
