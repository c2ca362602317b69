#include "app/export_tables.hpp"

#include "app/make_pick_list.hpp"
#include "app/ports/export_store.hpp"
#include "app/reference/policies.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

using documents::Cell;
using Cells = std::vector<Cell>;

constexpr int kPage = 500;
constexpr int kMostToPick = 100'000;

// Rows that come in pages: `fetch` fills the next page and says whether there may be another, `write` puts a row's cells.
template <class Row, class Fetch, class Write>
ExportTable paged(std::string name, const TableLook& look, std::initializer_list<documents::TableColumn> columns, Fetch fetch, Write write) {
  struct Reading {
    std::vector<Row> rows;
    std::size_t at = 0;
    bool more = true;
  };
  ExportTable table{.broke_off = std::make_shared<std::optional<Error>>()};
  table.sheet = {.name = std::move(name), .columns = columns, .zone = look.zone, .byte_order_mark = look.for_people, .guard_formulas = look.for_people};
  table.sheet.next = [reading = std::make_shared<Reading>(), fetch = std::move(fetch), write = std::move(write), broke_off = table.broke_off](Cells& cells) mutable {
    while (reading->at >= reading->rows.size()) {
      if (!reading->more) return false;
      reading->rows.clear();
      reading->at = 0;
      const Result<bool> more = fetch(reading->rows);
      if (!more) {
        *broke_off = more.error();
        return false;
      }
      reading->more = *more;
    }
    write(reading->rows[reading->at++], cells);
    return true;
  };
  return table;
}

Cell when(const std::optional<Instant>& at) { return at ? Cell(*at) : Cell(); }
Cell yes(bool is) { return std::string(is ? "yes" : ""); }
Cell count(const std::optional<std::int64_t>& n) { return n ? Cell(*n) : Cell(); }
Cell minor(const std::optional<Money>& money) { return money ? Cell(money->minor()) : Cell(); }
Cell currency(const std::optional<Money>& money) { return money ? Cell(std::string(money->currency().code())) : Cell(); }
Cell amount(const std::optional<Money>& money) { return money ? Cell(*money) : Cell(); }
Cell id(std::int64_t value) { return std::to_string(value); }
std::string market(const std::string& id) { return marketplace_code(id).value_or(id); }

Result<std::vector<std::string>> names_of_accounts(Store& store, std::vector<AccountId>& ids) {
  std::vector<std::string> names;
  for (const Account& account : TRY(store.read([](Tx& tx) { return tx.accounts.all(); }))) {
    ids.push_back(account.id);
    names.push_back(account.name);
  }
  return names;
}

}  // namespace

ExportTable labels_table(Store& store, std::optional<AccountId> account, const TableLook& look) {
  return paged<LabelLine>(
      "Labels", look, {{"order_id", 22}, {"parcel_id", 10}, {"label_id", 10}, {"carrier", 14}, {"service", 24}, {"tracking_number", 26}, {"bought_at", 20}, {"voided_at", 20}, {"cost", 8}, {"currency", 8}},
      [&store, account, after = LabelId(0)](std::vector<LabelLine>& rows) mutable -> Result<bool> {
        rows = TRY(store.read([&](Tx& tx) { return tx.exports.labels(account, after, kPage); }));
        if (!rows.empty()) after = rows.back().label.id;
        return rows.size() == static_cast<std::size_t>(kPage);
      },
      [](const LabelLine& row, Cells& cells) {
        const Label& l = row.label;
        cells = {row.amazon_order_id, id(l.parcel.value()), id(l.id.value()), l.carrier_id, l.service_name, l.tracking_number, l.bought_at, when(l.voided_at), minor(l.cost), currency(l.cost)};
      });
}

ExportTable confirmations_table(Store& store, std::optional<AccountId> account, const TableLook& look) {
  return paged<ConfirmedLine>(
      "Confirmations", look, {{"order_id", 22}, {"order_item_id", 18}, {"parcel_id", 10}, {"quantity", 9}, {"ordered", 9}, {"carrier_code", 16}, {"tracking_number", 26}, {"confirmed_at", 20}},
      [&store, account, after = ParcelId(0)](std::vector<ConfirmedLine>& rows) mutable -> Result<bool> {
        rows = TRY(store.read([&](Tx& tx) { return tx.exports.confirmed(account, after, kPage); }));
        if (!rows.empty()) after = rows.back().parcel;
        return !rows.empty();
      },
      [](const ConfirmedLine& row, Cells& cells) {
        cells = {row.amazon_order_id, row.amazon_item_id, id(row.parcel.value()), row.quantity, row.ordered, row.carrier_code, row.tracking_number, row.confirmed_at};
      });
}

