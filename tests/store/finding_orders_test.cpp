// Orders: kept whole, found by everything a person pastes, counted by state.
#include "tests/store/opened.hpp"

namespace zifa::testing {

namespace {

std::vector<std::string> found(Store& store, const OrderFilter& filter) {
  std::vector<std::string> numbers;
  std::string after;
  do {
    const auto page = store.read([&](Tx& tx) { return tx.orders.list(filter, after, 2); }).value();
    for (const OrderRow& row : page.rows) numbers.push_back(row.order.amazon_order_id);
    after = page.next;
  } while (!after.empty());
  return numbers;
}

OrderFilter searching(std::vector<std::string> words, const std::string& kind = "any") {
  OrderFilter filter;
  filter.search = std::move(words);
  filter.search_kind = kind;
  return filter;
}

using Numbers = std::vector<std::string>;

}  // namespace

TEST_CASE("an order comes back as it was stored") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  Order order = an_order(account, "111-1234567-1234567");
  order.note = "emoji 📦, quote ' and \"";
  order.programs = "PRIME,PREMIUM";
  order.total = Money(12'990, Currency::of("USD"));
  order.cancel_requested_at = kNow;
  order.cancel_reason = "Ordered by mistake";
  const PersonalData person{.buyer_name = "山田 太郎", .buyer_email = "x@marketplace.amazon.co.jp", .ship_to = {.name = "山田 太郎", .line1 = "丸の内1-1", .city = "千代田区", .state = "東京都", .postal_code = "100-0005", .country = "JP", .phone = "+81 3-1234-5678"}};
  OrderId id;
  store->write([&](Tx& tx) -> Result<Done> {
    id = stored_order(tx, order, person);
    TRY(tx.orders.add_tag(id, "vip"));
    return tx.orders.add_tag(id, "vip");
  }).value();
  const Order back = store->read([&](Tx& tx) { return tx.orders.find(id); }).value();
  CHECK(back.amazon_order_id == order.amazon_order_id);
  CHECK(back.note == order.note);
  CHECK(back.programs == order.programs);
  CHECK(back.total == order.total);
  CHECK(back.ship_by == order.ship_by);
  CHECK(back.cancel_open());
  CHECK(store->read([&](Tx& tx) { return tx.orders.personal(id); }).value() == person);
  CHECK(store->read([&](Tx& tx) { return tx.orders.tags(id); }).value() == Numbers{"vip"});
  CHECK(store->read([&](Tx& tx) { return tx.orders.find(OrderId(99)); }).error().code == "order.unknown");
}

TEST_CASE("nobody reads a buyer's name in the database file") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  store->write([&](Tx& tx) -> Result<Done> {
    stored_order(tx, an_order(account, "111-1"), {.buyer_name = "Zaphod Beeblebrox", .ship_to = {.name = "Zaphod Beeblebrox", .line1 = "Heart of Gold 42"}});
    return done;
  }).value();
  store.close();
  if (store.is_postgres()) {
    CHECK(store.number("SELECT count(*) FROM orders WHERE position('Zaphod'::bytea in personal) > 0 OR position('Gold'::bytea in personal) > 0") == 0);
  } else {
    CHECK(store.number("SELECT count(*) FROM orders WHERE instr(personal, CAST('Zaphod' AS BLOB)) > 0 OR instr(personal, CAST('Gold' AS BLOB)) > 0") == 0);
  }
}

TEST_CASE("the same Amazon order is stored once for an account") {
  OpenedStore store;
  const AccountId one = an_account(*store);
  const AccountId two = an_account(*store, "second shop");
  store->write([&](Tx& tx) -> Result<Done> {
    stored_order(tx, an_order(one, "111-1"));
    stored_order(tx, an_order(two, "111-1"));
    return done;
  }).value();
  CHECK(!store->write([&](Tx& tx) { return tx.orders.insert(an_order(one, "111-1")); }));
  CHECK(store->read([&](Tx& tx) { return tx.orders.with_amazon_id("111-1"); }).value().size() == 2);
  CHECK(store->read([&](Tx& tx) { return tx.orders.by_amazon_id(two, "111-1"); }).value()->account == two);
}

TEST_CASE("orders are found by number, several numbers, SKU, and a word of the buyer's name") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  store->write([&](Tx& tx) -> Result<Done> {
    stored_order(tx, an_order(account, "111-0000001-0000001"), {.buyer_name = "José Müller", .buyer_email = "a1@marketplace.amazon.com", .ship_to = {.name = "José Müller", .phone = "+1 (555) 010-2030"}}, "MUG-RED");
    stored_order(tx, an_order(account, "111-0000002-0000002"), {.buyer_name = "Ada Lovelace"}, "MUG-BLUE");
    stored_order(tx, an_order(account, "111-0000003-0000003"), {.buyer_name = "Grace Müller"}, "BOWL");
    return done;
  }).value();
  CHECK(found(*store, {}).size() == 3);
  CHECK(found(*store, searching({"111-0000002-0000002"})) == Numbers{"111-0000002-0000002"});
  CHECK(found(*store, searching({"111-0000001-0000001", "111-0000003-0000003", "111-9999999-9999999"})).size() == 2);
  CHECK(found(*store, searching({"BOWL"})) == Numbers{"111-0000003-0000003"});
  CHECK(found(*store, searching({"müller"})).size() == 2);
  CHECK(found(*store, searching({"MÜLLER"})).size() == 2);
  CHECK(found(*store, searching({"lovelace"}, "buyer")) == Numbers{"111-0000002-0000002"});
  CHECK(found(*store, searching({"lovelace"}, "goods")).empty());
  CHECK(found(*store, searching({"a1@marketplace.amazon.com"})) == Numbers{"111-0000001-0000001"});
  CHECK(found(*store, searching({"nobody"})).empty());
  CHECK(found(*store, searching({"' OR 1=1 --", "%", "_"})).empty());
}

