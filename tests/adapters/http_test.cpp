#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "adapters/http/client.hpp"
#include "adapters/http/gzip.hpp"
#include "adapters/http/server.hpp"
#include "adapters/http/url.hpp"
#include "adapters/http/wire.hpp"

using namespace zifa;
using namespace zifa::http;

namespace {

std::unique_ptr<Server> serve(Handler handler, ServerOptions options = {}, StreamHandler streams = {}) {
  auto server = Server::listen(std::move(options), std::move(handler), std::move(streams));
  REQUIRE(server.has_value());
  return std::move(*server);
}

std::string at(const Server& server, const std::string& target) { return "http://127.0.0.1:" + std::to_string(server.port()) + target; }

int dial(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
  return fd;
}

void put(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

std::string read_to_end(int fd) {
  std::string all;
  char part[4096];
  for (ssize_t n = ::recv(fd, part, sizeof part, 0); n > 0; n = ::recv(fd, part, sizeof part, 0)) all.append(part, static_cast<std::size_t>(n));
  return all;
}

// What the server says to these bytes before it closes the connection.
std::string say(const Server& server, std::string_view bytes, bool half_close = true) {
  const int fd = dial(server.port());
  put(fd, bytes);
  if (half_close) ::shutdown(fd, SHUT_WR);
  std::string answer = read_to_end(fd);
  ::close(fd);
  return answer;
}

// A server that is no HTTP server: does what it is told to each connection, in turn, then stops listening.
class Rogue {
 public:
  explicit Rogue(std::vector<std::function<void(int)>> acts) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&here), sizeof here) == 0);
    REQUIRE(::listen(listener_, 16) == 0);
    socklen_t size = sizeof here;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size);
    port_ = ntohs(here.sin_port);
    thread_ = std::thread([this, acts = std::move(acts)] {
      for (const auto& act : acts) {
        const int fd = ::accept(listener_, nullptr, nullptr);
        if (fd < 0) return;
        ++connections_;
        act(fd);
        ::close(fd);
      }
    });
  }
  ~Rogue() {
    ::shutdown(listener_, SHUT_RDWR);
    ::close(listener_);
    thread_.join();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/x"; }
  int connections() const { return connections_; }

 private:
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_ = 0;
  std::thread thread_;
};

std::string read_request(int fd) {
  std::string all;
  char part[4096];
  while (all.find("\r\n\r\n") == std::string::npos) {
    const ssize_t n = ::recv(fd, part, sizeof part, 0);
    if (n <= 0) break;
    all.append(part, static_cast<std::size_t>(n));
  }
  return all;
}

std::function<void(int)> answers(std::string text) {
  return [text = std::move(text)](int fd) {
    read_request(fd);
    put(fd, text);
  };
}

Response echo(const Request& request) {
  Response response = Response::text(200, request.method + " " + request.target + "\n" + request.body);
  response.headers.set("X-Remote", request.remote);
  return response;
}

}  // namespace

TEST_CASE("a request goes to the handler as it was sent and its answer comes back") {
  const auto server = serve(echo);
  const auto client = make_client();
  const Response got = client->send({.method = "POST", .target = at(*server, "/a%2Fb?c=%20d"), .body = "hello"}).value();
  CHECK(got.status == 200);
  CHECK(got.body == "POST /a%2Fb?c=%20d\nhello");
  CHECK(got.headers.get("x-remote") == "127.0.0.1");
  CHECK(got.headers.get("content-type") == "text/plain; charset=utf-8");
}

