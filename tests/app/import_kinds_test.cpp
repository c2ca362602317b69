// What each kind of file comes to in the desk.
#include <doctest/doctest.h>

#include "app/change_setup.hpp"
#include "base/charset.hpp"
#include "tests/adapters/files_workbooks.hpp"
#include "tests/app/import_shelf.hpp"

using namespace import_test;

namespace {

const std::string kReturns = "Order ID|Return request date|Amazon RMA ID|Merchant SKU|ASIN|Return quantity|Return Reason|Return request status|Refunded Amount|Currency code";

std::string workbook(const std::vector<std::string>& rows) {
  files_test::Book book;
  for (const std::string& row : rows) {
    book.sheet += "<row>";
    for (const std::string_view cell : split(row, '|')) book.sheet += "<c t=\"inlineStr\"><is><t>" + std::string(cell) + "</t></is></c>";
    book.sheet += "</row>";
  }
  return book.bytes();
}

}  // namespace

TEST_CASE("the same orders come in from tabs, commas, semicolons and a workbook") {
  const std::vector<std::string> rows{"order-id|order-item-id|purchase-date|sku|quantity-purchased|recipient-name|ship-address-1|ship-country", "250-1|1|2026-03-02T09:00:00+09:00|MUG|2|Yamada|Chiyoda 1|JP",
                                      "250-1|2|2026-03-02T09:00:00+09:00|CUP|1|Yamada|Chiyoda 1|JP", "250-2|3|2026-03-02T09:00:00+09:00|CUP|1|Suzuki|Chiyoda 2|JP"};
  const std::string tabbed = table(rows), commas = table(rows, ','), semicolons = table(rows, ';');
  Shelf shelf;
  CHECK(shelf.import(SellerFile::orders, tabbed).summary() == "3 new");
  CHECK(shelf.import(SellerFile::orders, commas).summary() == "3 unchanged");
  CHECK(shelf.import(SellerFile::orders, semicolons).summary() == "3 unchanged");
  CHECK(shelf.import(SellerFile::orders, workbook(rows)).summary() == "3 unchanged");
}

TEST_CASE("names arrive whole from UTF-8, Shift_JIS and windows-1252") {
  struct Case {
    const char *name, *bytes, *encoding;
  };
  const std::string head = "order-id\torder-item-id\tpurchase-date\tsku\tquantity-purchased\trecipient-name\tship-address-1\tship-country\n";
  for (const Case& one : {Case{"山田太郎", "\xE5\xB1\xB1\xE7\x94\xB0\xE5\xA4\xAA\xE9\x83\x8E", "utf-8"}, Case{"山田太郎", "\x8E\x52\x93\x63\x91\xBE\x98\x59", "shift_jis"}, Case{"José Müller", "Jos\xE9 M\xFCller", "windows-1252"}}) {
    CAPTURE(one.encoding);
    Shelf shelf;
    const Outcome read = shelf.import(SellerFile::orders, head + "250-1\t1\t2026-03-02T09:00:00+09:00\tMUG\t2\t" + one.bytes + "\tWeg 1\tDE\n");
    CHECK(read.summary() == "1 new");
    CHECK(read.report.encoding == one.encoding);
    CHECK(shelf.read([](Tx& tx) -> Result<std::string> { return TRY(tx.orders.personal(TRY(tx.orders.with_amazon_id("250-1")).at(0).id)).ship_to.name; }) == one.name);
  }
}

