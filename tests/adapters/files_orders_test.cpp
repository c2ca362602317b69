#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/adapters/files_support.hpp"

using namespace files_test;

TEST_CASE("an unshipped orders report is read with every field of its own") {
  const auto read = read_orders(tabs({kUnshippedHeader, unshipped(1), unshipped(2)}));
  CHECK(read.code() == "");
  CHECK(read.refused() == "");
  REQUIRE(read.lines.size() == 2);
  CHECK(read.facts.format == "unshipped_orders");
  CHECK(read.facts.container == "tab");
  CHECK(read.facts.encoding == "utf-8");
  CHECK(read.facts.header_line == 1);
  const OrderLine& line = read.lines[0];
  CHECK(line.order_id == "113-1000001-0000001");
  CHECK(line.order_item_id == "10000001000001");
  CHECK_FALSE(line.order_item_id_made);
  CHECK(line.purchased_at.iso() == "2026-03-02T17:00:00Z");
  CHECK_FALSE(line.purchased_day_only);
  CHECK(line.paid_at->iso() == "2026-03-02T17:05:00Z");
  CHECK(line.ship_by->iso() == "2026-03-05T07:59:59Z");
  CHECK(line.buyer_email == "abc1000001@marketplace.example");
  CHECK(line.phone == "+1 555 010 0000");
  CHECK(line.product_name == "Mug, 12\" tall");
  CHECK(line.quantity == 1);
  CHECK(*line.quantity_shipped == 0);
  CHECK(*line.quantity_to_ship == 1);
  CHECK(line.recipient_name == "Ada Example");
  CHECK(line.address_1 == "1 Main Street");
  CHECK(line.city == "Springfield");
  CHECK(line.postal_code == "62701");
  CHECK(line.country == "US");
  CHECK(line.is_prime);
  CHECK_FALSE(line.is_business);
}

TEST_CASE("a new orders report gives prices, the buyer's company and when to deliver") {
  const auto read = read_orders(tabs({
      "order-id|order-item-id|purchase-date|payments-date|buyer-email|buyer-name|buyer-phone-number|sku|product-name|quantity-purchased|currency|item-price|item-tax|"
      "shipping-price|shipping-tax|ship-service-level|recipient-name|ship-address-1|ship-city|ship-state|ship-postal-code|ship-country|ship-phone-number|"
      "delivery-start-date|delivery-end-date|delivery-time-zone|delivery-Instructions|sales-channel|ioss-number",
      "202-1-1|55|2026-03-02T09:00:00-08:00|2026-03-02T09:01:00-08:00|a@b.example|Ada|1|MUG-01|Mug|2|EUR|25,98|0,00|1.234,50|0|Standard|Ada|Weg 1|Bonn||53111|de|+49 228|"
      "||| ring twice |Amazon.de|IM0000000001",
  }));
  REQUIRE(read.lines.size() == 1);
  CHECK(read.facts.format == "new_orders");
  const OrderLine& line = read.lines[0];
  CHECK(line.purchased_at.iso() == "2026-03-02T17:00:00Z");
  CHECK(line.item_price->text() == "25.98 EUR");
  CHECK(line.shipping_price->text() == "1234.50 EUR");
  CHECK(line.country == "DE");
  CHECK(line.phone == "+49 228");
  CHECK(line.buyer_phone == "1");
  CHECK(line.delivery_instructions == "ring twice");
  CHECK(line.marketplace == "DE");
  CHECK(line.ioss_number == "IM0000000001");
}