ExportTable cancellations_table(Store& store, std::optional<AccountId> account, const TableLook& look) {
  return paged<CancelledLine>(
      "Cancellations", look, {{"order_id", 22}, {"order_item_id", 18}, {"marketplace", 8}, {"sku", 20}, {"quantity", 9}, {"reason", 26}, {"cancelled_at", 20}, {"handed_over", 8}},
      [&store, account, after = OrderId(0)](std::vector<CancelledLine>& rows) mutable -> Result<bool> {
        rows = TRY(store.read([&](Tx& tx) { return tx.exports.cancelled(account, false, after, kPage); }));
        if (!rows.empty()) after = rows.back().order;
        return !rows.empty();
      },
      [](const CancelledLine& row, Cells& cells) {
        cells = {row.amazon_order_id, row.amazon_item_id, market(row.marketplace_id), row.sku, row.quantity, row.reason, row.cancelled_at, yes(row.handed_over)};
      });
}

ExportTable stock_table(Store& store, std::optional<WarehouseId> warehouse, const TableLook& look) {
  return paged<StockRow>(
      "Stock", look, {{"sku", 20}, {"title", 40}, {"warehouse", 16}, {"zone", 8}, {"bin", 10}, {"on_hand", 9}, {"reserved", 9}, {"available", 9}},
      [&store, warehouse, after = std::string()](std::vector<StockRow>& rows) mutable -> Result<bool> {
        auto page = TRY(store.read([&](Tx& tx) { return tx.stock.list(warehouse, "", after, kPage); }));
        rows = std::move(page.rows);
        after = std::move(page.next);
        return !after.empty();
      },
      [](const StockRow& row, Cells& cells) { cells = {row.sku, row.title, row.warehouse_name, row.item.zone, row.item.bin, row.item.on_hand, row.item.reserved, row.item.available()}; });
}

ExportTable listings_table(Store& store, std::optional<AccountId> account, const TableLook& look) {
  struct Row {
    Listing listing;
    std::string account, product_sku;
  };
  return paged<Row>(
      "Listings", look,
      {{"account", 16}, {"marketplace", 8}, {"sku", 20}, {"asin", 12}, {"title", 40}, {"price", 10}, {"currency", 8}, {"quantity", 9}, {"handling_days", 9}, {"channel", 8}, {"status", 16}, {"product_sku", 20}, {"units_per", 9},
       {"quantity_override", 9}, {"paused", 8}, {"pushed_quantity", 9}, {"last_pushed_at", 20}},
      [&store, account, after = std::string()](std::vector<Row>& rows) mutable -> Result<bool> {
        std::vector<AccountId> ids;
        const std::vector<std::string> names = TRY(names_of_accounts(store, ids));
        return store.read([&](Tx& tx) -> Result<bool> {
          Page<Listing> page = TRY(tx.stock.listings(account, "", false, after, kPage));
          std::vector<ProductId> products;
          for (const Listing& listing : page.rows)
            if (listing.product.value() != 0) products.push_back(listing.product);
          const std::vector<Product> known = TRY(tx.stock.products_of(products));
          for (Listing& listing : page.rows) {
            Row row{.listing = std::move(listing)};
            for (std::size_t i = 0; i < ids.size(); ++i)
              if (ids[i] == row.listing.account) row.account = names[i];
            for (const Product& product : known)
              if (product.id == row.listing.product) row.product_sku = product.sku;
            rows.push_back(std::move(row));
          }
          after = std::move(page.next);
          return !after.empty();
        });
      },
      [](const Row& row, Cells& cells) {
        const Listing& l = row.listing;
        cells = {row.account, market(l.marketplace_id), l.sku, l.asin, l.title, minor(l.price), currency(l.price), count(l.quantity), l.handling_days ? Cell(std::int64_t{*l.handling_days}) : Cell(), l.channel, l.status, row.product_sku, l.units_per,
                 count(l.quantity_override), yes(l.paused), count(l.pushed_quantity), when(l.last_pushed_at)};
      });
}

