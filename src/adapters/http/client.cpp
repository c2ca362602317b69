#include "adapters/http/client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "adapters/http/gzip.hpp"
#include "adapters/http/url.hpp"
#include "adapters/http/wire.hpp"
#include "base/text.hpp"

namespace zifa::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

Error unknown(std::string code, std::string message) { return {ErrorKind::unknown, std::move(code), std::move(message)}; }

// One connection with an event loop of its own: that is how a blocking call gets exact time limits.
struct Connection {
  explicit Connection(ssl::context* context) : plain(io) {
    if (context != nullptr) secure.emplace(plain, *context);
  }

  // Runs one asynchronous operation to its end. `start` gets the callback to hand it.
  template <class Start>
  error_code run(Start&& start) {
    error_code result;
    io.restart();
    start([&](const error_code& failed, auto&&...) { result = failed; });
    io.run();
    return result;
  }
  template <class Use>
  error_code with_stream(Use&& use) {
    return secure ? use(*secure) : use(plain);
  }

  asio::io_context io{1};
  beast::tcp_stream plain;
  std::optional<ssl::stream<beast::tcp_stream&>> secure;
  beast::flat_buffer buffer;
  std::chrono::steady_clock::time_point used_at;

  // False if the other side has closed meanwhile, or has said something nobody asked for.
  bool looks_alive() {
    char byte = 0;
    error_code failed;
    plain.socket().non_blocking(true, failed);
    if (failed || buffer.size() != 0) return false;
    plain.socket().receive(asio::buffer(&byte, 1), tcp::socket::message_peek, failed);
    return failed == asio::error::would_block;
  }
};

std::string tls_reason(Connection& connection, const error_code& failed) {
  const long verdict = SSL_get_verify_result(connection.secure->native_handle());
  if (verdict != X509_V_OK) return std::string("its certificate is not accepted (") + X509_verify_cert_error_string(verdict) + ")";
  return failed.message();
}