TEST_CASE("an all orders report has no item ids, so they are made from the SKU and stay the same") {
  const std::string header = "amazon-order-id|merchant-order-id|purchase-date|last-updated-date|order-status|fulfillment-channel|sales-channel|sku|asin|item-status|quantity|"
                             "currency|item-price|ship-city|ship-country|is-business-order|promotion-ids";
  const std::string text = tabs({header,
                                 "111-1|M1|2026-03-02T17:00:00+00:00|2026-03-03T17:00:00+00:00|Shipped|Merchant|Amazon.com|MUG|B0|Shipped|1|USD|12.99|Rome|US|true|",
                                 "111-1|M1|2026-03-02T17:00:00+00:00|2026-03-03T17:00:00+00:00|Shipped|Merchant|Amazon.com|CUP|B1|Shipped|1|USD|2.99|Rome|US|false|",
                                 "111-1|M1|2026-03-02T17:00:00+00:00|2026-03-03T17:00:00+00:00|Shipped|Merchant|Amazon.com|MUG|B0|Shipped|2|USD|12.99|Rome|US|false|",
                                 "111-1|M1|2026-03-02T17:00:00+00:00|2026-03-03T17:00:00+00:00|Shipped|Merchant|Amazon.com|MUG|B0|Shipped|1|USD|12.99|Rome|US|true|",
                                 "111-2||2026-03-02T17:00:00+00:00|2026-03-03T17:00:00+00:00|Cancelled|Amazon|Amazon.com|MUG|B0|Cancelled||||Rome|US|false|"});
  const auto read = read_orders(text);
  CHECK(read.refused() == "");
  REQUIRE(read.lines.size() == 5);
  CHECK(read.facts.format == "all_orders");
  std::vector<std::string> ids;
  for (const OrderLine& line : read.lines) ids.push_back(line.order_item_id);
  CHECK(ids == std::vector<std::string>{"MUG", "CUP", "MUG#2", "MUG", "MUG"});  // the fourth line repeats the first
  CHECK(read.lines[0].order_item_id_made);
  CHECK(read.lines[0].is_business);
  CHECK(read.lines[4].is_cancelled);
  CHECK(read.lines[4].is_fulfilled_by_amazon);
  CHECK(read.lines[4].quantity == 0);
  CHECK(read.lines[4].currency->code() == "USD");  // of the sales channel
}

TEST_CASE("headings are known in any order, case and with hyphens, spaces or underscores") {
  for (const char* header : {"ORDER_ID\tOrder Item ID\tPurchase Date\tQuantity_Purchased\tfoo", "foo\tquantity purchased\tPURCHASE-DATE\torder_item_id\tOrder-Id"}) {
    std::string row;
    for (const auto& name : std::vector<std::string>{"o-1", "i-1", "2026-03-02T17:00:00Z", "3", "x"}) row += (row.empty() ? "" : "\t") + name;
    if (header[0] == 'f') row = "x\t3\t2026-03-02T17:00:00Z\ti-1\to-1";
    const auto read = read_orders(std::string(header) + "\r\n" + row + "\r\n");
    REQUIRE_MESSAGE(read.lines.size() == 1, header);
    CHECK(read.lines[0].order_id == "o-1");
    CHECK(read.lines[0].order_item_id == "i-1");
    CHECK(read.lines[0].quantity == 3);
    CHECK(read.facts.ignored_columns == std::vector<std::string>{"foo"});
  }
}

TEST_CASE("tables of other programs are read whatever separates their columns") {
  struct Case {
    char separator;
    const char* name;
  };
  for (const Case& c : {Case{',', "comma"}, Case{';', "semicolon"}, Case{'|', "bar"}, Case{'\t', "tab"}}) {
    std::string text = "订单号,SKU,数量,下单时间,收件人,国家\nA-1,MUG,2,2026-03-02 09:00,王小明,us\n";
    std::replace(text.begin(), text.end(), ',', c.separator);
    const auto read = read_orders(text, country("CN"));
    CHECK(read.refused().find("file.bad_purchase_date") != std::string::npos);  // no zone is known for China: it has no marketplace
    FileOptions options = country("CN");
    options.time_zone = TimeZone::named("Asia/Shanghai").value();
    const auto again = read_orders(text, options);
    REQUIRE_MESSAGE(again.lines.size() == 1, c.name);
    CHECK(again.facts.container == c.name);
    CHECK(again.facts.format == "table");
    CHECK(again.lines[0].purchased_at.iso() == "2026-03-02T01:00:00Z");
    CHECK(again.lines[0].recipient_name == "王小明");
    CHECK(again.lines[0].country == "US");
    CHECK(again.lines[0].order_item_id == "MUG");
  }
}

