#include <algorithm>
#include <array>
#include <set>

#include "adapters/store/rows.hpp"
#include "base/text.hpp"

namespace zifa::sql {

std::string after_prefix(std::string_view prefix) {
  std::string next(prefix);
  while (!next.empty() && static_cast<unsigned char>(next.back()) >= 0x7E) next.pop_back();
  if (next.empty()) return "\x7F";
  ++next.back();
  return next;
}

std::string anywhere_pattern(std::string_view text) {
  std::string out = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '!') out += '!';
    out += c;
  }
  return out + "%";
}

std::string prefix_pattern(std::string_view text) { return anywhere_pattern(text).substr(1); }

namespace {

constexpr std::int64_t kNoDue = 9'007'199'254'740'991;
constexpr std::size_t kMostSearchHits = 2'000;

constexpr const char* kColumns =
    "o.id, o.account_id, o.amazon_order_id, o.marketplace_id, o.state, o.exception_code, o.exception_message, o.on_hold, o.hold_reason, o.amazon_status, o.by_amazon, o.purchased_at, o.earliest_ship, o.ship_by, "
    "o.earliest_delivery, o.deliver_by, o.service_level, o.programs, o.country, o.shape, o.units, o.total, o.currency, o.has_address, o.purchase_order_number, o.cancel_requested_at, o.cancel_reason, "
    "o.cancel_answered_at, o.cancelled_at, o.cancelled_by, o.note, o.reviewed_at, o.confirmed_at, o.printed, o.confirm_state, o.warehouse_id, o.service_id, o.amazon_updated_at, o.imported_at, o.updated_at";
constexpr int kColumnCount = 40;

Order order_at(const Statement& s) {
  Order o;
  o.id = s.id<OrderId>(0);
  o.account = s.id<AccountId>(1);
  o.amazon_order_id = s.text(2);
  o.marketplace_id = s.text(3);
  o.state = order_state_named(s.view(4)).value_or(OrderState::exception);
  o.exception_code = s.text(5);
  o.exception_message = s.text(6);
  o.on_hold = s.boolean(7);
  o.hold_reason = s.text(8);
  o.amazon_status = amazon_status_named(s.view(9));
  o.by_amazon = s.boolean(10);
  o.purchased_at = s.instant(11);
  o.earliest_ship = s.instant_if(12);
  o.ship_by = s.instant_if(13);
  o.earliest_delivery = s.instant_if(14);
  o.deliver_by = s.instant_if(15);
  o.service_level = s.text(16);
  o.programs = s.text(17);
  o.country = s.text(18);
  o.shape = s.text(19);
  o.units = s.integer(20);
  o.total = money_at(s, 21, 22);
  o.has_address = s.boolean(23);
  o.purchase_order_number = s.text(24);
  o.cancel_requested_at = s.instant_if(25);
  o.cancel_reason = s.text(26);
  o.cancel_answered_at = s.instant_if(27);
  o.cancelled_at = s.instant_if(28);
  o.cancelled_by = s.text(29);
  o.note = s.text(30);
  o.reviewed_at = s.instant_if(31);
  o.confirmed_at = s.instant_if(32);
  o.printed = s.boolean(33);
  o.confirm_state = s.text(34);
  o.warehouse = s.id<WarehouseId>(35);
  o.service = s.id<ServiceId>(36);
  o.amazon_updated_at = s.instant_if(37);
  o.imported_at = s.instant(38);
  o.updated_at = s.instant(39);
  return o;
}

constexpr const char* kItemColumns =
    "i.id, i.order_id, i.amazon_item_id, i.sku, i.asin, i.title, i.quantity, i.shipped, i.unit_price, i.currency, i.item_total, i.gift, i.gift_message, i.customization_url, i.ioss_number, i.cancel_requested, "
    "i.cancelled, i.product_id, i.units_per";

// Fourteen fields, separated by a character no address holds.
constexpr char kUnit = '\x1F';

std::string packed(const PersonalData& d) {
  std::string out;
  const Address& a = d.ship_to;
  for (const std::string* field : {&d.buyer_name, &d.buyer_email, &a.name, &a.company, &a.line1, &a.line2, &a.line3, &a.city, &a.district, &a.state, &a.postal_code, &a.country, &a.phone, &a.kind}) {
    if (!out.empty() || field != &d.buyer_name) out += kUnit;
    for (const char c : *field)
      if (c != kUnit) out += c;
  }
  return out;
}

PersonalData unpacked(std::string_view text) {
  PersonalData d;
  Address& a = d.ship_to;
  const std::array<std::string*, 14> fields{&d.buyer_name, &d.buyer_email, &a.name, &a.company, &a.line1, &a.line2, &a.line3, &a.city, &a.district, &a.state, &a.postal_code, &a.country, &a.phone, &a.kind};
  const auto parts = split(text, kUnit);
  for (std::size_t i = 0; i < fields.size() && i < parts.size(); ++i) *fields[i] = parts[i];
  return d;
}

class SqlOrders final : public OrderStore {
 public:
  SqlOrders(Connection& c, const Secrets& secrets) : c_(c), secrets_(secrets) {}

