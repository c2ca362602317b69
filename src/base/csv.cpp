#include "base/csv.hpp"

namespace zifa {

int CsvReader::peek() {
  if (at_ == buffer_.size()) {
    buffer_.resize(64 * 1024);
    in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.resize(static_cast<std::size_t>(in_.gcount()));
    at_ = 0;
    if (buffer_.empty()) return -1;
  }
  return static_cast<unsigned char>(buffer_[at_]);
}

int CsvReader::get() {
  const int c = peek();
  if (c >= 0) ++at_;
  return c;
}

void CsvReader::skip_line() {
  for (int c = get(); c >= 0; c = get()) {
    if (c == '\n') break;
    if (c == '\r') {
      if (peek() == '\n') get();
      break;
    }
  }
  ++line_;
}

CsvReader::Step CsvReader::next() {
  if (!started_) {
    started_ = true;
    if (peek() == 0xEF && buffer_.size() - at_ >= 3 && buffer_.compare(at_, 3, "\xEF\xBB\xBF") == 0) at_ += 3;
  }
  for (;;) {
    row_.clear();
    ends_.clear();
    row_line_ = line_;
    int c = get();
    if (c < 0) return Step::end;
    bool quoted = false;       // inside a quoted field
    bool field_start = true;   // nothing of the field read yet
    bool had_quotes = false;
    for (;; c = get()) {
      if (c < 0) {
        if (quoted) {
          problem_ = "a quoted field that began on this line never ends";
          return Step::bad_row;
        }
        break;
      }
      const char byte = static_cast<char>(c);
      if (quoted) {
        if (byte == '"') {
          if (peek() == '"') {
            get();
            row_ += '"';
          } else {
            quoted = false;
          }
        } else {
          if (byte == '\n') ++line_;
          row_ += byte;
        }
      } else if (byte == '"' && format_.quoting && field_start) {
        quoted = true;
        had_quotes = true;
        field_start = false;
      } else if (byte == format_.separator) {
        ends_.push_back(row_.size());
        field_start = true;
        if (ends_.size() >= kMaxFields) {
          problem_ = "more than " + std::to_string(kMaxFields) + " columns";
          skip_line();
          return Step::bad_row;
        }
      } else if (byte == '\n' || byte == '\r') {
        if (byte == '\r' && peek() == '\n') get();
        ++line_;
        break;
      } else {
        row_ += byte;
        field_start = false;
      }
      if (row_.size() > kMaxRowBytes) {
        problem_ = "the row is longer than " + std::to_string(kMaxRowBytes / (1024 * 1024)) + " MB";
        skip_line();
        return Step::bad_row;
      }
    }
    if (row_.empty() && ends_.empty() && !had_quotes) continue;
    ends_.push_back(row_.size());
    views_.clear();
    std::size_t from = 0;
    for (const std::size_t end : ends_) {
      views_.push_back(std::string_view(row_).substr(from, end - from));
      from = end;
    }
    return Step::row;
  }
}

std::string csv_field(std::string_view text, char separator) {
  if (text.find_first_of("\"\r\n") == std::string_view::npos && text.find(separator) == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
  return out;
}

}  // namespace zifa
