#include "adapters/store/rows.hpp"
#include "base/text.hpp"

namespace zifa::sql {

namespace {

constexpr const char* kProductColumns =
    "id, sku, title, barcode, length_um, width_um, height_um, weight_ug, cargo, turn, stackable, image_url, declared_zh, declared_en, hs_code, origin, declared_value, declared_currency";

Product product_at(const Statement& s) {
  Product p;
  p.id = s.id<ProductId>(0);
  p.sku = s.text(1);
  p.title = s.text(2);
  p.barcode = s.text(3);
  p.size = size_at(s, 4);
  p.weight = Weight::micrograms(s.integer(7));
  p.cargo = s.text(8);
  p.turn = s.text(9);
  p.stackable = s.boolean(10);
  p.image_url = s.text(11);
  p.declared_zh = s.text(12);
  p.declared_en = s.text(13);
  p.hs_code = s.text(14);
  p.origin = s.text(15);
  p.declared_value = money_at(s, 16, 17);
  return p;
}

constexpr const char* kListingColumns =
    "id, account_id, marketplace_id, sku, asin, title, image_url, product_type, price, currency, quantity, handling_days, channel, status, issues, product_id, units_per, quantity_override, paused, pushed_quantity, "
    "last_pushed_at, last_synced_at";

Listing listing_at(const Statement& s) {
  Listing l;
  l.id = s.id<ListingId>(0);
  l.account = s.id<AccountId>(1);
  l.marketplace_id = s.text(2);
  l.sku = s.text(3);
  l.asin = s.text(4);
  l.title = s.text(5);
  l.image_url = s.text(6);
  l.product_type = s.text(7);
  l.price = money_at(s, 8, 9);
  l.quantity = s.integer_if(10);
  if (!s.is_null(11)) l.handling_days = static_cast<int>(s.integer(11));
  l.channel = s.text(12);
  l.status = s.text(13);
  l.issues = s.text(14);
  l.product = s.id<ProductId>(15);
  l.units_per = s.integer(16);
  l.quantity_override = s.integer_if(17);
  l.paused = s.boolean(18);
  l.pushed_quantity = s.integer_if(19);
  l.last_pushed_at = s.instant_if(20);
  l.last_synced_at = s.instant_if(21);
  return l;
}

StockItem item_at(const Statement& s) {
  return {.warehouse = s.id<WarehouseId>(0), .product = s.id<ProductId>(1), .zone = s.text(2), .bin = s.text(3), .on_hand = s.integer(4), .reserved = s.integer(5)};
}

class SqlStock final : public StockStore {
 public:
  explicit SqlStock(Connection& c) : c_(c) {}

