// Stock: where goods lie, what is promised, and the ledger that says why.
#include <map>

#include "api/fields.hpp"
#include "api/lists.hpp"
#include "app/adjust_stock.hpp"

namespace zifa::api {

namespace {

json::value row_json(const StockItem& item, const std::string& sku, const std::string& title, const std::string& warehouse) {
  return json::object{{"product_id", id_text(item.product)}, {"sku", sku},          {"title", title},           {"warehouse_id", id_text(item.warehouse)}, {"warehouse", warehouse}, {"zone", text_or_null(item.zone)},
                      {"bin", text_or_null(item.bin)},       {"on_hand", item.on_hand}, {"reserved", item.reserved}, {"available", item.available()}};
}

Answer list(Call& call) {
  const auto warehouse = TRY(id_in_query(call, "warehouse"));
  return list_of(
      call, [&](Tx& tx, const std::string& after, int limit) { return tx.stock.list(warehouse ? std::optional(WarehouseId(*warehouse)) : std::nullopt, call.query.get("q"), after, limit); },
      [](Tx&, const StockRow& row) -> Result<json::value> { return row_json(row.item, row.sku, row.title, row.warehouse_name); });
}

Answer adjust(Call& call) {
  StockAdjustment adjustment;
  TRY(take_id(call.body, "product_id", adjustment.product));
  TRY(take_id(call.body, "warehouse_id", adjustment.warehouse));
  if (adjustment.product.value() == 0 || adjustment.warehouse.value() == 0) return invalid("field.missing", "Name the product (product_id) and the warehouse (warehouse_id).");
  if (has_field(call.body, "bin")) {
    std::string bin;
    TRY(take_text(call.body, "bin", 60, bin));
    adjustment.bin = bin;
  }
  TRY(take_whole(call.body, "quantity", -kMostQuantity, kMostQuantity, adjustment.change));
  TRY(take_whole(call.body, "counted", 0, kMostQuantity, adjustment.counted));
  TRY(take_text(call.body, "reason", 120, adjustment.reason));
  return call.store().write([&](Tx& tx) -> Answer {
    const StockItem item = TRY(adjust_stock(tx, adjustment, call.caller.name, call.now));
    const Product product = TRY(tx.stock.product(item.product));
    std::string name;
    for (const Warehouse& warehouse : TRY(tx.setup.warehouses()))
      if (warehouse.id == item.warehouse) name = warehouse.name;
    return ok(row_json(item, product.sku, product.title, name));
  });
}

Answer movements(Call& call) {
  const auto product = TRY(id_in_query(call, "product"));
  if (!product) return invalid("field.missing", "Name the product whose ledger is wanted: ?product=ID.");
  return call.store().read([&](Tx& tx) -> Answer {
    TRY(tx.stock.product(ProductId(*product)));
    std::map<WarehouseId, std::string> names;
    for (const Warehouse& warehouse : TRY(tx.setup.warehouses())) names.emplace(warehouse.id, warehouse.name);
    json::array rows;
    std::int64_t n = 0;
    for (const StockMovement& movement : TRY(tx.stock.movements(ProductId(*product), call.query.has("limit") ? limit_of(call) : 200))) {
      std::string bin;
      if (const auto item = TRY(tx.stock.at(movement.warehouse, movement.product))) bin = item->bin;
      rows.push_back(json::object{{"id", id_text(++n)},
                                  {"at", movement.at.iso()},
                                  {"product_id", id_text(movement.product)},
                                  {"warehouse_id", id_text(movement.warehouse)},
                                  {"warehouse", names[movement.warehouse]},
                                  {"bin", text_or_null(bin)},
                                  {"kind", movement.kind},
                                  {"quantity", movement.quantity},
                                  {"parcel_id", id_or_null(movement.parcel)},
                                  {"reason", movement.reason.empty() ? movement.kind : movement.reason},
                                  {"actor", text_or_null(movement.actor)}});
    }
    return ok(rows);
  });
}

constexpr const char* kRow =
    R"({"type":"object","properties":{"product_id":{"type":"string"},"sku":{"type":"string"},"title":{"type":"string"},"warehouse_id":{"type":"string"},"warehouse":{"type":"string"},"bin":{"type":["string","null"]},"on_hand":{"type":"integer"},"reserved":{"type":"integer"},"available":{"type":"integer"}}})";

}  // namespace

extern const Resource stock;
const Resource stock{
    .name = "stock",
    .routes =
        {
            {.method = "GET", .path = "/api/stock", .summary = "Stock by warehouse.", .gives = R"({"type":"array","items":{"type":"object"}})", .query = "warehouse,q,limit,after", .run = list},
            {.method = "POST", .path = "/api/stock/adjust", .summary = "Goods came, went or were counted: one line in the stock ledger.",
             .takes = R"({"type":"object","required":["product_id","warehouse_id"],"properties":{"product_id":{"type":"string"},"warehouse_id":{"type":"string"},"bin":{"type":["string","null"]},"quantity":{"type":"integer"},"counted":{"type":"integer","minimum":0},"reason":{"type":"string"}}})",
             .gives = kRow, .run = adjust},
            {.method = "GET", .path = "/api/stock/movements", .summary = "The stock ledger of a product, latest first.", .gives = R"({"type":"array","items":{"type":"object"}})", .query = "product,limit", .run = movements},
        },
};

}  // namespace zifa::api
