// Products: stock SKUs with sizes, weights and what customs is told.
#include <map>

#include "api/fields.hpp"
#include "api/lists.hpp"
#include "app/save_product.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

struct Quantities {
  std::int64_t on_hand = 0, reserved = 0;
};

Result<Quantities> quantities_of(Tx& tx, ProductId id) {
  Quantities sum;
  for (const StockItem& item : TRY(tx.stock.of_product(id))) {
    sum.on_hand += item.on_hand;
    sum.reserved += item.reserved;
  }
  return sum;
}

json::value product_json(const Product& p, const Quantities& q) {
  return json::object{{"id", id_text(p.id)},
                      {"sku", p.sku},
                      {"title", p.title},
                      {"barcode", text_or_null(p.barcode)},
                      {"size", size_json(p.size)},
                      {"weight_g", weight_json(p.weight)},
                      {"cargo", p.cargo},
                      {"turn", p.turn},
                      {"stackable", p.stackable},
                      {"image_url", text_or_null(p.image_url)},
                      {"declared", json::object{{"name_zh", text_or_null(p.declared_zh)}, {"name_en", text_or_null(p.declared_en)}, {"hs_code", text_or_null(p.hs_code)}, {"value", to_json(p.declared_value)}, {"origin", text_or_null(p.origin)}}},
                      {"on_hand", q.on_hand},
                      {"reserved", q.reserved},
                      {"available", q.on_hand - q.reserved}};
}

Answer list(Call& call) {
  std::optional<std::map<ProductId, Quantities>> all;
  return list_of(
      call,
      [&](Tx& tx, const std::string& after, int limit) -> Result<Page<Product>> {
        Page<Product> page = TRY(tx.stock.products(call.query.get("q"), after, limit));
        if (page.rows.size() > 100) {  // reading all stock at once is then the shorter way
          all.emplace();
          for (const StockRow& row : TRY(tx.stock.list(std::nullopt, "", "", kWholeList)).rows) {
            Quantities& sum = (*all)[row.item.product];
            sum.on_hand += row.item.on_hand;
            sum.reserved += row.item.reserved;
          }
        }
        return page;
      },
      [&](Tx& tx, const Product& product) -> Result<json::value> { return product_json(product, all ? (*all)[product.id] : TRY(quantities_of(tx, product.id))); });
}

bool is_image_address(std::string_view url) { return url.starts_with("https://") || url.starts_with("http://") || (url.starts_with('/') && !url.starts_with("//")); }

Result<Done> read(const Call& call, Product& product) {
  const json::value& body = call.body;
  TRY(take_name(body, "sku", 100, product.sku));
  TRY(take_text(body, "title", 500, product.title));
  TRY(take_text(body, "barcode", 100, product.barcode));
  TRY(take_size(body, "size", product.size));
  TRY(take_weight(body, "weight_g", product.weight));
  TRY(take_choice(body, "cargo", {"general", "battery", "magnetic", "liquid", "powder", "sensitive"}, product.cargo));
  TRY(take_choice(body, "turn", {"any", "upright", "fixed"}, product.turn));
  TRY(take_flag(body, "stackable", product.stackable));
  TRY(take_text(body, "image_url", 2'000, product.image_url));
  if (has_field(body, "image_url") && !product.image_url.empty() && !is_image_address(product.image_url)) return invalid("field.bad", "The field \"image_url\" takes an address that begins with https://.");
  TRY(take_text(body, "declared.name_zh", 200, product.declared_zh));
  TRY(take_text(body, "declared.name_en", 200, product.declared_en));
  TRY(take_text(body, "declared.hs_code", 20, product.hs_code));
  for (const char c : product.hs_code)
    if ((c < '0' || c > '9') && c != '.' && c != ' ') return invalid("field.bad", "The field \"declared.hs_code\" takes digits and points, as 8513.10; \"" + printable(product.hs_code, 30) + "\" is not an HS code.");
  TRY(take_money(body, "declared.value", product.declared_value));
  return take_country(body, "declared.origin", product.origin);
}

Answer add(Call& call) {
  Product product;
  TRY(read(call, product));
  return call.store().write([&](Tx& tx) -> Answer { return ok(product_json(TRY(save_product(tx, product, call.caller.name, call.now)), {}), 201); });
}

Answer change(Call& call) {
  const ProductId id(TRY(call.id(0)));
  return call.store().write([&](Tx& tx) -> Answer {
    Product product = TRY(tx.stock.product(id));
    TRY(read(call, product));
    product = TRY(save_product(tx, product, call.caller.name, call.now));
    return ok(product_json(product, TRY(quantities_of(tx, id))));
  });
}

constexpr const char* kTakes =
    R"({"type":"object","properties":{"sku":{"type":"string"},"title":{"type":"string"},"barcode":{"type":["string","null"]},"size":{"type":["array","null"],"items":{"type":"integer"},"minItems":3,"maxItems":3,"description":"mm"},"weight_g":{"type":["integer","null"]},"cargo":{"enum":["general","battery","magnetic","liquid","powder","sensitive"]},"turn":{"enum":["any","upright","fixed"]},"stackable":{"type":"boolean"},"image_url":{"type":["string","null"]},"declared":{"type":"object","properties":{"name_zh":{"type":["string","null"]},"name_en":{"type":["string","null"]},"hs_code":{"type":["string","null"]},"value":{"type":["object","null"]},"origin":{"type":["string","null"]}}}}})";
constexpr const char* kGives = R"({"type":"object","properties":{"id":{"type":"string"},"sku":{"type":"string"},"on_hand":{"type":"integer"},"reserved":{"type":"integer"},"available":{"type":"integer"}}})";

}  // namespace

extern const Resource products;
const Resource products{
    .name = "products",
    .routes =
        {
            {.method = "GET", .path = "/api/products", .summary = "Products with their stock over all warehouses.", .gives = R"({"type":"array","items":{"type":"object"}})", .query = "q,limit,after", .run = list},
            {.method = "POST", .path = "/api/products", .summary = "Add a product; listings and orders with its SKU are linked to it.", .role = Role::operations, .takes = kTakes, .gives = kGives, .run = add},
            {.method = "PATCH", .path = "/api/products/{id}", .summary = "Change a product.", .role = Role::operations, .takes = kTakes, .gives = kGives, .run = change},
        },
};

}  // namespace zifa::api