class SocketClient final : public Client {
 public:
  explicit SocketClient(ClientOptions options) : options_(std::move(options)), context_(ssl::context::tls_client) {
    error_code ignored;
    context_.set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1, ignored);
    SSL_CTX_set_min_proto_version(context_.native_handle(), TLS1_2_VERSION);
    context_.set_default_verify_paths(ignored);
    if (!options_.extra_ca_file.empty()) context_.load_verify_file(options_.extra_ca_file, trouble_);
    context_.set_verify_mode(ssl::verify_peer, ignored);
  }

  Result<Response> send(const Request& request, const SendOptions& options) override {
    const Url url = TRY(parse_url(request.target));
    if (!url.tls && !is_loopback(url.host))
      return refused("http.plain_not_loopback", "Asking " + url.host + " over plain http would show its contents to everybody on the way; use https.");
    if (url.tls && trouble_)
      return invalid("http.bad_ca_file", "The certificate file " + options_.extra_ca_file + " cannot be read: " + trouble_.message() + ".");
    const std::string head = TRY(request_head(request, url));
    const bool is_read = request.method == "GET" || request.method == "HEAD";
    const std::string key = (url.tls ? "s" : "p") + url.host + ":" + url.port;

    if (auto kept = take(key, is_read ? options_.reuse_reads_ms : options_.reuse_writes_ms)) {
      bool nothing_came = false;
      auto answer = exchange(*kept, request, url, head, options, nothing_came);
      if (answer.has_value()) {
        keep(key, std::move(kept), *answer);
        return std::move(*answer).response;
      }
      // It was closed between our look and our request. A read is asked again on a new connection.
      if (!(is_read && nothing_came)) return std::move(answer).error();
    }
    std::unique_ptr<Connection> fresh = TRY(connect(url, options));
    bool nothing_came = false;
    Received answer = TRY(exchange(*fresh, request, url, head, options, nothing_came));
    keep(key, std::move(fresh), answer);
    return std::move(answer.response);
  }

 private:
  struct Received {
    Response response;
    bool keep_alive = false;
  };

  static Result<std::string> request_head(const Request& request, const Url& url) {
    const auto bad = [&](std::string_view name) {
      return invalid("http.bad_header", "The request to " + url.host + " cannot be written: " + printable(name, 60) + " holds characters that are not allowed there.");
    };
    if (!is_header_name(request.method)) return bad("its method");
    std::string head = request.method + " " + url.target + " HTTP/1.1\r\nHost: " + url.authority() + "\r\n";
    for (const auto& [name, value] : request.headers.all()) {
      if (!is_header_name(name) || !is_header_value(value)) return bad(name);
      if (equals_ignoring_case(name, "Host") || equals_ignoring_case(name, "Content-Length") || equals_ignoring_case(name, "Transfer-Encoding") || equals_ignoring_case(name, "Connection")) continue;
      head += name + ": " + value + "\r\n";
    }
    if (!request.headers.has("Accept-Encoding")) head += "Accept-Encoding: gzip\r\n";
    const bool usually_has_body = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (!request.body.empty() || usually_has_body) head += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    return head + "\r\n";
  }

  Result<std::unique_ptr<Connection>> connect(const Url& url, const SendOptions& options) {
    const auto failed_with = [&](std::string code, const std::string& why) { return unavailable(std::move(code), "Cannot reach " + url.host + ": " + why + ". Nothing was sent."); };
    auto connection = std::make_unique<Connection>(url.tls ? &context_ : nullptr);
    error_code failed;
    tcp::resolver resolver(connection->io);
    const auto found = resolver.resolve(url.host, url.port, tcp::resolver::numeric_service, failed);
    if (failed) return failed_with("http.connect_failed", "its address is not known (" + failed.message() + ")");
    for (const auto& entry : found) {
      // "localhost" is whatever the machine says it is; plain text must still not leave it.
      if (!url.tls && !entry.endpoint().address().is_loopback()) {
        failed = asio::error::access_denied;
        continue;
      }
      error_code ignored;
      connection->plain.socket().close(ignored);
      connection->plain.expires_after(milliseconds(options.connect_timeout_ms));
      failed = connection->run([&](auto done) { connection->plain.async_connect(entry.endpoint(), std::move(done)); });
      if (!failed) break;
    }
    if (failed) return failed_with("http.connect_failed", failed == beast::error::timeout ? "it does not answer" : failed.message());
    error_code ignored;
    connection->plain.socket().set_option(tcp::no_delay(true), ignored);
    if (!url.tls) return connection;

    auto& secure = *connection->secure;
    secure.set_verify_callback(ssl::host_name_verification(url.host), failed);
    error_code not_a_name;
    (void)asio::ip::make_address(url.host, not_a_name);
    if (not_a_name) SSL_set_tlsext_host_name(secure.native_handle(), url.host.c_str());
    connection->plain.expires_after(milliseconds(options.connect_timeout_ms));
    failed = connection->run([&](auto done) { secure.async_handshake(ssl::stream_base::client, std::move(done)); });
    if (failed) return failed_with("http.tls_failed", failed == beast::error::timeout ? "it does not finish the TLS handshake" : tls_reason(*connection, failed));
    return connection;
  }

  // Sends and reads. `nothing_came` is set when the connection ended without one byte of answer.
  static Result<Received> exchange(Connection& c, const Request& request, const Url& url, const std::string& head, const SendOptions& options, bool& nothing_came) {
    const std::string what = request.method + " " + url.host + url.target.substr(0, url.target.find('?'));
    c.plain.expires_after(milliseconds(options.answer_timeout_ms));
    const std::array<asio::const_buffer, 2> parts{asio::buffer(head), asio::buffer(request.body)};
    const error_code not_written = c.with_stream([&](auto& stream) { return c.run([&](auto done) { asio::async_write(stream, parts, std::move(done)); }); });
    // A server may refuse a long body before it has read it, so there may be an answer all the same.
    beast::http::response_parser<beast::http::string_body> parser;
    parser.header_limit(64U * 1024);
    parser.body_limit(options.max_answer_bytes);
    parser.skip(request.method == "HEAD");
    if (not_written == beast::error::timeout) return unknown("http.timeout", what + " was not taken in time; it may have been acted on all the same.");
    error_code failed;
    do {
      failed = c.with_stream([&](auto& stream) { return c.run([&](auto done) { beast::http::async_read_header(stream, c.buffer, parser, std::move(done)); }); });
      if (!failed && parser.get().result_int() / 100 == 1 && parser.get().result_int() != 101) {
        // 100 Continue and early hints: the answer proper follows.
        std::destroy_at(&parser);
        std::construct_at(&parser);
        parser.header_limit(64U * 1024);
        parser.body_limit(options.max_answer_bytes);
        parser.skip(request.method == "HEAD");
        continue;
      }
      break;
    } while (true);
    const bool got_header = !failed;
    if (!failed && !parser.is_done())
      failed = c.with_stream([&](auto& stream) { return c.run([&](auto done) { beast::http::async_read(stream, c.buffer, parser, std::move(done)); }); });
    if (failed) {
      nothing_came = !got_header && c.buffer.size() == 0 && failed != beast::error::timeout && !parser.got_some();
      if (failed == beast::error::timeout) return unknown("http.timeout", what + " was not answered in time; it may have been acted on all the same.");
      if (failed == beast::http::error::body_limit) return unknown("http.answer_too_large", what + " was answered with more than " + std::to_string(options.max_answer_bytes) + " bytes.");
      static const auto& protocol = beast::http::make_error_code(beast::http::error::bad_method).category();
      if (failed.category() == protocol && failed != beast::http::error::end_of_stream && failed != beast::http::error::partial_message)
        return unknown("http.bad_answer", what + " was answered with something that is not HTTP (" + failed.message() + ").");
      return unknown("http.no_answer", what + " was sent, but the connection ended before the whole answer came; it may have been acted on.");
    }

    Received received;
    received.keep_alive = parser.keep_alive() && !not_written && c.buffer.size() == 0;
    auto message = parser.release();
    received.response.status = static_cast<int>(message.result_int());
    for (const auto& field : message) received.response.headers.add(std::string_view(field.name_string().data(), field.name_string().size()), std::string(field.value()));
    received.response.body = std::move(message.body());
    if (equals_ignoring_case(trim(received.response.headers.get("Content-Encoding")), "gzip")) {
      if (!received.response.body.empty()) {
        auto unfolded = gunzip(received.response.body, options.max_answer_bytes);
        if (!unfolded.has_value())
          return unknown(unfolded.error().code == "gzip.too_large" ? "http.answer_too_large" : "http.bad_answer", what + " was answered unreadably: " + unfolded.error().message);
        received.response.body = std::move(*unfolded);
      }
      received.response.headers.remove("Content-Encoding");
    }
    return received;
  }

  std::unique_ptr<Connection> take(const std::string& key, int max_age_ms) {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    auto& kept = idle_[key];
    while (!kept.empty()) {
      std::unique_ptr<Connection> candidate = std::move(kept.back());
      kept.pop_back();
      // Newest first: if this one is too old, so are all others, but they may still serve a later read.
      if (now - candidate->used_at > milliseconds(max_age_ms)) {
        if (now - candidate->used_at <= milliseconds(options_.reuse_reads_ms)) kept.push_back(std::move(candidate));
        else kept.clear();
        return nullptr;
      }
      if (candidate->looks_alive()) return candidate;
    }
    return nullptr;
  }

  void keep(const std::string& key, std::unique_ptr<Connection> connection, const Received& answer) {
    if (!answer.keep_alive) return;
    connection->used_at = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    auto& kept = idle_[key];
    if (kept.size() >= options_.max_idle_per_host) kept.erase(kept.begin());
    kept.push_back(std::move(connection));
  }

  ClientOptions options_;
  ssl::context context_;
  error_code trouble_;
  std::mutex mutex_;
  std::map<std::string, std::vector<std::unique_ptr<Connection>>> idle_;
};

}  // namespace

std::unique_ptr<Client> make_client(ClientOptions options) { return std::make_unique<SocketClient>(std::move(options)); }

}  // namespace zifa::http
