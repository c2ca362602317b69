// One sheet of an XLSX workbook as rows of text, unpacked and parsed piece by piece.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <deque>
#include <sstream>

#include "adapters/files/table.hpp"
#include "adapters/files/workbook_parts.hpp"
#include "adapters/files/xml_stream.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr std::size_t kMostRows = 1'048'576;
constexpr std::size_t kMostRowBytes = 4 << 20;
constexpr std::size_t kMostCellBytes = 256 << 10;  // twice what a spreadsheet allows
constexpr std::size_t kMostWaitingBytes = 32 << 20;
constexpr std::uint64_t kMostUnseekable = 64ULL << 20;

struct SheetRow {
  std::size_t number = 0;
  std::string text;               // the cells, one behind the other
  std::vector<std::size_t> ends;  // of each
  std::string problem;            // why the row cannot be read
};

// "AB12" -> 27; -1 if it is no such reference.
int column_of(std::string_view reference) {
  int column = 0;
  std::size_t i = 0;
  for (; i < reference.size() && reference[i] >= 'A' && reference[i] <= 'Z' && i < 4; ++i) column = column * 26 + (reference[i] - 'A' + 1);
  return i == 0 || i > 3 ? -1 : column - 1;
}

class SheetHandler final : public XmlHandler {
 public:
  explicit SheetHandler(const WorkbookParts& parts) : parts_(parts) {}

  std::deque<SheetRow> rows;  // parsed, not given out yet
  std::size_t waiting_bytes = 0;

  void start(std::string_view name, const char** attributes) override {
    if (name == "row") {
      const auto number = to_int(attribute(attributes, "r"));
      row_ = {};
      row_.number = number && *number > 0 && *number <= static_cast<std::int64_t>(kMostRows) ? static_cast<std::size_t>(*number) : last_number_ + 1;
      last_number_ = row_.number;
      in_row_ = true;
    } else if (name == "c" && in_row_) {
      const std::string_view reference = attribute(attributes, "r");
      column_ = reference.empty() ? static_cast<int>(row_.ends.size()) : column_of(reference);
      type_ = attribute(attributes, "t");
      style_ = static_cast<std::size_t>(std::max<std::int64_t>(to_int(attribute(attributes, "s")).value_or(0), 0));
      cell_.clear();
    } else if (name == "rPh") {
      ++in_phonetic_;
    } else if ((name == "v" || name == "t") && in_phonetic_ == 0) {
      in_text_ = true;
    }
  }

  void end(std::string_view name) override {
    if (name == "v" || name == "t") {
      in_text_ = false;
    } else if (name == "rPh") {
      --in_phonetic_;
    } else if (name == "c" && in_row_) {
      finish_cell();
    } else if (name == "row") {
      if (waiting_bytes > kMostWaitingBytes) {  // a few bytes of XML that refer to much text, again and again
        row_ = {row_.number, {}, {}, "the row and its neighbours hold more text than we read"};
      }
      waiting_bytes += row_.text.size();
      if (!row_.ends.empty() || !row_.problem.empty()) rows.push_back(std::move(row_));
      row_ = {};
      in_row_ = false;
    }
  }

  void text(std::string_view part) override {
    if (!in_text_ || !in_row_) return;
    if (cell_.size() + part.size() > kMostCellBytes)
      row_.problem = "a cell holds more than 256 KB";
    else
      cell_.append(part);
  }

 private:
  void finish_cell() {
    if (!row_.problem.empty()) return;
    if (column_ < static_cast<int>(row_.ends.size())) {
      row_.problem = "its cells are not in order";
      return;
    }
    if (column_ >= static_cast<int>(kMaxColumns)) {
      if (!cell_.empty()) row_.problem = "the row has more than " + std::to_string(kMaxColumns) + " columns";
      return;
    }
    row_.ends.resize(static_cast<std::size_t>(column_), row_.text.size());
    if (type_ == "s") {
      std::string_view shared;
      const auto number = to_int(trim(cell_));
      if (!number || *number < 0 || !parts_.shared_text(static_cast<std::size_t>(*number), shared)) {
        if (!cell_.empty()) row_.problem = "a cell refers to a text that the workbook does not hold";
      }
      if (shared.size() > kMostCellBytes) row_.problem = "a cell holds more than 256 KB";
      if (row_.problem.empty()) row_.text.append(shared);
    } else if (type_ == "inlineStr" || type_ == "str") {
      append_unescaped(cell_, row_.text);
    } else if (type_ == "b") {
      row_.text.append(cell_ == "1" ? "TRUE" : cell_.empty() ? "" : "FALSE");
    } else if (type_ == "e" || type_ == "d") {
      row_.text.append(cell_);
    } else if (!cell_.empty()) {
      append_number();
    }
    row_.ends.push_back(row_.text.size());
    if (row_.text.size() > kMostRowBytes) row_.problem = "the row holds more than 4 MB";
  }

