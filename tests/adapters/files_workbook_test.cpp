#include <doctest/doctest.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "adapters/files/table.hpp"
#include "adapters/files/workbook_parts.hpp"
#include "tests/adapters/files_support.hpp"
#include "tests/adapters/files_workbooks.hpp"

using namespace files_test;

namespace {

std::string row(std::size_t number, const std::vector<std::string>& cells) {
  std::string out = "<row r=\"" + std::to_string(number) + "\">";
  for (const std::string& cell : cells) out += cell;
  return out + "</row>";
}

std::string text_cell(const std::string& reference, const std::string& text) { return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>"; }

std::string header(std::size_t number = 1) {
  const std::string n = std::to_string(number);
  return row(number, {text_cell("A" + n, "order-id"), text_cell("B" + n, "order-item-id"), text_cell("C" + n, "purchase-date"), text_cell("D" + n, "quantity"),
                      text_cell("E" + n, "item-price"), text_cell("F" + n, "sku")});
}

struct Rows {
  std::optional<Error> error;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> numbers;
  std::vector<LineRefusal> refusals;
};

Rows rows_of(std::string file, const FileOptions& options = {}) {
  Rows read;
  auto table = open_table(bytes(std::move(file)), options);
  if (!table) {
    read.error = table.error();
    return read;
  }
  for (;;) {
    const auto step = (*table)->next();
    if (!step) {
      read.error = step.error();
      return read;
    }
    if (*step == Table::Step::end) return read;
    if (*step == Table::Step::refused) {
      read.refusals.push_back((*table)->problem());
      continue;
    }
    read.rows.emplace_back((*table)->fields().begin(), (*table)->fields().end());
    read.numbers.push_back((*table)->line());
  }
}

FileOptions shanghai() {
  FileOptions options;
  options.time_zone = TimeZone::named("Asia/Shanghai").value();
  options.currency = Currency::of("USD");
  return options;
}

}  // namespace

TEST_CASE("a workbook of orders is read, its dates and long numbers exact") {
  Book book;
  book.sheet = header(2) + row(3, {text_cell("A3", "113-1"), "<c r=\"B3\"><v>12345678901234</v></c>", "<c r=\"C3\" s=\"2\"><v>46083.708333333336</v></c>", "<c r=\"D3\"><v>2</v></c>",
                                   "<c r=\"E3\"><v>19.989999999999998</v></c>", text_cell("F3", "MUG")}) +
               row(5, {text_cell("A5", "113-2"), "<c r=\"B5\"><v>1.2345678901235E13</v></c>", "<c r=\"C5\" s=\"3\"><v>46083</v></c>", "<c r=\"D5\" t=\"str\"><f>1+1</f><v>3</v></c>"});
  const auto read = read_orders(book.bytes(), shanghai());
  CHECK(read.code() == "");
  CHECK(read.refused() == "");
  CHECK(read.facts.container == "xlsx");
  CHECK(read.facts.sheet == "Orders");
  CHECK(read.facts.header_line == 2);
  REQUIRE(read.lines.size() == 2);
  CHECK(read.lines[0].order_item_id == "12345678901234");
  CHECK(read.lines[0].purchased_at.iso() == "2026-03-02T09:00:00Z");  // 17:00 in Shanghai
  CHECK(read.lines[0].item_price->text() == "19.99 USD");
  CHECK(read.lines[1].order_item_id == "12345678901235");
  CHECK(read.lines[1].purchased_day_only);
  CHECK(read.lines[1].quantity == 3);
}

TEST_CASE("shared texts keep their runs, leave out readings and undo escapes") {
  Book book;
  book.shared = "<si><t>plain</t></si><si><r><t>two </t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">runs</t></r></si><si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si>"
                "<si><t>a_x000D_b _x005F_</t></si><si/>";
  book.sheet = row(1, {"<c r=\"A1\" t=\"s\"><v>0</v></c>", "<c r=\"B1\" t=\"s\"><v>1</v></c>", "<c r=\"D1\" t=\"s\"><v>2</v></c>", "<c r=\"E1\" t=\"s\"><v>3</v></c>", "<c r=\"F1\" t=\"s\"><v>4</v></c>",
                       "<c r=\"G1\" t=\"b\"><v>1</v></c>", "<c r=\"H1\" t=\"e\"><v>#N/A</v></c>"}) +
               row(2, {"<c r=\"A2\" t=\"s\"><v>99</v></c>"}) + row(3, {"<c t=\"s\"><v>0</v></c>", "<c><v>7</v></c>"});
  const Rows read = rows_of(book.bytes());
  REQUIRE(read.rows.size() == 2);
  CHECK(read.rows[0] == std::vector<std::string>{"plain", "two runs", "", "東京", "a\rb _", "", "TRUE", "#N/A"});
  CHECK(read.rows[1] == std::vector<std::string>{"plain", "7"});  // cells without references follow each other
  CHECK(read.numbers == std::vector<std::size_t>{1, 3});
  REQUIRE(read.refusals.size() == 1);
  CHECK(read.refusals[0].line == 2);
  CHECK(read.refusals[0].reason.find("does not hold") != std::string::npos);
}

TEST_CASE("other programs put a prefix before every name, and leave out styles") {
  Book book;
  book.prefix = "x:";
  book.with_styles = false;
  book.sheet = "<x:row r=\"1\"><x:c r=\"A1\" t=\"inlineStr\"><x:is><x:t>hello</x:t></x:is></x:c><x:c r=\"B1\" s=\"4\"><x:v>1.5</x:v></x:c></x:row>";
  const Rows read = rows_of(book.bytes());
  REQUIRE(read.rows.size() == 1);
  CHECK(read.rows[0] == std::vector<std::string>{"hello", "1.5"});
}

TEST_CASE("the first visible sheet is read, or the one that is named") {
  Book book;
  book.sheet = header();
  CHECK(rows_of(book.bytes()).rows.size() == 1);
  FileOptions hidden;
  hidden.sheet = "lists";
  CHECK(rows_of(book.bytes(), hidden).rows.empty());
  hidden.sheet = "Returns";
  const Rows read = rows_of(book.bytes(), hidden);
  REQUIRE(read.error);
  CHECK(read.error->code == "file.no_sheet");
  CHECK(read.error->message.find("Lists, Orders") != std::string::npos);
}

TEST_CASE("a number is a date where its format says so") {
  struct Case {
    const char* format;
    NumberKind kind;
  };
  for (const Case& c : {Case{"General", NumberKind::number}, Case{"0.00", NumberKind::number}, Case{"#,##0.00 \"EUR\"", NumberKind::number}, Case{"[Red]-0.0", NumberKind::number},
                        Case{"0.00E+00", NumberKind::number}, Case{"@", NumberKind::number}, Case{"\"day \"0", NumberKind::number}, Case{"_-* #,##0\\ \"d\"_-", NumberKind::number},
                        Case{"yyyy-mm-dd", NumberKind::date}, Case{"DD.MM.YYYY", NumberKind::date}, Case{"m/d/yy;@", NumberKind::date}, Case{"mmm-yy", NumberKind::date},
                        Case{"yyyy\"年\"m\"月\"d\"日\"", NumberKind::date}, Case{"[$-411]ge.m.d", NumberKind::date}, Case{"yyyy/m/d h:mm", NumberKind::date_and_time},
                        Case{"[$-409]m/d/yy h:mm AM/PM;@", NumberKind::date_and_time}, Case{"h:mm", NumberKind::time}, Case{"mm:ss.0", NumberKind::time}, Case{"[h]:mm:ss", NumberKind::time}})
    CHECK_MESSAGE(kind_of_format(c.format) == c.kind, c.format);
}

TEST_CASE("a date's number counts from 1900, with the day that never was, or from 1904") {
  struct Case {
    double serial;
    NumberKind kind;
    bool from_1904;
    const char* text;
  };
  for (const Case& c : {Case{1, NumberKind::date, false, "1900-01-01"}, Case{59, NumberKind::date, false, "1900-02-28"}, Case{60, NumberKind::date, false, "1900-02-29"},
                        Case{61, NumberKind::date, false, "1900-03-01"}, Case{46083, NumberKind::date, false, "2026-03-02"}, Case{44621, NumberKind::date, true, "2026-03-02"},
                        Case{46083.708333333336, NumberKind::date_and_time, false, "2026-03-02 17:00:00"}, Case{46083.99999, NumberKind::date_and_time, false, "2026-03-02 23:59:59"},
                        Case{46083, NumberKind::date_and_time, false, "2026-03-02 00:00:00"}, Case{46083.5, NumberKind::date, false, "2026-03-02 12:00:00"},
                        Case{0.5, NumberKind::time, false, "12:00:00"}, Case{-1, NumberKind::date, false, ""}, Case{1e15, NumberKind::date, false, ""}})
    CHECK_MESSAGE(date_text(c.serial, c.kind, c.from_1904) == c.text, c.serial);
}

TEST_CASE("a stored number is written as a person would") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"12345678901234", "12345678901234"}, {"1.2345678901234E+13", "12345678901234"}, {"19.989999999999998", "19.99"}, {"0.1", "0.1"}, {"1E-3", "0.001"}, {"-2.5E1", "-25"},
      {"100", "100"}, {"1e2", "100"}, {"123456789012345678", "123456789012346000"}, {"", ""}, {"abc", "abc"}, {"1e999", "1e999"}, {"1E40", "1E40"}, {"0.30000000000000004", "0.3"}};
  for (const auto& [stored, shown] : cases) CHECK_MESSAGE(number_text(stored) == shown, stored);
}

