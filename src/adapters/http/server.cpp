#include "adapters/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "adapters/http/gzip.hpp"
#include "adapters/http/wire.hpp"
#include "base/text.hpp"

namespace zifa::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using std::chrono::milliseconds;

constexpr auto use_tuple = asio::as_tuple(asio::use_awaitable);
constexpr milliseconds kStreamPing{15'000};       // a comment line, so that dead callers are noticed
constexpr std::size_t kDrainBytes = 2U * 1024 * 1024;  // read and thrown away after a refusal, so that the caller can read it
constexpr milliseconds kDrainTime{2'000};
constexpr std::size_t kCompressFrom = 1'024;
constexpr std::size_t kWriteSlice = 256U * 1024;

Response refusal(int status, std::string_view message) { return Response::text(status, std::string(message) + "\n"); }

// What arrived breaks the protocol or a limit; not merely a connection that ended.
bool is_bad_message(const boost::system::error_code& failed) {
  static const auto& category = beast::http::make_error_code(beast::http::error::bad_method).category();
  return failed.category() == category && failed != beast::http::error::end_of_stream && failed != beast::http::error::partial_message;
}

Response refusal_of(const boost::system::error_code& failed) {
  if (failed == beast::http::error::header_limit || failed == beast::http::error::buffer_overflow)
    return refusal(431, "The request's headers are too long.");
  if (failed == beast::http::error::body_limit) return refusal(413, "The request's body is too long.");
  return refusal(400, "This is not an HTTP/1.1 request.");
}

// Bytes for a caller that is listening: filled from any thread, emptied by the connection's coroutine.
class StreamQueue final : public Stream {
 public:
  StreamQueue(asio::io_context& io, std::size_t limit) : io_(&io), wake_(std::make_shared<asio::steady_timer>(io)), limit_(limit) {}

  bool write(std::string_view bytes) override {
    const std::lock_guard lock(mutex_);
    if (!open_) return false;
    if (pending_.size() + bytes.size() > limit_) {
      open_ = false;
    } else {
      pending_ += bytes;
    }
    notify();
    return open_;
  }
  void close() override {
    const std::lock_guard lock(mutex_);
    open_ = false;
    notify();
  }
  bool is_open() const override {
    const std::lock_guard lock(mutex_);
    return open_;
  }

  // For the connection.
  std::string take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(pending_, {});
  }
  bool is_idle() const {
    const std::lock_guard lock(mutex_);
    return open_ && pending_.empty();
  }
  asio::steady_timer& wake() { return *wake_; }
  // The connection is gone; later writes are refused without touching the server.
  void detach() {
    const std::lock_guard lock(mutex_);
    open_ = false;
    io_ = nullptr;
    wake_.reset();
  }

 private:
  void notify() {
    if (io_ != nullptr) asio::post(*io_, [wake = std::weak_ptr(wake_)] { if (const auto timer = wake.lock()) timer->cancel(); });
  }

  mutable std::mutex mutex_;
  asio::io_context* io_;
  std::shared_ptr<asio::steady_timer> wake_;
  std::size_t limit_;
  std::string pending_;
  bool open_ = true;
};

struct Connection {
  explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}

  beast::tcp_stream stream;
  beast::flat_buffer buffer;
  std::string remote;
  bool is_loopback = false;
  bool idle = true;  // between two requests
  std::shared_ptr<StreamQueue> streaming;
};

struct Answer {
  Response response;
  bool streams = false;
};

bool compressible(std::string_view type) {
  return type.starts_with("application/json") || type.starts_with("text/") || type.starts_with("application/problem+json") ||
         type.starts_with("application/javascript") || type.starts_with("image/svg+xml");
}

void compress(Response& response) {
  response.body = gzip(response.body);
  response.headers.set("Content-Encoding", "gzip");
  response.headers.add("Vary", "Accept-Encoding");
}

}  // namespace

struct Server::State {
  State(ServerOptions o, Handler h, StreamHandler s) : options(std::move(o)), handler(std::move(h)), streams(std::move(s)), pool(static_cast<std::size_t>(std::max(options.threads, 1))) {}

