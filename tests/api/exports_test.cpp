// Files to take away, as the screen asks for them.
#include "work_desk.hpp"

using namespace work_desk;

TEST_CASE("operations take the confirmation file once, and again when they ask") {
  WorkShop shop;
  const OrderId id = shop.planned_order("111-0000001-0000001");
  CHECK(shop.get("/api/exports/confirmations?format=amazon", "operations").code() == "export.nothing");
  shop.sent_parcel(id);
  const Reply first = shop.get("/api/exports/confirmations?format=amazon&account=" + std::to_string(shop.account.value()), "operations");
  CHECK(first.status == 200);
  CHECK(first.headers.get("Content-Type").starts_with("text/tab-separated-values"));
  CHECK(first.headers.get("Content-Disposition").find("confirmations.txt") != std::string::npos);
  CHECK(first.headers.get("X-Zifa-Lines") == "1");
  CHECK(first.raw.find("111-0000001-0000001") != std::string::npos);
  CHECK(shop.detail(id).text("confirm") == "confirmed");
  const Reply second = shop.get("/api/exports/confirmations?format=amazon", "operations");
  CHECK(second.status == 422);
  CHECK(second.code() == "export.nothing");
  CHECK(shop.get("/api/exports/confirmations?format=amazon&again=true", "operations").raw == first.raw);
  CHECK(shop.get("/api/exports/confirmations?format=amazon&again=true&since=tomorrow", "operations").code() == "field.bad");
  const Reply table = shop.get("/api/exports/confirmations?format=csv", "operations");
  CHECK(table.raw.starts_with("\xEF\xBB\xBForder_id,order_item_id,"));
  CHECK(table.raw.find("111-0000001-0000001") != std::string::npos);
}

TEST_CASE("warehouse people take the stock table and no other file") {
  WorkShop shop;
  CHECK(shop.get("/api/exports/stock?format=csv", "warehouse").raw.find("MUG-1") != std::string::npos);
  for (const char* path : {"/api/exports/confirmations?format=csv", "/api/exports/cancellations", "/api/exports/labels", "/api/exports/listings", "/api/orders/export", "/api/exports/stock?format=amazon"}) {
    CAPTURE(path);
    CHECK(shop.get(path, "warehouse").status == 403);
    CHECK(shop.get(path, "").status == 401);
  }
}

TEST_CASE("every list comes as CSV and as a workbook, and a format that it does not have is refused") {
  WorkShop shop;
  const OrderId id = shop.planned_order("111-0000001-0000001");
  shop.act("buy_label", {id});
  for (const std::string kind : {"confirmations", "cancellations", "stock", "labels", "listings"}) {
    CAPTURE(kind);
    CHECK(shop.get("/api/exports/" + kind + "?format=csv").status == 200);
    CHECK(shop.get("/api/exports/" + kind + "?format=xlsx").raw.starts_with("PK"));
    CHECK(shop.get("/api/exports/" + kind + "?format=doc").code() == "export.bad_format");
    CHECK(shop.get("/api/exports/" + kind + "?account=x&format=csv").status == (kind == "stock" ? 200 : 400));
  }
  CHECK(shop.get("/api/exports/labels?format=pdf").raw.starts_with("%PDF"));
  CHECK(shop.get("/api/exports/labels?format=zpl").raw.starts_with("^XA"));
  CHECK(shop.get("/api/exports/labels?format=amazon").code() == "export.bad_format");
  const Reply orders = shop.get("/api/orders/export?format=csv&state=to_print", "operations");
  CHECK(orders.raw.find("111-0000001-0000001") != std::string::npos);
  CHECK(orders.raw.find("Ruiz") == std::string::npos);
  CHECK(shop.get("/api/orders/export?format=csv&state=shipped").raw.find("111-0000001-0000001") == std::string::npos);
  CHECK(shop.get("/api/orders/export?format=doc").code() == "field.bad");
}

TEST_CASE("text that a spreadsheet would run as a formula is defused in what people open") {
  WorkShop shop;
  must(shop.store().write([&](Tx& tx) -> Result<Done> {
    const ProductId product = TRY(tx.stock.insert_product({.sku = "=1+1", .title = "@SUM(A1)"}));
    return tx.stock.move({.at = shop.clock.now(), .warehouse = shop.warehouse_id, .product = product, .kind = "receipt", .quantity = 1});
  }));
  CHECK(shop.get("/api/exports/stock?format=csv").raw.find("'=1+1,'@SUM(A1)") != std::string::npos);
}
