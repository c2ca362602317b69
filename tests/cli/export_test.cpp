// What leaves the desk as files: for Seller Central, for spreadsheets, for the printer.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "cli/wiring.hpp"
#include "tests/api/work_desk.hpp"

using namespace work_desk;

namespace {

struct Ran {
  int code = 0;
  std::string out, err;
};

// The program, called on the data of a shop.
class Program final : public cli::Wiring {
 public:
  explicit Program(WorkShop& shop) : shop_(shop) {}
  std::istream& in() override { return in_; }
  std::ostream& out() override { return out_; }
  std::ostream& err() override { return err_; }
  Result<std::unique_ptr<Desk>> open_desk(const cli::DeskOptions& options) override {
    cli::DeskOptions own = options;
    own.clock = &shop_.clock;
    return zifa::open_desk(own, shop_.key_file());
  }
  Ran run(std::vector<std::string> words) {
    out_.str("");
    err_.str("");
    words.insert(words.begin(), "export");
    words.insert(words.end(), {"--db", shop_.db()});
    return {cli::run(words, *this), out_.str(), err_.str()};
  }
  std::ostringstream out_, err_;

 private:
  WorkShop& shop_;
  std::istringstream in_;
};

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Compared with tests/golden/exports/NAME; ZIFA_WRITE_GOLDEN=1 writes the file anew, to be reviewed as a diff.
void check_golden(const std::string& name, const std::string& content) {
  const std::filesystem::path path = std::filesystem::path(ZIFA_SOURCE_DIR) / "tests/golden/exports" / name;
  if (std::getenv("ZIFA_WRITE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
  }
  CHECK_MESSAGE(content_of(path) == content, name << " is now\n" << content);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}
std::size_t lines(const std::string& text) { return count(text, "\n"); }

std::string confirm_state(WorkShop& shop, ParcelId parcel) {
  return must(shop.store().read([&](Tx& tx) { return tx.parcels.find(parcel); })).confirm_state;
}

}  // namespace

TEST_CASE("what has left goes into the confirmation file once, and is confirmed with it") {
  WorkShop shop;
  Program program(shop);
  const OrderId mugs = shop.planned_order("111-0000001-0000001", {{"MUG-1", 2}}), both = shop.planned_order("111-0000002-0000002", {{"MUG-1", 1}, {"PLATE-2", 3}});
  shop.planned_order("111-0000003-0000003");  // still in the house
  const ParcelId parcel = shop.sent_parcel(mugs);
  shop.sent_parcel(both);
  const Ran first = program.run({"confirmations", "--format", "amazon"});
  CHECK(first.code == cli::kDone);
  check_golden("confirmations_amazon.txt", first.out);
  CHECK(first.err == "3 lines of 2 parcels\n");
  CHECK(confirm_state(shop, parcel) == "confirmed");
  CHECK(shop.detail(mugs).text("confirm") == "confirmed");
  CHECK(shop.state(mugs) == "shipped");

  shop.clock.advance(std::chrono::hours(1));
  const Ran second = program.run({"confirmations", "--format", "amazon"});
  CHECK(second.code == cli::kDone);
  CHECK(second.out.find("111-0000001") == std::string::npos);
  CHECK(lines(second.out) == 3);  // the template's rows
  const Ran again = program.run({"confirmations", "--format", "amazon", "--again"});
  CHECK(again.out == first.out);
  CHECK(again.err.find("2 of them again") != std::string::npos);
  CHECK(lines(program.run({"confirmations", "--format", "amazon", "--again", "--since", shop.clock.now().iso()}).out) == 3);
  check_golden("confirmations.csv", program.run({"confirmations"}).out);
}

TEST_CASE("a number corrected after the file was handed over goes into the next one, and the order is no later for it") {
  WorkShop shop;
  Program program(shop);
  const ParcelId parcel = shop.sent_parcel(shop.planned_order("111-0000001-0000001"));
  program.run({"confirmations", "--format", "amazon"});
  const std::string before = program.run({"confirmations"}).out;
  const Instant confirmed = shop.clock.now();
  shop.clock.advance(std::chrono::hours(5));
  REQUIRE(shop.post("/api/parcels/" + std::to_string(parcel.value()) + "/label", R"({"tracking_number":"YT2600000099999999"})").status == 200);
  const Ran next = program.run({"confirmations", "--format", "amazon"});
  CHECK(next.out.find("YT2600000099999999") != std::string::npos);
  CHECK(lines(next.out) == 4);
  const std::string after = program.run({"confirmations"}).out;
  CHECK(lines(after) == lines(before));
  CHECK(after.find("YT2600000099999999," + confirmed.iso()) != std::string::npos);
  CHECK(must(shop.store().read([&](Tx& tx) { return tx.parcels.confirmation(parcel); }))->edits == 1);
  CHECK(must(shop.store().check_invariants()).ok());
}

TEST_CASE("a file that could not be written confirms nothing") {
  WorkShop shop;
  Program program(shop);
  const ParcelId parcel = shop.sent_parcel(shop.planned_order("111-0000001-0000001"));
  const Ran nowhere = program.run({"confirmations", "--format", "amazon", "--out", (shop.folder() / "missing" / "file.txt").string()});
  CHECK(nowhere.code == cli::kUsage);
  CHECK(nowhere.err.find("cannot be written") != std::string::npos);
  CHECK(confirm_state(shop, parcel) == "due");
  const Ran full = program.run({"confirmations", "--format", "amazon", "--out", "/dev/full"});
  CHECK(full.code == cli::kUsage);
  CHECK(std::filesystem::is_character_file("/dev/full"));  // nothing took its place
  CHECK(confirm_state(shop, parcel) == "due");
  program.out_.setstate(std::ios::badbit);
  const Ran closed = program.run({"confirmations", "--format", "amazon"});
  program.out_.clear();
  CHECK(closed.code == cli::kUsage);
  CHECK(confirm_state(shop, parcel) == "due");

  const std::filesystem::path path = shop.folder() / "confirmations.txt";
  CHECK(program.run({"confirmations", "--format", "amazon", "--out", path.string()}).code == cli::kDone);
  CHECK(content_of(path).find("111-0000001-0000001") != std::string::npos);
  CHECK(confirm_state(shop, parcel) == "confirmed");
  for (const auto& entry : std::filesystem::directory_iterator(shop.folder())) CHECK(entry.path().extension() != ".part");
}

TEST_CASE("the emergency stop keeps the files back, and two never hand over the same at once") {
  WorkShop shop;
  Program program(shop);
  const ParcelId parcel = shop.sent_parcel(shop.planned_order("111-0000001-0000001"));
  must(shop.store().write([](Tx& tx) { return tx.setup.set_setting("write_stop", "1"); }));
  const Ran stopped = program.run({"confirmations", "--format", "amazon"});
  CHECK(stopped.code == cli::kUsage);
  CHECK(stopped.out.empty());
  CHECK(stopped.err.find("emergency stop") != std::string::npos);
  must(shop.store().write([&](Tx& tx) -> Result<Done> {
    TRY(tx.setup.set_setting("write_stop", "0"));
    return tx.setup.set_setting("writing_confirmations_" + std::to_string(shop.account.value()), std::to_string((shop.clock.now() + std::chrono::seconds(20)).ms()));
  }));
  const Ran twice = program.run({"confirmations", "--format", "amazon"});
  CHECK(twice.code == cli::kUsage);
  CHECK(twice.err.find("being written") != std::string::npos);
  CHECK(confirm_state(shop, parcel) == "due");
  shop.clock.advance(std::chrono::seconds(21));  // the other was killed
  CHECK(program.run({"confirmations", "--format", "amazon"}).code == cli::kDone);
  CHECK(confirm_state(shop, parcel) == "confirmed");
}

TEST_CASE("Japan's confirmations need a file of their own") {
  WorkShop shop;
  Program program(shop);
  const OrderId us = shop.order("111-0000001-0000001"), jp = shop.order("250-0000002-0000002", {{"MUG-1", 1}}, std::chrono::hours(48), "A1VC38T7YXB528");
  shop.work();
  shop.sent_parcel(us);
  const ParcelId japanese = shop.sent_parcel(jp);
  const Ran mixed = program.run({"confirmations", "--format", "amazon"});
  CHECK(mixed.code == cli::kRefused);
  CHECK(mixed.out.find("111-0000001-0000001") != std::string::npos);
  CHECK(mixed.out.find("250-0000002-0000002") == std::string::npos);
  CHECK(mixed.err.find("--marketplace JP") != std::string::npos);
  CHECK(confirm_state(shop, japanese) == "due");
  const Ran own = program.run({"confirmations", "--format", "amazon", "--marketplace", "JP"});
  CHECK(own.code == cli::kDone);
  CHECK(own.out.find("cod-collection-method") != std::string::npos);
  CHECK(own.out.find("250-0000002-0000002") != std::string::npos);
  CHECK(program.run({"confirmations", "--format", "amazon", "--marketplace", "Mars"}).code == cli::kUsage);
}

TEST_CASE("an order that came without Amazon's item ids is confirmed as a whole or not at all") {
  WorkShop shop;
  Program program(shop);
  shop.item_ids = "SKU";
  const OrderId whole = shop.planned_order("111-0000001-0000001", {{"MUG-1", 1}, {"PLATE-2", 1}}), parts = shop.planned_order("111-0000002-0000002", {{"MUG-1", 1}, {"PLATE-2", 1}});
  shop.sent_parcel(whole);
  std::vector<std::string> items;
  for (const OrderItem& item : must(shop.store().read([&](Tx& tx) { return tx.orders.items(parts); }))) items.push_back(std::to_string(item.id.value()));
  REQUIRE(shop.post("/api/orders/" + std::to_string(parts.value()) + "/split", R"({"parcels":[{"items":[{"order_item_id":")" + items[0] + R"(","quantity":1}]},{"items":[{"order_item_id":")" + items[1] + R"(","quantity":1}]}]})").status == 200);
  const ParcelId part = shop.first_parcel(parts);
  REQUIRE(WorkShop::outcome(shop.act("buy_label", {parts})) == "ok");
  for (const Parcel& parcel : must(shop.store().read([&](Tx& tx) { return tx.parcels.of_order(parts); })))
    if (parcel.live()) REQUIRE(shop.post("/api/pack/" + std::to_string(parcel.id.value()) + "/finish", R"({"override":{"reason":"counted by hand"}})").status == 200);
  REQUIRE(WorkShop::outcome(shop.act("dispatch", {parts})) == "ok");
  const Ran ran = program.run({"confirmations", "--format", "amazon"});
  CHECK(ran.code == cli::kRefused);
  CHECK(ran.out.find("111-0000001-0000001\t\t\t") != std::string::npos);
  CHECK(ran.out.find("111-0000002-0000002") == std::string::npos);
  CHECK(ran.err.find("holds a part of order 111-0000002-0000002") != std::string::npos);
  CHECK(confirm_state(shop, part) == "due");
}

TEST_CASE("the table of labels keeps voided ones, the pages show the live ones") {
  WorkShop shop;
  Program program(shop);
  const OrderId first = shop.planned_order("111-0000001-0000001"), second = shop.planned_order("111-0000002-0000002"), held = shop.planned_order("111-0000003-0000003");
  shop.act("buy_label", {first, second, held});
  shop.act("void_label", {first});
  shop.act("buy_label", {first});
  check_golden("labels.csv", program.run({"labels"}).out);
  CHECK(count(program.run({"labels", "--format", "zpl"}).out, "^XA") == 3);
  const Ran pdf = program.run({"labels", "--format", "pdf"});
  CHECK(pdf.code == cli::kDone);
  CHECK(pdf.out.starts_with("%PDF"));
  shop.act("hold", {held}, R"({"reason":"buyer asked"})");
  const Ran some = program.run({"labels", "--format", "zpl"});
  CHECK(some.code == cli::kRefused);
  CHECK(count(some.out, "^XA") == 2);
  CHECK(some.err.find("111-0000003-0000003") != std::string::npos);
  const std::filesystem::path path = shop.folder() / "labels.xlsx";
  CHECK(program.run({"labels", "--out", path.string()}).code == cli::kDone);  // the name says the format
  CHECK(content_of(path).starts_with("PK"));
  for (const Label& label : must(shop.store().read([&](Tx& tx) { return tx.parcels.labels(second); }))) CHECK(label.print_count == 0);
}

TEST_CASE("the pick list walks from bin to bin and leaves out what is stopped") {
  WorkShop shop;
  Program program(shop);
  shop.planned_order("111-0000001-0000001", {{"PLATE-2", 2}});
  shop.planned_order("111-0000002-0000002", {{"MUG-1", 1}, {"PLATE-2", 1}});
  shop.act("hold", {shop.planned_order("111-0000003-0000003", {{"MUG-1", 7}})}, R"({"reason":"wait"})");
  check_golden("picklist.csv", program.run({"picklist"}).out);
  CHECK(program.run({"picklist", "--format", "pdf", "--warehouse", "Shenzhen"}).out.starts_with("%PDF"));
  const Ran elsewhere = program.run({"picklist", "--warehouse", "Rome"});
  CHECK(elsewhere.code == cli::kUsage);
  CHECK(elsewhere.err.find("Shenzhen") != std::string::npos);
}

TEST_CASE("stock goes out as it lies, and to Amazon as it may be sold") {
  WorkShop shop;
  Program program(shop);
  shop.planned_order("111-0000001-0000001", {{"MUG-1", 4}});
  check_golden("stock.csv", program.run({"stock"}).out);
  must(shop.store().write([&](Tx& tx) -> Result<Done> {
    const auto mug = TRY(tx.stock.product_with_sku("MUG-1"));
    TRY(tx.stock.save_listing({.account = shop.account, .marketplace_id = kUs, .sku = "MUG-1", .handling_days = 2, .product = mug->id, .units_per = 5}));
    TRY(tx.stock.save_listing({.account = shop.account, .marketplace_id = kUs, .sku = "NOT-LINKED"}));
    TRY(tx.stock.save_listing({.account = shop.account, .marketplace_id = kUs, .sku = "AT-AMAZON", .channel = "fba", .product = mug->id}));
    return done;
  }));
  const Ran amazon = program.run({"stock", "--format", "amazon"});
  CHECK(amazon.code == cli::kDone);
  check_golden("stock_amazon.txt", amazon.out);
  CHECK(lines(program.run({"listings"}).out) == 4);
}

TEST_CASE("cancelled orders go into the cancellation file once") {
  WorkShop shop;
  Program program(shop);
  const OrderId one = shop.planned_order("111-0000001-0000001", {{"MUG-1", 1}, {"PLATE-2", 1}});
  REQUIRE(WorkShop::outcome(shop.act("cancel", {one}, R"({"reason":"NoInventory"})")) == "ok");
  shop.work();
  const Ran first = program.run({"cancellations", "--format", "amazon"});
  CHECK(first.code == cli::kDone);
  check_golden("cancellations_amazon.txt", first.out);
  CHECK(lines(program.run({"cancellations", "--format", "amazon"}).out) == 2);
  CHECK(program.run({"cancellations", "--format", "amazon", "--again"}).out == first.out);
  check_golden("cancellations.csv", program.run({"cancellations"}).out);
}

TEST_CASE("the orders go out by line, without their buyers") {
  WorkShop shop;
  Program program(shop);
  shop.planned_order("111-0000001-0000001", {{"MUG-1", 2}, {"PLATE-2", 1}});
  const Ran all = program.run({"orders"});
  check_golden("orders.csv", all.out);
  CHECK(all.out.find("Ruiz") == std::string::npos);
  CHECK(lines(program.run({"orders", "--state", "shipped"}).out) == 1);
  CHECK(lines(program.run({"orders", "--from", "2026-11-25"}).out) == 3);
  CHECK(lines(program.run({"orders", "--to", "2026-11-24"}).out) == 1);
  CHECK(program.run({"orders", "--from", "soon"}).code == cli::kUsage);
}

TEST_CASE("long tables go on behind their first page") {
  WorkShop shop;
  Program program(shop);
  must(shop.store().write([&](Tx& tx) -> Result<Done> {
    for (int i = 0; i < 1'100; ++i) {
      const ProductId product = TRY(tx.stock.insert_product({.sku = "S-" + std::to_string(10'000 + i)}));
      TRY(tx.stock.move({.at = shop.clock.now(), .warehouse = shop.warehouse_id, .product = product, .kind = "receipt", .quantity = 1}));
    }
    return done;
  }));
  const std::string out = program.run({"stock"}).out;
  CHECK(lines(out) == 1'103);
  for (const char* sku : {"\nS-10000,", "\nS-10499,", "\nS-10500,", "\nS-11099,"}) CHECK(count(out, sku) == 1);
}

TEST_CASE("a wrong call names what would be right") {
  WorkShop shop;
  Program program(shop);
  const Ran format = program.run({"labels", "--format", "amazon"});
  CHECK(format.code == cli::kUsage);
  CHECK(format.err.find("csv, xlsx, pdf, zpl") != std::string::npos);
  CHECK(program.run({"labels", "--account", "Nobody"}).code == cli::kUsage);
  CHECK(program.run({"labels", "--format", "zpl", "--size", "a4"}).code == cli::kUsage);
  CHECK(program.run({"confirmations", "--format", "amazon", "--since", "2026-11-01"}).code == cli::kUsage);
  must(shop.store().write([&](Tx& tx) { return tx.accounts.insert({.name = "EU shop", .kind = "file", .created_at = shop.clock.now()}); }));
  const Ran whose = program.run({"confirmations", "--format", "amazon"});
  CHECK(whose.code == cli::kUsage);
  CHECK(whose.err.find("several accounts") != std::string::npos);
  CHECK(program.run({"confirmations", "--format", "amazon", "--account", "EU shop"}).code == cli::kDone);
}

TEST_CASE("a connected account is confirmed by its connection, unless it is named") {
  WorkShop shop("amazon");
  Program program(shop);
  const ParcelId parcel = shop.sent_parcel(shop.planned_order("111-0000001-0000001"));
  const Ran unnamed = program.run({"confirmations", "--format", "amazon"});
  CHECK(unnamed.code == cli::kDone);
  CHECK(lines(unnamed.out) == 3);
  CHECK(confirm_state(shop, parcel) == "due");
  const Ran named = program.run({"confirmations", "--format", "amazon", "--account", "US shop"});
  CHECK(lines(named.out) == 4);
  CHECK(confirm_state(shop, parcel) == "confirmed");
  shop.work();  // its job finds nothing left to say
  CHECK(confirm_state(shop, parcel) == "confirmed");
}