  Result<ProductId> insert_product(const Product& p) override {
    Statement s = TRY(c_.prepare(
        "INSERT INTO product (sku, title, barcode, length_um, width_um, height_um, weight_ug, cargo, turn, stackable, image_url, declared_zh, declared_en, hs_code, origin, declared_value, declared_currency, created_at, "
        "updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,0) RETURNING id"));
    bind(s, p);
    const Result<bool> row = c_.attempt([&] { return s.step(); });
    if (!row && row.error().code == "store.constraint") return conflict("product.sku_taken", "There is a product with SKU \"" + printable(p.sku, 60) + "\" already.");
    if (!row) return row.error();
    return s.id<ProductId>(0);
  }
  Result<Done> update_product(const Product& p) override {
    Statement s = TRY(c_.prepare(
        "UPDATE product SET sku=?, title=?, barcode=?, length_um=?, width_um=?, height_um=?, weight_ug=?, cargo=?, turn=?, stackable=?, image_url=?, declared_zh=?, declared_en=?, hs_code=?, origin=?, declared_value=?, "
        "declared_currency=? WHERE id=?"));
    bind(s, p);
    s.add(p.id);
    TRY(s.run());
    return done;
  }
  Result<Product> product(ProductId id) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kProductColumns + " FROM product WHERE id=?"));
    s.add(id);
    if (!TRY(s.step())) return not_found("product.unknown", "There is no product " + std::to_string(id.value()) + ".");
    return product_at(s);
  }
  Result<std::vector<Product>> products_of(const std::vector<ProductId>& ids) override {
    Statement s = TRY(c_.prepare_once(std::string("SELECT ") + kProductColumns + " FROM product WHERE id IN (" + id_list(ids) + ") ORDER BY id"));
    std::vector<Product> products;
    while (TRY(s.step())) products.push_back(product_at(s));
    return products;
  }
  Result<std::optional<Product>> product_with_sku(std::string_view sku) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kProductColumns + " FROM product WHERE sku=?"));
    s.add(sku);
    if (!TRY(s.step())) return std::optional<Product>();
    return std::optional(product_at(s));
  }
  Result<std::vector<Product>> products_with_code(std::string_view code) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kProductColumns + " FROM product WHERE sku=? OR (barcode<>'' AND barcode=?) ORDER BY id"));
    s.with(code, code);
    std::vector<Product> products;
    while (TRY(s.step())) products.push_back(product_at(s));
    return products;
  }
  Result<Page<Product>> products(std::string_view search, std::string_view after, int limit) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kProductColumns + " FROM product WHERE (?='' OR lower(sku) LIKE ? ESCAPE '!' OR lower(title) LIKE ? ESCAPE '!' OR barcode=?) AND sku>? ORDER BY sku LIMIT ?"));
    const std::string pattern = anywhere_pattern(lower(trim(search)));
    s.with(trim(search), pattern, pattern, trim(search), after, limit + 1);
    Page<Product> page;
    while (TRY(s.step())) {
      if (static_cast<int>(page.rows.size()) == limit) {
        page.next = page.rows.back().sku;
        break;
      }
      page.rows.push_back(product_at(s));
    }
    return page;
  }

  Result<std::vector<StockItem>> of_product(ProductId id) override {
    Statement s = TRY(c_.prepare("SELECT warehouse_id, product_id, zone, bin, on_hand, reserved FROM stock_item WHERE product_id=? ORDER BY warehouse_id"));
    s.add(id);
    std::vector<StockItem> items;
    while (TRY(s.step())) items.push_back(item_at(s));
    return items;
  }
  Result<std::vector<StockItem>> of_products(const std::vector<ProductId>& ids) override {
    Statement s = TRY(c_.prepare_once("SELECT warehouse_id, product_id, zone, bin, on_hand, reserved FROM stock_item WHERE product_id IN (" + id_list(ids) + ") ORDER BY product_id, warehouse_id"));
    std::vector<StockItem> items;
    while (TRY(s.step())) items.push_back(item_at(s));
    return items;
  }
  Result<std::optional<StockItem>> at(WarehouseId warehouse, ProductId id) override {
    Statement s = TRY(c_.prepare("SELECT warehouse_id, product_id, zone, bin, on_hand, reserved FROM stock_item WHERE warehouse_id=? AND product_id=?"));
    s.with(warehouse, id);
    if (!TRY(s.step())) return std::optional<StockItem>();
    return std::optional(item_at(s));
  }
  Result<Page<StockRow>> list(std::optional<WarehouseId> warehouse, std::string_view search, std::string_view after, int limit) override {
    std::int64_t after_number = 0;
    if (!after.empty()) {
      const auto number = to_int(after);
      if (!number) return invalid("list.bad_cursor", "The cursor \"" + printable(after, 40) + "\" is not one this list gave; start from the first page.");
      after_number = *number;
    }
    Statement s = TRY(c_.prepare(
        "SELECT i.warehouse_id, i.product_id, i.zone, i.bin, i.on_hand, i.reserved, p.sku, p.title, w.name FROM stock_item i JOIN product p ON p.id=i.product_id JOIN warehouse w ON w.id=i.warehouse_id WHERE (?=0 OR "
        "i.warehouse_id=?) AND (?='' OR lower(p.sku) LIKE ? ESCAPE '!' OR lower(p.title) LIKE ? ESCAPE '!') ORDER BY p.sku, w.id LIMIT ? OFFSET ?"));
    const std::string pattern = anywhere_pattern(lower(trim(search)));
    const std::int64_t wanted = warehouse ? warehouse->value() : 0;
    s.with(wanted, wanted, trim(search), pattern, pattern, limit + 1, after_number);
    Page<StockRow> page;
    while (TRY(s.step())) {
      if (static_cast<int>(page.rows.size()) == limit) {
        page.next = std::to_string(after_number + limit);
        break;
      }
      page.rows.push_back({item_at(s), s.text(6), s.text(7), s.text(8)});
    }
    return page;
  }
  Result<Done> set_bin(WarehouseId warehouse, ProductId product, std::string_view zone, std::string_view bin) override {
    TRY(c_.execute("INSERT INTO stock_item (warehouse_id, product_id, zone, bin) VALUES (?,?,?,?) ON CONFLICT (warehouse_id, product_id) DO UPDATE SET zone=excluded.zone, bin=excluded.bin", warehouse, product, zone, bin));
    return done;
  }
  Result<Done> move(const StockMovement& m, bool may_go_negative) override {
    TRY(c_.execute("INSERT INTO stock_item (warehouse_id, product_id) VALUES (?,?) ON CONFLICT DO NOTHING", m.warehouse, m.product));
    const std::int64_t changed = TRY(c_.execute("UPDATE stock_item SET on_hand=on_hand+? WHERE warehouse_id=? AND product_id=? AND (?=1 OR on_hand+?>=0)", m.quantity, m.warehouse, m.product, may_go_negative, m.quantity));
    if (changed == 0) return conflict("stock.negative", "That would leave less than nothing in stock; count the shelf and enter what is there.");
    TRY(c_.execute("INSERT INTO stock_movement (at, warehouse_id, product_id, kind, quantity, parcel_id, reason, actor) VALUES (?,?,?,?,?,?,?,?)", m.at, m.warehouse, m.product, m.kind, m.quantity,
                   m.parcel.value() == 0 ? std::nullopt : std::optional(m.parcel.value()), m.reason, m.actor));
    return done;
  }
  Result<std::vector<StockMovement>> movements(ProductId id, int limit) override {
    Statement s = TRY(c_.prepare("SELECT at, warehouse_id, product_id, kind, quantity, parcel_id, reason, actor FROM stock_movement WHERE product_id=? ORDER BY id DESC LIMIT ?"));
    s.with(id, limit);
    std::vector<StockMovement> movements;
    while (TRY(s.step()))
      movements.push_back({s.instant(0), s.id<WarehouseId>(1), s.id<ProductId>(2), s.text(3), s.integer(4), s.id<ParcelId>(5), s.text(6), s.text(7)});
    return movements;
  }

  Result<Done> reserve(const Reservation& r) override {
    const std::int64_t changed = TRY(c_.execute("UPDATE stock_item SET reserved=reserved+? WHERE warehouse_id=? AND product_id=? AND on_hand-reserved>=?", r.quantity, r.warehouse, r.product, r.quantity));
    if (changed == 0) return conflict("stock.not_enough", "There is not enough available stock of this product in that warehouse.");
    TRY(c_.execute("INSERT INTO reservation (order_item_id, order_id, warehouse_id, product_id, quantity, state) VALUES (?,?,?,?,?,'open')", r.item, r.order, r.warehouse, r.product, r.quantity));
    return done;
  }
  Result<std::vector<Reservation>> reservations(OrderId id) override {
    Statement s = TRY(c_.prepare("SELECT id, order_item_id, order_id, warehouse_id, product_id, quantity, state FROM reservation WHERE order_id=? ORDER BY id"));
    s.add(id);
    std::vector<Reservation> found;
    while (TRY(s.step())) found.push_back({s.integer(0), s.id<OrderItemId>(1), s.id<OrderId>(2), s.id<WarehouseId>(3), s.id<ProductId>(4), s.integer(5), s.text(6)});
    return found;
  }
  Result<std::vector<Reservation>> open_reservations(WarehouseId warehouse, ProductId product) override {
    Statement s = TRY(c_.prepare(
        "SELECT r.id, r.order_item_id, r.order_id, r.warehouse_id, r.product_id, r.quantity, r.state FROM reservation r JOIN orders o ON o.id=r.order_id WHERE r.state='open' AND r.product_id=? AND r.warehouse_id=? ORDER BY o.due DESC, r.id DESC"));
    s.with(product, warehouse);
    std::vector<Reservation> found;
    while (TRY(s.step())) found.push_back({s.integer(0), s.id<OrderItemId>(1), s.id<OrderId>(2), s.id<WarehouseId>(3), s.id<ProductId>(4), s.integer(5), s.text(6)});
    return found;
  }
  Result<Done> close_reservation(const Reservation& r, std::string_view state) override {
    const std::int64_t closed = TRY(c_.execute("UPDATE reservation SET state=? WHERE id=? AND state='open'", state, r.id));
    if (closed == 0) return done;
    TRY(c_.execute("UPDATE stock_item SET reserved=reserved-? WHERE warehouse_id=? AND product_id=?", r.quantity, r.warehouse, r.product));
    return done;
  }

  Result<std::optional<Listing>> listing(AccountId account, std::string_view marketplace_id, std::string_view sku) override {
    // An order file may not say the marketplace: any listing of the account with that SKU then tells the product.
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kListingColumns + " FROM listing WHERE account_id=? AND sku=? ORDER BY CASE WHEN marketplace_id=? THEN 0 ELSE 1 END, CASE WHEN product_id IS NULL THEN 1 ELSE 0 END LIMIT 1"));
    s.with(account, sku, marketplace_id);
    if (!TRY(s.step())) return std::optional<Listing>();
    Listing found = listing_at(s);
    if (found.marketplace_id != marketplace_id && !marketplace_id.empty() && found.product.value() == 0) return std::optional<Listing>();
    return std::optional(std::move(found));
  }
  Result<Listing> listing(ListingId id) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kListingColumns + " FROM listing WHERE id=?"));
    s.add(id);
    if (!TRY(s.step())) return not_found("listing.unknown", "There is no listing " + std::to_string(id.value()) + ".");
    return listing_at(s);
  }
  Result<ListingId> save_listing(const Listing& l) override {
    if (l.id.value() == 0) {
      Statement s = TRY(c_.prepare(
          "INSERT INTO listing (account_id, marketplace_id, sku, asin, title, image_url, product_type, price, currency, quantity, handling_days, channel, status, issues, product_id, units_per, quantity_override, paused, "
          "pushed_quantity, last_pushed_at, last_synced_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id"));
      s.with(l.account, l.marketplace_id, l.sku);
      bind(s, l);
      const Result<bool> row = c_.attempt([&] { return s.step(); });
      if (!row && row.error().code == "store.constraint") return conflict("listing.exists", "There is a listing with SKU \"" + printable(l.sku, 60) + "\" in this marketplace already.");
      if (!row) return row.error();
      return s.id<ListingId>(0);
    }
    Statement s = TRY(c_.prepare(
        "UPDATE listing SET asin=?, title=?, image_url=?, product_type=?, price=?, currency=?, quantity=?, handling_days=?, channel=?, status=?, issues=?, product_id=?, units_per=?, quantity_override=?, paused=?, "
        "pushed_quantity=?, last_pushed_at=?, last_synced_at=? WHERE id=?"));
    bind(s, l);
    s.add(l.id);
    TRY(s.run());
    return l.id;
  }
  Result<Page<Listing>> listings(std::optional<AccountId> account, std::string_view search, bool unmapped_only, std::string_view after, int limit) override {
    std::int64_t after_id = 0;
    if (!after.empty()) {
      const auto number = to_int(after);
      if (!number) return invalid("list.bad_cursor", "The cursor \"" + printable(after, 40) + "\" is not one this list gave; start from the first page.");
      after_id = *number;
    }
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kListingColumns +
                                 " FROM listing WHERE (?=0 OR account_id=?) AND (?=0 OR product_id IS NULL) AND (?='' OR lower(sku) LIKE ? ESCAPE '!' OR lower(title) LIKE ? ESCAPE '!' OR asin=?) AND id>? ORDER BY id LIMIT ?"));
    const std::string pattern = anywhere_pattern(lower(trim(search)));
    const std::int64_t wanted = account ? account->value() : 0;
    s.with(wanted, wanted, unmapped_only, trim(search), pattern, pattern, trim(search), after_id, limit + 1);
    Page<Listing> page;
    while (TRY(s.step())) {
      if (static_cast<int>(page.rows.size()) == limit) {
        page.next = std::to_string(page.rows.back().id.value());
        break;
      }
      page.rows.push_back(listing_at(s));
    }
    return page;
  }
  Result<std::vector<Listing>> listings_of_product(ProductId id) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kListingColumns + " FROM listing WHERE product_id=? ORDER BY id"));
    s.add(id);
    std::vector<Listing> listings;
    while (TRY(s.step())) listings.push_back(listing_at(s));
    return listings;
  }
  Result<std::vector<OrderId>> map_open_items(AccountId account, std::string_view sku, ProductId product, std::int64_t units_per) override {
    std::vector<OrderId> touched;
    {
      Statement s = TRY(c_.prepare(
          "SELECT DISTINCT i.order_id FROM order_item i JOIN orders o ON o.id=i.order_id WHERE i.sku=? AND i.product_id IS NULL AND o.account_id=? AND o.state IN ('pending','to_review','exception','out_of_stock','to_plan') ORDER BY i.order_id"));
      s.with(sku, account);
      while (TRY(s.step())) touched.push_back(s.id<OrderId>(0));
    }
    for (const OrderId id : touched) TRY(c_.execute("UPDATE order_item SET product_id=?, units_per=? WHERE order_id=? AND sku=? AND product_id IS NULL", product, units_per, id, sku));
    return touched;
  }
  Result<std::vector<OrderId>> orders_waiting_for(ProductId product) override {
    Statement s = TRY(c_.prepare("SELECT o.id FROM orders o WHERE o.state='out_of_stock' AND EXISTS (SELECT 1 FROM order_item i WHERE i.order_id=o.id AND i.product_id=?) ORDER BY o.due, o.id"));
    s.add(product);
    std::vector<OrderId> ids;
    while (TRY(s.step())) ids.push_back(s.id<OrderId>(0));
    return ids;
  }
  Result<std::vector<StockRow>> low(std::int64_t at_most, int limit) override {
    Statement s = TRY(c_.prepare(
        "SELECT i.warehouse_id, i.product_id, i.zone, i.bin, i.on_hand, i.reserved, p.sku, p.title, w.name FROM stock_item i JOIN product p ON p.id=i.product_id JOIN warehouse w ON w.id=i.warehouse_id WHERE "
        "i.on_hand-i.reserved<=? ORDER BY i.on_hand-i.reserved, p.sku LIMIT ?"));
    s.with(at_most, limit);
    std::vector<StockRow> rows;
    while (TRY(s.step())) rows.push_back({item_at(s), s.text(6), s.text(7), s.text(8)});
    return rows;
  }

 private:
  static void bind(Statement& s, const Product& p) {
    s.with(p.sku, p.title, p.barcode, p.size.length.micrometres(), p.size.width.micrometres(), p.size.height.micrometres(), p.weight.micrograms(), p.cargo, p.turn, p.stackable, p.image_url, p.declared_zh, p.declared_en,
           p.hs_code, p.origin, minor(p.declared_value), currency(p.declared_value));
  }
  static void bind(Statement& s, const Listing& l) {
    s.with(l.asin, l.title, l.image_url, l.product_type, minor(l.price), currency(l.price), l.quantity, l.handling_days, l.channel, l.status, l.issues).add_or_null(l.product);
    s.with(l.units_per, l.quantity_override, l.paused, l.pushed_quantity, l.last_pushed_at, l.last_synced_at);
  }

  Connection& c_;
};

}  // namespace

std::unique_ptr<StockStore> stock_store(Connection& connection) { return std::make_unique<SqlStock>(connection); }

}  // namespace zifa::sql