TEST_CASE("one connection carries many requests") {
  const auto server = serve([](const Request&) { return Response::text(200, "x"); });
  const int fd = dial(server->port());
  for (int i = 0; i < 3; ++i) put(fd, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  put(fd, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string all = read_to_end(fd);
  ::close(fd);
  std::size_t count = 0;
  for (std::size_t p = all.find("HTTP/1.1 200"); p != std::string::npos; p = all.find("HTTP/1.1 200", p + 1)) ++count;
  CHECK(count == 4);
}

TEST_CASE("statuses and headers of an answer arrive, redirects are not followed") {
  const auto server = serve([](const Request& request) {
    if (request.path() == "/moved") {
      Response r = Response::text(302, "");
      r.headers.set("Location", "/elsewhere");
      return r;
    }
    if (request.path() == "/none") return Response{.status = 204};
    return Response::json(404, "{}");
  });
  const auto client = make_client();
  CHECK(client->send({.target = at(*server, "/moved")}).value().status == 302);
  CHECK(client->send({.target = at(*server, "/moved")}).value().headers.get("Location") == "/elsewhere");
  CHECK(client->send({.target = at(*server, "/none")}).value().status == 204);
  CHECK(client->send({.target = at(*server, "/x")}).value().body == "{}");
}

TEST_CASE("a HEAD request is answered with the length alone, and the connection lives on") {
  const auto server = serve([](const Request& request) { return Response::text(200, "method " + request.method); });
  const auto client = make_client();
  const Response head = client->send({.method = "HEAD", .target = at(*server, "/")}).value();
  CHECK(head.body.empty());
  CHECK(head.headers.get("content-length") == "10");
  CHECK(client->send({.target = at(*server, "/")}).value().body == "method GET");
}

TEST_CASE("what is not HTTP gets 400 and what is too long 431 or 413, and the server goes on") {
  ServerOptions options;
  options.max_header = 2'000;
  options.max_body = 1'000;
  const auto server = serve(echo, options);
  CHECK(say(*server, "\x16\x03\x01\x02garbage\r\n\r\n").starts_with("HTTP/1.1 400 "));
  CHECK(say(*server, "GET / HTTP/9.9\r\n\r\n").starts_with("HTTP/1.1 400 "));
  CHECK(say(*server, "GET / HTTP/1.1\r\nA: b\r\nno colon here\r\n\r\n").starts_with("HTTP/1.1 400 "));
  CHECK(say(*server, "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n").starts_with("HTTP/1.1 400 "));
  CHECK(say(*server, "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").starts_with("HTTP/1.1 400 "));
  CHECK(say(*server, "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!").starts_with("HTTP/1.1 400 "));
  CHECK(say(*server, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n").starts_with("HTTP/1.1 400 "));
  CHECK(say(*server, "GET / HTTP/1.1\r\nX: " + std::string(5'000, 'a') + "\r\n\r\n").starts_with("HTTP/1.1 431 "));
  CHECK(say(*server, "GET /" + std::string(5'000, 'a') + " HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 431 "));
  CHECK(say(*server, "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n").starts_with("HTTP/1.1 413 "));
  CHECK(say(*server, "POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n" + std::string(1'001, 'a')).starts_with("HTTP/1.1 413 "));
  CHECK(say(*server, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n500\r\n" + std::string(0x500, 'a') + "\r\n0\r\n\r\n").starts_with("HTTP/1.1 413 "));
  CHECK(say(*server, "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n" + std::string(1'000, 'a')).starts_with("HTTP/1.1 200 "));
  CHECK(make_client()->send({.target = at(*server, "/still-here")}).value().status == 200);
}

TEST_CASE("half a request is dropped without an answer") {
  const auto server = serve(echo);
  for (const char* half : {"", "G", "GET / HTTP/1.1\r\nHo", "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"})
    CHECK(say(*server, half) == "");
  CHECK(make_client()->send({.target = at(*server, "/")}).value().status == 200);
}

TEST_CASE("headers that never end are cut off at the limit, however slowly they come") {
  ServerOptions options;
  options.max_header = 500;
  const auto server = serve(echo, options);
  const int fd = dial(server->port());
  put(fd, "GET / HTTP/1.1\r\n");
  for (int i = 0; i < 700; ++i) put(fd, i % 10 == 9 ? "\r\n" : i % 10 == 1 ? ":" : "a");
  CHECK(read_to_end(fd).starts_with("HTTP/1.1 431 "));
  ::close(fd);
}

TEST_CASE("a caller that stops in the middle of its headers or its body is let go") {
  ServerOptions options;
  options.header_timeout_ms = 50;
  options.body_timeout_ms = 50;
  options.idle_timeout_ms = 50;
  const auto server = serve(echo, options);
  CHECK(say(*server, "GET / HTTP/1.1\r\nA: b", false) == "");
  CHECK(say(*server, "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc", false) == "");
  CHECK(say(*server, "", false) == "");
}

TEST_CASE("a caller that expects 100-continue is told to go on") {
  const auto server = serve(echo);
  const int fd = dial(server->port());
  put(fd, "POST /big HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n");
  char first[32] = {};
  CHECK(::recv(fd, first, 25, MSG_WAITALL) == 25);
  CHECK(std::string_view(first) == "HTTP/1.1 100 Continue\r\n\r\n");
  put(fd, "abc");
  CHECK(read_to_end(fd).ends_with("POST /big\nabc"));
  ::close(fd);
}

TEST_CASE("an exception in a handler is a 500 without details") {
  const auto server = serve([](const Request&) -> Response { throw std::runtime_error("password is hunter2"); });
  const Response got = make_client()->send({.target = at(*server, "/")}).value();
  CHECK(got.status == 500);
  CHECK(got.body.find("hunter2") == std::string::npos);
}

TEST_CASE("a header that would break out of its line is not sent") {
  const auto server = serve([](const Request&) {
    Response r = Response::text(200, "x");
    r.headers.set("X-Bad", "a\r\nSet-Cookie: stolen=1");
    r.headers.set("Content-Length", "9999");
    return r;
  });
  const Response got = make_client()->send({.target = at(*server, "/")}).value();
  CHECK(!got.headers.has("Set-Cookie"));
  CHECK(got.body == "x");
  CHECK(make_client()->send({.target = at(*server, "/"), .headers = {{"X", "a\r\nb: c"}}}).error().code == "http.bad_header");
}

TEST_CASE("long answers are zipped for those who accept it, and unzipped by the client") {
  ServerOptions options;
  options.compress_for_loopback = true;
  const auto server = serve([](const Request&) { return Response::json(200, "\"" + std::string(10'000, 'a') + "\""); }, options);
  const std::string raw = say(*server, "GET / HTTP/1.1\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n\r\n");
  CHECK(raw.find("Content-Encoding: gzip\r\n") != std::string::npos);
  CHECK(raw.size() < 1'000);
  CHECK(say(*server, "GET / HTTP/1.1\r\nAccept-Encoding: gzip;q=0\r\nConnection: close\r\n\r\n").size() > 10'000);
  CHECK(make_client()->send({.target = at(*server, "/")}).value().body.size() == 10'002);
}

TEST_CASE("an answer may be held back or withheld") {
  const auto server = serve([](const Request& request) {
    Response r = Response::text(200, "late");
    r.delay_ms = request.path() == "/slow" ? 30 : 0;
    r.drop_connection = request.path() == "/drop";
    return r;
  });
  const auto client = make_client();
  CHECK(client->send({.target = at(*server, "/slow")}).value().body == "late");
  const Error dropped = client->send({.method = "POST", .target = at(*server, "/drop")}).error();
  CHECK(dropped.kind == ErrorKind::unknown);
  CHECK(dropped.code == "http.no_answer");
}

TEST_CASE("waiting answers hold no thread") {
  ServerOptions options;
  options.threads = 1;
  options.drain_timeout_ms = 10;
  const auto server = serve(
      [](const Request& request) {
        Response r = Response::text(200, "x");
        r.delay_ms = request.path() == "/slow" ? 5'000 : 0;
        return r;
      },
      options);
  std::vector<int> waiting;
  for (int i = 0; i < 20; ++i) {
    waiting.push_back(dial(server->port()));
    put(waiting.back(), "GET /slow HTTP/1.1\r\n\r\n");
  }
  CHECK(make_client()->send({.target = at(*server, "/quick")}, {.answer_timeout_ms = 4'000}).has_value());
  for (const int fd : waiting) ::close(fd);
}

TEST_CASE("stopping lets an answer under way finish") {
  std::mutex mutex;
  std::condition_variable changed;
  bool entered = false;
  bool may_go = false;
  const auto server = serve([&](const Request&) {
    std::unique_lock lock(mutex);
    entered = true;
    changed.notify_all();
    changed.wait(lock, [&] { return may_go; });
    return Response::text(200, "finished");
  });
  Result<Response> got = not_found("", "");
  std::thread caller([&] { got = make_client()->send({.target = at(*server, "/")}); });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return entered; });
  }
  const int idle = dial(server->port());
  std::thread stopper([&] { server->stop(); });
  CHECK(read_to_end(idle) == "");  // idle connections are closed at once: stopping has begun
  ::close(idle);
  {
    const std::lock_guard lock(mutex);
    may_go = true;
    changed.notify_all();
  }
  stopper.join();
  caller.join();
  CHECK(got.value().body == "finished");
}

TEST_CASE("a stream is written to from another thread until it is closed") {
  std::shared_ptr<Stream> kept;
  std::mutex mutex;
  std::condition_variable changed;
  const auto server = serve(
      echo, {}, [&](const Request& request, const std::shared_ptr<Stream>& stream) -> std::optional<Response> {
        if (request.path() != "/live") return std::nullopt;
        if (request.query().get("key") != "1") return Response::text(401, "no");
        const std::lock_guard lock(mutex);
        kept = stream;
        changed.notify_all();
        return Response{.status = 200, .headers = {{"Content-Type", "text/event-stream"}}, .body = "data: hello\n\n"};
      });
  const std::string accept = " HTTP/1.1\r\nAccept: text/event-stream\r\n";
  CHECK(say(*server, "GET /other" + accept + "Connection: close\r\n\r\n").ends_with("GET /other\n"));
  CHECK(say(*server, "GET /live" + accept + "Connection: close\r\n\r\n").starts_with("HTTP/1.1 401 "));

  const int fd = dial(server->port());
  put(fd, "GET /live?key=1" + accept + "\r\n");
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return kept != nullptr; });
  }
  CHECK(kept->write("data: one\n\n"));
  CHECK(kept->write("data: two\n\n"));
  kept->close();
  CHECK(!kept->write("data: three\n\n"));
  const std::string all = read_to_end(fd);
  ::close(fd);
  CHECK(all.find("data: hello\n\n") != std::string::npos);
  CHECK(all.find("data: one\n\n") != std::string::npos);
  CHECK(all.find("data: two\n\n") < all.find("0\r\n\r\n"));
  CHECK(all.ends_with("0\r\n\r\n"));

  // The caller going away ends the stream.
  kept.reset();
  const int gone = dial(server->port());
  put(gone, "GET /live?key=1" + accept + "\r\n");
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return kept != nullptr; });
  }
  ::close(gone);
  while (kept->is_open()) std::this_thread::yield();
  CHECK(!kept->write("x"));
}

TEST_CASE("a stream whose caller reads too slowly ends, and a stream outlives its server harmlessly") {
  std::shared_ptr<Stream> kept;
  ServerOptions options;
  options.max_stream_backlog = 10'000;
  auto server = serve(echo, options, [&](const Request&, const std::shared_ptr<Stream>& stream) -> std::optional<Response> {
    kept = stream;
    return Response{.status = 200};
  });
  const int fd = dial(server->port());
  put(fd, "GET / HTTP/1.1\r\nAccept: text/event-stream\r\n\r\n");
  char byte = 0;
  CHECK(::recv(fd, &byte, 1, 0) == 1);
  CHECK(!kept->write(std::string(20'000, 'x')));
  read_to_end(fd);
  ::close(fd);
  const int second = dial(server->port());
  put(second, "GET / HTTP/1.1\r\nAccept: text/event-stream\r\n\r\n");
  CHECK(::recv(second, &byte, 1, 0) == 1);
  CHECK(kept->is_open());
  server.reset();
  CHECK(!kept->write("x"));
  kept->close();
  ::close(second);
}

TEST_CASE("a port that is taken is refused with the next step") {
  const auto server = serve(echo);
  ServerOptions options;
  options.port = server->port();
  const auto second = Server::listen(options, echo);
  CHECK(second.error().code == "http.cannot_listen");
  CHECK(second.error().message.find("Choose another port") != std::string::npos);
  options.host = "no such host";
  CHECK(Server::listen(options, echo).error().code == "http.cannot_listen");
}

TEST_CASE("what the client says of a failure is what the caller may do next") {
  const auto client = make_client();
  const auto error_of = [&](std::vector<std::function<void(int)>> acts, const std::string& method, SendOptions options = {}) {
    const Rogue rogue(std::move(acts));
    return client->send({.method = method, .target = rogue.url(), .body = method == "POST" ? "{}" : ""}, options).error();
  };
  struct Case {
    const char* what;
    std::string answer;
    const char* code;
  };
  for (const Case& c : {
           Case{"closed without a word", "", "http.no_answer"},
           Case{"half a status line", "HTTP/1.1 2", "http.no_answer"},
           Case{"half a header", "HTTP/1.1 200 OK\r\nContent-Le", "http.no_answer"},
           Case{"half a body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "http.no_answer"},
           Case{"half a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "http.no_answer"},
           Case{"not HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "http.bad_answer"},
           Case{"a bad length", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "http.bad_answer"},
           Case{"endless headers", "HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'a'), "http.bad_answer"},
           Case{"damaged gzip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nabcde", "http.bad_answer"},
       }) {
    CAPTURE(c.what);
    const Error error = error_of({answers(c.answer), answers(c.answer)}, "POST");
    CHECK(error.kind == ErrorKind::unknown);
    CHECK(error.code == c.code);
  }
  const Error large = error_of({answers("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + std::string(2'000, 'a'))}, "POST", {.max_answer_bytes = 1'000});
  CHECK(large.code == "http.answer_too_large");
  const std::string bomb = gzip(std::string(1'000'000, 'a'));
  CHECK(error_of({answers("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + std::to_string(bomb.size()) + "\r\n\r\n" + bomb)}, "GET", {.max_answer_bytes = 10'000}).code ==
        "http.answer_too_large");
  const Error late = error_of({[](int fd) { read_request(fd); read_to_end(fd); }}, "POST", {.answer_timeout_ms = 50});
  CHECK(late.code == "http.timeout");
  CHECK(late.kind == ErrorKind::unknown);

  int nobody = 0;
  { nobody = serve(echo)->port(); }
  const Error refused = client->send({.method = "POST", .target = "http://127.0.0.1:" + std::to_string(nobody) + "/"}).error();
  CHECK(refused.kind == ErrorKind::unavailable);
  CHECK(refused.code == "http.connect_failed");
  CHECK(client->send({.target = "https://no-such-host.invalid/"}).error().code == "http.connect_failed");
  CHECK(client->send({.target = "http://example.com/"}).error().code == "http.plain_not_loopback");
  CHECK(client->send({.target = "http://127.0.0.1.example.com/"}).error().code == "http.plain_not_loopback");
  CHECK(client->send({.target = "ftp://127.0.0.1/"}).error().code == "http.bad_url");
  CHECK(client->send({.method = "GET /x HTTP/1.1\r\n", .target = "http://127.0.0.1/"}).error().code == "http.bad_header");
}

TEST_CASE("interim answers are passed over") {
  const auto client = make_client();
  const Rogue rogue({answers("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok")});
  CHECK(client->send({.target = rogue.url()}).value().status == 201);
}

TEST_CASE("a read on a kept connection that was just closed is asked again, a write never is") {
  const auto keeps_then_closes = [](int fd) {
    read_request(fd);
    put(fd, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    read_request(fd);  // takes the second request and closes without an answer
  };
  const auto answers_once = answers("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain");
  {
    const auto client = make_client();
    const Rogue rogue({keeps_then_closes, answers_once});
    CHECK(client->send({.target = rogue.url()}).value().body == "ok");
    CHECK(client->send({.target = rogue.url()}).value().body == "again");
    CHECK(rogue.connections() == 2);
  }
  {
    const auto client = make_client();
    const Rogue rogue({keeps_then_closes});
    CHECK(client->send({.target = rogue.url()}).value().body == "ok");
    CHECK(client->send({.method = "POST", .target = rogue.url()}).error().kind == ErrorKind::unknown);
    CHECK(rogue.connections() == 1);
  }
}

TEST_CASE("a kept connection that is known to be closed is not used") {
  const auto client = make_client();
  const Rogue rogue({answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), answers("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew")});
  CHECK(client->send({.target = rogue.url()}).value().body == "ok");
  while (rogue.connections() < 1) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  CHECK(client->send({.method = "POST", .target = rogue.url()}).value().body == "new");
}

TEST_CASE("addresses are taken apart strictly") {
  const Url plain = parse_url("https://Example.COM/a%2Fb?x=1#part").value();
  CHECK(plain.host == "example.com");
  CHECK(plain.port == "443");
  CHECK(plain.target == "/a%2Fb?x=1");
  CHECK(plain.authority() == "example.com");
  CHECK(parse_url("http://[::1]:8080").value().authority() == "[::1]:8080");
  CHECK(parse_url("http://localhost?x").value().target == "/?x");
  for (const char* bad : {"", "example.com", "https://", "https://user:secret@example.com/", "https://a b/", "https://a\r\nb/", "https://x:0/", "https://x:65536/", "https://x:+80/",
                          "https://[::1", "https://[::1]x/", "javascript:alert(1)", "https://ex%61mple.com/"})
    CHECK(parse_url(bad).error().code == "http.bad_url");
  CHECK(parse_url("https://user:secret@example.com/").error().message.find("secret") == std::string::npos);
  for (const char* here : {"localhost", "127.0.0.1", "127.9.9.9", "::1"}) CHECK(is_loopback(here));
  for (const char* there : {"", "127.0.0", "127.0.0.256", "127.evil.com", "127.0.0.1.evil.com", "128.0.0.1", "localhost.evil.com"}) CHECK(!is_loopback(there));
}

TEST_CASE("zipping and unzipping give the bytes back, and damage is noticed") {
  for (const std::size_t size : {0UL, 1UL, 1'000UL, 3'000'000UL}) {
    std::string bytes(size, 'x');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7919 % 251);
    const std::string packed = gzip(bytes);
    CHECK(looks_gzipped(packed));
    CHECK(gunzip(packed, size).value() == bytes);
    if (size > 1) CHECK(gunzip(packed, size - 1).error().code == "gzip.too_large");
    CHECK(gunzip(packed.substr(0, packed.size() - 1), size + 100).error().code == "gzip.bad");
    CHECK(gunzip(packed + packed, 2 * size).value() == bytes + bytes);
    CHECK(gunzip(packed + "x", size + 100).error().code == "gzip.bad");
  }
  CHECK(gunzip("", 100).error().code == "gzip.bad");
  CHECK(gunzip("hello", 100).error().code == "gzip.bad");
}
