// Damaged files of every kind: what is wrong has a name and a line, the good lines go in, and the desk says the same the second time.
#include <doctest/doctest.h>

#include <functional>

#include "tests/adapters/files_workbooks.hpp"
#include "tests/app/import_shelf.hpp"

using namespace import_test;

namespace {

constexpr int kLines = 20;

struct Sheet {
  SellerFile kind;
  char separator;
  std::vector<std::vector<std::string>> rows;  // the header first
  std::size_t id, number, date;                // columns to damage
  std::string text_row(std::size_t at) const {
    std::string line;
    for (std::size_t i = 0; i < rows[at].size(); ++i) line += (i > 0 ? std::string(1, separator) : "") + rows[at][i];
    return line + "\n";
  }
  std::string text() const {
    std::string all;
    for (std::size_t i = 0; i < rows.size(); ++i) all += text_row(i);
    return all;
  }
  // The text with line `at` (the header is 1) written otherwise.
  std::string with_line(std::size_t at, const std::string& line) const {
    std::string all;
    for (std::size_t i = 0; i < rows.size(); ++i) all += i + 1 == at ? line : text_row(i);
    return all;
  }
  Sheet with(std::size_t line, std::size_t column, const std::string& cell) const {
    Sheet other = *this;
    other.rows[line - 1][column] = cell;
    return other;
  }
};

Sheet sheet_of(SellerFile kind, char separator, const std::string& header, std::size_t id, std::size_t number, std::size_t date, const std::function<std::string(const std::string& n)>& row) {
  Sheet sheet{kind, separator, {}, id, number, date};
  const auto add = [&](const std::string& text) {
    sheet.rows.emplace_back();
    for (const std::string_view cell : split(text, '|')) sheet.rows.back().emplace_back(cell);
  };
  add(header);
  for (int n = 1; n <= kLines; ++n) add(row(std::to_string(1'000'000 + n)));
  return sheet;
}

const std::vector<Sheet>& sheets() {
  static const std::vector<Sheet> all{
      sheet_of(SellerFile::orders, '\t', "order-id|order-item-id|purchase-date|buyer-email|sku|quantity-purchased|currency|item-price|recipient-name|ship-address-1|ship-city|ship-country", 0, 5, 2,
               [](const std::string& n) { return "202-" + n + "-1|77" + n + "|2026-03-02T09:00:00-08:00|a@b.example|MUG|2|EUR|25.98|Zoë Öller|Weg 1|Köln|DE"; }),
      sheet_of(SellerFile::listings, '\t', "item-name|listing-id|seller-sku|price|quantity|open-date|asin1|fulfillment-channel|status", 2, 4, 5,
               [](const std::string& n) { return "Teetöpfe aus Öl|L" + n + "|SKU-" + n + "|12.99|7|2026-03-02 09:00:00 PST|B000" + n.substr(1) + "|DEFAULT|Active"; }),
      sheet_of(SellerFile::stock, ',', "sku,location,bin,quantity,name,weight_g", 0, 3, 5, [](const std::string& n) { return "SKU-" + n + "|Köln|A-" + n + "|7|Teetöpfe aus Öl|420"; }),
      sheet_of(SellerFile::returns, '\t', "Order ID|Order date|Return request date|Amazon RMA ID|Merchant SKU|Return quantity|Return Reason|Return request status|Item Name", 0, 5, 2,
               [](const std::string& n) { return "202-" + n + "-1|02-Mar-2026|09-Mar-2026|RMA" + n + "|MUG|1|CR-DEFECTIVE|Approved|Teetöpfe aus Öl"; }),
  };
  return all;
}

struct Damage {
  std::string name;
  std::function<std::string(const Sheet&)> file;
  std::string orders, listings, stock, returns;  // what comes of it: the summary, then what is refused

