// Bytes of a text file as lines of UTF-8: finds out the encoding, joins nothing, loses nothing, in memory that does not grow.
#pragma once

#include <deque>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "base/charset.hpp"
#include "base/result.hpp"

namespace zifa {

struct TextLine {
  enum class Problem { none, not_of_encoding, zero_bytes, too_long };
  std::string_view text;  // UTF-8, without its end; empty when there is a problem
  std::size_t number = 0;
  Problem problem = Problem::none;
  bool ended = true;  // false for a last line that no line end follows
};

class TextLines {
 public:
  static constexpr std::size_t kMaxLineBytes = 4 * 1024 * 1024;

  // `named`: the encoding the caller knows; else it is recognised, no later than at the first byte beyond ASCII.
  TextLines(std::istream& in, std::optional<Charset> named, std::string country);

  // False at the end. The text stays valid until the next call.
  bool next(TextLine& line);
  // The stream failed to deliver (a disk, not the content).
  bool failed() const { return failed_; }
  // "utf-8 with BOM", "shift_jis", ...; "utf-8" as long as everything was ASCII.
  std::string encoding() const;

 private:
  bool fill();
  void decide(std::string_view fresh);
  void append_utf16(std::string_view bytes);

  std::istream& in_;
  std::optional<Charset> charset_;
  std::string country_;
  std::optional<Transcoder> transcoder_;
  bool had_mark_ = false;
  bool started_ = false;
  bool ended_ = false;
  bool failed_ = false;
  bool old_mac_ = false;  // lines end with a lone carriage return
  std::string raw_;       // one piece as read
  std::string carry_;     // half a UTF-16 character
  std::string buffer_;    // bytes not yet given out; UTF-8 already where the file is UTF-16
  std::size_t at_ = 0;
  std::size_t searched_ = 0;  // no line end before this
  std::size_t number_ = 0;
  std::string decoded_;
};

}  // namespace zifa