  ServerOptions options;
  Handler handler;
  StreamHandler streams;
  std::set<Connection*> connections;  // touched on the io thread only, like everything below but `stopped`
  bool stopping = false;
  std::atomic<bool> stopped = false;
  int port = 0;
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  asio::steady_timer drain{io};
  asio::thread_pool pool;
  std::thread thread;

  asio::awaitable<void> accept();
  asio::awaitable<void> serve(std::shared_ptr<Connection> connection);
  asio::awaitable<bool> serve_one(Connection& connection);
  asio::awaitable<Answer> ask(Request request, std::shared_ptr<StreamQueue> queue, bool may_compress);
  asio::awaitable<bool> send(Connection& connection, Response response, bool keep_alive, bool head_only);
  asio::awaitable<void> refuse(Connection& connection, Response response);
  asio::awaitable<void> stream_out(Connection& connection, Response head, bool chunked);
  void begin_stop();
};

asio::awaitable<void> Server::State::accept() {
  while (acceptor.is_open()) {
    auto [failed, socket] = co_await acceptor.async_accept(use_tuple);
    if (!acceptor.is_open()) co_return;
    if (failed) {
      // Mostly: no more file descriptors. Give the others a moment to close theirs.
      asio::steady_timer pause(io, milliseconds(50));
      co_await pause.async_wait(use_tuple);
      continue;
    }
    if (connections.size() >= options.max_connections) continue;  // closed at once
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    auto connection = std::make_shared<Connection>(std::move(socket));
    if (const auto peer = connection->stream.socket().remote_endpoint(ignored); !ignored) {
      connection->remote = peer.address().to_string();
      connection->is_loopback = peer.address().is_loopback();
    }
    asio::co_spawn(io, serve(std::move(connection)), asio::detached);
  }
}

