// Asking another server over HTTP. Carriers and Amazon operations write the Request and read the Response; this sends it.
#pragma once

#include <cstddef>

#include "base/http.hpp"
#include "base/result.hpp"

namespace zifa::http {

struct SendOptions {
  int connect_timeout_ms = 10'000;  // per address tried; the TLS handshake has the same time once more
  int answer_timeout_ms = 30'000;   // from the first byte sent to the last byte of the answer
  std::size_t max_answer_bytes = 64U * 1024 * 1024;  // after decompression
};

class Client {
 public:
  virtual ~Client() = default;

  // Sends the request to the URL in `target` and returns whatever was answered, errors of status 4xx and 5xx and
  // redirects included. Blocks; may be called from any thread.
  //
  // What matters to a caller that wants to repeat: `unavailable` is returned only when it is certain that nothing was
  // sent; once sending began, every failure is `unknown`, because the other side may have acted.
  //
  // Refuses `http.bad_url`, `http.bad_header`, `http.plain_not_loopback` (all: nothing was sent).
  // Unavailable: `http.connect_failed`, `http.tls_failed`. Unknown: `http.no_answer`, `http.timeout`, `http.bad_answer`,
  // `http.answer_too_large`.
  virtual Result<Response> send(const Request& request, const SendOptions& options = {}) = 0;
};

}  // namespace zifa::http
