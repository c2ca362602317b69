// Ten damaged files of each kind, in each format: every damage is named by line, and every good line is kept.
#include <doctest/doctest.h>

#include <functional>
#include <set>

#include "base/csv.hpp"
#include "base/splitmix.hpp"
#include "base/text.hpp"
#include "tests/adapters/files_support.hpp"
#include "tests/adapters/files_workbooks.hpp"

using namespace files_test;

namespace {

constexpr int kLines = 30;

struct Format {
  std::string name;       // as the reader calls it
  std::string container;  // "tab", "comma", "semicolon", "xlsx"
  std::string header;     // separated by bars
  std::function<std::string(int)> row;
  int id, item, date, quantity, text;  // columns to damage; item -1 where there is none
};

std::vector<Format> formats() {
  const auto unshipped_row = [](int n) { return unshipped(n, "José Müller"); };
  const auto new_row = [](int n) {
    const std::string id = std::to_string(2'000'000 + n);
    return "202-" + id + "-1|77" + id + "|2026-03-02T09:00:00-08:00|a@b.example|MUG|2|EUR|25,98|Zoë Ö|Weg " + std::to_string(n) + "|Bonn|DE";
  };
  const auto all_row = [](int n) {
    const std::string id = std::to_string(3'000'000 + n);
    return "303-" + id + "-1|2026-03-02T17:00:00+00:00|Shipped|Merchant|Amazon.com|SKU-" + id + "|1|USD|12.99|Zürich";
  };
  const auto shop_row = [](int n) {
    const std::string id = std::to_string(4'000'000 + n);
    return "S" + id + "|L" + id + "|2026/03/02 09:30 JST|3|MUG|山田太郎, \"先生\"|東京都";
  };
  const std::string new_header = "order-id|order-item-id|purchase-date|buyer-email|sku|quantity-purchased|currency|item-price|recipient-name|ship-address-1|ship-city|ship-country";
  const std::string all_header = "amazon-order-id|purchase-date|order-status|fulfillment-channel|sales-channel|sku|quantity|currency|item-price|ship-city";
  const std::string shop_header = "order number|line id|ordered at|quantity|sku|recipient|city";
  return {
      {"unshipped_orders", "tab", kUnshippedHeader, unshipped_row, 0, 1, 2, 12, 16},
      {"new_orders", "tab", new_header, new_row, 0, 1, 2, 5, 8},
      {"all_orders", "tab", all_header, all_row, 0, -1, 1, 6, 9},
      {"table", "comma", shop_header, shop_row, 0, 1, 2, 3, 5},
      {"table", "semicolon", shop_header, shop_row, 0, 1, 2, 3, 5},
      {"table", "xlsx", shop_header, shop_row, 0, 1, 2, 3, 5},
      {"unshipped_orders", "xlsx", kUnshippedHeader, unshipped_row, 0, 1, 2, 12, 16},
  };
}

struct Sheet {
  const Format* format;
  std::vector<std::vector<std::string>> rows;  // the header first

  explicit Sheet(const Format& of) : format(&of) {
    add(of.header);
    for (int n = 1; n <= kLines; ++n) add(of.row(n));
  }
  void add(const std::string& row) {
    rows.emplace_back();
    for (const std::string_view field : split(row, '|')) rows.back().emplace_back(field);
  }
  bool is_text() const { return format->container != "xlsx"; }
  char separator() const { return format->container == "tab" ? '\t' : format->container == "comma" ? ',' : ';'; }

  std::string text_row(std::size_t at) const {
    std::string line;
    for (std::size_t i = 0; i < rows[at].size(); ++i) {
      if (i > 0) line += separator();
      line += separator() == '\t' ? rows[at][i] : csv_field(rows[at][i], separator());
    }
    return line + "\n";
  }
  std::string bytes() const {
    if (is_text()) {
      std::string out;
      for (std::size_t at = 0; at < rows.size(); ++at) out += text_row(at);
      return out;
    }
    Book book;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      book.sheet += "<row r=\"" + std::to_string(at + 1) + "\">";
      for (const std::string& cell : rows[at])
        book.sheet += "<c t=\"inlineStr\"><is><t>" + replace_all(replace_all(replace_all(cell, "&", "&amp;"), "<", "&lt;"), "\x01", "_x0001_") + "</t></is></c>";
      book.sheet += "</row>";
    }
    return book.bytes();
  }
};

struct Damaged {
  std::string bytes;
  std::string open_error;                       // code, "" if the file opens
  std::string read_error;                       // code of an error in the middle, "" if none
  std::map<std::size_t, std::string> refusals;  // line -> code
  std::size_t good = kLines;
  bool may_lose_more = false;  // random damage: only what is left is checked
};

struct Damage {
  std::string name;
  bool text_only;
  std::function<Damaged(Sheet, SplitMix&)> make;
};

// Up to four lines of the sheet, told by their row number.
std::set<std::size_t> some_lines(SplitMix& dice) {
  std::set<std::size_t> lines;
  for (std::int64_t n = dice.between(1, 4); n > 0; --n) lines.insert(static_cast<std::size_t>(dice.between(1, kLines)));
  return lines;
}

