#include <array>

#include "adapters/files/table.hpp"

namespace zifa {

namespace {

// A stream that has given its first bytes and gives them again. Only what cannot be rewound needs it.
class Rewound final : public std::istream {
 public:
  Rewound(std::string first, std::unique_ptr<std::istream> rest) : std::istream(nullptr), buffer_(std::move(first), std::move(rest)) { rdbuf(&buffer_); }

 private:
  class Buffer final : public std::streambuf {
   public:
    Buffer(std::string first, std::unique_ptr<std::istream> rest) : first_(std::move(first)), rest_(std::move(rest)) {
      setg(first_.data(), first_.data(), first_.data() + first_.size());
    }

   protected:
    int_type underflow() override {
      piece_.resize(64 * 1024);
      rest_->read(piece_.data(), static_cast<std::streamsize>(piece_.size()));
      const std::streamsize got = rest_->gcount();
      if (rest_->bad()) throw std::ios_base::failure("reading failed");  // the stream around us turns it into badbit
      if (got <= 0) return traits_type::eof();
      setg(piece_.data(), piece_.data(), piece_.data() + got);
      return traits_type::to_int_type(piece_[0]);
    }

   private:
    std::string first_;
    std::unique_ptr<std::istream> rest_;
    std::string piece_;
  };
  Buffer buffer_;
};

}  // namespace

Result<std::unique_ptr<Table>> open_table(std::unique_ptr<std::istream> in, const FileOptions& options, const KnownHeadings& known) {
  if (!in || !*in) return invalid("file.unreadable", "The file cannot be opened; check its name and that you may read it.");
  std::array<char, 8> first{};
  in->read(first.data(), first.size());
  const std::string_view head(first.data(), static_cast<std::size_t>(in->gcount()));
  if (in->bad()) return unavailable("file.unreadable", "The file cannot be read.");
  if (head.empty()) return invalid("file.empty", "The file is empty.");
  if (head.starts_with("\xD0\xCF\x11\xE0"))
    return invalid("file.encrypted", "The workbook has a password or is of the old .xls kind; save it as .xlsx without a password, or as CSV.");
  if (head.starts_with("\x1F\x8B") || head.starts_with("\x28\xB5\x2F\xFD") || head.starts_with("Rar!") || head.starts_with("7z\xBC\xAF"))
    return invalid("file.compressed", "The file is compressed; unpack it first.");
  if (head.starts_with("%PDF") || head.starts_with("\x89PNG") || head.starts_with("\xFF\xD8\xFF"))
    return invalid("file.not_a_table", "The file is a document or a picture, not a table; export the orders as text, CSV or XLSX.");
  const bool workbook = head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06");
  in->clear();
  in->seekg(0);
  if (!*in) {
    in->clear();
    in = std::make_unique<Rewound>(std::string(head), std::move(in));
  }
  return workbook ? open_workbook(std::move(in), options) : open_separated_text(std::move(in), options, known);
}

}  // namespace zifa