  Result<OrderId> insert(const Order& o, const PersonalData& personal) override {
    const bool has_personal = !(personal == PersonalData{});
    Statement s = TRY(c_.prepare(
        "INSERT INTO orders (account_id, amazon_order_id, marketplace_id, state, exception_code, exception_message, on_hold, hold_reason, amazon_status, by_amazon, purchased_at, earliest_ship, ship_by, earliest_delivery, "
        "deliver_by, service_level, programs, country, shape, units, total, currency, has_address, purchase_order_number, cancel_requested_at, cancel_reason, cancel_answered_at, cancelled_at, cancelled_by, note, "
        "reviewed_at, confirmed_at, printed, confirm_state, warehouse_id, service_id, amazon_updated_at, imported_at, updated_at, due, personal) VALUES "
        "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id"));
    s.with(o.account, o.amazon_order_id, o.marketplace_id);
    bind(s, o);
    if (has_personal) s.add_blob(secrets_.seal(packed(personal), "personal"));
    else s.add(nullptr);
    if (!TRY(s.step())) return corrupt("store.failed", "The order was not stored.");
    const OrderId id = s.id<OrderId>(0);
    if (has_personal) TRY(add_words(id, words_of(personal)));
    return id;
  }

  Result<Done> update(const Order& o) override {
    Statement s = TRY(c_.prepare(
        "UPDATE orders SET marketplace_id=?, state=?, exception_code=?, exception_message=?, on_hold=?, hold_reason=?, amazon_status=?, by_amazon=?, purchased_at=?, earliest_ship=?, ship_by=?, earliest_delivery=?, "
        "deliver_by=?, service_level=?, programs=?, country=?, shape=?, units=?, total=?, currency=?, has_address=?, purchase_order_number=?, cancel_requested_at=?, cancel_reason=?, cancel_answered_at=?, "
        "cancelled_at=?, cancelled_by=?, note=?, reviewed_at=?, confirmed_at=?, printed=?, confirm_state=?, warehouse_id=?, service_id=?, amazon_updated_at=?, imported_at=?, updated_at=?, due=? WHERE id=?"));
    s.add(o.marketplace_id);
    bind(s, o);
    s.add(o.id);
    TRY(s.run());
    return done;
  }

  Result<Order> find(OrderId id) override {
    Statement s = TRY(c_.prepare(select("WHERE o.id=?")));
    s.add(id);
    if (!TRY(s.step())) return not_found("order.unknown", "There is no order " + std::to_string(id.value()) + ".");
    return order_at(s);
  }

  Result<std::vector<Order>> several(const std::vector<OrderId>& ids) override {
    Statement s = TRY(c_.prepare_once(select(("WHERE o.id IN (" + id_list(ids) + ") ORDER BY o.id").c_str())));
    std::vector<Order> orders;
    while (TRY(s.step())) orders.push_back(order_at(s));
    return orders;
  }
  Result<std::vector<OrderItem>> items_of(const std::vector<OrderId>& ids) override {
    Statement s = TRY(c_.prepare_once(std::string("SELECT ") + kItemColumns + " FROM order_item i WHERE i.order_id IN (" + id_list(ids) + ") ORDER BY i.order_id, i.id"));
    std::vector<OrderItem> items;
    while (TRY(s.step())) items.push_back(TRY(item_at(s)));
    return items;
  }

  Result<std::optional<Order>> by_amazon_id(AccountId account, std::string_view amazon_order_id) override {
    Statement s = TRY(c_.prepare(select("WHERE o.account_id=? AND o.amazon_order_id=?")));
    s.with(account, amazon_order_id);
    if (!TRY(s.step())) return std::optional<Order>();
    return std::optional(order_at(s));
  }

