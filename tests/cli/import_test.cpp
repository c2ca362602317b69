// The four commands that take a seller's files in: what they print, what they end with, what stays in the desk.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/desk.hpp"
#include "app/ports/return_store.hpp"
#include "base/json.hpp"
#include "cli/wiring.hpp"
#include "wiring/desk.hpp"

using namespace zifa;

namespace {

class Folder final : public cli::Wiring {
 public:
  Folder() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() / ("zifa_cli_" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()) + "_" + std::to_string(++count));
    std::filesystem::create_directories(path_);
  }
  ~Folder() override {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::istream& in() override { return in_; }
  std::ostream& out() override { return out_; }
  std::ostream& err() override { return err_; }
  Result<std::unique_ptr<std::istream>> open_file(const std::string& path) override {
    auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
    if (!*file) return not_found("file.unreadable", path + " does not exist.");
    return std::unique_ptr<std::istream>(std::move(file));
  }
  Result<std::unique_ptr<Desk>> open_desk(const cli::DeskOptions& options) override { return zifa::open_desk(options, (path_ / "key").string()); }
  bool stop_requested() override { return stop_ && --stop_after_ < 0; }

  struct Ran {
    int code = 0;
    std::string out, err;
    std::string refusals;  // the lines of standard error that name a line
  };
  Ran run(std::vector<std::string> words) {
    out_.str("");
    err_.str("");
    words.insert(words.end(), {"--db", (path_ / "desk.db").string()});
    Ran ran{cli::run(words, *this), out_.str(), err_.str(), ""};
    std::istringstream lines(ran.err);
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with("line ")) ran.refusals += line + "\n";
    return ran;
  }
  std::string file(const std::string& name, std::string_view content) {
    std::ofstream out(path_ / name, std::ios::binary);
    out << content;
    return (path_ / name).string();
  }
  template <class F>
  void look(F&& f) {
    auto desk = open_desk({.db = (path_ / "desk.db").string()});
    REQUIRE(desk.has_value());
    const Result<Done> looked = (*desk)->store().read([&](Tx& tx) -> Result<Done> {
      f(tx);
      return done;
    });
    CHECK(looked.has_value());
  }
  void stop_after(int batches) {
    stop_ = true;
    stop_after_ = batches;
  }

 private:
  std::filesystem::path path_;
  std::istringstream in_;
  std::ostringstream out_, err_;
  bool stop_ = false;
  int stop_after_ = 0;
};

std::string tabs(std::string text) {
  for (char& c : text)
    if (c == '|') c = '\t';
  return text;
}

const std::string kOrders = tabs(
    "order-id|order-item-id|purchase-date|sku|quantity-purchased|currency|item-price|recipient-name|ship-address-1|ship-country\n"
    "111-0000001-1|1001|2026-03-02T09:00:00-08:00|MUG|2|USD|25.98|Ann|1 Main St|US\n"
    "111-0000001-1|1002|2026-03-02T09:00:00-08:00|CUP|1|USD|9.98|Ann|1 Main St|US\n"
    "111-0000002-1|1003|2026-02-31T09:00:00-08:00|MUG|2|USD|25.98|Bob|2 Main St|US\n"
    "|1004|2026-03-02T09:00:00-08:00|MUG|2|USD|25.98|Cid|3 Main St|US\n"
    "111-0000004-1||2026-03-02T09:00:00-08:00|MUG|2|USD|25.98|Dan|4 Main St|US\n"
    "111-0000005-1|1006|2026-03-02T09:00:00-08:00|MUG|\"2|USD|25.98|Eve \"the Baker\"|5 Main St|US\n"
    "111-0000006-1|1007|2026-03-02T09:00:00-08:00|MUG|2|USD|25.98|\"Half a quote|6 Main St|US\n");

}  // namespace

