#include "adapters/http/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <climits>

namespace zifa::http {

std::string gzip(std::string_view bytes, int level) {
  z_stream z{};
  check(deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK, "deflateInit2");
  std::string out;
  out.resize(deflateBound(&z, static_cast<uLong>(bytes.size())) + 32);
  std::size_t read = 0;
  std::size_t written = 0;
  int state = Z_OK;
  // zlib counts in 32 bits; longer texts go through in slices.
  while (state != Z_STREAM_END) {
    const std::size_t take = std::min<std::size_t>(bytes.size() - read, UINT_MAX);
    const std::size_t room = std::min<std::size_t>(out.size() - written, UINT_MAX);
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + read));
    z.avail_in = static_cast<uInt>(take);
    z.next_out = reinterpret_cast<Bytef*>(out.data() + written);
    z.avail_out = static_cast<uInt>(room);
    state = deflate(&z, read + take == bytes.size() ? Z_FINISH : Z_NO_FLUSH);
    read += take - z.avail_in;
    written += room - z.avail_out;
    check(state == Z_OK || state == Z_STREAM_END, "deflate");
  }
  deflateEnd(&z);
  out.resize(written);
  return out;
}

Result<std::string> gunzip(std::string_view bytes, std::size_t limit) {
  z_stream z{};
  check(inflateInit2(&z, 15 + 16) == Z_OK, "inflateInit2");
  struct End {
    z_stream* z;
    ~End() { inflateEnd(z); }
  } end{&z};
  std::string out;
  std::size_t read = 0;
  bool ended = false;
  while (!ended || read < bytes.size()) {
    if (ended && inflateReset(&z) != Z_OK) return corrupt("gzip.bad", "The compressed data is damaged.");
    ended = false;
    if (out.size() >= limit + 1) return corrupt("gzip.too_large", "The compressed data unfolds to more than " + std::to_string(limit) + " bytes.");
    const std::size_t before = out.size();
    const std::size_t room = std::min<std::size_t>({std::max<std::size_t>(bytes.size() * 2, 16'384), limit + 1 - before, UINT_MAX});
    out.resize(before + room);
    const std::size_t take = std::min<std::size_t>(bytes.size() - read, UINT_MAX);
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + read));
    z.avail_in = static_cast<uInt>(take);
    z.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    z.avail_out = static_cast<uInt>(room);
    const int state = inflate(&z, Z_NO_FLUSH);
    read += take - z.avail_in;
    out.resize(before + room - z.avail_out);
    if (state == Z_STREAM_END) {
      ended = true;
    } else if (state != Z_OK || (z.avail_out != 0 && read == bytes.size())) {
      return corrupt("gzip.bad", "The compressed data is damaged or ends early.");
    }
  }
  if (out.size() > limit) return corrupt("gzip.too_large", "The compressed data unfolds to more than " + std::to_string(limit) + " bytes.");
  return out;
}

bool looks_gzipped(std::string_view bytes) { return bytes.size() >= 2 && bytes[0] == '\x1F' && bytes[1] == '\x8B'; }

}  // namespace zifa::http