  Result<std::vector<Order>> with_amazon_id(std::string_view amazon_order_id) override {
    Statement s = TRY(c_.prepare(select("WHERE o.amazon_order_id=? ORDER BY o.id")));
    s.add(amazon_order_id);
    std::vector<Order> orders;
    while (TRY(s.step())) orders.push_back(order_at(s));
    return orders;
  }

  Result<OrderItemId> insert_item(const OrderItem& i) override {
    Statement s = TRY(c_.prepare(
        "INSERT INTO order_item (order_id, amazon_item_id, sku, asin, title, quantity, shipped, unit_price, item_total, currency, gift, gift_message, customization_url, ioss_number, cancel_requested, cancelled, "
        "product_id, units_per) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id"));
    s.with(i.order, i.amazon_item_id);
    bind(s, i);
    if (!TRY(s.step())) return corrupt("store.failed", "The order item was not stored.");
    return s.id<OrderItemId>(0);
  }

  Result<Done> update_item(const OrderItem& i) override {
    Statement s = TRY(c_.prepare(
        "UPDATE order_item SET sku=?, asin=?, title=?, quantity=?, shipped=?, unit_price=?, item_total=?, currency=?, gift=?, gift_message=?, customization_url=?, ioss_number=?, cancel_requested=?, cancelled=?, "
        "product_id=?, units_per=? WHERE id=?"));
    bind(s, i);
    s.add(i.id);
    TRY(s.run());
    return done;
  }