TEST_CASE("a buyer whose data was changed is no longer found by the old name") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  OrderId id;
  store->write([&](Tx& tx) -> Result<Done> {
    id = stored_order(tx, an_order(account, "111-1"), {.buyer_name = "Old Name"});
    return tx.orders.set_personal(id, {.buyer_name = "New Name"});
  }).value();
  CHECK(found(*store, searching({"old"}, "buyer")).empty());
  CHECK(found(*store, searching({"new"}, "buyer")).size() == 1);
  store->write([&](Tx& tx) { return tx.orders.set_personal(id, {}); }).value();
  CHECK(found(*store, searching({"new"}, "buyer")).empty());
  CHECK(store.number("SELECT count(*) FROM order_person") == 0);
}

TEST_CASE("the list is sorted by ship-by, those without one last, and pages do not repeat or leave out") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  store->write([&](Tx& tx) -> Result<Done> {
    for (int i = 0; i < 7; ++i) {
      Order order = an_order(account, "111-" + std::to_string(i));
      order.ship_by = i == 3 ? std::nullopt : std::optional(kNow + std::chrono::hours((i * 5) % 7));
      stored_order(tx, order);
    }
    return done;
  }).value();
  CHECK(found(*store, {}) == Numbers{"111-0", "111-6", "111-2", "111-5", "111-1", "111-4", "111-3"});
}

TEST_CASE("filters narrow the list and the counters alike") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  store->write([&](Tx& tx) -> Result<Done> {
    for (int i = 0; i < 6; ++i) {
      Order order = an_order(account, "111-" + std::to_string(i));
      order.state = i < 2 ? OrderState::to_pack : OrderState::to_print;
      order.on_hold = i == 0;
      order.country = i % 2 == 0 ? "US" : "JP";
      order.purchased_at = kNow + std::chrono::hours(i);
      const OrderId id = stored_order(tx, order);
      if (i == 5) TRY(tx.orders.add_tag(id, "gift"));
    }
    return done;
  }).value();
  OrderFilter filter;
  filter.state = OrderState::to_pack;
  CHECK(found(*store, filter) == Numbers{"111-0", "111-1"});
  filter = {};
  filter.country = "JP";
  CHECK(found(*store, filter).size() == 3);
  filter = {};
  filter.on_hold = true;
  CHECK(found(*store, filter) == Numbers{"111-0"});
  filter = {};
  filter.tag = "gift";
  CHECK(found(*store, filter) == Numbers{"111-5"});
  filter = {};
  filter.purchased_from = kNow + std::chrono::hours(2);
  filter.purchased_before = kNow + std::chrono::hours(4);
  CHECK(found(*store, filter) == Numbers{"111-2", "111-3"});
  const auto counts = store->read([](Tx& tx) { return tx.orders.counts({}); }).value();
  // What is on hold waits in a tab of its own.
  CHECK(counts.by_state[static_cast<std::size_t>(OrderState::to_pack)] == 1);
  CHECK(counts.by_state[static_cast<std::size_t>(OrderState::to_print)] == 4);
  CHECK(counts.on_hold == 1);
}

TEST_CASE("mappings, sessions, tokens, views and users are kept apart") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  store->write([&](Tx& tx) -> Result<Done> {
    const UserId lin = TRY(tx.people.insert_user({.name = "lin", .password_hash = "h", .role = "owner", .created_at = kNow}));
    TRY(tx.people.insert_session({"hash-1", "csrf", lin, kNow, kNow + std::chrono::hours(1)}));
    TRY(tx.people.insert_view({.user = lin, .name = "Today's Japan", .screen = "orders", .query = "{\"country\":\"JP\"}"}));
    TRY(tx.people.save_mapping({"sig", "orders", account, "my shop", "{\"order_id\":\"No.\"}", kNow}));
    TRY(tx.people.save_mapping({"sig", "orders", account, "renamed", "{\"order_id\":\"No.\"}", kNow}));
    return done;
  }).value();
  CHECK(store->write([](Tx& tx) { return tx.people.insert_user({.name = "lin", .created_at = kNow}); }).error().code == "user.name_taken");
  const auto session = store->read([](Tx& tx) { return tx.people.session("hash-1"); }).value();
  REQUIRE(session);
  CHECK(session->csrf == "csrf");
  CHECK(store->read([&](Tx& tx) { return tx.people.views(session->user); }).value().size() == 1);
  CHECK(store->read([](Tx& tx) { return tx.people.mappings(); }).value().size() == 1);
  CHECK(store->read([&](Tx& tx) { return tx.people.mapping("sig", "orders", account); }).value()->name == "renamed");
  store->write([&](Tx& tx) { return tx.people.delete_sessions_of(session->user); }).value();
  CHECK(!store->read([](Tx& tx) { return tx.people.session("hash-1"); }).value());
}

TEST_CASE("an account's secrets are sealed") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  CHECK(store->read([&](Tx& tx) { return tx.accounts.credentials(account); }).error().code == "account.no_credentials");
  store->write([&](Tx& tx) { return tx.accounts.set_credentials(account, {"client", "s3cr3t", "Atzr|refresh"}); }).value();
  CHECK(store->read([&](Tx& tx) { return tx.accounts.credentials(account); }).value().client_secret == "s3cr3t");
  CHECK(store->write([&](Tx& tx) { return tx.accounts.insert({.name = "shop", .created_at = kNow}); }).error().code == "account.name_taken");
}

}  // namespace zifa::testing
