#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "adapters/documents/documents.hpp"
#include "adapters/documents/table.hpp"

using namespace zifa;
using namespace zifa::documents;

namespace {

Documents& documents_() {
  static const std::unique_ptr<Documents> opened = std::move(open_documents().value());
  return *opened;
}

TableSheet sheet_of(std::vector<std::vector<Cell>> rows) {
  TableSheet sheet;
  sheet.name = "Orders [2026]";
  sheet.columns = {{"order", 22}, {"title", 30}, {"units", 8}, {"share", 8}, {"cost", 12}, {"day", 12}, {"shipped", 20}};
  sheet.zone = TimeZone::named("Asia/Shanghai").value();
  sheet.next = [rows = std::move(rows), at = std::size_t{0}](std::vector<Cell>& row) mutable {
    if (at == rows.size()) return false;
    row = rows[at++];
    return true;
  };
  return sheet;
}

const std::vector<std::vector<Cell>> kRows{
    {std::string("113-1"), std::string("Mug, \"white\" 白色"), std::int64_t{3}, Millionths{125'000}, Money(-1299, Currency::of("USD")), Day::of(2026, 11, 25), Instant::parse("2026-11-25T01:30:00Z").value()},
    {std::string("113-2"), std::string("=HYPERLINK(\"x\")"), std::int64_t{9'007'199'254'740'993}, Millionths{-1}, Money(1300, Currency::of("JPY")), Cell{}, Cell{}},
    {std::string("bad \x01 \xFF bytes"), std::string(40'000, 'w')}};

// One part of a zip file, as unzip gives it; nothing when unzip is not installed.
std::string unzip(const std::string& path, const std::string& part) {
  std::FILE* pipe = popen(("unzip -p " + path + " " + part + " 2>/dev/null").c_str(), "r");
  if (!pipe) return {};
  std::string out;
  char buffer[4096];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, got);
  pclose(pipe);
  return out;
}

}  // namespace

TEST_CASE("a table as CSV is exact") {
  std::string out;
  const auto result = documents_().table_csv(sheet_of(kRows), [&](std::string_view bytes) -> Result<Done> {
    out += bytes;
    return done;
  });
  REQUIRE(result);
  CHECK(result->rows == 3);
  CHECK(out.find("order,title,units,share,cost,day,shipped\n") == 0);
  CHECK(out.find("113-1,\"Mug, \"\"white\"\" 白色\",3,0.125,-12.99,2026-11-25,2026-11-25T09:30:00+08:00\n") != std::string::npos);
  CHECK(out.find("113-2,\"=HYPERLINK(\"\"x\"\")\",9007199254740993,-0.000001,1300,,\n") != std::string::npos);
}

TEST_CASE("text that a spreadsheet would run is disarmed when asked for") {
  TableSheet sheet = sheet_of(kRows);
  sheet.guard_formulas = true;
  sheet.byte_order_mark = true;
  std::string out;
  REQUIRE(documents_().table_csv(sheet, [&](std::string_view bytes) -> Result<Done> {
    out += bytes;
    return done;
  }));
  CHECK(out.rfind("\xEF\xBB\xBForder,", 0) == 0);
  CHECK(out.find("\"'=HYPERLINK(\"\"x\"\")\"") != std::string::npos);
  CHECK(out.find("-12.99") != std::string::npos);  // numbers are numbers
}

TEST_CASE("a table as XLSX has typed cells and no formulas") {
  std::string out;
  const auto result = documents_().table_xlsx(sheet_of(kRows), [&](std::string_view bytes) -> Result<Done> {
    out += bytes;
    return done;
  });
  REQUIRE_MESSAGE(result, result.error().message);
  CHECK(result->rows == 3);
  REQUIRE(result->notes.size() == 1);
  CHECK(result->notes[0] == "row 3, title: cut to 32767 characters");
  REQUIRE(out.substr(0, 2) == "PK");
  const auto path = std::filesystem::temp_directory_path() / "zifa_table_test.xlsx";
  std::ofstream(path, std::ios::binary) << out;
  const std::string cells = unzip(path.string(), "xl/worksheets/sheet1.xml");
  const std::string book = unzip(path.string(), "xl/workbook.xml");
  std::filesystem::remove(path);
  if (cells.empty()) {
    MESSAGE("unzip is not installed: the sheet is not read back");
    return;
  }
  CHECK(book.find("name=\"Orders  2026\"") != std::string::npos);
  CHECK(cells.find("<f>") == std::string::npos);
  CHECK(cells.find("<v>-12.99") != std::string::npos);
  CHECK(cells.find("<v>0.125</v>") != std::string::npos);
  CHECK(cells.find("<v>46351</v>") != std::string::npos);                // 2026-11-25
  CHECK(cells.find("<v>46351.395833333") != std::string::npos);         // 09:30 in Shanghai
  CHECK(cells.find("<t>9007199254740993</t>") != std::string::npos);    // too long for a spreadsheet's numbers
  CHECK(cells.find("=HYPERLINK") != std::string::npos);
}

TEST_CASE("rows that do not fit a sheet go on in the next, each with its heading") {
  std::vector<std::vector<Cell>> rows;
  for (std::int64_t i = 0; i < 25; ++i) rows.push_back({std::string("O-") + std::to_string(i)});
  std::string out;
  const auto result = write_xlsx(sheet_of(rows), [&](std::string_view bytes) -> Result<Done> {
    out += bytes;
    return done;
  }, 10);
  REQUIRE(result);
  CHECK(result->rows == 25);
  const auto path = std::filesystem::temp_directory_path() / "zifa_table_sheets_test.xlsx";
  std::ofstream(path, std::ios::binary) << out;
  const std::array<std::string, 3> sheets{unzip(path.string(), "xl/worksheets/sheet1.xml"), unzip(path.string(), "xl/worksheets/sheet2.xml"), unzip(path.string(), "xl/worksheets/sheet3.xml")};
  std::filesystem::remove(path);
  if (sheets[0].empty()) {
    MESSAGE("unzip is not installed: the sheets are not read back");
    return;
  }
  for (std::int64_t i = 0; i < 25; ++i) {
    const std::string wanted = "<t>O-" + std::to_string(i) + "</t>";
    for (std::size_t k = 0; k < 3; ++k) CHECK((sheets[k].find(wanted) != std::string::npos) == (k == static_cast<std::size_t>(i / 10)));
  }
  for (const std::string& sheet : sheets) CHECK(sheet.find("<t>order</t>") != std::string::npos);
}

TEST_CASE("an export that the receiver stops, stops") {
  const auto result = documents_().table_xlsx(sheet_of(kRows), [](std::string_view) -> Result<Done> { return unavailable("file.full", "The disk is full."); });
  REQUIRE(!result);
  CHECK(result.error().code == "file.full");
  TableSheet none;
  CHECK(documents_().table_csv(none, [](std::string_view) -> Result<Done> { return done; }).error().code == "table.no_columns");
}