  void append_number() {
    const NumberKind kind = style_ < parts_.kinds.size() ? parts_.kinds[style_] : NumberKind::number;
    if (kind != NumberKind::number) {
      char* end = nullptr;
      const double serial = std::strtod(cell_.c_str(), &end);
      const std::string date = end == cell_.c_str() + cell_.size() ? date_text(serial, kind, parts_.from_1904) : std::string();
      if (!date.empty()) {
        row_.text += date;
        return;
      }
    }
    row_.text += number_text(cell_);
  }

  const WorkbookParts& parts_;
  SheetRow row_;
  std::size_t last_number_ = 0;
  bool in_row_ = false;
  bool in_text_ = false;
  int in_phonetic_ = 0;
  int column_ = 0;
  std::size_t style_ = 0;
  std::string type_;
  std::string cell_;
};

class Workbook final : public Table {
 public:
  Workbook(std::unique_ptr<ZipArchive> archive, WorkbookParts parts, std::string sheet)
      : archive_(std::move(archive)), parts_(std::move(parts)), sheet_(std::move(sheet)), handler_(parts_), xml_(handler_) {}

  Result<Step> next() override {
    for (;;) {
      while (handler_.rows.empty()) {
        if (ended_) return Step::end;
        const std::size_t got = TRY(archive_->read(piece_.data(), piece_.size()));
        ended_ = got == 0;
        handler_.waiting_bytes = 0;
        TRY(xml_.feed({piece_.data(), got}, ended_));
      }
      row_ = std::move(handler_.rows.front());
      handler_.rows.pop_front();
      if (!row_.problem.empty()) {
        problem_ = {row_.number, "file.bad_row", row_.problem};
        return Step::refused;
      }
      fields_.clear();
      bool any = false;
      std::size_t from = 0;
      for (const std::size_t end : row_.ends) {
        fields_.push_back(std::string_view(row_.text).substr(from, end - from));
        any = any || !trim(fields_.back()).empty();
        from = end;
      }
      if (!any) continue;
      if (!is_utf8(row_.text)) {
        problem_ = {row_.number, "file.not_of_encoding", "some bytes of the row are not UTF-8"};
        return Step::refused;
      }
      return Step::row;
    }
  }

  const std::vector<std::string_view>& fields() const override { return fields_; }
  std::size_t line() const override { return row_.number; }
  const LineRefusal& problem() const override { return problem_; }
  bool ragged() const override { return true; }
  std::string container() const override { return "xlsx"; }
  std::string encoding() const override { return "utf-8"; }
  std::string sheet() const override { return sheet_; }

 private:
  std::unique_ptr<ZipArchive> archive_;
  WorkbookParts parts_;
  std::string sheet_;
  SheetHandler handler_;
  XmlStream xml_;
  std::array<char, 16 * 1024> piece_{};
  bool ended_ = false;
  SheetRow row_;
  std::vector<std::string_view> fields_;
  LineRefusal problem_;
};

// What cannot be rewound (a pipe) is kept in memory: a workbook's table of contents stands at its end.
Result<std::unique_ptr<std::istream>> seekable(std::unique_ptr<std::istream> in) {
  in->clear();
  if (in->seekg(0, std::ios::end) && in->seekg(0)) return in;
  in->clear();
  std::string bytes;
  std::array<char, 64 * 1024> piece;
  while (in->read(piece.data(), piece.size()) || in->gcount() > 0) {
    bytes.append(piece.data(), static_cast<std::size_t>(in->gcount()));
    if (bytes.size() > kMostUnseekable) return invalid("file.too_large", "A workbook of more than 64 MB is read from a file only, not from a pipe.");
  }
  return std::unique_ptr<std::istream>(std::make_unique<std::istringstream>(std::move(bytes)));
}

}  // namespace

Result<std::unique_ptr<Table>> open_workbook(std::unique_ptr<std::istream> in, const FileOptions& options) {
  in = TRY(seekable(std::move(in)));
  std::unique_ptr<ZipArchive> archive = TRY(ZipArchive::open(std::move(in)));
  WorkbookParts parts = TRY(read_workbook_parts(*archive));
  const SheetPart* chosen = nullptr;
  std::string names;
  for (const SheetPart& sheet : parts.sheets) {
    if (names.size() < 300) names += (names.empty() ? "" : ", ") + printable(sheet.name, 40);
    if (chosen == nullptr && (options.sheet.empty() ? !sheet.hidden : equals_ignoring_case(sheet.name, options.sheet))) chosen = &sheet;
  }
  if (chosen == nullptr)
    return invalid("file.no_sheet", options.sheet.empty() ? "The workbook has no visible sheet; show one of its sheets or name it (" + names + ")."
                                                          : "The workbook has no sheet \"" + printable(options.sheet, 40) + "\"; it has " + names + ".");
  const std::string part = chosen->part;
  const std::string name = chosen->name;
  if (!TRY(archive->start(part))) return invalid("file.damaged_workbook", "The workbook is damaged (its sheet " + printable(name, 40) + " is missing); export it anew.");
  return std::unique_ptr<Table>(std::make_unique<Workbook>(std::move(archive), std::move(parts), name));
}

}  // namespace zifa