TEST_CASE("dates of a workbook that counts from 1904 are its own") {
  Book book;
  book.workbook_attributes = "date1904=\"1\"";
  book.sheet = row(1, {"<c r=\"A1\" s=\"1\"><v>44621</v></c>"});
  CHECK(rows_of(book.bytes()).rows[0][0] == "2026-03-02");
}

TEST_CASE("damaged and hostile workbooks end in a named error, after the rows that could be read") {
  struct Case {
    std::string what;
    std::string file;
    const char* code;
  };
  Book good;
  good.sheet = header();
  const std::string whole = good.bytes();
  Book doctype = good;
  auto doctype_parts = doctype.parts();
  doctype_parts[4].content.insert(doctype_parts[4].content.find("?>") + 2, "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY l2 \"&lol;&lol;&lol;\">]>");
  auto no_contents = good.parts();
  no_contents.erase(no_contents.begin() + 1);
  auto no_relations = good.parts();
  no_relations.erase(no_relations.begin() + 2);
  auto no_sheet = good.parts();
  no_sheet.erase(no_sheet.begin() + 4);
  auto encrypted = good.parts();
  encrypted[1].flags = 1;
  Book half = good;
  half.sheet += "<row r=\"2\"><c r=\"A2\"><v>1</v>";
  auto half_parts = half.parts();
  half_parts[4].content.resize(half_parts[4].content.size() - 40);
  Book deep;
  for (int i = 0; i < 300; ++i) deep.sheet += "<row>";
  auto deep_parts = deep.parts();
  Book tag;
  tag.sheet = "<row r=\"" + std::string(20 << 20, '1') + "\"></row>";
  std::string flipped = whole;
  const std::size_t inside = flipped.find("xl/worksheets/sheet2.xml") + 24 + 60;
  flipped[inside] = static_cast<char>(flipped[inside] ^ 0x55);
  std::string bad_checksum = whole;
  bad_checksum[bad_checksum.find("xl/worksheets/sheet2.xml") - 30 + 14] ^= 1;
  bad_checksum[bad_checksum.rfind("xl/worksheets/sheet2.xml") - 46 + 16] ^= 1;
  const std::vector<Case> cases{
      {"cut in the middle", whole.substr(0, whole.size() / 2), "file.damaged_workbook"},
      {"only its beginning", whole.substr(0, 4), "file.damaged_workbook"},
      {"an empty archive", zip_of({}), "file.damaged_workbook"},
      {"another kind of archive", zip_of({{"readme.txt", "hello"}}), "file.damaged_workbook"},
      {"no list of sheets", zip_of(no_contents), "file.damaged_workbook"},
      {"no list of parts", zip_of(no_relations), "file.damaged_workbook"},
      {"its sheet missing", zip_of(no_sheet), "file.damaged_workbook"},
      {"a password on a part", zip_of(encrypted), "file.encrypted"},
      {"a document type with entities", zip_of(doctype_parts), "file.damaged_workbook"},
      {"XML that ends in the middle", zip_of(half_parts), "file.damaged_workbook"},
      {"nested without end", zip_of(deep_parts), "file.damaged_workbook"},
      {"one tag of twenty megabytes", tag.bytes(), "file.damaged_workbook"},
      {"a flipped byte", flipped, "file.damaged_workbook"},
      {"a wrong checksum", bad_checksum, "file.damaged_workbook"},
  };
  for (const Case& c : cases) {
    const Rows read = rows_of(c.file);
    REQUIRE_MESSAGE(read.error, c.what);
    CHECK_MESSAGE(read.error->code == c.code, c.what);
  }
  CHECK(rows_of(zip_of(half_parts)).rows.size() == 1);
  CHECK(rows_of(bad_checksum).rows.size() == 1);  // found out at the end of the part
}

