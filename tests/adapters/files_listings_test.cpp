#include <doctest/doctest.h>

#include "tests/adapters/files_support.hpp"

using namespace files_test;

namespace {

auto read_listings(std::string text, const FileOptions& options = country("US")) { return read_all(open_listing_file(bytes(std::move(text)), options)); }
auto read_stock(std::string text, const FileOptions& options = country("US")) { return read_all(open_stock_file(bytes(std::move(text)), options)); }
auto read_returns(std::string text, const FileOptions& options = country("US")) { return read_all(open_return_file(bytes(std::move(text)), options)); }

}  // namespace

TEST_CASE("the listings report is read, with stock that Amazon keeps left open") {
  const auto read = read_listings(tabs({
      "item-name|item-description|listing-id|seller-sku|price|quantity|open-date|image-url|item-is-marketplace|product-id-type|item-condition|asin1|asin2|product-id|"
      "fulfillment-channel|merchant-shipping-group|status",
      "Mug 12\" \"big\"|nice|0101A|MUG-01|12.99|5|2026-03-02 09:00:00 PST||y|1|11|B000000001||B000000001|DEFAULT|Migrated Template|Active",
      "Cup||0101B|CUP-01|1,299.00||2026-07-02 09:00:00 PDT||y|1|11|B000000002||B000000002|AMAZON_NA||Inactive",
  }));
  CHECK(read.refused() == "");
  CHECK(read.facts.format == "merchant_listings");
  REQUIRE(read.lines.size() == 2);
  CHECK(read.lines[0].name == "Mug 12\" \"big\"");
  CHECK(read.lines[0].asin == "B000000001");
  CHECK(read.lines[0].price->text() == "12.99 USD");
  CHECK(*read.lines[0].quantity == 5);
  CHECK(read.lines[0].opened_at->iso() == "2026-03-02T17:00:00Z");
  CHECK(read.lines[0].shipping_template == "Migrated Template");
  CHECK_FALSE(read.lines[0].is_fulfilled_by_amazon);
  CHECK_FALSE(read.lines[1].quantity);
  CHECK(read.lines[1].is_fulfilled_by_amazon);
  CHECK(read.lines[1].price->text() == "1299.00 USD");
}

TEST_CASE("the listings report of Japan has Japanese headings") {
  const auto read = read_listings(tabs({"商品名|出品ID|出品者SKU|価格|数量|出品日|商品IDタイプ|ASIN 1|フルフィルメント・チャンネル|ステータス", "マグカップ|0101A|MUG-01|1,300|5|2026/03/02 17:00:00 JST|1|B000000001|DEFAULT|Active"}), country("JP"));
  CHECK(read.refused() == "");
  REQUIRE(read.lines.size() == 1);
  CHECK(read.lines[0].sku == "MUG-01");
  CHECK(read.lines[0].price->text() == "1300 JPY");
  CHECK(read.lines[0].opened_at->iso() == "2026-03-02T08:00:00Z");
}

TEST_CASE("the open listings report and a seller's own table are listings too") {
  const auto open = read_listings(tabs({"sku|asin|price|quantity|Business Price|Quantity Price Type", "MUG|B1|12.99|5||"}));
  CHECK(open.facts.format == "open_listings");
  CHECK(open.facts.ignored_columns.size() == 2);
  const auto own = read_listings("SKU;Preis;Bearbeitungszeit;Menge\nMUG;1.299,00;3;7\n", country("DE"));
  CHECK(own.facts.format == "table");
  REQUIRE(own.lines.size() == 1);
  CHECK(own.lines[0].price->text() == "1299.00 EUR");
  CHECK(*own.lines[0].handling_days == 3);
}

TEST_CASE("a listing without a SKU, with a wrong price, quantity or day is refused by its line") {
  const auto read = read_listings("sku,price,quantity,handling-time,open-date,min price,max price\n"
                                  ",1,1,1,,,\nA,free,1,1,,,\nB,1,-1,1,,,\nC,1,1,400,,,\nD,1,1,1,2026-02-30 UTC,,\nE,1,1,1,,5,4\nF,1,1,1,,1,2\n1E+12,1,1,1,,,\n");
  CHECK(read.refused() == "2 file.no_sku, 3 file.bad_amount, 4 file.bad_quantity, 5 file.bad_quantity, 6 file.bad_date, 7 file.bad_amount, 9 file.spoilt_number");
  CHECK(read.lines.size() == 1);
  CHECK(read_listings("sku,price\nA,1\n", {}).refused() == "2 file.no_currency");
  CHECK(read_listings("price,quantity\n1,1\n").code() == "file.unknown_format");
  FileOptions wrong = country("US");
  wrong.format = "orders";
  CHECK(read_listings("sku,price\nA,1\n", wrong).code() == "file.unknown_format");
}

