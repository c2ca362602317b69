// The client against servers whose certificates are made on the spot: one it should trust, and several it should not.
#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "adapters/http/client.hpp"

using namespace zifa;
using namespace zifa::http;

namespace {

struct Free {
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(X509* p) const { X509_free(p); }
  void operator()(SSL_CTX* p) const { SSL_CTX_free(p); }
  void operator()(SSL* p) const { SSL_free(p); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

Key make_key() { return Key(EVP_EC_gen("P-256")); }

// `signer` null: signed by itself.
Certificate make_certificate(EVP_PKEY* key, const char* name, const char* alternative, X509* issuer, EVP_PKEY* signer, long valid_from_s, long valid_to_s) {
  Certificate made(X509_new());
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), std::rand() + 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), valid_from_s);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), valid_to_s);
  X509_set_pubkey(made.get(), key);
  X509_NAME* subject = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  X509_set_issuer_name(made.get(), issuer == nullptr ? subject : X509_get_subject_name(issuer));
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer == nullptr ? made.get() : issuer, made.get(), nullptr, nullptr, 0);
  const auto extend = [&](int nid, const char* value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    REQUIRE(extension != nullptr);
    X509_add_ext(made.get(), extension, -1);
    X509_EXTENSION_free(extension);
  };
  extend(NID_basic_constraints, issuer == nullptr ? "critical,CA:TRUE" : "CA:FALSE");
  if (alternative != nullptr) extend(NID_subject_alt_name, alternative);
  REQUIRE(X509_sign(made.get(), signer == nullptr ? key : signer, EVP_sha256()) > 0);
  return made;
}

struct Authority {
  Key key = make_key();
  Certificate certificate = make_certificate(key.get(), "Test Authority", nullptr, nullptr, nullptr, -3'600, 86'400);
  std::string file;
  Authority() {
    char name[] = "/tmp/zifa-ca-XXXXXX";
    const int fd = ::mkstemp(name);
    REQUIRE(fd >= 0);
    std::FILE* out = ::fdopen(fd, "w");
    PEM_write_X509(out, certificate.get());
    std::fclose(out);
    file = name;
  }
  ~Authority() { std::filesystem::remove(file); }
};

// Answers every connection with "secret kept" until it is destroyed.
class TlsServer {
 public:
  TlsServer(EVP_PKEY* key, X509* certificate, int highest_version = 0) : context_(SSL_CTX_new(TLS_server_method())) {
    SSL_CTX_use_certificate(context_.get(), certificate);
    SSL_CTX_use_PrivateKey(context_.get(), key);
    if (highest_version != 0) {
      SSL_CTX_set_security_level(context_.get(), 0);
      SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
      SSL_CTX_set_max_proto_version(context_.get(), highest_version);
    }
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&here), sizeof here) == 0);
    REQUIRE(::listen(listener_, 8) == 0);
    socklen_t size = sizeof here;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size);
    port_ = ntohs(here.sin_port);
    thread_ = std::thread([this] {
      for (int fd = ::accept(listener_, nullptr, nullptr); fd >= 0; fd = ::accept(listener_, nullptr, nullptr)) {
        std::unique_ptr<SSL, Free> tls(SSL_new(context_.get()));
        SSL_set_fd(tls.get(), fd);
        char request[4096];
        if (SSL_accept(tls.get()) == 1 && SSL_read(tls.get(), request, sizeof request) > 0) {
          static constexpr char kAnswer[] = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nsecret kept";
          SSL_write(tls.get(), kAnswer, sizeof kAnswer - 1);
          SSL_read(tls.get(), request, sizeof request);
        }
        ::close(fd);
      }
    });
  }
  ~TlsServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::string url(const char* host = "localhost") const { return "https://" + std::string(host) + ":" + std::to_string(port_) + "/"; }

 private:
  std::unique_ptr<SSL_CTX, Free> context_;
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

constexpr SendOptions kQuick{.connect_timeout_ms = 5'000, .answer_timeout_ms = 5'000};

Error refusal(const Authority& authority, const TlsServer& server, const char* host = "localhost") {
  const auto client = make_client({.extra_ca_file = authority.file});
  return client->send({.method = "POST", .target = server.url(host), .body = "{}"}, kQuick).error();
}

}  // namespace

TEST_CASE("a server with a certificate of a trusted authority is spoken to, by name and by address") {
  const Authority authority;
  const Key key = make_key();
  const Certificate certificate = make_certificate(key.get(), "localhost", "DNS:localhost,IP:127.0.0.1", authority.certificate.get(), authority.key.get(), -3'600, 86'400);
  for (const char* host : {"localhost", "127.0.0.1"}) {
    const TlsServer server(key.get(), certificate.get());
    const auto client = make_client({.extra_ca_file = authority.file});
    CHECK(client->send({.target = server.url(host)}, kQuick).value().body == "secret kept");
  }
}

TEST_CASE("nothing is sent to a server that cannot prove its name") {
  const Authority authority;
  const Authority stranger;
  const Key key = make_key();
  struct Case {
    const char* what;
    Certificate certificate;
    const char* says;
  };
  Case cases[] = {
      {"signed by itself", make_certificate(key.get(), "localhost", "DNS:localhost", nullptr, nullptr, -3'600, 86'400), "self-signed"},
      {"signed by a stranger", make_certificate(key.get(), "localhost", "DNS:localhost", stranger.certificate.get(), stranger.key.get(), -3'600, 86'400), "certificate"},
      {"of another name", make_certificate(key.get(), "example.com", "DNS:example.com", authority.certificate.get(), authority.key.get(), -3'600, 86'400), "certificate"},
      {"expired", make_certificate(key.get(), "localhost", "DNS:localhost", authority.certificate.get(), authority.key.get(), -7'200, -3'600), "expired"},
      {"not valid yet", make_certificate(key.get(), "localhost", "DNS:localhost", authority.certificate.get(), authority.key.get(), 3'600, 86'400), "not yet valid"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    const TlsServer server(key.get(), c.certificate.get());
    const Error error = refusal(authority, server);
    CHECK(error.kind == ErrorKind::unavailable);
    CHECK(error.code == "http.tls_failed");
    CHECK(error.message.find(c.says) != std::string::npos);
  }
}

TEST_CASE("TLS older than 1.2 is not spoken") {
  const Authority authority;
  const Key key = make_key();
  const Certificate certificate = make_certificate(key.get(), "localhost", "DNS:localhost", authority.certificate.get(), authority.key.get(), -3'600, 86'400);
  {
    const TlsServer old(key.get(), certificate.get(), TLS1_1_VERSION);
    CHECK(refusal(authority, old).code == "http.tls_failed");
  }
  const TlsServer allowed(key.get(), certificate.get(), TLS1_2_VERSION);
  const auto client = make_client({.extra_ca_file = authority.file});
  CHECK(client->send({.target = allowed.url()}, kQuick).value().status == 200);
}

TEST_CASE("a certificate file that cannot be read is named before anything is sent") {
  const auto client = make_client({.extra_ca_file = "/no/such/file.pem"});
  CHECK(client->send({.target = "https://localhost:1/"}).error().code == "http.bad_ca_file");
}
