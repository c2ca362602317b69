#include "adapters/documents/table.hpp"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>

#include "base/csv.hpp"
#include "base/text.hpp"

namespace zifa::documents {

namespace {

constexpr std::size_t kMostColumns = 16'384;
constexpr std::size_t kLongestText = 32'767;  // characters of one cell; Excel refuses to open longer ones
constexpr std::size_t kMostNotes = 100;

Error failed(std::string_view what) {
  return {ErrorKind::unavailable, "document.failed", "The table could not be written: " + std::string(what) + ". Look for room in the temporary folder and try again."};
}

// Text a cell can hold: well-formed, no control characters but line ends and tabs.
std::string cell_text(std::string_view text) {
  bool good = is_utf8(text);
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') good = false;
  if (good) return std::string(text);
  std::string mended = printable(text, text.size());
  return mended;
}

// The money formats come from the currency's own number of decimals.
std::string money_format(Currency currency) {
  std::string format = "#,##0";
  if (currency.decimals() > 0) format += "." + std::string(static_cast<std::size_t>(currency.decimals()), '0');
  return format + " \"" + std::string(currency.code()) + "\"";
}

constexpr std::array<double, 6> kPowers{1, 10, 100, 1'000, 10'000, 100'000};

// Days since 1899-12-30, as spreadsheets count them. Before 1900-03-01 they disagree among themselves.
constexpr std::int32_t kSpreadsheetEpoch = -25'569;
constexpr std::int32_t kFirstSafeDay = 61;

class Workbook {
 public:
  Workbook(const TableSheet& sheet, TableResult& result, std::size_t rows_a_sheet) : sheet_(sheet), result_(result), rows_a_sheet_(rows_a_sheet) {}
  ~Workbook() {
    if (book_) workbook_close(book_);
    if (file_ >= 0) ::close(file_);
  }

  Result<Done> open() {
    if (sheet_.columns.empty()) return invalid("table.no_columns", "The table has no columns.");
    if (sheet_.columns.size() > kMostColumns) return invalid("table.too_many_columns", "A sheet holds at most 16384 columns.");
    file_ = memfd_create("table", MFD_CLOEXEC);
    if (file_ < 0) return failed(std::strerror(errno));
    path_ = "/proc/self/fd/" + std::to_string(file_);
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    book_ = workbook_new_opt(path_.c_str(), &options);
    if (!book_) return failed("there is no memory left");
    head_ = workbook_add_format(book_);
    format_set_bold(head_);
    format_set_bg_color(head_, 0xE8EEF4);
    format_set_bottom(head_, LXW_BORDER_THIN);
    day_ = format("yyyy-mm-dd");
    time_ = format("yyyy-mm-dd hh:mm:ss");
    whole_ = format("#,##0");
    percent_ = format("0.00%");
    return next_sheet();
  }

  Result<Done> add(const std::vector<Cell>& cells) {
    if (row_ > rows_a_sheet_) TRY(next_sheet());
    for (std::size_t i = 0; i < cells.size() && i < sheet_.columns.size(); ++i) TRY(write(static_cast<lxw_col_t>(i), cells[i]));
    ++row_;
    return done;
  }

  Result<Done> send(const Sink& sink) {
    const lxw_error error = workbook_close(book_);
    book_ = nullptr;
    if (error != LXW_NO_ERROR) return failed(lxw_strerror(error));
    if (::lseek(file_, 0, SEEK_SET) < 0) return failed(std::strerror(errno));
    std::array<char, 64 * 1024> buffer;
    for (;;) {
      const ssize_t got = ::read(file_, buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return failed(std::strerror(errno));
      if (got == 0) return done;
      TRY(sink({buffer.data(), static_cast<std::size_t>(got)}));
    }
  }

 private:
  lxw_format* format(const char* pattern) {
    lxw_format* made = workbook_add_format(book_);
    format_set_num_format(made, pattern);
    return made;
  }

  Result<Done> next_sheet() {
    ++sheets_;
    // Sheet names: at most 31 characters, none of []:*?/\, no apostrophe at the ends.
    std::string name;
    for (const char c : printable(sheet_.name, 120)) name += std::strchr("[]:*?/\\'", c) && c != '\0' ? ' ' : c;
    while (utf8_length(name) > 25) {
      do name.pop_back();
      while (!name.empty() && !is_utf8(name));
    }
    name = std::string(trim(name));
    if (name.empty()) name = "Sheet";
    if (sheets_ > 1) name += " " + std::to_string(sheets_);
    page_ = workbook_add_worksheet(book_, name.c_str());
    if (!page_) return failed("the sheet '" + name + "' could not be made");
    worksheet_freeze_panes(page_, 1, 0);
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(page_, column, column, static_cast<double>(std::clamp(sheet_.columns[i].width, 1, 255)), nullptr);
      worksheet_write_string(page_, 0, column, cell_text(sheet_.columns[i].title).c_str(), head_);
    }
    row_ = 1;
    return done;
  }

  Result<Done> write(lxw_col_t column, const Cell& cell) {
    const auto row = static_cast<lxw_row_t>(row_);
    lxw_error error = LXW_NO_ERROR;
    if (const auto* text = std::get_if<std::string>(&cell)) {
      error = write_text(row, column, *text);
    } else if (const auto* n = std::get_if<std::int64_t>(&cell)) {
      // Spreadsheets compute with 53 bits: a longer number keeps its digits as text.
      constexpr std::int64_t kExact = std::int64_t{1} << 53;
      if (*n > -kExact && *n < kExact) error = worksheet_write_number(page_, row, column, static_cast<double>(*n), whole_);
      else error = worksheet_write_string(page_, row, column, std::to_string(*n).c_str(), nullptr);
    } else if (const auto* share = std::get_if<Millionths>(&cell)) {
      error = worksheet_write_number(page_, row, column, static_cast<double>(share->value) / 1e6, percent_);
    } else if (const auto* money = std::get_if<Money>(&cell)) {
      const auto decimals = static_cast<std::size_t>(std::clamp(money->currency().decimals(), 0, 5));
      error = worksheet_write_number(page_, row, column, static_cast<double>(money->minor()) / kPowers[decimals], money_of(money->currency()));
    } else if (const auto* day = std::get_if<Day>(&cell)) {
      const std::int64_t serial = std::int64_t{day->number()} - kSpreadsheetEpoch;
      if (serial >= kFirstSafeDay && serial < 2'958'466) error = worksheet_write_number(page_, row, column, static_cast<double>(serial), day_);
      else error = worksheet_write_string(page_, row, column, day->iso().c_str(), nullptr);
    } else if (const auto* at = std::get_if<Instant>(&cell)) {
      const std::int64_t seconds = at->seconds() + sheet_.zone.offset(*at).count();
      const double serial = static_cast<double>(seconds) / 86'400.0 - kSpreadsheetEpoch;
      if (serial >= kFirstSafeDay && serial < 2'958'466) error = worksheet_write_number(page_, row, column, serial, time_);
      else error = worksheet_write_string(page_, row, column, at->iso().c_str(), nullptr);
    }
    if (error != LXW_NO_ERROR) return failed(lxw_strerror(error));
    return done;
  }

  lxw_error write_text(lxw_row_t row, lxw_col_t column, const std::string& given) {
    if (given.empty()) return LXW_NO_ERROR;
    std::string text = cell_text(given);
    if (text.size() > kLongestText && utf8_length(text) > kLongestText) {
      std::size_t characters = 0, at = 0;
      for (; at < text.size() && characters < kLongestText - 1; ++characters) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
      }
      text.resize(at);
      text += "…";
      if (result_.notes.size() < kMostNotes)
        result_.notes.push_back("row " + std::to_string(result_.rows + 1) + ", " + sheet_.columns[column].title + ": cut to 32767 characters");
    }
    return worksheet_write_string(page_, row, column, text.c_str(), nullptr);  // never a formula
  }

  lxw_format* money_of(Currency currency) {
    auto& known = money_[std::string(currency.code())];
    if (!known) known = format(money_format(currency).c_str());
    return known;
  }

  const TableSheet& sheet_;
  TableResult& result_;
  std::size_t rows_a_sheet_;
  int file_ = -1;
  std::string path_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* page_ = nullptr;
  lxw_format *head_ = nullptr, *day_ = nullptr, *time_ = nullptr, *whole_ = nullptr, *percent_ = nullptr;
  std::map<std::string, lxw_format*> money_;
  std::size_t row_ = 0;
  int sheets_ = 0;
};

// A share of millionths as a decimal fraction, exact and without trailing zeros: 250000 -> "0.25".
std::string fraction(std::int64_t millionths) {
  const std::uint64_t n = millionths < 0 ? 0 - static_cast<std::uint64_t>(millionths) : static_cast<std::uint64_t>(millionths);
  std::string rest = std::to_string(n % 1'000'000);
  rest.insert(0, 6 - rest.size(), '0');
  while (rest.size() > 1 && rest.back() == '0') rest.pop_back();
  return (millionths < 0 ? "-" : "") + std::to_string(n / 1'000'000) + "." + rest;
}

std::string csv_text(const Cell& cell, const TableSheet& sheet) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    const bool formula = sheet.guard_formulas && !text->empty() && std::strchr("=+-@\t\r", text->front());
    return formula ? "'" + *text : *text;
  }
  if (const auto* n = std::get_if<std::int64_t>(&cell)) return std::to_string(*n);
  if (const auto* share = std::get_if<Millionths>(&cell)) return fraction(share->value);
  if (const auto* money = std::get_if<Money>(&cell)) return money->amount();
  if (const auto* day = std::get_if<Day>(&cell)) return day->iso();
  if (const auto* at = std::get_if<Instant>(&cell)) return sheet.zone.name() == "UTC" || sheet.zone.name() == "Etc/UTC" ? at->iso() : sheet.zone.iso(*at);
  return {};
}

}  // namespace