  const std::string& expected(SellerFile kind) const { return kind == SellerFile::orders ? orders : kind == SellerFile::listings ? listings : kind == SellerFile::stock ? stock : returns; }
};

std::string big(std::size_t count, const std::string& piece) {
  std::string all;
  all.reserve(count * piece.size());
  for (std::size_t i = 0; i < count; ++i) all += piece;
  return all;
}

const std::string& workbook_bomb() {
  static const std::string bytes = [] {
    files_test::Book book;
    book.sheet = "<row><c t=\"inlineStr\"><is><t>" + std::string(120'000'000, 'x') + "</t></is></c></row>";
    return book.bytes();
  }();
  return bytes;
}

std::string noise(std::size_t length) {
  std::string bytes = "\x89PNG\r\n\x1A\n";
  bytes += std::string("\0\0\0\rIHDR", 8);
  std::uint64_t state = 42;
  while (bytes.size() < length) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    bytes += static_cast<char>(state >> 56);
  }
  return bytes;
}

const std::vector<Damage>& damages() {
  const auto each = [](const std::string& all) { return all; };
  static const std::vector<Damage> all{
#define EVERY(text) each(text), each(text), each(text), each(text)
      {"undamaged", [](const Sheet& s) { return s.text(); }, EVERY("20 new")},
      {"cut in the middle of the last line", [](const Sheet& s) { return s.text().substr(0, s.text().size() - s.text_row(20).size() / 2 - 1); }, EVERY("19 new, 1 refused: 21 file.cut_short")},
      {"cut in the middle of the header", [](const Sheet& s) { return s.text_row(0).substr(0, 7); }, EVERY("file.unknown_format")},
      {"bytes of another encoding in one line", [](const Sheet& s) { return s.with_line(8, replace_all(s.text_row(7), "ö", "\xF6\xFF")); }, EVERY("19 new, 1 refused: 8 file.not_of_encoding")},
      {"a line of a million columns", [](const Sheet& s) { return s.with_line(8, big(1'000'000, std::string("x") + s.separator) + "\n"); }, EVERY("19 new, 1 refused: 8 file.wrong_columns")},
      {"a header of a million columns", [](const Sheet& s) { return s.with_line(1, big(1'000'000, std::string("x") + s.separator) + "\n"); }, EVERY("file.unknown_format")},
      {"NUL bytes", [](const Sheet& s) { return s.with_line(8, s.text_row(7).substr(0, 6) + std::string(3, '\0') + s.text_row(7).substr(6)); }, EVERY("19 new, 1 refused: 8 file.zero_bytes")},
      {"a day that is not in the calendar", [](const Sheet& s) { return s.with(8, s.date, s.kind == SellerFile::stock ? "heavy" : "2026-02-31T09:00:00Z").text(); }, "19 new, 1 refused: 8 file.bad_purchase_date", "19 new, 1 refused: 8 file.bad_date", "19 new, 1 refused: 8 file.bad_measure", "19 new, 1 refused: 8 file.bad_return_date"},
      {"a negative quantity", [](const Sheet& s) { return s.with(8, s.number, "-2").text(); }, EVERY("19 new, 1 refused: 8 file.bad_quantity")},
      {"a quantity beyond all numbers", [](const Sheet& s) { return s.with(8, s.number, "999999999999999999999999").text(); }, EVERY("19 new, 1 refused: 8 file.bad_quantity")},
      {"a quantity in words", [](const Sheet& s) { return s.with(8, s.number, "two").text(); }, EVERY("19 new, 1 refused: 8 file.bad_quantity")},
      {"the same line twice", [](const Sheet& s) { return s.text() + s.text_row(7); }, EVERY("20 new, 1 unchanged")},
      {"the same id with another number", [](const Sheet& s) { return s.text() + s.with(8, s.number, "5").text_row(7); }, EVERY("20 new, 1 updated")},
      {"no id", [](const Sheet& s) { return s.with(8, s.id, "").text(); }, "19 new, 1 refused: 8 file.no_order_id", "19 new, 1 refused: 8 file.no_sku", "19 new, 1 refused: 8 file.no_sku", "19 new, 1 refused: 8 file.no_order_id"},
      {"an id that a spreadsheet rounded", [](const Sheet& s) { return s.with(8, s.id, "1.23457E+13").text(); }, EVERY("19 new, 1 refused: 8 file.spoilt_number")},
      {"a column lost in one line", [](const Sheet& s) { return s.with_line(8, s.text_row(7).substr(s.text_row(7).find(s.separator) + 1)); }, EVERY("19 new, 1 refused: 8 file.wrong_columns")},
      {"empty", [](const Sheet&) { return std::string(); }, EVERY("file.empty")},
      {"only blank lines", [](const Sheet&) { return std::string("\n\r\n \n"); }, EVERY("file.empty")},
      {"a header alone", [](const Sheet& s) { return s.text_row(0); }, EVERY("nothing")},
      {"a picture", [](const Sheet&) { return noise(50'000); }, EVERY("file.not_a_table")},
      {"a web page", [](const Sheet&) { return std::string("<!DOCTYPE html><html><body>Sign in</body></html>\n"); }, EVERY("file.unknown_format")},
      {"a line of twenty megabytes", [](const Sheet& s) { return s.with_line(8, s.text_row(7).substr(0, 12) + std::string(20'000'000, 'x') + s.text_row(7).substr(12)); }, EVERY("19 new, 1 refused: 8 file.line_too_long")},
      {"a quote that never ends", [](const Sheet& s) { return s.with(8, s.rows[7].size() - 1, "\"open").text(); }, "20 new", "20 new", "19 new, 1 refused: 8 file.stray_quote", "20 new"},
      {"a workbook cut in two", [](const Sheet&) { files_test::Book book; book.sheet = "<row><c><v>1</v></c></row>"; const std::string whole = book.bytes(); return whole.substr(0, whole.size() / 2); }, EVERY("file.damaged_workbook")},
      {"a workbook that unpacks to far more than it is", [](const Sheet&) { return workbook_bomb(); }, EVERY("file.too_large")},
      {"another kind of file", [](const Sheet& s) { return s.kind == SellerFile::stock ? std::string("settlement-id\tdeposit-date\ttotal\n1\t2026-01-01\t3\n") : std::string("settlement-id,deposit-date,total\n1,2026-01-01,3\n"); }, EVERY("file.unknown_format")},
#undef EVERY
  };
  return all;
}

// Rows of that kind that are in the desk.
std::int64_t stored(Shelf& shelf, SellerFile kind) {
  return shelf.read([&](Tx& tx) -> Result<std::int64_t> {
    if (kind == SellerFile::orders) return static_cast<std::int64_t>(TRY(tx.orders.ids({}, 1'000)).size());
    if (kind == SellerFile::listings) return static_cast<std::int64_t>(TRY(tx.stock.listings(std::nullopt, "", false, "", 1'000)).rows.size());
    if (kind == SellerFile::stock) return static_cast<std::int64_t>(TRY(tx.stock.list(std::nullopt, "", "", 1'000)).rows.size());
    return static_cast<std::int64_t>(TRY(tx.returns.list({}, "", 1'000)).rows.size());
  });
}

}  // namespace

TEST_CASE("a damaged file is refused line by line, and what is good in it goes in") {
  for (const Sheet& sheet : sheets())
    for (const Damage& damage : damages()) {
      CAPTURE(name_of(sheet.kind));
      CAPTURE(damage.name);
      const std::string file = damage.file(sheet);
      Shelf shelf;
      const Outcome first = shelf.import(sheet.kind, file);
      CHECK(first.summary() + (first.refused.empty() ? "" : ": " + first.refused) == damage.expected(sheet.kind));
      CHECK(stored(shelf, sheet.kind) == first.report.created);
      CHECK(first.report.rows == first.report.created + first.report.updated + first.report.unchanged + first.report.refused);
      // The second time nothing is new; lines that told two things of one row tell them again.
      const Outcome second = shelf.import(sheet.kind, file);
      CHECK(second.report.created == 0);
      CHECK(second.report.rows == first.report.rows);
      CHECK(second.refused == first.refused);
      CHECK(stored(shelf, sheet.kind) == first.report.created);
    }
}