  Result<std::vector<OrderItem>> items(OrderId id) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kItemColumns + " FROM order_item i WHERE i.order_id=? ORDER BY i.id"));
    s.add(id);
    std::vector<OrderItem> items;
    while (TRY(s.step())) items.push_back(TRY(item_at(s)));
    return items;
  }

  Result<PersonalData> personal(OrderId id) override {
    Statement s = TRY(c_.prepare("SELECT personal FROM orders WHERE id=?"));
    s.add(id);
    if (!TRY(s.step())) return not_found("order.unknown", "There is no order " + std::to_string(id.value()) + ".");
    if (s.is_null(0)) return PersonalData{};
    return unpacked(TRY(secrets_.open(s.blob(0), "personal")));
  }

  Result<Done> set_personal(OrderId id, const PersonalData& d) override {
    // The words of what was known before are found by reading it: the index needs no way back from order to word.
    for (const std::string& word : words_of(TRY(personal(id)))) {
      Statement s = TRY(c_.prepare("DELETE FROM order_person WHERE word=? AND order_id=?"));
      s.add_blob(word_key(word)).add(id);
      TRY(s.run());
    }
    {
      Statement s = TRY(c_.prepare("UPDATE orders SET personal=? WHERE id=?"));
      s.add_blob(secrets_.seal(packed(d), "personal")).add(id);
      TRY(s.run());
    }
    return add_words(id, words_of(d));
  }

  Result<Page<OrderRow>> list(const OrderFilter& filter, std::string_view after, int limit) override {
    const bool by_due = filter.sort == "ship_by";
    const std::string key = by_due ? "o.due" : filter.sort == "-updated_at" ? "o.updated_at" : "o.purchased_at";
    std::vector<Value> values;
    std::string where = TRY(conditions(filter, values));
    if (!after.empty()) {
      const std::size_t dot = after.find('.');
      const auto at = to_int(after.substr(0, dot));
      const auto id = dot == std::string_view::npos ? std::nullopt : to_int(after.substr(dot + 1));
      if (!at || !id) return invalid("list.bad_cursor", "The cursor \"" + printable(after, 40) + "\" is not one this list gave; start from the first page.");
      where += " AND (" + key + ", o.id) " + (by_due ? ">" : "<") + " (?, ?)";
      values.push_back(*at);
      values.push_back(*id);
    }
    const std::string order = by_due ? " ORDER BY o.due, o.id" : " ORDER BY " + key + " DESC, o.id DESC";
    Statement s = TRY(c_.prepare_once(std::string("SELECT ") + kColumns + ", a.name, w.name, v.name, v.carrier_name, " + key +
                                      " FROM orders o JOIN account a ON a.id = o.account_id LEFT JOIN warehouse w ON w.id = o.warehouse_id LEFT JOIN service v ON v.id = o.service_id WHERE " + where + order + " LIMIT " +
                                      std::to_string(limit + 1)));
    bind(s, values);
    Page<OrderRow> page;
    std::int64_t last_key = 0;
    while (TRY(s.step())) {
      if (static_cast<int>(page.rows.size()) == limit) {
        page.next = std::to_string(last_key) + "." + std::to_string(page.rows.back().order.id.value());
        break;
      }
      OrderRow row;
      row.order = order_at(s);
      row.account_name = s.text(kColumnCount);
      row.warehouse_name = s.text(kColumnCount + 1);
      row.service_name = s.text(kColumnCount + 2);
      row.carrier_name = s.text(kColumnCount + 3);
      last_key = s.integer(kColumnCount + 4);
      page.rows.push_back(std::move(row));
    }
    TRY(add_details(page.rows));
    return page;
  }

  Result<Counts> counts(const OrderFilter& filter) override {
    std::vector<Value> values;
    const std::string where = TRY(conditions(filter, values));
    Statement s = TRY(c_.prepare_once("SELECT o.state, count(*), sum(o.on_hold), sum(CASE WHEN o.cancel_requested_at IS NOT NULL AND o.cancel_answered_at IS NULL AND o.cancelled_at IS NULL THEN 1 ELSE 0 END) FROM orders o WHERE " + where +
                                      " GROUP BY o.state"));
    bind(s, values);
    Counts counts;
    while (TRY(s.step())) {
      const auto state = order_state_named(s.view(0));
      if (!state) continue;
      const bool open = *state != OrderState::shipped && *state != OrderState::delivered && *state != OrderState::cancelled;
      counts.by_state[static_cast<std::size_t>(*state)] = s.integer(1) - (open ? s.integer(2) : 0);
      if (open) counts.on_hold += s.integer(2);
      if (open) counts.cancel_requested += s.integer(3);
    }
    return counts;
  }

  Result<std::vector<OrderId>> ids(const OrderFilter& filter, int limit) override {
    std::vector<Value> values;
    const std::string where = TRY(conditions(filter, values));
    Statement s = TRY(c_.prepare_once("SELECT o.id FROM orders o WHERE " + where + " ORDER BY o.due, o.id LIMIT " + std::to_string(limit)));
    bind(s, values);
    std::vector<OrderId> ids;
    while (TRY(s.step())) ids.push_back(s.id<OrderId>(0));
    return ids;
  }

  Result<Done> add_tag(OrderId id, std::string_view tag) override {
    TRY(c_.execute("INSERT INTO order_tag (order_id, tag) VALUES (?,?) ON CONFLICT DO NOTHING", id, tag));
    return done;
  }
  Result<Done> remove_tag(OrderId id, std::string_view tag) override {
    TRY(c_.execute("DELETE FROM order_tag WHERE order_id=? AND tag=?", id, tag));
    return done;
  }
  Result<std::vector<std::string>> tags(OrderId id) override {
    Statement s = TRY(c_.prepare("SELECT tag FROM order_tag WHERE order_id=? ORDER BY tag"));
    s.add(id);
    std::vector<std::string> tags;
    while (TRY(s.step())) tags.push_back(s.text(0));
    return tags;
  }

 private:
  struct Value {
    Value(std::int64_t n) : number(n) {}
    Value(std::string t) : text(std::move(t)), is_text(true) {}
    Value(std::string_view t) : text(t), is_text(true) {}
    std::int64_t number = 0;
    std::string text;
    bool is_text = false;
  };

  static std::string select(const char* where) { return std::string("SELECT ") + kColumns + " FROM orders o " + where; }

  static void bind(Statement& s, const std::vector<Value>& values) {
    for (const Value& value : values) value.is_text ? s.add(value.text) : s.add(value.number);
  }

  static void bind(Statement& s, const Order& o) {
    s.with(name_of(o.state), o.exception_code, o.exception_message, o.on_hold, o.hold_reason, name_of(o.amazon_status), o.by_amazon, o.purchased_at, o.earliest_ship, o.ship_by, o.earliest_delivery, o.deliver_by,
           o.service_level, o.programs, o.country, o.shape, o.units, minor(o.total), currency(o.total), o.has_address, o.purchase_order_number, o.cancel_requested_at, o.cancel_reason, o.cancel_answered_at, o.cancelled_at,
           o.cancelled_by, o.note, o.reviewed_at, o.confirmed_at, o.printed, o.confirm_state);
    s.add_or_null(o.warehouse).add_or_null(o.service);
    s.with(o.amazon_updated_at, o.imported_at, o.updated_at, o.ship_by ? o.ship_by->ms() : kNoDue);
  }

  void bind(Statement& s, const OrderItem& i) {
    s.with(i.sku, i.asin, i.title, i.quantity, i.shipped, minor(i.unit_price), minor(i.item_total), currency(i.item_total ? i.item_total : i.unit_price), i.gift);
    if (i.gift_message.empty()) s.add(nullptr);
    else s.add_blob(secrets_.seal(i.gift_message, "gift"));
    s.with(i.customization_url, i.ioss_number, i.cancel_requested, i.cancelled);
    s.add_or_null(i.product).add(i.units_per);
  }

  Result<OrderItem> item_at(const Statement& s) {
    OrderItem i;
    i.id = s.id<OrderItemId>(0);
    i.order = s.id<OrderId>(1);
    i.amazon_item_id = s.text(2);
    i.sku = s.text(3);
    i.asin = s.text(4);
    i.title = s.text(5);
    i.quantity = s.integer(6);
    i.shipped = s.integer(7);
    i.unit_price = money_at(s, 8, 9);
    i.item_total = money_at(s, 10, 9);
    i.gift = s.boolean(11);
    if (!s.is_null(12)) i.gift_message = TRY(secrets_.open(s.blob(12), "gift"));
    i.customization_url = s.text(13);
    i.ioss_number = s.text(14);
    i.cancel_requested = s.boolean(15);
    i.cancelled = s.boolean(16);
    i.product = s.id<ProductId>(17);
    i.units_per = s.integer(18);
    return i;
  }

  // Eight bytes tell a shop's words apart; a clash shows one order too many.
  std::string word_key(std::string_view word) const { return secrets_.search_hash(word, "person").substr(0, 8); }

  static void take_words(const std::string& text, std::set<std::string>& words) {
    const std::string plain = folded(trim(text));
    if (plain.empty()) return;
    words.insert(plain);
    int count = 0;
    for (const std::string_view word : split(plain, ' '))
      if (word.size() >= 2 && ++count <= 6) words.emplace(word);
  }

  // What an order is found by: names, their words, the e-mail address, the digits of the telephone.
  static std::set<std::string> words_of(const PersonalData& d) {
    std::set<std::string> words;
    for (const std::string* text : {&d.buyer_name, &d.ship_to.name, &d.ship_to.company}) take_words(*text, words);
    if (!d.buyer_email.empty()) words.insert(folded(d.buyer_email));
    std::string digits;
    for (const char c : d.ship_to.phone)
      if (c >= '0' && c <= '9') digits += c;
    if (digits.size() >= 5) words.insert(digits);
    return words;
  }

  Result<Done> add_words(OrderId id, const std::set<std::string>& words) {
    for (const std::string& word : words) {
      Statement s = TRY(c_.prepare("INSERT INTO order_person (word, order_id) VALUES (?,?) ON CONFLICT DO NOTHING"));
      s.add_blob(word_key(word)).add(id);
      TRY(s.run());
    }
    return done;
  }

  Result<std::string> conditions(const OrderFilter& f, std::vector<Value>& values) {
    std::string where = "1=1";
    const auto text = [&](const char* condition, const std::string& value) {
      if (value.empty()) return;
      where += condition;
      values.emplace_back(value);
    };
    const auto number = [&](const char* condition, std::optional<std::int64_t> value) {
      if (!value) return;
      where += condition;
      values.emplace_back(*value);
    };
    if (f.state) text(" AND o.state=?", std::string(name_of(*f.state)));
    if (f.on_hold) {
      number(" AND o.on_hold=?", *f.on_hold ? 1 : 0);
      if (!f.state) where += " AND o.state NOT IN ('shipped','delivered','cancelled')";
    }
    if (f.open) where += " AND o.state IN ('to_review','exception','out_of_stock','to_plan','to_label','to_print','to_pack','to_ship')";
    if (f.printed) number(" AND o.printed=?", *f.printed ? 1 : 0);
    if (f.cancel_requested)
      where += *f.cancel_requested ? " AND o.cancel_requested_at IS NOT NULL AND o.cancel_answered_at IS NULL AND o.cancelled_at IS NULL AND o.state NOT IN ('shipped','delivered','cancelled')" : " AND o.cancel_requested_at IS NULL";
    if (f.account) number(" AND o.account_id=?", f.account->value());
    if (f.warehouse) number(" AND o.warehouse_id=?", f.warehouse->value());
    if (f.service) number(" AND o.service_id=?", f.service->value());
    text(" AND o.marketplace_id=?", f.marketplace_id);
    text(" AND o.country=?", f.country);
    text(" AND o.shape=?", f.shape);
    text(" AND EXISTS (SELECT 1 FROM order_tag t WHERE t.order_id=o.id AND t.tag=?)", f.tag);
    if (f.due_from) number(" AND o.due>=?", f.due_from->ms());
    if (f.due_before) number(" AND o.due<?", f.due_before->ms());
    if (f.purchased_from) number(" AND o.purchased_at>=?", f.purchased_from->ms());
    if (f.purchased_before) number(" AND o.purchased_at<?", f.purchased_before->ms());
    if (!f.ids.empty()) where += " AND o.id IN (" + id_list(f.ids) + ")";
    if (!f.search.empty()) {
      std::set<OrderId> hits;
      for (const std::string& word : f.search) TRY(find_word(word, f.search_kind, hits));
      where += " AND o.id IN (" + id_list(hits) + ")";
    }
    return where;
  }

  Result<Done> find_word(const std::string& typed, const std::string& kind, std::set<OrderId>& hits) {
    const std::string word(trim(typed));
    if (word.empty()) return done;
    const bool any = kind == "any" || kind == "goods";
    const auto range = [&](const char* sql, const std::string& from) -> Result<Done> {
      Statement s = TRY(c_.prepare(sql));
      s.with(from, after_prefix(from), std::int64_t{kMostSearchHits});
      while (hits.size() < kMostSearchHits && TRY(s.step())) hits.insert(s.id<OrderId>(0));
      return done;
    };
    if (any || kind == "order") {
      TRY(range("SELECT id FROM orders WHERE amazon_order_id>=? AND amazon_order_id<? LIMIT ?", word));
      if (const auto parcel = parcel_number(word)) {
        Statement s = TRY(c_.prepare("SELECT order_id FROM parcel WHERE id=?"));
        s.add(*parcel);
        if (TRY(s.step())) hits.insert(s.id<OrderId>(0));
      }
    }
    if (any || kind == "tracking") TRY(range("SELECT order_id FROM label WHERE tracking_number>=? AND tracking_number<? LIMIT ?", upper(word)));
    if (any || kind == "sku") TRY(range("SELECT DISTINCT order_id FROM order_item WHERE sku>=? AND sku<? LIMIT ?", word));
    if (kind == "any" || kind == "buyer") {
      std::string digits;
      for (const char c : word)
        if (c >= '0' && c <= '9') digits += c;
      for (const std::string& exact : {folded(word), digits}) {
        if (exact.empty()) continue;
        Statement s = TRY(c_.prepare("SELECT order_id FROM order_person WHERE word=? LIMIT ?"));
        s.add_blob(word_key(exact)).add(std::int64_t{kMostSearchHits});
        while (hits.size() < kMostSearchHits && TRY(s.step())) hits.insert(s.id<OrderId>(0));
      }
    }
    return done;
  }

  // Items, tags and numbers of a page: three queries, however long the page.
  Result<Done> add_details(std::vector<OrderRow>& rows) {
    if (rows.empty()) return done;
    std::vector<OrderId> ids;
    std::unordered_map<std::int64_t, OrderRow*> by_id;
    for (OrderRow& row : rows) {
      ids.push_back(row.order.id);
      by_id[row.order.id.value()] = &row;
    }
    const std::string in = id_list(ids);
    {
      Statement s = TRY(c_.prepare_once(std::string("SELECT ") + kItemColumns + ", p.image_url FROM order_item i LEFT JOIN product p ON p.id = i.product_id WHERE i.order_id IN (" + in + ") ORDER BY i.id"));
      while (TRY(s.step())) {
        OrderRow& row = *by_id[s.integer(1)];
        row.items.push_back(TRY(item_at(s)));
        row.image_urls.push_back(s.text(19));
      }
    }
    {
      Statement s = TRY(c_.prepare_once("SELECT order_id, tag FROM order_tag WHERE order_id IN (" + in + ") ORDER BY tag"));
      while (TRY(s.step())) by_id[s.integer(0)]->tags.push_back(s.text(1));
    }
    Statement s = TRY(c_.prepare_once("SELECT order_id, tracking_number FROM label WHERE state='bought' AND order_id IN (" + in + ") ORDER BY id"));
    while (TRY(s.step())) by_id[s.integer(0)]->tracking_numbers.push_back(s.text(1));
    return done;
  }

  Connection& c_;
  const Secrets& secrets_;
};

}  // namespace

std::unique_ptr<OrderStore> order_store(Connection& connection, const Secrets& secrets) { return std::make_unique<SqlOrders>(connection, secrets); }

}  // namespace zifa::sql
