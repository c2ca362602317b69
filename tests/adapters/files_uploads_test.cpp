#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/amazon/flat_files/upload_files.hpp"
#include "adapters/files/table.hpp"
#include "base/charset.hpp"
#include "tests/adapters/files_support.hpp"

using namespace files_test;

namespace {

// Compared with tests/golden/flat_files/NAME; ZIFA_WRITE_GOLDEN=1 writes the file anew, to be reviewed as a diff.
void check_golden(const std::string& name, const std::string& content) {
  const std::filesystem::path path = std::filesystem::path(ZIFA_SOURCE_DIR) / "tests/golden/flat_files" / name;
  if (std::getenv("ZIFA_WRITE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << content;
  std::ifstream in(path, std::ios::binary);
  const std::string kept{std::istreambuf_iterator<char>(in), {}};
  CHECK_MESSAGE(kept == content, name);
}

Instant instant(std::string_view text) { return Instant::parse(text).value(); }

UploadOptions for_country(std::string code, UploadHead head = UploadHead::template_rows) {
  UploadOptions options;
  options.country = std::move(code);
  options.head = head;
  return options;
}

std::vector<ShipConfirmationLine> parcels() {
  return {
      {"113-1000001-0000001", "10000001000001", 2, instant("2026-03-03T02:30:00Z"), "UPS", "", "1Z999AA10123456784", "Ground", ""},
      {"113-1000002-0000002", "10000001000002", 1, instant("2026-03-03T18:30:00Z"), "Other", "Yodel Direct", "YD0001", "", ""},
      {"113-1000003-0000003", "", std::nullopt, instant("2026-03-03T18:30:00Z"), "", "Kurier", "", "", ""},
  };
}

template <class Line>
std::string written(Result<std::unique_ptr<LineFileWriter<Line>>> (*open)(std::ostream&, const UploadOptions&), const UploadOptions& options, const std::vector<Line>& lines) {
  std::ostringstream out;
  auto writer = open(out, options).value();
  for (const Line& line : lines) {
    const auto result = writer->write(line);
    CHECK_MESSAGE(result.has_value(), (result ? std::string() : result.error().message));
  }
  CHECK(writer->finish().has_value());
  return out.str();
}

std::vector<std::vector<std::string>> rows_of(std::string file, const FileOptions& options = {}) {
  auto table = open_table(bytes(std::move(file)), options).value();
  std::vector<std::vector<std::string>> rows;
  while (table->next().value() == Table::Step::row) rows.emplace_back(table->fields().begin(), table->fields().end());
  return rows;
}

}  // namespace

TEST_CASE("shipping confirmations are written as Amazon's template has them, the day in the marketplace's zone") {
  UploadOptions options = for_country("US");
  options.time_zone = TimeZone::named("America/Los_Angeles").value();
  const std::string file = written(write_ship_confirmations, options, parcels());
  check_golden("ship_confirmations_us.txt", file);
  const auto rows = rows_of(file);
  REQUIRE(rows.size() == 6);
  CHECK(rows[2] == std::vector<std::string>{"order-id", "order-item-id", "quantity", "ship-date", "carrier-code", "carrier-name", "tracking-number", "ship-method"});
  CHECK(rows[3] == std::vector<std::string>{"113-1000001-0000001", "10000001000001", "2", "2026-03-02", "UPS", "", "1Z999AA10123456784", "Ground"});
  CHECK(rows[4][4] == "Other");
  CHECK(rows[4][5] == "Yodel Direct");
  CHECK(rows[5] == std::vector<std::string>{"113-1000003-0000003", "", "", "2026-03-03", "Other", "Kurier", "", ""});
}

TEST_CASE("a feed needs the column names alone") {
  const std::string file = written(write_ship_confirmations, for_country("DE", UploadHead::columns_only), parcels());
  check_golden("ship_confirmations_feed.txt", file);
  CHECK(file.starts_with("order-id\torder-item-id\t"));
}

TEST_CASE("Japan's template is Shift_JIS and says how money was taken at the door") {
  std::vector<ShipConfirmationLine> lines = parcels();
  lines.resize(2);
  lines[1].carrier_name = "ヤマト運輸";
  lines[1].cod_collection_method = "DirectPayment";
  const std::string file = written(write_ship_confirmations, for_country("JP"), lines);
  check_golden("ship_confirmations_jp.txt", file);
  CHECK_FALSE(file.find("ヤマト運輸") != std::string::npos);
  const auto rows = rows_of(file, country("JP"));
  REQUIRE(rows.size() == 5);
  CHECK(rows[1][0] == "注文番号");
  CHECK(rows[2].back() == "cod-collection-method");
  CHECK(rows[4][5] == "ヤマト運輸");
  CHECK(rows[4][8] == "DirectPayment");
}

TEST_CASE("a confirmation that Amazon would refuse is refused here, and nothing of it is written") {
  struct Case {
    std::string what;
    void (*spoil)(ShipConfirmationLine&);
    const char* code;
  };
  for (const Case& c : {
           Case{"no order", [](ShipConfirmationLine& line) { line.order_id = ""; }, "upload.bad_order_id"},
           Case{"an order id with a tab", [](ShipConfirmationLine& line) { line.order_id = "1\t2"; }, "upload.bad_order_id"},
           Case{"an item without a quantity", [](ShipConfirmationLine& line) { line.quantity.reset(); }, "upload.half_an_item"},
           Case{"a quantity without an item", [](ShipConfirmationLine& line) { line.order_item_id = ""; }, "upload.half_an_item"},
           Case{"nothing left", [](ShipConfirmationLine& line) { line.quantity = 0; }, "upload.bad_quantity"},
           Case{"less than nothing", [](ShipConfirmationLine& line) { line.quantity = -2; }, "upload.bad_quantity"},
           Case{"no carrier", [](ShipConfirmationLine& line) { line.carrier_code = " "; }, "upload.no_carrier"},
           Case{"another carrier without a name", [](ShipConfirmationLine& line) { line.carrier_code = "OTHER"; }, "upload.no_carrier"},
           Case{"cash at the door outside Japan", [](ShipConfirmationLine& line) { line.cod_collection_method = "DirectPayment"; }, "upload.bad_cod"},
           Case{"an endless tracking number", [](ShipConfirmationLine& line) { line.tracking_number.assign(200, '1'); }, "upload.bad_tracking_number"},
       }) {
    std::ostringstream out;
    auto writer = write_ship_confirmations(out, for_country("US", UploadHead::columns_only)).value();
    ShipConfirmationLine line = parcels()[0];
    c.spoil(line);
    const auto result = writer->write(line);
    REQUIRE_MESSAGE(!result, c.what);
    CHECK_MESSAGE(result.error().code == c.code, c.what);
    CHECK(out.str().empty());
    CHECK(writer->write(parcels()[1]).has_value());  // the next one is not held up
  }
}

TEST_CASE("text that the encoding cannot write is refused, not replaced") {
  std::ostringstream out;
  UploadOptions options = for_country("DE", UploadHead::columns_only);
  options.encoding = "windows-1252";
  auto writer = write_ship_confirmations(out, options).value();
  ShipConfirmationLine line = parcels()[1];
  line.carrier_name = "顺丰";
  const auto result = writer->write(line);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == "upload.not_in_encoding");
  CHECK(result.error().message.find("carrier-name") != std::string::npos);
  line.carrier_name = "Kurier Süd\tund Nord";
  CHECK(writer->write(line).has_value());
  CHECK(rows_of(out.str())[1][5] == "Kurier Süd und Nord");
  options.encoding = "utf-16";
  CHECK(write_ship_confirmations(out, options).error().code == "upload.unknown_encoding");
}

TEST_CASE("a file without lines still has its head") {
  CHECK(written(write_cancellations, for_country("US"), {}) ==
        "TemplateType=OrderCancellation\tVersion=1.0/1.0.3\tThis row for Amazon.com use only.  Do not modify or delete.\norder-id\tcancellation-reason-code\tamazon-order-item-code\n");
}

TEST_CASE("cancellations name one item and a reason that Amazon knows") {
  const std::string file = written(write_cancellations, for_country("US"), std::vector<CancellationLine>{{"113-1", "55", "NoInventory"}, {"113-2", "56", "BuyerCanceled"}});
  check_golden("cancellations.txt", file);
  std::ostringstream out;
  auto writer = write_cancellations(out, for_country("US")).value();
  CHECK(writer->write({"113-1", "55", "TooBusy"}).error().code == "upload.bad_reason");
  CHECK(writer->write({"113-1", "", "NoInventory"}).error().code == "upload.bad_order_item_id");
  CHECK(writer->write({"", "55", "NoInventory"}).error().code == "upload.bad_order_id");
  CHECK(cancellation_reasons().size() == 10);
}

TEST_CASE("prices and quantities come back as they were written, with the country's decimal mark") {
  const Currency eur = Currency::of("EUR");
  const std::vector<PriceQuantityLine> lines{
      {"MUG-01", Money(129'999, eur), Money(100'000, eur), Money(150'000, eur), 7, 2, "default"},
      {"CUP 02", std::nullopt, std::nullopt, std::nullopt, 0, std::nullopt, ""},
  };
  for (const char* code : {"DE", "IE"}) {
    const std::string file = written(write_price_and_quantity, for_country(code), lines);
    check_golden(std::string("price_and_quantity_") + (code[0] == 'D' ? "de" : "ie") + ".txt", file);
    CHECK((file.find("1299,99") != std::string::npos) == (code[0] == 'D'));
    const auto read = read_all(open_listing_file(bytes(file), country(code)));
    CHECK(read.refused() == "");
    CHECK(read.facts.format == "price_and_quantity");
    REQUIRE(read.lines.size() == 2);
    CHECK(read.lines[0].sku == "MUG-01");
    CHECK(*read.lines[0].price == Money(129'999, eur));
    CHECK(*read.lines[0].lowest_price == Money(100'000, eur));
    CHECK(*read.lines[0].highest_price == Money(150'000, eur));
    CHECK(*read.lines[0].quantity == 7);
    CHECK(*read.lines[0].handling_days == 2);
    CHECK_FALSE(read.lines[1].price);
    CHECK(*read.lines[1].quantity == 0);
    CHECK_FALSE(read.lines[1].handling_days);
  }
}

TEST_CASE("a price outside its own bounds, or a line that changes nothing, is refused") {
  const Currency eur = Currency::of("EUR");
  struct Case {
    PriceQuantityLine line;
    const char* code;
  };
  for (const Case& c : {
           Case{{"", Money(1, eur)}, "upload.bad_sku"},
           Case{{"A\tB", Money(1, eur)}, "upload.bad_sku"},
           Case{{"A"}, "upload.nothing_to_change"},
           Case{{"A", Money(0, eur)}, "upload.bad_price"},
           Case{{"A", Money(100, eur), Money(101, eur)}, "upload.bad_price"},
           Case{{"A", Money(100, eur), std::nullopt, Money(99, eur)}, "upload.bad_price"},
           Case{{"A", Money(100, eur), Money(99, Currency::of("USD"))}, "upload.bad_price"},
           Case{{"A", std::nullopt, std::nullopt, std::nullopt, -1}, "upload.bad_quantity"},
           Case{{"A", std::nullopt, std::nullopt, std::nullopt, 5, std::nullopt, "AMAZON_EU"}, "upload.bad_quantity"},
           Case{{"A", std::nullopt, std::nullopt, std::nullopt, 5, -1}, "upload.bad_handling_time"},
       }) {
    std::ostringstream out;
    auto writer = write_price_and_quantity(out, for_country("DE")).value();
    const auto result = writer->write(c.line);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == c.code);
  }
}

TEST_CASE("a disk that is full is noticed") {
  std::ostringstream out;
  auto writer = write_cancellations(out, for_country("US")).value();
  out.setstate(std::ios::badbit);
  CHECK(writer->write({"113-1", "55", "NoInventory"}).error().code == "upload.not_written");
  CHECK(writer->finish().error().code == "upload.not_written");
}

TEST_CASE("a processing report says how many records were taken and what was wrong with the others") {
  const std::string text = "Feed Processing Summary:\n\tNumber of records processed\t\t3\n\tNumber of records successful\t\t1\n\n"
                           "original-record-number\tsku\terror-code\terror-type\terror-message\n"
                           "2\t\t79517\tError\tOrder Id 113-1 is invalid or shipment has not yet been dispatched.\n"
                           "3\tMUG\t90118\tWarning\tSomething\r\n";
  const FeedReport report = read_feed_report(text, "").value();
  CHECK(report.processed == 3);
  CHECK(report.successful == 1);
  REQUIRE(report.lines.size() == 2);
  CHECK(*report.lines[0].record == 2);
  CHECK(report.lines[0].code == "79517");
  CHECK(report.lines[0].type == "Error");
  CHECK(report.lines[1].sku == "MUG");
  CHECK(report.lines[1].message == "Something");

  const FeedReport good = read_feed_report("Feed Processing Summary:\n\tNumber of records processed\t\t2\n\tNumber of records successful\t\t2\n", "utf-8").value();
  CHECK(good.lines.empty());
  const FeedReport newer = read_feed_report("Status: Done\nNumber of records processed from this upload: 4\nNumber of records that were activated: 3\n"
                                            "Number of records with errors: 1\nNumber of records with warnings: 0\n", "utf-8").value();
  CHECK(newer.processed == 4);
  CHECK(newer.successful == 3);
}

TEST_CASE("a processing report in Japanese is read, in Shift_JIS even where the answer calls it UTF-8") {
  const std::string text = "フィード処理の概要:\n\t処理されたレコード数\t\t2\n\t成功したレコード数\t\t1\n\n元のレコード番号\tSKU\tエラーコード\tエラータイプ\tエラーメッセージ\n1\tマグ\t6024\tエラー\tこの商品は出品できません\n";
  std::string sjis;
  Transcoder transcoder = Transcoder::from_utf8(Charset::shift_jis);
  REQUIRE(transcoder.append(text, sjis));
  for (const auto& [bytes_of, encoding] : std::vector<std::pair<std::string, std::string>>{{text, ""}, {sjis, "shift_jis"}, {sjis, "utf-8"}, {sjis, ""}}) {
    const auto report = read_feed_report(bytes_of, encoding);
    REQUIRE(report.has_value());
    CHECK(report->processed == 2);
    REQUIRE(report->lines.size() == 1);
    CHECK(report->lines[0].sku == "マグ");
    CHECK(report->lines[0].code == "6024");
    CHECK(report->lines[0].message == "この商品は出品できません");
  }
}

TEST_CASE("what is no processing report is said to be none") {
  for (const char* text : {"", "hello", "\t\t\t", "Feed Processing Summary:\n\tNumber of records processed\t\t2\n", "<?xml version=\"1.0\"?><AmazonEnvelope/>"})
    CHECK(read_feed_report(text, "").error().code == "feed_report.unreadable");
  CHECK(read_feed_report("a\n\tprocessed\t\t2\n\tsuccessful\t\t3\n", "").error().kind == ErrorKind::corrupt);
}
