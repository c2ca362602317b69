#include "sandbox/amazon/documents.hpp"

#include <zlib.h>

#include "base/text.hpp"

namespace zifa::sandbox {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kCompressFrom = 2048;
constexpr std::size_t kMostBytes = 512u * 1024 * 1024;

http::Response storage_error(std::string_view code, std::string_view message) {
  return {.status = 403,
          .headers = {{"Content-Type", "application/xml"}},
          .body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + std::string(code) + "</Code><Message>" + std::string(message) + "</Message></Error>"};
}

std::string signature_of(const World& world, std::string_view id, std::string_view method, std::string_view expires) {
  const std::uint64_t a = mix(mix(mix(mix(world.options().seed, "document link"), id), method), expires);
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  SplitMix random(a);
  for (int i = 0; i < 64; ++i) text += kHex[random.next() % 16];
  return text;
}

}  // namespace

std::string document_link(const World& world, const Document& document, std::string_view method) {
  const std::string expires = std::to_string((world.machine_now() + 5min).seconds());
  return world.url + std::string(kDocumentPath) + document.id + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=300&X-Amz-SignedHeaders=" +
         (method == "PUT" ? "content-type%3Bhost" : "host") + "&Expires=" + expires + "&X-Amz-Signature=" + signature_of(world, document.id, method, expires);
}

http::Response serve_document(World& world, const http::Request& request) {
  const std::string_view path = request.path();
  const std::size_t at = path.find(kDocumentPath);
  const auto found = world.documents.find(std::string(path.substr(at + kDocumentPath.size())));
  const http::Query query = request.query();
  const std::string expires(query.get("Expires"));
  if (request.method != "GET" && request.method != "PUT") return storage_error("AccessDenied", "Access Denied");
  if (found == world.documents.end()) return storage_error("AccessDenied", "Access Denied");
  static constexpr std::string_view kMismatch = "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
  if (query.get("X-Amz-Signature") != signature_of(world, found->first, request.method, expires)) return storage_error("SignatureDoesNotMatch", kMismatch);
  if (to_int(expires).value_or(0) < world.machine_now().seconds()) return storage_error("AccessDenied", "Request has expired");
  Document& document = found->second;
  if (request.method == "PUT") {
    // The signature covers the declared type, to the letter; a second way of saying who one is breaks it too.
    if (request.headers.get("Content-Type") != document.content_type || request.headers.has("Authorization")) return storage_error("SignatureDoesNotMatch", kMismatch);
    document.bytes = request.body;
    document.uploaded = true;
    return {.status = 200, .headers = {}, .body = ""};
  }
  return {.status = 200, .headers = {{"Content-Type", document.content_type}}, .body = document.bytes};
}

Document& store_document(World& world, Account* owner, std::string_view prefix, std::string content_type, std::string bytes) {
  Document document{.id = std::string(prefix) + world.fresh_id("document"), .owner = owner, .content_type = std::move(content_type), .bytes = std::move(bytes),
                    .gzip = false, .uploaded = true, .restricted = false, .created = world.now()};
  if (document.bytes.size() >= kCompressFrom) {
    document.bytes = gzip(document.bytes);
    document.gzip = true;
  }
  return world.documents[document.id] = std::move(document);
}

Document& expect_upload(World& world, Account* owner, std::string_view prefix, std::string content_type) {
  Document document{.id = std::string(prefix) + world.fresh_id("document"), .owner = owner, .content_type = std::move(content_type), .bytes = "",
                    .gzip = false, .uploaded = false, .restricted = false, .created = world.now()};
  return world.documents[document.id] = std::move(document);
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  check(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib starts");
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  check(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib ends");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Result<std::string> gunzip_if_needed(const std::string& bytes) {
  if (bytes.size() < 2 || static_cast<unsigned char>(bytes[0]) != 0x1F || static_cast<unsigned char>(bytes[1]) != 0x8B) return bytes;
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return corrupt("document.gzip", "The document's compression cannot be read.");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out, part(1 << 16, '\0');
  int state = Z_OK;
  while (state == Z_OK && out.size() <= kMostBytes) {
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = static_cast<uInt>(part.size());
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(part.data(), part.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) return corrupt("document.gzip", "The document's compression is broken or it grows too large.");
  return out;
}

}  // namespace zifa::sandbox
