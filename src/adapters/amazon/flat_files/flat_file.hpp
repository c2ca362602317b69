// Tab-separated lines in the encoding that the receiver reads. A line is written whole or not at all.
#pragma once

#include <ostream>
#include <span>

#include "app/ports/upload_file.hpp"
#include "base/charset.hpp"

namespace zifa {

class FlatFile {
 public:
  // `columns`: the row of column names that Amazon reads. `above`: the rows that its templates have above it.
  // Refuses `upload.unknown_encoding`.
  static Result<FlatFile> open(std::ostream& out, const UploadOptions& options, std::span<const std::string_view> columns, std::string above);

  // One text for each column, in their order. Line ends and tabs inside a text become spaces.
  // Refuses `upload.not_in_encoding` (naming the column), `upload.not_written`.
  Result<Done> write(std::span<const std::string> texts);
  Result<Done> finish();

 private:
  FlatFile(std::ostream& out, Charset charset, std::span<const std::string_view> columns, std::string above)
      : out_(&out), charset_(charset), transcoder_(Transcoder::from_utf8(charset)), columns_(columns), above_(std::move(above)) {}
  Result<Done> put_head();

  std::ostream* out_;
  Charset charset_;
  Transcoder transcoder_;
  std::span<const std::string_view> columns_;
  std::string above_;
  bool has_head_ = false;
  std::string row_;
};

// An id that goes into a column of its own: not empty, no spaces, no control characters, at most 100 bytes.
bool is_plain_id(std::string_view id);

}  // namespace zifa