Damaged cells_changed(Sheet sheet, SplitMix& dice, int column, const std::vector<std::string>& to, const std::string& code) {
  Damaged made;
  for (const std::size_t line : some_lines(dice)) {
    sheet.rows[line][static_cast<std::size_t>(column)] = to[static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(to.size()) - 1))];
    made.refusals[line + 1] = code;
  }
  made.good = kLines - made.refusals.size();
  made.bytes = sheet.bytes();
  return made;
}

std::vector<Damage> damages() {
  return {
      {"cut in the middle", true,
       [](const Sheet& sheet, SplitMix& dice) {
         Damaged made;
         const std::size_t line = static_cast<std::size_t>(dice.between(2, kLines));
         std::string kept;
         for (std::size_t at = 0; at < line; ++at) kept += sheet.text_row(at);
         const std::string last = sheet.text_row(line);
         // Before the last column, so that the line is known to be short.
         kept += last.substr(0, static_cast<std::size_t>(dice.between(1, static_cast<std::int64_t>(last.find(sheet.separator(), last.find(sheet.separator()) + 1)))));
         made.bytes = kept;
         made.refusals[line + 1] = "file.cut_short";
         made.good = line - 1;
         return made;
       }},
      {"a workbook cut in the middle", false,
       [](const Sheet& sheet, SplitMix& dice) {
         Damaged made;
         made.bytes = sheet.bytes();
         if (sheet.is_text()) return made;
         made.bytes.resize(static_cast<std::size_t>(dice.between(10, static_cast<std::int64_t>(made.bytes.size()) - 30)));
         made.open_error = "file.damaged_workbook";
         return made;
       }},
      {"bytes of another encoding", true,
       [](Sheet sheet, SplitMix& dice) {
         const std::vector<std::string> broken{"Jos\xE9", "\xFF\xFE", "\xC3(", "\x82\xA0\x82", "\xED\xA0\x80", "\xF5\x80\x80\x80"};
         return cells_changed(std::move(sheet), dice, sheet.format->text, broken, "file.not_of_encoding");
       }},
      {"zero bytes", true,
       [](Sheet sheet, SplitMix& dice) { return cells_changed(std::move(sheet), dice, sheet.format->text, {std::string(1, '\0'), std::string("a\0b", 3), std::string(500, '\0')}, "file.zero_bytes"); }},
      {"a million columns", true,
       [](const Sheet& sheet, SplitMix& dice) {
         Damaged made;
         const std::size_t line = static_cast<std::size_t>(dice.between(1, kLines));
         for (std::size_t at = 0; at < sheet.rows.size(); ++at) {
           std::string row = sheet.text_row(at);
           if (at == line) {
             row.pop_back();
             for (int n = 0; n < 1'000'000; ++n) (row += sheet.separator()) += 'x';
             row += '\n';
           }
           made.bytes += row;
         }
         made.refusals[line + 1] = "file.wrong_columns";
         made.good = kLines - 1;
         return made;
       }},
      {"a million columns in the header", true,
       [](const Sheet& sheet, SplitMix&) {
         Damaged made;
         made.bytes = sheet.text_row(0);
         made.bytes.pop_back();
         for (int n = 0; n < 1'000'000; ++n) made.bytes += sheet.separator();
         made.bytes += "x\n" + sheet.text_row(1);
         made.open_error = "file.unknown_format";
         return made;
       }},
      {"columns lost or won", true,
       [](Sheet sheet, SplitMix& dice) {
         Damaged made;
         for (const std::size_t line : some_lines(dice)) {
           if (dice.between(0, 1) == 0) sheet.rows[line].pop_back();
           else sheet.rows[line].push_back("surplus");
           made.refusals[line + 1] = "file.wrong_columns";
         }
         made.good = kLines - made.refusals.size();
         made.bytes = sheet.bytes();
         return made;
       }},
      {"impossible purchase dates", false,
       [](Sheet sheet, SplitMix& dice) {
         const std::vector<std::string> dates{"", "2026-02-30T10:00:00Z", "2026-13-01T10:00:00Z", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "2026-03-02T25:00:00Z", "yesterday", "-1", "99999999999999", "2026-03-02T10:00:00+99:99"};
         return cells_changed(std::move(sheet), dice, sheet.format->date, dates, "file.bad_purchase_date");
       }},
      {"impossible quantities", false,
       [](Sheet sheet, SplitMix& dice) {
         const std::vector<std::string> quantities{"-1", "-999999999999", "1000000", "1.5", "1e9", "one", "99999999999999999999999", "0x1", "NaN"};
         return cells_changed(std::move(sheet), dice, sheet.format->quantity, quantities, "file.bad_quantity");
       }},
      {"missing order ids", false, [](Sheet sheet, SplitMix& dice) { return cells_changed(std::move(sheet), dice, sheet.format->id, {"", "  ", "\xC2\xA0", "\xE3\x80\x80 "}, "file.no_order_id"); }},
      {"missing item ids", false,
       [](Sheet sheet, SplitMix& dice) {
         if (sheet.format->item < 0) {
           Damaged made;
           made.bytes = sheet.bytes();
           return made;
         }
         return cells_changed(std::move(sheet), dice, sheet.format->item, {"", " "}, "file.no_order_item_id");
       }},
      {"ids spoilt by a spreadsheet", false, [](Sheet sheet, SplitMix& dice) { return cells_changed(std::move(sheet), dice, sheet.format->id, {"1.23457E+13", "4E+15"}, "file.spoilt_number"); }},
      {"lines twice over", false,
       [](Sheet sheet, SplitMix& dice) {
         Damaged made;
         for (std::int64_t n = dice.between(1, 5); n > 0; --n) {
           sheet.rows.push_back(sheet.rows[static_cast<std::size_t>(dice.between(1, kLines))]);
           ++made.good;  // the reader gives them; who stores them sees that nothing is new
         }
         made.bytes = sheet.bytes();
         return made;
       }},
      {"stray quotes", true,
       [](const Sheet& sheet, SplitMix& dice) {
         Damaged made;
         const std::set<std::size_t> lines = some_lines(dice);
         for (std::size_t at = 0; at < sheet.rows.size(); ++at) {
           std::string row = sheet.text_row(at);
           if (lines.contains(at)) {
             // Behind the last separator: an opening quote that nothing closes, or one closed too early.
             row.insert(row.rfind(sheet.separator()) + 1, dice.between(0, 1) == 0 ? "\"" : "\"a\"b");
             if (sheet.separator() != '\t') made.refusals[at + 1] = "file.stray_quote";  // where tabs separate, quotes are letters
           }
           made.bytes += row;
         }
         made.good = kLines - made.refusals.size();
         return made;
       }},
      {"nothing at all", true,
       [](const Sheet&, SplitMix& dice) {
         Damaged made;
         for (std::int64_t n = dice.between(0, 3); n > 0; --n) made.bytes += dice.between(0, 1) == 0 ? "\n" : "\r\n";
         made.open_error = "file.empty";
         return made;
       }},
      {"a header alone", false,
       [](Sheet sheet, SplitMix&) {
         Damaged made;
         sheet.rows.resize(1);
         made.bytes = sheet.bytes();
         made.good = 0;
         return made;
       }},
      {"no header", true,
       [](Sheet sheet, SplitMix&) {
         Damaged made;
         sheet.rows.erase(sheet.rows.begin());
         made.bytes = sheet.bytes();
         made.open_error = "file.unknown_format";
         return made;
       }},
      {"random bytes", true,
       [](const Sheet&, SplitMix& dice) {
         Damaged made;
         for (std::int64_t n = dice.between(50, 20'000); n > 0; --n) made.bytes += static_cast<char>(dice.between(0, 255));
         made.bytes[0] = 'x';
         made.open_error = "file.unknown_format";
         return made;
       }},
      {"random bytes strewn in", false,
       [](const Sheet& sheet, SplitMix& dice) {
         Damaged made;
         made.bytes = sheet.bytes();
         for (std::int64_t n = dice.between(1, 40); n > 0; --n)
           made.bytes[static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(made.bytes.size()) - 1))] = static_cast<char>(dice.between(0, 255));
         made.may_lose_more = true;
         return made;
       }},
  };
}

}  // namespace