asio::awaitable<void> Server::State::serve(std::shared_ptr<Connection> connection) {
  struct Entry {
    State& state;
    Connection* connection;
    Entry(State& s, Connection* c) : state(s), connection(c) { state.connections.insert(connection); }
    ~Entry() {
      state.connections.erase(connection);
      if (state.stopping && state.connections.empty() && !state.io.stopped()) state.drain.cancel();
    }
  } entry(*this, connection.get());
  Connection& c = *connection;
  while (!stopping) {
    if (c.buffer.size() == 0) {
      c.idle = true;
      c.stream.expires_after(milliseconds(options.idle_timeout_ms));
      const auto [failed, count] = co_await c.stream.async_read_some(c.buffer.prepare(4'096), use_tuple);
      if (failed) co_return;
      c.buffer.commit(count);
      c.idle = false;
    }
    if (!co_await serve_one(c)) break;
  }
  boost::system::error_code ignored;
  c.stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
}

// False when the connection is over.
asio::awaitable<bool> Server::State::serve_one(Connection& c) {
  beast::http::request_parser<beast::http::string_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(options.max_header));
  parser.body_limit(options.max_body);
  c.stream.expires_after(milliseconds(options.header_timeout_ms));
  if (const auto [failed, count] = co_await beast::http::async_read_header(c.stream, c.buffer, parser, use_tuple); failed) {
    if (is_bad_message(failed)) co_await refuse(c, refusal_of(failed));
    co_return false;
  }
  if (!parser.is_done()) {
    c.stream.expires_after(milliseconds(options.body_timeout_ms));
    if (beast::iequals(parser.get()[beast::http::field::expect], "100-continue") && c.buffer.size() == 0) {
      static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      if (const auto [failed, count] = co_await asio::async_write(c.stream, asio::buffer(kContinue), use_tuple); failed) co_return false;
    }
    if (const auto [failed, count] = co_await beast::http::async_read(c.stream, c.buffer, parser, use_tuple); failed) {
      if (is_bad_message(failed)) co_await refuse(c, refusal_of(failed));
      co_return false;
    }
  }

  bool keep_alive = parser.keep_alive();
  const bool is_1_0 = parser.get().version() < 11;
  auto message = parser.release();
  Request request;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  for (const auto& field : message) request.headers.add(std::string_view(field.name_string().data(), field.name_string().size()), std::string(field.value()));
  request.body = std::move(message.body());
  request.remote = c.remote;
  const bool head_only = request.method == "HEAD";
  if (head_only) request.method = "GET";
  const bool may_compress = (!c.is_loopback || options.compress_for_loopback) && accepts(request.headers.get("Accept-Encoding"), "gzip");

  std::shared_ptr<StreamQueue> queue;
  if (streams && !head_only && accepts(request.headers.get("Accept"), "text/event-stream"))
    queue = std::make_shared<StreamQueue>(io, options.max_stream_backlog);
  struct Detach {
    std::shared_ptr<StreamQueue>& queue;
    Connection& connection;
    ~Detach() {
      connection.streaming.reset();
      if (queue) queue->detach();
    }
  } detach{queue, c};

  Answer answer = co_await ask(std::move(request), queue, may_compress);
  if (answer.response.delay_ms > 0) {
    asio::steady_timer wait(io, milliseconds(answer.response.delay_ms));
    co_await wait.async_wait(use_tuple);
  }
  if (answer.response.drop_connection) {
    boost::system::error_code ignored;
    c.stream.socket().close(ignored);
    co_return false;
  }
  if (answer.streams) {
    c.streaming = queue;
    co_await stream_out(c, std::move(answer.response), !is_1_0);
    co_return false;
  }
  if (stopping || equals_ignoring_case(answer.response.headers.get("Connection"), "close")) keep_alive = false;
  co_return co_await send(c, std::move(answer.response), keep_alive, head_only) && keep_alive;
}

// Runs the handler on the pool and comes back with its answer.
asio::awaitable<Answer> Server::State::ask(Request request, std::shared_ptr<StreamQueue> queue, bool may_compress) {
  auto work = [this, request = std::move(request), queue = std::move(queue), may_compress]() -> Answer {
    Answer answer;
    try {
      std::optional<Response> streamed;
      if (queue) streamed = streams(request, queue);
      if (streamed) {
        answer.response = *std::move(streamed);
        answer.streams = answer.response.status == 200;
      } else {
        answer.response = handler(request);
      }
      if (may_compress && !answer.streams && answer.response.body.size() > kCompressFrom && !answer.response.headers.has("Content-Encoding") &&
          compressible(answer.response.headers.get("Content-Type")))
        compress(answer.response);
    } catch (const std::exception&) {
      answer = {refusal(500, "Something broke inside the server; the request may be repeated."), false};
    }
    return answer;
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Answer)>(
      [this](auto done, auto job) {
        asio::post(pool, [this, done = std::move(done), job = std::move(job)]() mutable {
          Answer answer = job();
          asio::post(io, [done = std::move(done), answer = std::move(answer)]() mutable { std::move(done)(std::move(answer)); });
        });
      },
      asio::use_awaitable, std::move(work));
}

asio::awaitable<bool> Server::State::send(Connection& c, Response response, bool keep_alive, bool head_only) {
  const std::string head = response_head(response, keep_alive, Framing::length);
  std::string_view rest = head_only || has_no_body(response.status) ? std::string_view() : std::string_view(response.body);
  // In slices, so that a slow line has the time for each of them and not for the whole of a long answer.
  for (std::string_view first = head; !first.empty() || !rest.empty(); first = {}) {
    const std::string_view slice = rest.substr(0, kWriteSlice);
    rest.remove_prefix(slice.size());
    c.stream.expires_after(milliseconds(options.write_timeout_ms));
    const std::array<asio::const_buffer, 2> parts{asio::buffer(first), asio::buffer(slice)};
    if (const auto [failed, count] = co_await asio::async_write(c.stream, parts, use_tuple); failed) co_return false;
  }
  co_return true;
}

// Answers and closes. What the caller is still sending is read for a while: closing at once would reset the connection
// and take our answer with it.
asio::awaitable<void> Server::State::refuse(Connection& c, Response response) {
  if (!co_await send(c, std::move(response), false, false)) co_return;
  boost::system::error_code ignored;
  c.stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  c.stream.expires_after(kDrainTime);
  std::array<char, 16'384> waste{};
  for (std::size_t total = 0; total < kDrainBytes;) {
    const auto [failed, count] = co_await c.stream.async_read_some(asio::buffer(waste), use_tuple);
    if (failed) co_return;
    total += count;
  }
}

asio::awaitable<void> Server::State::stream_out(Connection& c, Response head, bool chunked) {
  const std::shared_ptr<StreamQueue> queue = c.streaming;
  std::string bytes = response_head(head, false, chunked ? Framing::chunked : Framing::until_close);
  const auto add = [&](std::string_view part) {
    if (part.empty()) return;
    static constexpr std::string_view kHex = "0123456789abcdef";
    if (chunked) {
      std::string size;
      for (std::size_t n = part.size(); n > 0; n /= 16) size.insert(size.begin(), kHex[n % 16]);
      bytes += size + "\r\n";
    }
    bytes += part;
    if (chunked) bytes += "\r\n";
  };
  add(head.body);
  // The caller has nothing more to say: whatever arrives, or the end of the connection, ends the stream.
  asio::co_spawn(
      io,
      [](Connection& connection, std::shared_ptr<StreamQueue> q) -> asio::awaitable<void> {
        co_await connection.stream.socket().async_wait(tcp::socket::wait_read, use_tuple);
        q->close();
      }(c, queue),
      asio::detached);
  for (;;) {
    add(queue->take());
    const bool over = stopping || !queue->is_open();
    if (over) {
      add(queue->take());
      if (chunked) bytes += "0\r\n\r\n";
    }
    if (!bytes.empty()) {
      c.stream.expires_after(milliseconds(options.write_timeout_ms));
      const auto [failed, count] = co_await asio::async_write(c.stream, asio::buffer(bytes), use_tuple);
      bytes.clear();
      if (failed) break;
    }
    if (over) break;
    c.stream.expires_never();
    if (!queue->is_idle() || stopping) continue;
    queue->wake().expires_after(kStreamPing);
    if (const auto [woken] = co_await queue->wake().async_wait(use_tuple); !woken) add(":\n\n");
  }
  boost::system::error_code ignored;
  c.stream.socket().close(ignored);
}

void Server::State::begin_stop() {
  stopping = true;
  boost::system::error_code ignored;
  acceptor.close(ignored);
  for (Connection* connection : connections) {
    if (connection->idle) connection->stream.socket().close(ignored);
    if (connection->streaming) connection->streaming->close();
  }
  if (connections.empty()) return;
  drain.expires_after(milliseconds(options.drain_timeout_ms));
  drain.async_wait([this](const boost::system::error_code& cancelled) {
    if (!cancelled) io.stop();
  });
}

Result<std::unique_ptr<Server>> Server::listen(ServerOptions options, Handler handler, StreamHandler streams) {
  auto state = std::make_unique<State>(std::move(options), std::move(handler), std::move(streams));
  const ServerOptions& o = state->options;
  const auto cannot = [&](const std::string& why) {
    return unavailable("http.cannot_listen", "Cannot listen on " + o.host + " port " + std::to_string(o.port) + ": " + why + ". Choose another port, or stop the program that uses it.");
  };
  if (o.port < 0 || o.port > 65'535) return cannot("a port is a number from 0 to 65535");
  boost::system::error_code failed;
  tcp::resolver resolver(state->io);
  const auto found = resolver.resolve(o.host, std::to_string(o.port), tcp::resolver::passive | tcp::resolver::numeric_service, failed);
  if (failed || found.empty()) return cannot(failed ? failed.message() : "the host has no address");
  tcp::endpoint endpoint = found.begin()->endpoint();
  for (const auto& entry : found)
    if (entry.endpoint().address().is_v4()) {
      endpoint = entry.endpoint();
      break;
    }
  if (state->acceptor.open(endpoint.protocol(), failed); failed) return cannot(failed.message());
  state->acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
  if (state->acceptor.bind(endpoint, failed); failed) return cannot(failed.message());
  if (state->acceptor.listen(asio::socket_base::max_listen_connections, failed); failed) return cannot(failed.message());
  state->port = state->acceptor.local_endpoint(failed).port();
  State* const s = state.get();
  asio::co_spawn(s->io, s->accept(), asio::detached);
  s->thread = std::thread([s] { s->io.run(); });
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() { stop(); }

int Server::port() const { return state_->port; }

void Server::stop() {
  if (state_->stopped.exchange(true)) return;
  asio::post(state_->io, [s = state_.get()] { s->begin_stop(); });
  state_->thread.join();
  state_->pool.join();
}

}  // namespace zifa::http