TEST_CASE("a later report of a return tells more of it, and takes nothing back") {
  Shelf shelf;
  CHECK(shelf.import(SellerFile::returns, table({kReturns, "111-1|09-Mar-2026|R1|MUG|B01|1|CR-DEFECTIVE|Pending||"})).summary() == "1 new");
  CHECK(shelf.import(SellerFile::returns, table({kReturns, "111-1|09-Mar-2026|R1|MUG|B01|1||Approved|12.50|USD"})).summary() == "1 updated");
  const auto kept = shelf.read([](Tx& tx) { return tx.returns.list({.search = "R1"}, "", 10); }).rows;
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].line.status == "Approved");
  CHECK(kept[0].line.reason == "CR-DEFECTIVE");
  CHECK(kept[0].line.refunded_amount == Money(1'250, Currency::of("USD")));
}

TEST_CASE("two returns of one line are two where their requests differ") {
  Shelf shelf;
  CHECK(shelf.import(SellerFile::returns, table({kReturns, "111-1|09-Mar-2026||MUG|B01|1|A|Approved||", "111-1|12-Mar-2026||MUG|B01|1|A|Approved||", "111-1|12-Mar-2026||MUG|B01|1|A|Approved||", "111-1|12-Mar-2026|R9|MUG|B01|1|A|Approved||"})).summary() ==
        "3 new, 1 unchanged");
  const AccountId account = shelf.read([](Tx& tx) { return tx.accounts.all(); }).at(0).id;
  CHECK(shelf.read([&](Tx& tx) { return tx.returns.of_order(account, "111-1"); }).size() == 3);
  // Pages go on where the last one ended.
  std::string after;
  std::size_t seen = 0;
  do {
    const auto page = shelf.read([&](Tx& tx) { return tx.returns.list({}, after, 2); });
    seen += page.rows.size();
    after = page.next;
  } while (!after.empty());
  CHECK(seen == 3);
}

TEST_CASE("a count that cannot be is refused alone, and its neighbours are counted") {
  Shelf shelf;
  CHECK(shelf.import(SellerFile::stock, std::string("sku,location,quantity\nMUG,Shenzhen,7\nCUP,Shenzhen,3\nPOT,Berlin,1\n")).summary() == "2 new, 1 refused");
  CHECK(shelf.read([](Tx& tx) { return tx.setup.warehouses(); }).size() == 1);
  shelf.write([&](Tx& tx) { return save_warehouse(tx, {.name = "Berlin", .country = "DE", .time_zone = "Europe/Berlin"}, "me", shelf.now); });
  const Outcome again = shelf.import(SellerFile::stock, std::string("sku,location,quantity\nMUG,shenzhen,5\nCUP,,3\nPOT,Berlin,1\n"));
  CHECK(again.summary() == "1 new, 1 updated, 1 refused");
  CHECK(again.refused == "3 stock.which_warehouse");
  const auto mug = shelf.read([](Tx& tx) { return tx.stock.product_with_sku("MUG"); });
  REQUIRE(mug.has_value());
  CHECK(shelf.read([&](Tx& tx) { return tx.stock.of_product(mug->id); }).at(0).on_hand == 5);
  // Every change has its movement.
  CHECK(shelf.read([&](Tx& tx) { return tx.stock.movements(mug->id, 10); }).size() == 2);
}

TEST_CASE("orders that waited for a listing go on when a file links it") {
  Shelf shelf;
  const AccountId account = shelf.account("US", {"ATVPDKIKX0DER"});
  CHECK(shelf.import(SellerFile::orders, table({"order-id|order-item-id|purchase-date|sku|quantity-purchased|recipient-name|ship-address-1|ship-country", "111-1|1|2026-03-02T09:00:00-08:00|MUG|2|Ann|1 Main St|US"}), {.format = "new_orders"}).summary() == "1 new");
  const auto state = [&] { return shelf.read([&](Tx& tx) { return tx.orders.by_amazon_id(account, "111-1"); }).value(); };
  CHECK(state().exception_code == "order.unmapped_sku");
  CHECK(shelf.import(SellerFile::stock, std::string("sku,quantity\nMUG,7\n")).summary() == "1 new");
  CHECK(shelf.import(SellerFile::listings, table({"seller-sku|quantity|asin1", "MUG|7|B000000001"})).summary() == "1 new");
  CHECK(state().exception_code.empty());
}

TEST_CASE("an order whose lines stand apart is one order") {
  Shelf shelf;
  std::vector<std::string> rows{"order-id|order-item-id|purchase-date|sku|quantity-purchased"};
  for (int n = 0; n < 5'000; ++n) rows.push_back((n % 2 == 0 ? "A-1|" : "B-1|") + std::to_string(n) + "|2026-03-02T09:00:00Z|MUG|1");
  CHECK(shelf.import(SellerFile::orders, table(rows)).summary() == "5000 new");
  CHECK(shelf.import(SellerFile::orders, table(rows)).summary() == "5000 unchanged");
  CHECK(shelf.read([](Tx& tx) { return tx.orders.ids({}, 10); }).size() == 2);
}

TEST_CASE("an order of thousands of lines is taken in whole") {
  Shelf shelf;
  std::vector<std::string> rows{"order-id|order-item-id|purchase-date|sku|quantity-purchased"};
  for (int n = 0; n < 9'000; ++n) rows.push_back("A-1|" + std::to_string(n) + "|2026-03-02T09:00:00Z|MUG|1");
  CHECK(shelf.import(SellerFile::orders, table(rows)).summary() == "9000 new");
  CHECK(shelf.import(SellerFile::orders, table(rows)).summary() == "9000 unchanged");
}
