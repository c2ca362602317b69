// What goes over HTTP, as plain values: carriers and Amazon operations write a Request and read a Response
// without knowing sockets, and servers are functions from one to the other.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zifa::http {

// Header names compare without case; order is kept.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

  void set(std::string_view name, std::string value);  // replaces every earlier one
  void add(std::string_view name, std::string value);
  void remove(std::string_view name);
  // The first value, or "" when there is none.
  std::string_view get(std::string_view name) const;
  bool has(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// A query string or form, decoded, in order; a name may occur several times.
class Query {
 public:
  static Query parse(std::string_view text);
  void add(std::string_view name, std::string_view value) { fields_.emplace_back(name, value); }
  std::string_view get(std::string_view name) const;  // the first, or ""
  bool has(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  // Values of a list parameter however it was sent: `a,b`, `a%2Cb` or repeated names. Empty parts are dropped.
  std::vector<std::string> list(std::string_view name) const;
  std::string encoded() const;  // percent-encoded, joined by &
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
  std::string method = "GET";
  std::string target = "/";  // path and query as sent, still percent-encoded; clients may put a whole URL here
  Headers headers;
  std::string body;
  std::string remote;  // servers: the caller's address

  std::string_view path() const;   // before the ?, still encoded
  Query query() const;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  // Servers: close the connection without answering (a fault one wants to be able to play).
  bool drop_connection = false;
  // Servers: wait this long before sending, without holding a thread.
  int delay_ms = 0;

  static Response text(int status, std::string body);
  static Response json(int status, std::string body);
};

using Handler = std::function<Response(const Request&)>;

std::string_view reason_of(int status);  // "Not Found"

}  // namespace zifa::http