TEST_CASE("orders count by line, refused lines are named, and importing again changes nothing") {
  Folder folder;
  const std::string path = folder.file("orders.txt", kOrders);
  const auto first = folder.run({"import", "orders", path});
  CHECK(first.code == cli::kRefused);
  CHECK(first.out == "{\"rows\":7,\"new\":3,\"updated\":0,\"unchanged\":0,\"refused\":4}\n");
  CHECK(first.refusals.starts_with("line 4: "));
  for (const char* line : {"line 5: ", "line 6: ", "line 7: "}) CHECK(first.refusals.find(line) != std::string::npos);
  const auto second = folder.run({"import", "orders", path});
  CHECK(second.out == "{\"rows\":7,\"new\":0,\"updated\":0,\"unchanged\":3,\"refused\":4}\n");
  CHECK(second.refusals == first.refusals);
  folder.look([](Tx& tx) {
    const auto order = tx.orders.with_amazon_id("111-0000006-1").value();
    REQUIRE(order.size() == 1);
    // Amazon's reports know no quoting: the quote is the buyer's.
    CHECK(tx.orders.personal(order[0].id).value().ship_to.name == "\"Half a quote");
    CHECK(tx.orders.items(tx.orders.with_amazon_id("111-0000001-1").value()[0].id).value().size() == 2);
    const auto accounts = tx.accounts.all().value();
    REQUIRE(accounts.size() == 1);
    CHECK(accounts[0].kind == "file");
  });
}

TEST_CASE("an account is named where there are several, and one that does not exist is a wrong call") {
  Folder folder;
  const std::string path = folder.file("orders.txt", kOrders);
  CHECK(folder.run({"import", "orders", path}).code == cli::kRefused);
  const auto unknown = folder.run({"import", "orders", path, "--account", "Nobody's"});
  CHECK(unknown.code == cli::kUsage);
  CHECK(unknown.out.empty());
  CHECK(folder.run({"account", "add", "Second", "--region", "na", "--seller-id", "A2", "--marketplaces", "US"}).code != cli::kDone);  // no secrets: nothing was added
  CHECK(folder.run({"import", "orders", path}).code == cli::kRefused);
}

TEST_CASE("an unreadable file is a wrong call and nothing is printed as an answer") {
  Folder folder;
  for (const char* kind : {"orders", "listings", "stock", "returns"}) {
    CAPTURE(kind);
    const auto missing = folder.run({"import", kind, "/no/such/file.txt"});
    CHECK(missing.code == cli::kUsage);
    CHECK(missing.out.empty());
    const auto empty = folder.run({"import", kind, folder.file("empty", "")});
    CHECK(empty.code == cli::kUsage);
    CHECK(empty.err.find("empty") != std::string::npos);
    const auto other = folder.run({"import", kind, folder.file("other", "settlement-id,deposit-date\n1,2\n")});
    CHECK(other.code == cli::kUsage);
    CHECK(other.err.find("settlement-id") != std::string::npos);  // the message shows what is there
    const auto format = folder.run({"import", kind, folder.file("other", kOrders), "--format", "no_such_format"});
    CHECK(format.code == cli::kUsage);
  }
}

TEST_CASE("listings, stock and returns go in on a fresh desk, and again without a change") {
  Folder folder;
  struct Case {
    const char *kind, *name, *content;
  };
  for (const Case& one : {Case{"listings", "listings.txt", "item-name|seller-sku|price|quantity|asin1|fulfillment-channel|status\nMug|MUG|12.99|7|B000000001|DEFAULT|Active\nCup|CUP|9.99||B000000002|AMAZON_NA|Active\n"},
                          Case{"stock", "stock.txt", "sku|quantity|bin|weight_g\nMUG|7|A-1|420\nCUP|0|A-2|300\n"},
                          Case{"returns", "returns.txt", "Order ID|Return request date|Amazon RMA ID|Merchant SKU|Return quantity|Return Reason\n111-1|09-Mar-2026|R1|MUG|1|CR-DEFECTIVE\n111-1|09-Mar-2026|R1|CUP|2|CR-UNWANTED_ITEM\n"}}) {
    CAPTURE(one.kind);
    const std::string path = folder.file(one.name, tabs(one.content));
    const auto first = folder.run({"import", one.kind, path});
    CHECK(first.code == cli::kDone);
    CHECK(first.out == "{\"rows\":2,\"new\":2,\"updated\":0,\"unchanged\":0,\"refused\":0}\n");
    CHECK(folder.run({"import", one.kind, path}).out == "{\"rows\":2,\"new\":0,\"updated\":0,\"unchanged\":2,\"refused\":0}\n");
  }
  folder.look([](Tx& tx) {
    const auto returns = tx.returns.list({.search = "111-1"}, "", 10).value().rows;
    REQUIRE(returns.size() == 2);
    CHECK(returns[0].line.sku == "CUP");
    CHECK(returns[0].line.quantity == 2);
    CHECK(returns[0].line.reason == "CR-UNWANTED_ITEM");
    CHECK(returns[1].line.amazon_rma_id == "R1");
    CHECK(returns[1].line.requested_at.iso() == "2026-03-09T00:00:00Z");
  });
}

