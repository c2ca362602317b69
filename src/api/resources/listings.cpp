// Listings: what is offered where, which stock it sells, what Amazon was told.
#include <map>

#include "api/fields.hpp"
#include "api/lists.hpp"
#include "app/link_listing.hpp"
#include "app/reactions.hpp"

namespace zifa::api {

namespace {

json::value listing_json(const Listing& l, const std::string& product_sku) {
  json::value issues = json::parse(l.issues).value_or(json::value(json::array{}));
  if (!issues.is_array()) issues = json::array{};
  // Amazon's words for "can be bought" and "can be found"; a file says it in one word of its own.
  const std::string known = [&]() -> std::string {
    if (l.status.find("BUYABLE") != std::string::npos || l.status == "Active" || l.status == "active") return "active";
    return l.status.empty() && !l.last_synced_at ? "unknown" : "inactive";
  }();
  return json::object{{"id", id_text(l.id)},
                      {"account_id", id_text(l.account)},
                      {"marketplace", marketplace_name(l.marketplace_id)},
                      {"marketplace_id", l.marketplace_id},
                      {"sku", l.sku},
                      {"asin", l.asin},
                      {"title", l.title},
                      {"image_url", text_or_null(l.image_url)},
                      {"price", to_json(l.price)},
                      {"quantity", l.quantity ? json::value(*l.quantity) : json::value(nullptr)},
                      {"pushed_quantity", l.pushed_quantity ? json::value(*l.pushed_quantity) : json::value(nullptr)},
                      {"handling_days", l.handling_days ? json::value(*l.handling_days) : json::value(nullptr)},
                      {"channel", l.channel},
                      {"product_id", id_or_null(l.product)},
                      {"product_sku", text_or_null(product_sku)},
                      {"units_per", l.units_per},
                      {"quantity_override", l.quantity_override ? json::value(*l.quantity_override) : json::value(nullptr)},
                      {"paused", l.paused},
                      {"status", known},
                      {"amazon_status", l.status},
                      {"issues", std::move(issues)},
                      {"last_synced_at", to_json(l.last_synced_at)},
                      {"last_pushed_at", to_json(l.last_pushed_at)}};
}

Result<std::string> sku_of(Tx& tx, ProductId product) {
  if (product.value() == 0) return std::string();
  return TRY(tx.stock.product(product)).sku;
}

Answer list(Call& call) {
  const auto account = TRY(id_in_query(call, "account"));
  const std::string_view wanted = call.query.get("unmapped");
  const bool unmapped = wanted == "true" || wanted == "1";
  std::map<ProductId, std::string> skus;
  return list_of(
      call, [&](Tx& tx, const std::string& after, int limit) { return tx.stock.listings(account ? std::optional(AccountId(*account)) : std::nullopt, call.query.get("q"), unmapped, after, limit); },
      [&](Tx& tx, const Listing& listing) -> Result<json::value> {
        auto found = skus.find(listing.product);
        if (found == skus.end()) found = skus.emplace(listing.product, TRY(sku_of(tx, listing.product))).first;
        return listing_json(listing, found->second);
      });
}

Answer change(Call& call) {
  const ListingId id(TRY(call.id(0)));
  ListingChange change;
  if (has_field(call.body, "product_id")) {
    ProductId product;
    TRY(take_id(call.body, "product_id", product));
    change.product = product;
  }
  if (has_field(call.body, "units_per")) {
    std::int64_t units = 1;
    TRY(take_whole(call.body, "units_per", 1, 10'000, units));
    change.units_per = units;
  }
  if (has_field(call.body, "handling_days")) {
    std::optional<std::int64_t> days;
    TRY(take_whole(call.body, "handling_days", 0, 30, days));
    change.handling_days = days ? std::optional(static_cast<int>(*days)) : std::nullopt;
  }
  if (has_field(call.body, "quantity_override")) {
    std::optional<std::int64_t> quantity;
    TRY(take_whole(call.body, "quantity_override", 0, kMostQuantity, quantity));
    change.quantity_override = quantity;
  }
  if (has_field(call.body, "paused")) {
    bool paused = false;
    TRY(take_flag(call.body, "paused", paused));
    change.paused = paused;
  }
  return call.store().write([&](Tx& tx) -> Answer {
    const Listing listing = TRY(change_listing(tx, id, change, call.caller.name, call.now));
    return ok(listing_json(listing, TRY(sku_of(tx, listing.product))));
  });
}

Answer push(Call& call) {
  const json::array* ids = json::find_array(call.body, "ids");
  if (ids == nullptr || ids->empty() || ids->size() > 5'000) return invalid("field.bad", "The field \"ids\" takes 1 to 5000 ids of listings.");
  json::array results;
  for (const json::value& one : *ids) {
    const json::object named{{"id", one}};
    ListingId id;
    Result<Done> pushed = take_id(json::value(named), "id", id);
    if (pushed) pushed = call.store().write([&](Tx& tx) { return push_listing(tx, id, call.caller.name, call.now); });
    if (!pushed && pushed.error().kind == ErrorKind::corrupt) return pushed.error();
    results.push_back(json::object{{"id", one.is_string() ? one : json::value(id_text(id))}, {"ok", pushed.has_value()}, {"error", pushed ? json::value(nullptr) : problem_json(pushed.error(), call.caller.language)}});
  }
  return ok(json::object{{"results", std::move(results)}});
}

Answer refresh(Call& call) {
  AccountId id;
  TRY(take_id(call.body, "account_id", id));
  return call.store().write([&](Tx& tx) -> Answer {
    const Account account = TRY(tx.accounts.find(id));
    if (account.kind != "amazon") return refused("account.no_api", "Account " + account.name + " works with files; import its listings report instead.");
    TRY(enqueue(tx, "sync_listings", std::to_string(id.value()), call.now));
    return ok(json::object{{"account_id", id_text(id)}, {"queued", true}});
  });
}

constexpr const char* kListing =
    R"({"type":"object","properties":{"id":{"type":"string"},"account_id":{"type":"string"},"marketplace":{"type":"string"},"sku":{"type":"string"},"asin":{"type":"string"},"title":{"type":"string"},"image_url":{"type":["string","null"]},"price":{"type":["object","null"]},"quantity":{"type":["integer","null"]},"pushed_quantity":{"type":["integer","null"]},"handling_days":{"type":["integer","null"]},"channel":{"enum":["fbm","fba"]},"product_id":{"type":["string","null"]},"product_sku":{"type":["string","null"]},"units_per":{"type":"integer"},"quantity_override":{"type":["integer","null"]},"paused":{"type":"boolean"},"status":{"type":"string"},"issues":{"type":"array"},"last_synced_at":{"type":["string","null"]},"last_pushed_at":{"type":["string","null"]}}})";

}  // namespace

extern const Resource listings;
const Resource listings{
    .name = "listings",
    .routes =
        {
            {.method = "GET", .path = "/api/listings", .summary = "Listings, with the stock SKU each sells.", .role = Role::operations, .gives = R"({"type":"array","items":{"type":"object"}})", .query = "account,q,unmapped,limit,after", .run = list},
            {.method = "PATCH", .path = "/api/listings/{id}", .summary = "Link a listing to a stock SKU, or change how it is sold.", .role = Role::operations,
             .takes = R"({"type":"object","properties":{"product_id":{"type":["string","null"]},"units_per":{"type":"integer","minimum":1},"handling_days":{"type":["integer","null"],"minimum":0,"maximum":30},"quantity_override":{"type":["integer","null"],"minimum":0},"paused":{"type":"boolean"}}})",
             .gives = kListing, .run = change},
            {.method = "POST", .path = "/api/listings/push", .summary = "Tell Amazon the quantities of these listings again.", .role = Role::operations, .takes = R"({"type":"object","required":["ids"],"properties":{"ids":{"type":"array","items":{"type":"string"}}}})",
             .gives = R"({"type":"object","properties":{"results":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"ok":{"type":"boolean"},"error":{"type":["object","null"]}}}}}})", .run = push},
            {.method = "POST", .path = "/api/listings/refresh", .summary = "Read an account's listings from Amazon again.", .role = Role::operations, .takes = R"({"type":"object","required":["account_id"],"properties":{"account_id":{"type":"string"}}})",
             .gives = R"({"type":"object","properties":{"account_id":{"type":"string"},"queued":{"type":"boolean"}}})", .run = refresh},
        },
};

}  // namespace zifa::api