Result<TableResult> write_xlsx(const TableSheet& sheet, const Sink& sink, std::size_t rows_a_sheet) {
  TableResult result;
  Workbook book(sheet, result, rows_a_sheet);
  TRY(book.open());
  std::vector<Cell> row;
  while (sheet.next && (row.clear(), sheet.next(row))) {
    TRY(book.add(row));
    ++result.rows;
  }
  TRY(book.send(sink));
  return result;
}

Result<TableResult> write_csv(const TableSheet& sheet, const Sink& sink) {
  if (sheet.columns.empty()) return invalid("table.no_columns", "The table has no columns.");
  TableResult result;
  std::string buffer;
  if (sheet.byte_order_mark) buffer = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) buffer += (i ? "," : "") + csv_field(sheet.columns[i].title);
  buffer += '\n';
  std::vector<Cell> row;
  while (sheet.next && (row.clear(), sheet.next(row))) {
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      if (i) buffer += ',';
      if (i < row.size()) buffer += csv_field(csv_text(row[i], sheet));
    }
    buffer += '\n';
    ++result.rows;
    if (buffer.size() > 64 * 1024) {
      TRY(sink(buffer));
      buffer.clear();
    }
  }
  if (!buffer.empty()) TRY(sink(buffer));
  return result;
}

}  // namespace zifa::documents