TEST_CASE("a few bytes that unpack to gigabytes are given up, and so are rows that repeat one text without end") {
  Book bomb;
  bomb.sheet = std::string(80 << 20, ' ');  // a thousand to one
  const Rows read = rows_of(bomb.bytes());
  REQUIRE(read.error);
  CHECK(read.error->code == "file.too_large");

  Book echo;
  echo.shared = "<si><t>" + std::string(200 << 10, 'x') + "</t></si>";
  for (int n = 1; n <= 400; ++n) echo.sheet += "<row><c t=\"s\"><v>0</v></c></row>";
  const Rows echoed = rows_of(echo.bytes());
  CHECK_FALSE(echoed.error);
  CHECK(echoed.rows.size() + echoed.refusals.size() == 400);
  CHECK(echoed.refusals.size() > 200);
}

TEST_CASE("rows that cannot be rows are refused one by one") {
  Book book;
  book.sheet = row(1, {text_cell("A1", "a")}) + row(2, {text_cell("B2", "b"), text_cell("A2", "a")}) + row(3, {text_cell("XFD3", "far away")}) +
               row(4, {text_cell("A4", std::string(300 << 10, 'x'))}) + row(5, {text_cell("A5", "e")});
  const Rows read = rows_of(book.bytes());
  CHECK_FALSE(read.error);
  CHECK(read.numbers == std::vector<std::size_t>{1, 5});
  REQUIRE(read.refusals.size() == 3);
  CHECK(read.refusals[0].reason == "its cells are not in order");
  CHECK(read.refusals[1].reason.find("more than 4096 columns") != std::string::npos);
  CHECK(read.refusals[2].reason.find("256 KB") != std::string::npos);
}

