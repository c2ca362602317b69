// An HTTP/1.1 server: a function from request to response behind a socket.
//
// One thread moves bytes; handlers run on a small pool, so a slow query delays its own caller only. Nobody can hold a
// thread by being slow: reading, waiting (`Response.delay_ms`) and writing happen without one.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/http.hpp"
#include "base/result.hpp"

namespace zifa::http {

// An answer that goes on: server-sent events. May be written to from any thread, for as long as somebody keeps it.
class Stream {
 public:
  virtual ~Stream() = default;
  // Queues bytes for sending. False once the stream is over: closed by us, by the caller going away, or because the
  // caller reads so slowly that more than `ServerOptions::max_stream_backlog` bytes wait for it.
  virtual bool write(std::string_view bytes) = 0;
  virtual void close() = 0;
  virtual bool is_open() const = 0;
};

// Asked before the ordinary handler when a request accepts `text/event-stream`. Nothing: not a path of mine. A response
// with status 200: its headers and body are sent and the connection stays open, written to through the stream, until
// either side closes. Any other status is an ordinary answer.
using StreamHandler = std::function<std::optional<Response>(const Request&, const std::shared_ptr<Stream>&)>;

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;     // 0 = any free one
  int threads = 4;  // that run handlers
  std::size_t max_header = 32U * 1024;
  std::size_t max_body = 16U * 1024 * 1024;
  std::size_t max_connections = 2'000;
  int header_timeout_ms = 15'000;  // from a request's first byte to the end of its headers
  int body_timeout_ms = 120'000;   // for the whole body
  int write_timeout_ms = 60'000;   // for the caller to take the answer
  int idle_timeout_ms = 75'000;    // between requests of one connection
  int drain_timeout_ms = 10'000;   // how long `stop` waits for answers under way
  // Text of more than 1 KB is gzipped for callers that accept it; those on this machine only if asked for here.
  bool compress_for_loopback = false;
  std::size_t max_stream_backlog = 1024U * 1024;
};

class Server {
 public:
  // Listens at once; requests are served on threads of its own until `stop`. The handler is called from several threads
  // at a time. A HEAD request reaches it as GET, and the body of its answer is left out. An exception that escapes it
  // becomes a 500 without details. Refuses `http.cannot_listen`.
  static Result<std::unique_ptr<Server>> listen(ServerOptions options, Handler handler, StreamHandler streams = {});

  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const;
  // Takes no more connections, lets answers under way finish (up to `drain_timeout_ms`), closes streams, returns when
  // no handler runs any more. Must not be called from a handler.
  void stop();

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace zifa::http
