#include "adapters/files/text_lines.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/text.hpp"

namespace zifa {

namespace {

constexpr std::size_t kPiece = 512 * 1024;
constexpr std::size_t kMostDropped = 256 * 1024 * 1024;  // of one line that does not end

bool is_plain(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, text.data() + i, 8);
    if ((eight & 0x8080808080808080ULL) != 0) return false;
  }
  for (; i < text.size(); ++i)
    if (static_cast<unsigned char>(text[i]) >= 0x80) return false;
  return true;
}

// UTF-16 without a mark: text of our kind is mostly ASCII, so every other byte is zero.
std::optional<Charset> unmarked_utf16(std::string_view bytes) {
  if (bytes.size() < 16) return std::nullopt;
  const std::size_t pairs = std::min<std::size_t>(bytes.size() / 2, 512);
  std::size_t high = 0;
  std::size_t low = 0;
  for (std::size_t i = 0; i < pairs; ++i) {
    high += bytes[2 * i] == '\0' ? 1 : 0;
    low += bytes[2 * i + 1] == '\0' ? 1 : 0;
  }
  if (low * 10 > pairs * 8 && high == 0) return Charset::utf_16le;
  if (high * 10 > pairs * 8 && low == 0) return Charset::utf_16be;
  return std::nullopt;
}

}  // namespace

TextLines::TextLines(std::istream& in, std::optional<Charset> named, std::string country)
    : in_(in), charset_(named), country_(std::move(country)) {}

std::string TextLines::encoding() const {
  const std::string name(name_of(charset_.value_or(Charset::utf_8)));
  return had_mark_ ? name + " with BOM" : name;
}

void TextLines::decide(std::string_view fresh) {
  if (!charset_ && !is_plain(fresh)) charset_ = guess_charset(fresh, country_);
}

void TextLines::append_utf16(std::string_view bytes) {
  const bool big = charset_ == Charset::utf_16be;
  carry_.append(bytes);
  const auto unit = [&](std::size_t i) {
    const auto a = static_cast<unsigned char>(carry_[i]);
    const auto b = static_cast<unsigned char>(carry_[i + 1]);
    return static_cast<std::uint32_t>(big ? a << 8 | b : b << 8 | a);
  };
  std::size_t i = 0;
  for (; i + 1 < carry_.size(); i += 2) {
    std::uint32_t c = unit(i);
    if (c >= 0xD800 && c < 0xDC00) {
      if (i + 3 >= carry_.size()) break;
      const std::uint32_t low = unit(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    if (c < 0x80) {
      buffer_ += static_cast<char>(c);
    } else if (c < 0x800) {
      buffer_ += static_cast<char>(0xC0 | c >> 6);
      buffer_ += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {  // a lone surrogate comes out as it is: not UTF-8, so that its line is refused
      buffer_ += static_cast<char>(0xE0 | c >> 12);
      buffer_ += static_cast<char>(0x80 | (c >> 6 & 0x3F));
      buffer_ += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      buffer_ += static_cast<char>(0xF0 | c >> 18);
      buffer_ += static_cast<char>(0x80 | (c >> 12 & 0x3F));
      buffer_ += static_cast<char>(0x80 | (c >> 6 & 0x3F));
      buffer_ += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  carry_.erase(0, i);
}

bool TextLines::fill() {
  if (ended_) return false;
  buffer_.erase(0, at_);
  searched_ -= std::min(searched_, at_);
  at_ = 0;
  raw_.resize(kPiece);
  in_.read(raw_.data(), static_cast<std::streamsize>(raw_.size()));
  raw_.resize(static_cast<std::size_t>(std::max<std::streamsize>(in_.gcount(), 0)));
  if (in_.bad()) failed_ = true;
  std::string_view fresh = raw_;
  if (!started_) {
    started_ = true;
    if (fresh.starts_with("\xEF\xBB\xBF") && (!charset_ || charset_ == Charset::utf_8)) {
      charset_ = Charset::utf_8;
      had_mark_ = true;
      fresh.remove_prefix(3);
    } else if (fresh.starts_with("\xFF\xFE") && (!charset_ || charset_ == Charset::utf_16le || charset_ == Charset::utf_16be)) {
      charset_ = Charset::utf_16le;
      had_mark_ = true;
      fresh.remove_prefix(2);
    } else if (fresh.starts_with("\xFE\xFF") && (!charset_ || charset_ == Charset::utf_16le || charset_ == Charset::utf_16be)) {
      charset_ = Charset::utf_16be;
      had_mark_ = true;
      fresh.remove_prefix(2);
    } else if (!charset_) {
      charset_ = unmarked_utf16(fresh);
    }
    const std::size_t first_end = fresh.find_first_of("\r\n");
    old_mac_ = first_end != std::string_view::npos && fresh[first_end] == '\r' && fresh.find('\n') == std::string_view::npos;
  }
  if (raw_.empty()) {
    ended_ = true;
    if (!carry_.empty()) buffer_ += '\xFF';  // half a character: the last line is not of the encoding
    carry_.clear();
    return !buffer_.empty();
  }
  decide(fresh);
  if (charset_ == Charset::utf_16le || charset_ == Charset::utf_16be)
    append_utf16(fresh);
  else
    buffer_.append(fresh);
  return true;
}

bool TextLines::next(TextLine& line) {
  line.problem = TextLine::Problem::none;
  line.ended = true;
  bool too_long = false;
  std::size_t dropped = 0;
  std::size_t end;
  for (;;) {
    end = buffer_.find(old_mac_ ? '\r' : '\n', searched_);
    if (end != std::string::npos) break;
    if (buffer_.size() - at_ > kMaxLineBytes) {  // forget it and look for its end
      too_long = true;
      dropped += buffer_.size() - at_;
      at_ = buffer_.size();
      if (dropped > kMostDropped) ended_ = true;  // no text at all: a device, an archive, a video
    }
    searched_ = buffer_.size();
    if (!fill()) {
      end = buffer_.size();
      line.ended = false;
      break;
    }
  }
  if (!line.ended && end == at_ && !too_long) {
    line.text = {};
    return false;
  }
  std::string_view bytes = std::string_view(buffer_).substr(at_, end - at_);
  line.number = ++number_;
  at_ = searched_ = line.ended ? end + 1 : end;
  if (bytes.ends_with('\r')) bytes.remove_suffix(1);
  line.text = {};
  if (too_long || bytes.size() > kMaxLineBytes) {
    line.problem = TextLine::Problem::too_long;
  } else if (std::memchr(bytes.data(), 0, bytes.size()) != nullptr) {
    line.problem = TextLine::Problem::zero_bytes;
  } else if (is_plain(bytes)) {
    line.text = bytes;
  } else if (charset_ == Charset::shift_jis || charset_ == Charset::windows_1252 || charset_ == Charset::gb18030) {
    if (!transcoder_) transcoder_ = Transcoder::to_utf8(*charset_);
    decoded_.clear();
    if (transcoder_->append(bytes, decoded_))
      line.text = decoded_;
    else
      line.problem = TextLine::Problem::not_of_encoding;
  } else if (is_utf8(bytes)) {
    line.text = bytes;
  } else {
    line.problem = TextLine::Problem::not_of_encoding;
  }
  return true;
}

}  // namespace zifa