TEST_CASE("commas in an address do not make a comma-separated file, nor do decimal commas") {
  std::string text = "order number;line id;ordered at;qty;amount;currency;address\n";
  for (int n = 1; n <= 4; ++n)
    text += "o" + std::to_string(n) + ";l;2026-03-02T17:00:00Z;1;12,99;EUR;Flat 1, Floor 2, Block 3, Street 4, Ward 5, Town 6, County 7, Land 8\n";
  const auto read = read_orders(text);
  CHECK(read.facts.container == "semicolon");
  CHECK(read.lines.size() == 4);
  CHECK(read_orders("sep=;\n" + text).lines.size() == 4);  // as spreadsheets mark it
}

TEST_CASE("quoted fields hold separators, quotes and line ends") {
  const auto read = read_orders("order-id,order-item-id,purchase-date,quantity,product-name,ship-address-1\n"
                                "1,2,2026-03-02T17:00:00Z,1,\"Mug, \"\"big\"\"\",\"Line 1\nLine 2\"\n"
                                "3,4,2026-03-02T17:00:00Z,1,Mug 12\" tall,x\n");
  REQUIRE(read.lines.size() == 2);
  CHECK(read.lines[0].product_name == "Mug, \"big\"");
  CHECK(read.lines[0].address_1 == "Line 1 Line 2");
  CHECK(read.lines[1].product_name == "Mug 12\" tall");
}

TEST_CASE("a stray quote costs its own line and no other") {
  const auto read = read_orders("order-id,order-item-id,purchase-date,quantity,product-name\n"
                                "1,1,2026-03-02T17:00:00Z,1,\"never closed\n"
                                "2,2,2026-03-02T17:00:00Z,1,good\n"
                                "3,3,2026-03-02T17:00:00Z,1,\"closed\" too early\n"
                                "4,4,2026-03-02T17:00:00Z,1,\"good, too\"\n");
  CHECK(read.refused() == "2 file.stray_quote, 4 file.stray_quote");
  REQUIRE(read.lines.size() == 2);
  CHECK(read.lines[1].product_name == "good, too");
}

TEST_CASE("Amazon's tab-separated reports know no quoting") {
  std::string row = unshipped(1);
  row.replace(row.find("Mug, 12\" tall"), 13, "\"Best\" mug");
  std::string open = unshipped(2);
  open.replace(open.find("Mug, 12\" tall"), 13, "\"27in screen");
  const auto read = read_orders(tabs({kUnshippedHeader, row, open, unshipped(3)}));
  REQUIRE(read.lines.size() == 3);
  CHECK(read.lines[0].product_name == "\"Best\" mug");
  CHECK(read.lines[1].product_name == "\"27in screen");
}