ExportTable orders_table(Store& store, OrderFilter filter, const TableLook& look) {
  struct Row {
    std::shared_ptr<const OrderRow> order;
    std::size_t line = 0;
  };
  return paged<Row>(
      "Orders", look,
      {{"order_id", 22}, {"account", 16}, {"marketplace", 8}, {"state", 14}, {"on_hold", 8}, {"purchased_at", 20}, {"ship_by", 20}, {"deliver_by", 20}, {"country", 8}, {"sku", 20}, {"title", 40}, {"quantity", 9}, {"item_total", 12}, {"currency", 8},
       {"warehouse", 14}, {"service", 24}, {"carrier", 16}, {"tracking_numbers", 26}, {"printed", 8}, {"confirmation", 12}, {"tags", 16}, {"note", 30}},
      [&store, filter = std::move(filter), after = std::string()](std::vector<Row>& rows) mutable -> Result<bool> {
        Page<OrderRow> page = TRY(store.read([&](Tx& tx) { return tx.orders.list(filter, after, kPage); }));
        for (OrderRow& order : page.rows) {
          const auto kept = std::make_shared<const OrderRow>(std::move(order));
          for (std::size_t line = 0; line < kept->items.size(); ++line) rows.push_back({kept, line});
        }
        after = std::move(page.next);
        return !after.empty();
      },
      [for_people = look.for_people](const Row& row, Cells& cells) {
        const OrderRow& r = *row.order;
        const Order& o = r.order;
        const OrderItem& item = r.items[row.line];
        cells = {o.amazon_order_id, r.account_name, market(o.marketplace_id), std::string(name_of(o.state)), yes(o.on_hold), o.purchased_at, when(o.ship_by), when(o.deliver_by), o.country, item.sku, item.title, item.quantity,
                 for_people ? amount(item.item_total) : minor(item.item_total), currency(item.item_total), r.warehouse_name, r.service_name, r.carrier_name, join(r.tracking_numbers, " "), yes(o.printed), o.confirm_state, join(r.tags, " "), o.note};
      });
}

ExportTable pick_table(Store& store, std::optional<WarehouseId> warehouse, const TableLook& look) {
  struct Row {
    std::string warehouse;
    PickLine line;
  };
  return paged<Row>(
      "Pick list", look, {{"warehouse", 16}, {"zone", 8}, {"bin", 10}, {"sku", 20}, {"title", 40}, {"quantity", 9}, {"parcels", 40}},
      [&store, warehouse](std::vector<Row>& rows) -> Result<bool> {
        return store.read([&](Tx& tx) -> Result<bool> {
          for (const Warehouse& place : TRY(tx.setup.warehouses())) {
            if (warehouse && place.id != *warehouse) continue;
            const std::vector<ParcelId> ids = TRY(tx.exports.to_pick(place.id, kMostToPick));
            for (PickLine& line : TRY(pick_list_of(tx, TRY(tx.parcels.several(ids)))).lines) rows.push_back({place.name, std::move(line)});
          }
          return false;
        });
      },
      [](const Row& row, Cells& cells) {
        std::string parcels;
        for (const ParcelId parcel : row.line.parcels) parcels += (parcels.empty() ? "P" : " P") + std::to_string(parcel.value());
        cells = {row.warehouse, row.line.zone, row.line.bin, row.line.sku, row.line.title, row.line.quantity, std::move(parcels)};
      });
}

Result<std::size_t> write_table(documents::Documents& documents, const ExportTable& table, std::string_view format, const documents::Sink& sink) {
  if (format != "csv" && format != "xlsx") return invalid("export.bad_format", "\"" + printable(format, 30) + "\" is no format of this table; use csv or xlsx.");
  const documents::TableResult written = TRY(format == "csv" ? documents.table_csv(table.sheet, sink) : documents.table_xlsx(table.sheet, sink));
  if (*table.broke_off) return **table.broke_off;
  return written.rows;
}

}  // namespace zifa
