// The parts of HTTP/1.1 that both the server and the client write themselves.
#pragma once

#include <string>
#include <string_view>

#include "base/http.hpp"

namespace zifa::http {

// A header name (RFC 9110 token) and a header value that cannot break out of its line.
bool is_header_name(std::string_view name);
bool is_header_value(std::string_view value);

// True if `name`, a comma-separated list header, holds `token` and does not weigh it to nothing (`gzip;q=0`).
bool accepts(std::string_view list, std::string_view token);

// How the reader learns where the body ends.
enum class Framing { length, chunked, until_close };

// "HTTP/1.1 200 OK\r\n..." up to and including the blank line. Content-Length, Transfer-Encoding and Connection are
// ours: what the response says about them is left out, and so is a header that could not be sent safely.
std::string response_head(const Response& response, bool keep_alive, Framing framing);

// Answers that never have a body.
bool has_no_body(int status);

}  // namespace zifa::http