TEST_CASE("a line is refused for what is wrong with it, by its number, and the good ones go through") {
  struct Case {
    std::string what;
    std::string row;
    const char* code;
    const char* reason;
  };
  const std::string good = unshipped(7);
  const auto with = [&](std::string_view old_text, std::string_view new_text) {
    std::string row = good;
    row.replace(row.find(old_text), old_text.size(), new_text);
    return row;
  };
  const std::vector<Case> cases{
      {"no order id", with("113-1000007-0000001|", "|"), "file.no_order_id", "order-id is missing"},
      {"no item id", with("|10000001000007|", "|  |"), "file.no_order_item_id", "order-item-id of order 113-1000007-0000001 is missing"},
      {"no purchase date", with("|2026-03-02T17:00:00+00:00|", "||"), "file.bad_purchase_date", "purchase-date is missing"},
      {"a day that never was", with("|2026-03-02T17:00:00+00:00|", "|2026-02-30T17:00:00+00:00|"), "file.bad_purchase_date", "does not exist"},
      {"an hour that never was", with("|2026-03-02T17:00:00+00:00|", "|2026-03-02T27:00:00+00:00|"), "file.bad_purchase_date", "impossible time"},
      {"a year long ago", with("|2026-03-02T17:00:00+00:00|", "|1026-03-02T17:00:00+00:00|"), "file.bad_purchase_date", "impossible year"},
      {"no date at all", with("|2026-03-02T17:00:00+00:00|", "|yesterday|"), "file.bad_purchase_date", "\"yesterday\" is not a date"},
      {"a date without a zone", with("|2026-03-02T17:00:00+00:00|", "|2026-03-02 17:00:00|"), "file.bad_purchase_date", "no time zone"},
      {"an impossible promise", with("|2026-03-05T07:59:59+00:00|", "|2026-13-05|"), "file.bad_date", "promise-date"},
      {"a negative quantity", with("|1|0|1|", "|-1|0|1|"), "file.bad_quantity", "\"-1\" is negative"},
      {"an absurd quantity", with("|1|0|1|", "|99999999999999999999|0|1|"), "file.bad_quantity", "more than 999999"},
      {"half a piece", with("|1|0|1|", "|1.5|0|1|"), "file.bad_quantity", "not a whole number"},
      {"no quantity", with("|1|0|1|", "||0|1|"), "file.bad_quantity", "is empty"},
      {"more to ship than bought", with("|1|0|1|", "|1|1|1|"), "file.bad_quantity", "together more than the 1 bought"},
      {"a number spoilt by a spreadsheet", with("|10000001000007|", "|1E+13|"), "file.spoilt_number", "rounded"},
      {"a column too few", with("|US|false|", "|US|"), "file.wrong_columns", "27 columns, the header has 28"},
      {"a column too many", good + "|surplus", "file.wrong_columns", "29 columns, the header has 28"},
      {"the header again", kUnshippedHeader, "file.bad_purchase_date", "\"purchase-date\" is not a date"},
  };
  for (const Case& c : cases) {
    const auto read = read_orders(tabs({kUnshippedHeader, unshipped(1), c.row, unshipped(2)}));
    CHECK_MESSAGE(read.lines.size() == 2, c.what);
    REQUIRE_MESSAGE(read.refusals.size() == 1, c.what);
    CHECK_MESSAGE(read.refusals[0].line == 3, c.what);
    CHECK_MESSAGE(read.refusals[0].code == c.code, c.what);
    CHECK_MESSAGE(read.refusals[0].reason.find(c.reason) != std::string::npos, read.refusals[0].reason);
  }
}

TEST_CASE("empty columns at the end of a line do no harm") {
  CHECK(read_orders(tabs({kUnshippedHeader, unshipped(1) + "|||", "||||||||", "", unshipped(2)})).lines.size() == 2);
}