TEST_CASE("what another library writes, with shared texts and with inline ones, is read back") {
  for (const bool shared : {true, false}) {
    const std::filesystem::path path = std::filesystem::temp_directory_path() / ("zifa_orders_" + std::to_string(::getpid()) + (shared ? "_s.xlsx" : "_i.xlsx"));
    lxw_workbook_options options{};
    options.constant_memory = shared ? LXW_FALSE : LXW_TRUE;
    const std::string name = path.string();
    lxw_workbook* workbook = workbook_new_opt(name.c_str(), &options);
    lxw_worksheet* sheet = workbook_add_worksheet(workbook, "订单");
    lxw_format* date = workbook_add_format(workbook);
    format_set_num_format(date, "yyyy-mm-dd hh:mm:ss");
    const std::vector<const char*> headings{"订单号", "订单商品编号", "下单时间", "数量", "收件人", "单价"};
    for (std::size_t i = 0; i < headings.size(); ++i) worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), headings[i], nullptr);
    for (lxw_row_t n = 1; n <= 2'000; ++n) {
      lxw_datetime at{2026, 3, 2, 17, 0, static_cast<double>(n % 60)};
      worksheet_write_string(sheet, n, 0, ("113-" + std::to_string(n)).c_str(), nullptr);
      worksheet_write_number(sheet, n, 1, 10'000'000'000'000.0 + n, nullptr);
      worksheet_write_datetime(sheet, n, 2, &at, date);
      worksheet_write_number(sheet, n, 3, n % 5 + 1, nullptr);
      worksheet_write_string(sheet, n, 4, "王小明 & <Söhne>", nullptr);
      worksheet_write_number(sheet, n, 5, 12.99, nullptr);
    }
    REQUIRE(workbook_close(workbook) == LXW_NO_ERROR);
    const auto read = read_all(open_order_file(open_bytes(path).value(), shanghai()));
    std::filesystem::remove(path);
    CHECK(read.code() == "");
    CHECK(read.refused() == "");
    REQUIRE(read.lines.size() == 2'000);
    CHECK(read.facts.sheet == "订单");
    const OrderLine& line = read.lines[1'999];
    CHECK(line.order_item_id == "10000000002000");
    CHECK(line.purchased_at.iso() == "2026-03-02T09:00:20Z");
    CHECK(line.recipient_name == "王小明 & <Söhne>");
    CHECK(line.item_price->text() == "12.99 USD");
  }
}

TEST_CASE("a workbook comes through a pipe too") {
  class Pipe final : public std::streambuf {
   public:
    explicit Pipe(std::string text) : text_(std::move(text)) {}

   protected:
    int_type underflow() override {
      if (at_ >= text_.size()) return traits_type::eof();
      const std::size_t size = std::min<std::size_t>(1'000, text_.size() - at_);
      setg(text_.data() + at_, text_.data() + at_, text_.data() + at_ + size);
      at_ += size;
      return traits_type::to_int_type(*gptr());
    }

   private:
    std::string text_;
    std::size_t at_ = 0;
  };
  Book book;
  book.sheet = header() + row(2, {text_cell("A2", "113-1"), text_cell("B2", "1"), text_cell("C2", "2026-03-02T17:00:00Z"), "<c r=\"D2\"><v>2</v></c>"});
  Pipe workbook_pipe(book.bytes());
  CHECK(read_all(open_order_file(std::make_unique<std::istream>(&workbook_pipe), {})).lines.size() == 1);
  Pipe text_pipe(tabs({kUnshippedHeader, unshipped(1), unshipped(2)}));
  CHECK(read_all(open_order_file(std::make_unique<std::istream>(&text_pipe), {})).lines.size() == 2);
}