TEST_CASE("every damage to an order file is named by line, and the good lines are kept") {
  FileOptions options;
  options.currency = Currency::of("EUR");
  for (const Format& format : formats())
    for (const Damage& damage : damages()) {
      if (damage.text_only && format.container == "xlsx") continue;
      for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        SplitMix dice(seed * 1'000 + damage.name.size());
        const Damaged made = damage.make(Sheet(format), dice);
        const auto read = read_orders(made.bytes, options);
        const std::string what = format.name + " " + format.container + ", " + damage.name + ", seed " + std::to_string(seed);
        if (made.may_lose_more) {
          CHECK_MESSAGE(read.lines.size() + read.refusals.size() <= 2 * kLines, what);
          for (const LineRefusal& refusal : read.refusals) CHECK_MESSAGE((refusal.line > 0 && !refusal.reason.empty() && refusal.code.starts_with("file.")), what);
          continue;
        }
        CHECK_MESSAGE(read.code() == made.open_error, what);
        if (!made.open_error.empty()) continue;
        CHECK_MESSAGE(read.facts.format == format.name, what);
        CHECK_MESSAGE(read.lines.size() == made.good, what);
        std::map<std::size_t, std::string> refusals;
        for (const LineRefusal& refusal : read.refusals) refusals[refusal.line] = refusal.code;
        CHECK_MESSAGE(refusals == made.refusals, what << ": " << read.refused());
      }
    }
}

TEST_CASE("an undamaged file of every format is read whole") {
  FileOptions options;
  options.currency = Currency::of("EUR");
  for (const Format& format : formats()) {
    const auto read = read_orders(Sheet(format).bytes(), options);
    CHECK(read.refused() == "");
    CHECK(read.lines.size() == kLines);
    CHECK(read.facts.container == format.container);
    CHECK(read.lines[4].order_id == Sheet(format).rows[5][0]);
  }
}
