#include "tests/store/database.hpp"

using namespace zifa;
using namespace zifa::store_tests;

TEST_CASE("an account's credentials lie sealed, and a name is taken once") {
  Database db;
  Shop shop(db);
  CHECK(code_of(db.store().read([&](Tx& tx) { return tx.accounts.credentials(shop.account); })) == "account.no_credentials");
  db.write([&](Tx& tx) -> Result<Done> {
    CHECK(code_of(tx.accounts.insert({.name = "Mugs", .created_at = kNow})) == "account.name_taken");
    TRY(tx.accounts.set_credentials(shop.account, {"client-1", "secret-2", "refresh-3"}));
    Account account = TRY(tx.accounts.named("Mugs"));
    account.synced_until = after_hours(1);
    account.marketplaces.push_back("A1F83G8C2ARO7P");
    return tx.accounts.update(account);
  });
  const Credentials credentials = db.read([&](Tx& tx) { return tx.accounts.credentials(shop.account); });
  CHECK(credentials.client_secret == "secret-2");
  CHECK(credentials.refresh_token == "refresh-3");
  const Account account = db.read([&](Tx& tx) { return tx.accounts.find(shop.account); });
  CHECK(account.synced_until == after_hours(1));
  CHECK(account.marketplaces.size() == 2);
  sql::Connection raw = db.raw();
  sql::Statement row = must(raw.prepare("SELECT credentials FROM account"));
  REQUIRE(must(row.step()));
  CHECK(row.blob(0).find("secret") == std::string::npos);
}

TEST_CASE("users, sessions, tokens and views are kept and end") {
  Database db;
  db.write([&](Tx& tx) -> Result<Done> {
    User user{.name = "lin", .password_hash = "hash", .role = "owner", .created_at = kNow};
    user.id = TRY(tx.people.insert_user(user));
    CHECK(code_of(tx.people.insert_user(user)) == "user.name_taken");
    user.failed_sign_ins = 3;
    user.locked_until = after_hours(1);
    TRY(tx.people.update_user(user));
    CHECK(TRY(tx.people.user_named("lin"))->locked_until == after_hours(1));
    CHECK_FALSE(TRY(tx.people.user_named("Lin' --")));
    CHECK(TRY(tx.people.count_users()) == 1);

    const std::string token("\0\xFF'\\x41 token", 14);
    TRY(tx.people.insert_session({.token_hash = token, .csrf = "c", .user = user.id, .created_at = kNow, .expires_at = after_hours(1)}));
    REQUIRE(TRY(tx.people.session(token)));
    CHECK(TRY(tx.people.session(token))->token_hash == token);
    TRY(tx.people.delete_sessions_of(user.id));
    CHECK_FALSE(TRY(tx.people.session(token)));

    const std::int64_t id = TRY(tx.people.insert_token({.name = "erp", .token_hash = token, .role = "warehouse", .created_at = kNow}));
    CHECK(TRY(tx.people.token(token))->name == "erp");
    TRY(tx.people.delete_token(id));
    CHECK(TRY(tx.people.tokens()).empty());

    const std::int64_t view = TRY(tx.people.insert_view({.user = user.id, .name = "late", .screen = "orders", .query = "state=to_ship"}));
    CHECK(TRY(tx.people.views(user.id)).size() == 1);
    CHECK(code_of(tx.people.delete_view(view, UserId(99))) == "view.unknown");
    return tx.people.delete_view(view, user.id);
  });
}

TEST_CASE("the columns chosen for a file: the closest choice wins") {
  Database db;
  Shop shop(db);
  db.write([&](Tx& tx) -> Result<Done> {
    TRY(tx.people.save_mapping({.signature = "s", .fields = "{\"for\":\"all\"}", .updated_at = kNow}));
    TRY(tx.people.save_mapping({.signature = "s", .kind = "orders", .account = shop.account, .fields = "{\"for\":\"one\"}", .updated_at = kNow}));
    TRY(tx.people.save_mapping({.signature = "s", .kind = "orders", .account = shop.account, .fields = "{\"for\":\"mugs\"}", .updated_at = kNow}));
    CHECK(TRY(tx.people.mapping("s", "orders", shop.account))->fields == "{\"for\":\"mugs\"}");
    CHECK(TRY(tx.people.mapping("s", "stock", shop.account))->fields == "{\"for\":\"all\"}");
    CHECK_FALSE(TRY(tx.people.mapping("other", "orders", shop.account)));
    CHECK(TRY(tx.people.mappings()).size() == 2);
    CHECK(TRY(tx.people.delete_mapping("s", "orders", shop.account)));
    CHECK_FALSE(TRY(tx.people.delete_mapping("s", "orders", shop.account)));
    return done;
  });
}

TEST_CASE("a return is known by its request, found in full, and listed the latest first") {
  Database db;
  Shop shop(db);
  db.write([&](Tx& tx) -> Result<Done> {
    for (int i = 1; i <= 3; ++i) {
      StoredReturn stored{.account = shop.account, .line = {.order_id = "113-" + std::to_string(i), .amazon_rma_id = "R" + std::to_string(i), .requested_at = after_hours(i), .sku = "MUG", .quantity = 1}, .imported_at = kNow, .updated_at = kNow};
      stored.line.in_policy = i == 1;
      stored.line.refunded_amount = Money(500, *Currency::parse("USD"));
      stored.id = TRY(tx.returns.save(stored));
      stored.line.status = "Approved";
      TRY(tx.returns.save(stored));
    }
    return done;
  });
  const auto found = db.read([&](Tx& tx) { return tx.returns.of_order(shop.account, "113-1"); });
  REQUIRE(found.size() == 1);
  CHECK(found.front().line.status == "Approved");
  CHECK(found.front().line.in_policy == true);
  CHECK(found.front().line.refunded_amount == Money(500, *Currency::parse("USD")));
  const auto first = db.read([](Tx& tx) { return tx.returns.list({}, "", 2); });
  CHECK(first.rows.front().line.order_id == "113-3");
  CHECK(db.read([&](Tx& tx) { return tx.returns.list({}, first.next, 2); }).rows.front().line.order_id == "113-1");
  CHECK(db.read([](Tx& tx) { return tx.returns.list({.search = "R2"}, "", 2); }).rows.size() == 1);
}

TEST_CASE("an import keeps its file sealed until it is over") {
  Database db;
  const std::string content("order-id\tbuyer\n113-1\tAnn\0!", 27);
  db.write([&](Tx& tx) -> Result<Done> {
    ImportRun run{.kind = "orders", .file_name = "orders.txt", .bytes = 27, .created_at = kNow};
    run.id = TRY(tx.imports.insert(run, content));
    CHECK(TRY(tx.imports.content(run.id)) == content);
    TRY(tx.imports.want_cancel(run.id));
    run.state = "running";
    run.line = 2;
    run.started_at = kNow;
    TRY(tx.imports.update(run));
    CHECK(TRY(tx.imports.find(run.id)).cancel_wanted);
    CHECK(TRY(tx.imports.find(run.id)).line == 2);
    run.state = "cancelled";
    TRY(tx.imports.update(run));
    CHECK(TRY(tx.imports.content(run.id)).empty());
    CHECK(TRY(tx.imports.latest(5)).size() == 1);
    CHECK(code_of(tx.imports.find(99)) == "import.unknown");
    return done;
  });
}
