#include "adapters/amazon/flat_files/flat_file.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/text.hpp"

namespace zifa {

Result<FlatFile> FlatFile::open(std::ostream& out, const UploadOptions& options, std::span<const std::string_view> columns, std::string above) {
  // Seller Central's Japanese templates are Shift_JIS; everything else, the feeds included, is UTF-8.
  const bool japanese_template = equals_ignoring_case(options.country, "JP") && options.head == UploadHead::template_rows;
  std::optional<Charset> charset = options.encoding.empty() ? (japanese_template ? Charset::shift_jis : Charset::utf_8) : charset_named(options.encoding);
  if (!charset || *charset == Charset::utf_16le || *charset == Charset::utf_16be)
    return invalid("upload.unknown_encoding", "\"" + printable(options.encoding, 40) + "\" is not an encoding that Amazon reads; name utf-8, shift_jis or windows-1252.");
  return FlatFile(out, *charset, columns, std::move(above));
}

Result<Done> FlatFile::put_head() {
  if (has_head_) return done;
  std::string head = above_;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (i > 0) head += '\t';
    head += columns_[i];
  }
  head += '\n';
  std::string bytes;
  check(transcoder_.append(head, bytes), "the head of a template can be written in its encoding");
  out_->write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  has_head_ = true;
  return done;
}

Result<Done> FlatFile::write(std::span<const std::string> texts) {
  check(texts.size() == columns_.size(), "a line has a text for each column");
  row_.clear();
  std::string clean;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) row_ += '\t';
    clean = texts[i];
    for (char& c : clean)
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    if (!transcoder_.append(trim(clean), row_))
      return invalid("upload.not_in_encoding", "The " + std::string(columns_[i]) + " \"" + printable(texts[i], 60) + "\" cannot be written in " + std::string(name_of(charset_)) +
                                                   "; write the file in utf-8 or change the text.");
  }
  row_ += '\n';
  TRY(put_head());
  out_->write(row_.data(), static_cast<std::streamsize>(row_.size()));
  if (!*out_) return unavailable("upload.not_written", "The file could not be written; check the free space of the disk.");
  return done;
}

Result<Done> FlatFile::finish() {
  TRY(put_head());
  out_->flush();
  if (!*out_) return unavailable("upload.not_written", "The file could not be written; check the free space of the disk.");
  return done;
}

bool is_plain_id(std::string_view id) {
  return !id.empty() && id.size() <= 100 && std::all_of(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7F; });
}

}  // namespace zifa
