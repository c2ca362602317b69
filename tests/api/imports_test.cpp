// Files through the API: looked at, matched, taken in, long ones behind the screens; and who may.
#include "setup_desk.hpp"

#include "app/ports/import_store.hpp"

using namespace setup_desk;

namespace {

std::string tabs(std::string text) {
  for (char& c : text)
    if (c == '|') c = '\t';
  return text;
}

const std::string kHeader = tabs("order-id|order-item-id|purchase-date|sku|quantity-purchased|currency|item-price|recipient-name|ship-address-1|ship-country\n");
std::string order_line(int n, const std::string& date = "2026-03-02T09:00:00-08:00") {
  const std::string number = std::to_string(1'000'000 + n);
  return tabs("111-" + number + "-1|" + number + "|" + date + "|MUG|2|USD|25.98|Ann|1 Main St|US\n");
}
std::string orders(int from, int to) {
  std::string text = kHeader;
  for (int n = from; n < to; ++n) text += order_line(n);
  return text;
}

std::int64_t count(Shop& shop) {
  return static_cast<std::int64_t>(must(shop.store().read([](Tx& tx) { return tx.orders.ids({}, 100'000); })).size());
}

}  // namespace

TEST_CASE("a file of orders goes in through the API and its refused lines come back") {
  Shop shop;
  const std::string file = kHeader + order_line(1) + order_line(2, "2026-02-31T09:00:00Z") + order_line(3);
  const Reply looked = shop.post("/api/imports/orders?filename=o.txt&dry_run=true&account=", file, "operations");
  CHECK(looked.status == 200);
  CHECK(looked.number("new") == 2);
  CHECK(count(shop) == 0);
  const Reply taken = shop.post("/api/imports/orders?filename=o.txt", file, "operations");
  CHECK(taken.status == 200);
  CHECK(taken.number("rows") == 3);
  CHECK(taken.number("new") == 2);
  CHECK(taken.number("refused") == 1);
  CHECK(taken.text("format") == "new_orders");
  CHECK(taken.text("encoding") == "utf-8");
  const json::array& refusals = taken.body.at("refusals").as_array();
  REQUIRE(refusals.size() == 1);
  CHECK(json::get_int(refusals[0], "line") == 3);
  CHECK(json::get_text(refusals[0], "reason").find("2026-02-31") != std::string::npos);
  CHECK(taken.body.at("mapping_needed").is_null());
  CHECK(count(shop) == 2);
  CHECK(shop.post("/api/imports/orders", file, "operations").number("unchanged") == 2);
}

TEST_CASE("the warehouse counts stock and may not import what buyers ordered") {
  Shop shop;
  for (const char* kind : {"orders", "listings", "returns"}) {
    CAPTURE(kind);
    for (const char* tail : {"", "/preview", "?background=true"}) CHECK(shop.post("/api/imports/" + std::string(kind) + tail, orders(0, 1), "warehouse").status == 403);
    CHECK(shop.call("PUT", "/api/mappings", R"({"kind":")" + std::string(kind) + R"(","columns":["a","b"],"fields":{"sku":"a"}})", "warehouse").status == 403);
  }
  CHECK(shop.call("PUT", "/api/mappings", R"({"columns":["a","b"],"fields":{"sku":"a"}})", "warehouse").status == 403);
  CHECK(count(shop) == 0);
  CHECK(shop.post("/api/imports/stock", "sku,quantity\nMUG,7\n", "warehouse").number("new") == 1);
  CHECK(shop.post("/api/imports/orders", orders(0, 1), "").status == 401);
  // Whoever may not import orders does not see whose were imported either.
  const Reply started = shop.post("/api/imports/orders?background=true", orders(0, 1), "operations");
  REQUIRE(started.status == 202);
  CHECK(shop.get("/api/imports/" + started.text("id"), "warehouse").status == 403);
  CHECK(shop.post("/api/imports/" + started.text("id") + "/cancel", "", "warehouse").status == 403);
  CHECK(shop.get("/api/imports", "warehouse").body.at("items").as_array().empty());
  CHECK(shop.get("/api/imports", "operations").body.at("items").as_array().size() == 1);
}

TEST_CASE("columns that nobody knows are asked for once and then remembered for the header") {
  Shop shop;
  const std::string file = "Kennung;Anzahl im Regal\nMUG;7\nCUP;3\n";
  const Reply asked = shop.post("/api/imports/stock?filename=lager.csv&dry_run=true", file);
  CHECK(asked.status == 200);
  CHECK(asked.number("rows") == 0);
  CHECK(json::text(asked.body.at("mapping_needed").at("columns")) == R"(["Kennung","Anzahl im Regal"])");
  CHECK(json::text(asked.body.at("mapping_needed").at("sample")) == R"([["MUG","7"],["CUP","3"]])");
  const std::string signature = asked.text("mapping_needed.signature");
  CHECK(signature.size() == 16);
  // As the screens send it: a signature, the columns, and the fields by the names they show.
  const Reply kept = shop.call("PUT", "/api/mappings", R"({"signature":")" + signature + R"(","name":"lager.csv","columns":["Kennung","Anzahl im Regal"],"fields":{"sku":"Kennung","quantity":"Anzahl im Regal"}})");
  CHECK(kept.status == 200);
  CHECK(kept.text("signature") == signature);
  CHECK(shop.post("/api/imports/stock?filename=lager.csv", file).number("new") == 2);
  const Reply all = shop.get("/api/mappings");
  REQUIRE(all.body.as_array().size() == 1);
  CHECK(json::get_text(all.body.as_array()[0], "fields.sku") == "Kennung");
  CHECK(shop.call("DELETE", "/api/mappings/" + signature).status == 204);
  CHECK(shop.call("DELETE", "/api/mappings/" + signature).status == 404);
  CHECK_FALSE(shop.post("/api/imports/stock?dry_run=1", file).body.at("mapping_needed").is_null());
}

TEST_CASE("a mapping of one account and kind goes before the one for all, and does not touch others") {
  Shop shop;
  const auto account = [&](const char* name) {
    return std::to_string(must(shop.store().write([&](Tx& tx) { return tx.accounts.insert({.name = name, .kind = "file", .created_at = shop.clock.now()}); })).value());
  };
  const std::string first = account("First"), second = account("Second");
  const std::string columns = R"("columns":["a","b","c"])";
  const std::string file = "a,b,c\nMUG,7,CUP\n";
  CHECK(shop.call("PUT", "/api/mappings", "{" + columns + R"(,"kind":"listings","fields":{"sku":"a","quantity":"b"}})").status == 200);
  CHECK(shop.call("PUT", "/api/mappings", "{" + columns + R"(,"kind":"listings","account":")" + second + R"(","fields":{"sku":"c","quantity":"b"}})").status == 200);
  CHECK(shop.post("/api/imports/listings?account=" + first, file).number("new") == 1);
  CHECK(shop.post("/api/imports/listings?account=" + second, file).number("new") == 1);
  must(shop.store().read([&](Tx& tx) -> Result<Done> {
    CHECK(TRY(tx.stock.listing(AccountId(std::stoll(first)), "", "MUG")).has_value());
    CHECK(TRY(tx.stock.listing(AccountId(std::stoll(second)), "", "CUP")).has_value());
    return done;
  }));
  CHECK_FALSE(shop.post("/api/imports/stock?dry_run=true&account=" + second, file).body.at("mapping_needed").is_null());
}

TEST_CASE("a mapping that cannot be is refused by name") {
  Shop shop;
  struct Case {
    const char *body, *code;
  };
  for (const Case& one : {Case{R"({"columns":["a"]})", "field.missing"}, Case{R"({"columns":["a"],"fields":{}})", "mapping.no_fields"}, Case{R"({"columns":[],"fields":{"sku":"a"}})", "field.bad"},
                          Case{R"({"columns":"a","fields":{"sku":"a"}})", "field.bad"}, Case{R"({"columns":[7],"fields":{"sku":"a"}})", "field.bad"}, Case{R"({"fields":{"sku":"a"}})", "field.bad"},
                          Case{R"({"signature":"xyz","fields":{"sku":"a"}})", "field.bad"}, Case{R"({"columns":["a"],"fields":{"sku":7}})", "field.bad"}, Case{R"({"columns":["a"],"kind":"shoes","fields":{"sku":"a"}})", "field.bad"},
                          Case{R"({"columns":["a"],"kind":"stock","fields":{"colour":"a"}})", "mapping.unknown_field"}, Case{R"({"columns":["a"],"account":"99","fields":{"sku":"a"}})", "account.unknown"}}) {
    CAPTURE(one.body);
    CHECK(shop.call("PUT", "/api/mappings", one.body).code() == one.code);
  }
  CHECK(shop.get("/api/mappings").body.as_array().empty());
}

TEST_CASE("a file can be looked at before anything is taken in") {
  Shop shop;
  const Reply seen = shop.post("/api/imports/orders/preview?filename=o.txt", orders(0, 9));
  CHECK(seen.status == 200);
  CHECK(seen.body.at("columns").as_array().size() == 10);
  CHECK(seen.body.at("sample").as_array().size() == 5);
  CHECK(seen.text("guess.order_id") == "order-id");
  CHECK(seen.text("guess.recipient") == "recipient-name");
  CHECK(count(shop) == 0);
  CHECK(shop.post("/api/imports/orders/preview", "").code() == "file.empty");
  CHECK(shop.post("/api/imports/orders/preview", std::string("\x89PNG\r\n\x1A\n\0\0\0\0", 12)).code() == "file.not_a_table");
  CHECK(shop.post("/api/imports/shoes/preview", "a,b\n").status == 404);
}

TEST_CASE("a long import runs behind the screens, and everybody sees how far it is") {
  Shop shop;
  const std::string file = orders(0, 9'000) + order_line(9'001, "yesterday");
  const Reply started = shop.post("/api/imports/orders?filename=year.txt&background=true", file, "operations");
  REQUIRE(started.status == 202);
  CHECK(started.text("state") == "waiting");
  CHECK(started.text("created_by") == "token operations");
  const std::string address = "/api/imports/" + started.text("id");
  CHECK(count(shop) == 0);
  must(shop.desk().run_until_idle());
  const Reply over = shop.get(address);
  CHECK(over.text("state") == "done");
  CHECK(over.number("rows") == 9'001);
  CHECK(over.number("new") == 9'000);
  CHECK(over.number("refused") == 1);
  CHECK(over.number("progress") == 100);
  CHECK(json::get_int(over.body.at("refusals").as_array().at(0), "line") == 9'002);
  CHECK(over.body.at("error").is_null());
  CHECK(count(shop) == 9'000);
  // What the file says of buyers is not kept beside what was taken in.
  CHECK(must(shop.store().read([&](Tx& tx) { return tx.imports.content(std::stoll(started.text("id"))); })).empty());
  CHECK(shop.post(address + "/cancel", "").code() == "import.over");
}

TEST_CASE("an import that waits is cancelled at once and takes nothing in") {
  Shop shop;
  const Reply started = shop.post("/api/imports/orders?background=true", orders(0, 100));
  const std::string address = "/api/imports/" + started.text("id");
  CHECK(shop.post(address + "/cancel", "").text("state") == "cancelled");
  must(shop.desk().run_until_idle());
  CHECK(shop.get(address).text("state") == "cancelled");
  CHECK(count(shop) == 0);
  CHECK(shop.get("/api/imports/99").status == 404);
}

TEST_CASE("an import that was cancelled on its way keeps what was taken in by then") {
  Shop shop;
  const Reply started = shop.post("/api/imports/orders?background=true", orders(0, 9'000));
  const std::int64_t id = std::stoll(started.text("id"));
  // As if it had begun, and somebody cancelled while it ran.
  must(shop.store().write([&](Tx& tx) -> Result<Done> {
    ImportRun run = TRY(tx.imports.find(id));
    run.state = "running";
    return tx.imports.update(run);
  }));
  const Reply asked = shop.post("/api/imports/" + started.text("id") + "/cancel", "");
  CHECK(asked.text("state") == "running");
  CHECK(asked.body.at("cancel_wanted").as_bool());
  must(shop.desk().run_until_idle());
  CHECK(shop.get("/api/imports/" + started.text("id")).text("state") == "cancelled");
}

TEST_CASE("an import that broke off goes on behind the last line that was taken in") {
  Shop shop;
  const std::string file = orders(0, 500) + order_line(501, "never") + order_line(502);
  const Reply started = shop.post("/api/imports/orders?background=true", file);
  // Another process had taken in a hundred lines when it died.
  CHECK(shop.post("/api/imports/orders", orders(0, 100)).number("new") == 100);
  must(shop.store().write([&](Tx& tx) -> Result<Done> {
    ImportRun run = TRY(tx.imports.find(std::stoll(started.text("id"))));
    run.state = "running";
    run.line = 101;
    run.rows = run.created = 100;
    return tx.imports.update(run);
  }));
  must(shop.desk().run_until_idle());
  const Reply over = shop.get("/api/imports/" + started.text("id"));
  CHECK(over.text("state") == "done");
  CHECK(over.number("rows") == 502);
  CHECK(over.number("new") == 501);
  CHECK(over.number("unchanged") == 0);
  CHECK(over.number("refused") == 1);
  CHECK(count(shop) == 501);
}

TEST_CASE("a file that cannot be read fails by name, at once and behind the screens") {
  Shop shop;
  const std::string picture("\x89PNG\r\n\x1A\n\0\0\0\0", 12);
  CHECK(shop.post("/api/imports/orders", picture).code() == "file.not_a_table");
  CHECK(shop.post("/api/imports/orders", "").code() == "file.empty");
  CHECK(shop.post("/api/imports/orders?format=shoes", orders(0, 1)).code() == "file.unknown_format");
  CHECK(shop.post("/api/imports/orders?account=99", orders(0, 1)).code() == "account.unknown");
  CHECK(shop.post("/api/imports/orders?account=x", orders(0, 1)).code() == "field.bad");
  CHECK(shop.post("/api/imports/shoes", orders(0, 1)).status == 404);
  const Reply started = shop.post("/api/imports/orders?background=true", picture);
  must(shop.desk().run_until_idle());
  const Reply over = shop.get("/api/imports/" + started.text("id"));
  CHECK(over.text("state") == "failed");
  CHECK(over.text("error.code") == "file.not_a_table");
}

TEST_CASE("the same upload with the same Idempotency-Key is one import") {
  Shop shop;
  http::Headers key;
  key.set("Idempotency-Key", "k1");
  const Reply first = shop.call("POST", "/api/imports/orders?background=true", orders(0, 3), "owner", key);
  const Reply again = shop.call("POST", "/api/imports/orders?background=true", orders(0, 3), "owner", key);
  CHECK(again.text("id") == first.text("id"));
  CHECK(shop.get("/api/imports").body.at("items").as_array().size() == 1);
  CHECK(shop.call("POST", "/api/imports/orders?background=true", orders(0, 4), "owner", key).code() == "idempotency.key_reused");
}

TEST_CASE("orders of a file without an account go to the store that sells on their marketplace") {
  Shop shop;
  const auto account = [&](const char* name, const char* marketplace) {
    return must(shop.store().write([&](Tx& tx) { return tx.accounts.insert({.name = name, .kind = "file", .marketplaces = {marketplace}, .created_at = shop.clock.now()}); }));
  };
  const AccountId us = account("US", "ATVPDKIKX0DER"), de = account("DE", "A1PA6795UKMFR9");
  const std::string header = tabs("amazon-order-id|purchase-date|order-status|sales-channel|sku|quantity|currency|item-price\n");
  const Reply taken = shop.post("/api/imports/orders", header + tabs("111-1|2026-03-02T17:00:00+00:00|Unshipped|Amazon.com|MUG|1|USD|1.00\n302-1|2026-03-02T17:00:00+00:00|Unshipped|Amazon.de|MUG|1|EUR|1.00\n"
                                                                     "204-1|2026-03-02T17:00:00+00:00|Unshipped|Amazon.co.uk|MUG|1|GBP|1.00\n"));
  CHECK(taken.number("new") == 2);
  CHECK(taken.number("refused") == 1);
  must(shop.store().read([&](Tx& tx) -> Result<Done> {
    CHECK(TRY(tx.orders.by_amazon_id(us, "111-1")).has_value());
    CHECK(TRY(tx.orders.by_amazon_id(de, "302-1")).has_value());
    return done;
  }));
}
