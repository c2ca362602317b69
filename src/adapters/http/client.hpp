// The HTTP client of the product: TLS 1.2 and up with verified certificates, connections kept for the next request.
#pragma once

#include <memory>
#include <string>

#include "app/ports/http.hpp"

namespace zifa::http {

struct ClientOptions {
  // Certificates to trust besides those of the operating system (PEM); for a private proxy, and for tests.
  std::string extra_ca_file;
  // A kept connection is used again only while it is this young: an older one may be closing just now, and a request
  // that meets its end has an unknown outcome. Reads may be repeated, so they take the longer time.
  int reuse_reads_ms = 20'000;
  int reuse_writes_ms = 4'000;
  std::size_t max_idle_per_host = 8;
};

// Does not follow redirects: an access token must not travel to wherever an answer points. Decodes gzip. Plain http is
// spoken to loopback addresses only. A GET or HEAD on a kept connection that turns out closed is sent once more.
std::unique_ptr<Client> make_client(ClientOptions options = {});

}  // namespace zifa::http