TEST_CASE("columns named once are remembered for this kind of file and this header") {
  Folder folder;
  const std::string path = folder.file("lager.csv", "Kennung;Anzahl im Regal;Bemerkung\nMUG;7;neu\n");
  CHECK(folder.run({"import", "stock", path}).code == cli::kUsage);
  CHECK(folder.run({"import", "stock", path, "--mapping", "sku"}).code == cli::kUsage);
  const auto unknown = folder.run({"import", "stock", path, "--mapping", "colour=Bemerkung"});
  CHECK(unknown.code == cli::kUsage);
  CHECK(unknown.err.find("sku") != std::string::npos);  // names the fields there are
  CHECK(folder.run({"import", "stock", path, "--mapping", "sku=Kennung,quantity=#2"}).out == "{\"rows\":1,\"new\":1,\"updated\":0,\"unchanged\":0,\"refused\":0}\n");
  const std::string next = folder.file("lager2.csv", "KENNUNG;Anzahl im Regal;Bemerkung\nMUG;9;\nCUP;1;\n");
  CHECK(folder.run({"import", "stock", next}).out == "{\"rows\":2,\"new\":1,\"updated\":1,\"unchanged\":0,\"refused\":0}\n");
  CHECK(folder.run({"import", "listings", next}).code == cli::kUsage);
}

TEST_CASE("a rehearsal counts and keeps nothing") {
  Folder folder;
  const std::string path = folder.file("orders.txt", kOrders);
  CHECK(folder.run({"import", "orders", path, "--dry-run"}).out == "{\"rows\":7,\"new\":3,\"updated\":0,\"unchanged\":0,\"refused\":4}\n");
  CHECK(folder.run({"import", "orders", path}).out == "{\"rows\":7,\"new\":3,\"updated\":0,\"unchanged\":0,\"refused\":4}\n");
}

TEST_CASE("an import that is stopped keeps what is in and goes on when it is done again") {
  Folder folder;
  std::string text = kOrders.substr(0, kOrders.find('\n') + 1);
  for (int n = 0; n < 9'000; ++n) text += "112-" + std::to_string(1'000'000 + n) + "-1\t" + std::to_string(n) + "\t2026-03-02T09:00:00-08:00\tMUG\t1\tUSD\t1.00\tAnn\t1 Main St\tUS\n";
  const std::string path = folder.file("orders.txt", text);
  folder.stop_after(1);
  const auto stopped = folder.run({"import", "orders", path});
  CHECK(stopped.code == cli::kUsage);
  CHECK(stopped.out == "{\"rows\":3999,\"new\":3999,\"updated\":0,\"unchanged\":0,\"refused\":0}\n");
  folder.stop_after(1'000);
  CHECK(folder.run({"import", "orders", path}).out == "{\"rows\":9000,\"new\":5001,\"updated\":0,\"unchanged\":3999,\"refused\":0}\n");
}

TEST_CASE("prices without a currency are left out rather than their lines") {
  Folder folder;
  const auto ran = folder.run({"import", "listings", folder.file("l.txt", tabs("seller-sku|price|quantity|asin1\nMUG|12.99|7|B000000001\n"))});
  CHECK(ran.code == cli::kDone);
  CHECK(ran.err.find("1 prices were left out") != std::string::npos);
}