TEST_CASE("stock is a quantity of a SKU at a place, measures rounded up") {
  const auto read = read_stock("商品SKU,仓库,库位,库存数量,采购价,币种,重量(kg),长(cm),宽(cm),高(cm),条码,原产国,海关编码\n"
                               "MUG-01,深圳仓,A-01-2,120,8.50,CNY,0.3505,12.34,8,9,6901234567892,CN,691200\n"
                               "CUP-01,深圳仓,,0,,,,,,,,,\n",
                               country("CN"));
  CHECK(read.refused() == "2 file.bad_measure");  // half a gram more than we keep
  REQUIRE(read.lines.size() == 1);
  const auto again = read_stock("sku,warehouse,bin,on hand,unit cost,currency,weight (kg),length (cm),width_mm,height_mm\nMUG-01,SZ,A-01-2,120,8.50,CNY,0.351,12.34,80,90.2\n");
  REQUIRE(again.lines.size() == 1);
  const StockLine& line = again.lines[0];
  CHECK(line.location == "SZ");
  CHECK(line.bin == "A-01-2");
  CHECK(line.quantity == 120);
  CHECK(line.unit_cost->text() == "8.50 CNY");
  CHECK(*line.weight_g == 351);
  CHECK(*line.length_mm == 124);
  CHECK(*line.width_mm == 80);
  CHECK(*line.height_mm == 91);
}

TEST_CASE("a stock line without SKU or quantity is refused") {
  const auto read = read_stock("sku,quantity\n,5\nA,\nB,-3\nC,2\nD,x\n");
  CHECK(read.refused() == "2 file.no_sku, 3 file.bad_quantity, 4 file.bad_quantity, 6 file.bad_quantity");
  CHECK(read.lines.size() == 1);
  CHECK(read_stock("sku,colour\nA,red\n").code() == "file.unknown_format");
  CHECK(read_stock("").code() == "file.empty");
}

TEST_CASE("Amazon's returns report is read") {
  const auto read = read_returns(tabs({
      "Order ID|Order date|Return request date|Return request status|Amazon RMA ID|Merchant RMA ID|Label type|Label cost|Currency code|Return carrier|Tracking ID|"
      "Label to be paid by|A-to-Z Claim|Is prime|ASIN|Merchant SKU|Item Name|Return quantity|Return Reason|In policy|Return type|Resolution|Invoice number|"
      "Return delivery date|Order Amount|Order quantity|SafeT Action reason|SafeT claim id|SafeT claim state|SafeT claim creation time|SafeT claim reimbursement amount|"
      "Refunded Amount",
      "113-1|02-Mar-2026|10-Mar-2026|Approved|DabcRRMA||AmazonUnPaidLabel|4.50|USD|USPS|9400100000000000000000|Customer|N|Y|B1|MUG|Mug|1|CR-DEFECTIVE|Y|C-Returns|StandardRefund||"
      "20-Mar-2026|12.99|1||||||12.99",
      "113-2|02-Mar-2026|never|Approved||||||||||||MUG|Mug|1||||||||||||||",
      "|02-Mar-2026|10-Mar-2026|Approved||||||||||||MUG|Mug|1||||||||||||||",
      "113-3|02-Mar-2026|10-Mar-2026|Approved||||||||||||MUG|Mug|0||||||||||||||",
      "113-4|02-Mar-2026|10-Mar-2026|Approved||||||||||||  |Mug|1||||||||||||||",
  }));
  CHECK(read.refused() == "3 file.bad_return_date, 4 file.no_order_id, 5 file.bad_quantity, 6 file.no_sku");
  CHECK(read.facts.format == "returns");
  REQUIRE(read.lines.size() == 1);
  const ReturnLine& line = read.lines[0];
  CHECK(line.requested_at.iso() == "2026-03-10T07:00:00Z");
  CHECK(line.delivered_at->iso() == "2026-03-20T07:00:00Z");
  CHECK(line.reason == "CR-DEFECTIVE");
  CHECK(line.refunded_amount->text() == "12.99 USD");
  CHECK(line.label_cost->text() == "4.50 USD");
  CHECK(line.is_prime);
  CHECK_FALSE(line.has_a_to_z_claim);
  CHECK(line.in_policy == true);
  CHECK(read_returns("sku,quantity\nA,1\n").code() == "file.unknown_format");
}

TEST_CASE("the door to all files names the fields that a mapping may use") {
  const std::unique_ptr<SellerFiles> files = make_seller_files();
  CHECK(files->order_fields().front().id == "order_id");
  CHECK(files->order_fields().front().example == "order-id");
  CHECK(files->order_fields().front().required);
  CHECK(files->listing_fields().size() > 10);
  CHECK(files->stock_fields().size() > 10);
  CHECK(files->return_fields().size() > 20);
  CHECK((*files->open_orders(bytes(tabs({kUnshippedHeader, unshipped(1)})), {}))->facts().format == "unshipped_orders");
  CHECK((*files->open_stock(bytes("sku,quantity\nA,1\n"), {}))->facts().format == "table");
  CHECK(open_bytes("/nonexistent/orders.txt").error().code == "file.unreadable");
  CHECK(open_bytes("/").error().message.find("folder") != std::string::npos);
}
