#include "adapters/http/wire.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace zifa::http {

namespace {

bool is_token_character(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

}  // namespace

bool is_header_name(std::string_view name) { return !name.empty() && std::all_of(name.begin(), name.end(), is_token_character); }

bool is_header_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; });
}

bool accepts(std::string_view list, std::string_view token) {
  for (const std::string_view part : split(list, ',')) {
    const std::size_t semicolon = part.find(';');
    if (!equals_ignoring_case(trim(part.substr(0, semicolon)), token)) continue;
    const std::string weight = semicolon == std::string_view::npos ? "" : replace_all(lower(part.substr(semicolon + 1)), " ", "");
    return weight != "q=0" && weight != "q=0.0" && weight != "q=0.00" && weight != "q=0.000";
  }
  return false;
}

bool has_no_body(int status) { return (status >= 100 && status < 200) || status == 204 || status == 304; }

std::string response_head(const Response& response, bool keep_alive, Framing framing) {
  std::string head;
  head.reserve(256);
  head += "HTTP/1.1 ";
  head += std::to_string(response.status);
  head += ' ';
  head += reason_of(response.status);
  head += "\r\n";
  for (const auto& [name, value] : response.headers.all()) {
    if (equals_ignoring_case(name, "Content-Length") || equals_ignoring_case(name, "Transfer-Encoding") || equals_ignoring_case(name, "Connection")) continue;
    if (!is_header_name(name) || !is_header_value(value)) continue;
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
  }
  if (framing == Framing::chunked) {
    head += "Transfer-Encoding: chunked\r\n";
  } else if (framing == Framing::length && !has_no_body(response.status)) {
    head += "Content-Length: ";
    head += std::to_string(response.body.size());
    head += "\r\n";
  }
  head += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return head;
}

}  // namespace zifa::http