TEST_CASE("what cannot be an order file is refused at once, saying what is missing") {
  struct Case {
    std::string what;
    std::string text;
    FileOptions options;
    const char* code;
    const char* message;
  };
  FileOptions bad_format;
  bad_format.format = "invoice";
  FileOptions bad_encoding;
  bad_encoding.encoding = "ebcdic";
  FileOptions named;
  named.format = "unshipped_orders";
  FileOptions bad_mapping;
  bad_mapping.mapping.columns["order_id"] = "Reference";
  FileOptions bad_field;
  bad_field.mapping.columns["colour"] = "order-id";
  const std::vector<Case> cases{
      {"an empty file", "", {}, "file.empty", "empty"},
      {"blank lines", "\n\n\r\n", {}, "file.empty", "no text"},
      {"a letter", "Dear customer\nthank you\n", {}, "file.unknown_format", "does not look like an order file"},
      {"no date", "order-id\tsku\tquantity\n", {}, "file.unknown_format", "a column for the purchase date (purchase-date)"},
      {"nothing tells lines apart", "order-id\tpurchase-date\tquantity\n", {}, "file.unknown_format", "order-item-id, else sku"},
      {"an unknown format", tabs({kUnshippedHeader}), bad_format, "file.unknown_format", "unshipped_orders"},
      {"an unknown encoding", tabs({kUnshippedHeader}), bad_encoding, "file.unknown_encoding", "shift_jis"},
      {"the wrong format named", "order-id,sku,quantity,date\n", named, "file.unknown_format", "order-item-id"},
      {"a mapped column that is not there", tabs({kUnshippedHeader}), bad_mapping, "file.bad_mapping", "Reference"},
      {"a mapped field that is not one", tabs({kUnshippedHeader}), bad_field, "file.bad_mapping", "colour"},
      {"an old workbook", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on", {}, "file.encrypted", ".xlsx without a password"},
      {"a packed file", "\x1F\x8B\x08\x00 and so on", {}, "file.compressed", "unpack"},
      {"a picture", "\x89PNG\r\n\x1A\n and so on", {}, "file.not_a_table", "picture"},
  };
  for (const Case& c : cases) {
    const auto read = read_orders(c.text, c.options);
    CHECK_MESSAGE(read.code() == c.code, c.what);
    REQUIRE_MESSAGE(read.error, c.what);
    CHECK_MESSAGE(read.error->message.find(c.message) != std::string::npos, read.error->message);
  }
}

TEST_CASE("a file with a header and nothing below it has no lines and no mistakes") {
  for (const std::string& text : {tabs({kUnshippedHeader}), tabs({kUnshippedHeader}).substr(0, tabs({kUnshippedHeader}).size() - 1)}) {
    const auto read = read_orders(text);
    CHECK(read.code() == "");
    CHECK(read.lines.empty());
    CHECK(read.refusals.empty());
    CHECK(read.facts.columns.size() == 28);
  }
}

TEST_CASE("a mapping says which column is which, in the seller's own words") {
  FileOptions options;
  options.time_zone = TimeZone::named("Asia/Shanghai").value();
  options.currency = Currency::of("USD");
  options.mapping.columns = {{"order_id", "ref"}, {"purchased_at", "#2"}, {"sku", "thing"}, {"quantity", "How Many"}, {"unit_price", "each"}, {"city", ""}};
  options.mapping.date_order = DateOrder::day_month_year;
  const auto read = read_orders("Ref.;When;Thing;how-many;Each;City;Country\nX1;03/04/2026 10:00;MUG;2;1.299,00;Rome;IT\n", options);
  CHECK(read.refused() == "");
  REQUIRE(read.lines.size() == 1);
  CHECK(read.lines[0].purchased_at.iso() == "2026-04-03T02:00:00Z");
  CHECK(read.lines[0].item_price->text() == "2598.00 USD");
  CHECK(read.lines[0].city == "");     // told to leave it
  CHECK(read.lines[0].country == "IT");  // not told, recognised
  CHECK(read.facts.mapping.columns.at("quantity") == "how-many");

  // What was recognised, stored and used for the next file of the kind, reads the same.
  FileOptions stored = options;
  stored.mapping = read.facts.mapping;
  const auto again = read_orders("When;Ref.;Thing;how-many;Each;Country\n03/04/2026 10:00;X1;MUG;2;1.299,00;IT\n", stored);
  REQUIRE(again.lines.size() == 1);
  CHECK(again.lines[0].purchased_at == read.lines[0].purchased_at);
}

TEST_CASE("the last line of a file that was cut short is refused, the others stay") {
  const std::string whole = tabs({kUnshippedHeader, unshipped(1), unshipped(2), unshipped(3)});
  const auto read = read_orders(whole.substr(0, whole.size() - 60));
  CHECK(read.lines.size() == 2);
  REQUIRE(read.refusals.size() == 1);
  CHECK(read.refusals[0].line == 4);
  CHECK(read.refusals[0].code == "file.cut_short");
}

TEST_CASE("the file is handed over in batches of any size, the refused lines counted in") {
  std::vector<std::string> rows{kUnshippedHeader};
  for (int n = 0; n < 10; ++n) rows.push_back(unshipped(n, "Ada", n % 4 == 3 ? "never" : "2026-03-02T17:00:00Z"));
  for (const std::size_t size : {std::size_t{1}, std::size_t{3}, std::size_t{10}, std::size_t{11}, std::size_t{500}}) {
    auto reader = open_order_file(bytes(tabs(rows)), {}).value();
    std::vector<OrderLine> lines;
    std::vector<LineRefusal> refusals;
    std::size_t rounds = 0;
    while (next_batch(*reader, size, lines, refusals).value()) {
      ++rounds;
      CHECK(lines.size() + refusals.size() == std::min<std::size_t>(rounds * size, 10));
    }
    CHECK(lines.size() == 8);
    CHECK(refusals.size() == 2);
    CHECK(lines.back().order_id == "113-1000009-0000001");
  }
}

namespace {

std::string india(const std::string& name) {
  const std::filesystem::path path = std::filesystem::path(ZIFA_SOURCE_DIR) / "../shared/data/amazon-india-sales" / name;
  if (!std::filesystem::exists(path)) return {};
  if (path.extension() != ".zst") {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::string out;
  FILE* pipe = popen(("zstd -dc '" + path.string() + "' 2>/dev/null").c_str(), "r");
  std::array<char, 65536> piece;
  for (std::size_t got; (got = fread(piece.data(), 1, piece.size(), pipe)) > 0;) out.append(piece.data(), got);
  pclose(pipe);
  return out;
}

}  // namespace

TEST_CASE("the Amazon.in seller sale reports are read to the last line") {
  struct Case {
    const char* name;
    std::size_t lines, orders, cancelled, by_amazon, business, numbered;
    std::int64_t pieces, paise;
  };
  const std::vector<Case> cases{
      // Counted with another program: rows, distinct orders, rows with a cancelled status, fulfilled by Amazon, B2B, ids that needed a number,
      // sum of Qty, sum of Amount.
      {"full_columns.csv.zst", 2947, 2782, 434, 2272, 25, 0, 2654, 170206872},
      {"merchant_easyship.csv.zst", 16002, 14737, 2211, 1, 121, 745, 13855, 1042432256},
      {"mixed_fulfilment.csv.zst", 11632, 10855, 1719, 7880, 81, 458, 10461, 717146290},
      {"raw_as_downloaded_jain.csv", 233, 233, 40, 169, 0, 0, 208, 14074037},
      {"raw_as_downloaded_nik.csv", 250, 250, 30, 0, 1, 0, 222, 16175193},
  };
  for (const Case& c : cases) {
    const std::string text = india(c.name);
    if (text.empty()) {
      MESSAGE("skipped: " << c.name << " is not here");
      continue;
    }
    const auto read = read_orders(text);
    CHECK_MESSAGE(read.refused() == "", c.name);
    CHECK(read.facts.format == "india_sales");
    std::set<std::string> orders;
    std::set<std::pair<std::string, std::string>> keys;
    Case seen{c.name, read.lines.size(), 0, 0, 0, 0, 0, 0, 0};
    for (const OrderLine& line : read.lines) {
      orders.insert(line.order_id);
      keys.emplace(line.order_id, line.order_item_id);
      seen.cancelled += line.is_cancelled ? 1 : 0;
      seen.by_amazon += line.is_fulfilled_by_amazon ? 1 : 0;
      seen.business += line.is_business ? 1 : 0;
      seen.numbered += line.order_item_id.find('#') != std::string::npos ? 1 : 0;
      seen.pieces += line.quantity;
      seen.paise += line.item_price ? line.item_price->minor() : 0;
      CHECK(line.purchased_at >= Instant::parse("2022-03-30T18:30:00Z").value());
      CHECK(line.purchased_at <= Instant::parse("2022-06-29T18:30:00Z").value());
    }
    seen.orders = orders.size();
    CHECK_MESSAGE(keys.size() == read.lines.size(), c.name);  // every line has a key of its own
    CHECK_MESSAGE(seen.lines == c.lines, c.name);
    CHECK_MESSAGE(seen.orders == c.orders, c.name);
    CHECK_MESSAGE(seen.cancelled == c.cancelled, c.name);
    CHECK_MESSAGE(seen.by_amazon == c.by_amazon, c.name);
    CHECK_MESSAGE(seen.business == c.business, c.name);
    CHECK_MESSAGE(seen.numbered == c.numbered, c.name);
    CHECK_MESSAGE(seen.pieces == c.pieces, c.name);
    CHECK_MESSAGE(seen.paise == c.paise, c.name);
  }
}

TEST_CASE("the mixed spellings of Indian dates are all month, day, year") {
  const std::string text = india("raw_as_downloaded_nik.csv");
  const std::string clean = india("merchant_easyship.csv.zst");
  if (text.empty() || clean.empty()) {
    MESSAGE("skipped: the samples are not here");
    return;
  }
  std::map<std::string, std::string> day_of;
  for (const OrderLine& line : read_orders(clean).lines) day_of[line.order_id] = line.purchased_at.iso();
  std::size_t compared = 0;
  for (const OrderLine& line : read_orders(text).lines)
    if (const auto found = day_of.find(line.order_id); found != day_of.end()) {
      ++compared;
      CHECK(found->second == line.purchased_at.iso());
    }
  CHECK(compared > 100);
}
