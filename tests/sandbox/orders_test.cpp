// Orders: placed, found, confirmed, cancelled.
#include <set>

#include "tests/sandbox/desk.hpp"

namespace zifa::sandbox {

namespace {

std::vector<std::string> ids_of(const Answer& page) {
  std::vector<std::string> ids;
  for (const json::value& order : page.list("orders")) ids.push_back(json::get_text(order, "orderId"));
  return ids;
}

}  // namespace

TEST_CASE("a search sees an order two minutes after it was placed, a look by id at once") {
  Desk desk;
  const std::string id = json::get_text(desk.order(), "order_id");
  const std::string search = "/orders/2026-01-01/orders?lastUpdatedAfter=2026-03-02T00:00:00Z";
  CHECK(desk.get("/orders/2026-01-01/orders/" + id).status == 200);
  CHECK(ids_of(desk.get(search)).empty());
  desk.wait(119);
  CHECK(ids_of(desk.get(search)).empty());
  desk.wait(1);
  const Answer found = desk.get(search);
  CHECK(ids_of(found) == std::vector{id});
  CHECK(found.text("lastUpdatedBefore") == "2026-03-02T17:00:00Z");
}

TEST_CASE("a search refuses what Amazon refuses") {
  Desk desk;
  for (const std::string_view query : {"", "createdAfter=2026-01-01T00:00:00Z&lastUpdatedAfter=2026-01-01T00:00:00Z", "createdAfter=yesterday",
                                       "createdAfter=2026-01-01T00:00:00Z&lastUpdatedBefore=2026-01-02T00:00:00Z", "createdAfter=2026-02-01T00:00:00Z&createdBefore=2026-01-01T00:00:00Z",
                                       "createdAfter=2026-01-01T00:00:00Z&createdBefore=2026-03-02T16:58:01Z", "createdAfter=2026-01-01T00:00:00Z&maxResultsPerPage=0",
                                       "createdAfter=2026-01-01T00:00:00Z&maxResultsPerPage=101", "createdAfter=2026-01-01T00:00:00Z&fulfillmentStatuses=GONE",
                                       "createdAfter=2026-01-01T00:00:00Z&includedData=EVERYTHING", "createdAfter=2026-01-01T00:00:00Z&marketplaceIds=MOON",
                                       "createdAfter=2026-01-01T00:00:00Z&paginationToken=abc", "createdBefore=2026-01-01T00:00:00Z"}) {
    CAPTURE(query);
    CHECK(desk.get("/orders/2026-01-01/orders?" + std::string(query)).status == 400);
  }
}

TEST_CASE("pages hold every order once, and a token belongs to its question") {
  Desk desk;
  CHECK(desk.control("POST", "orders", json::object{{"count", 25}}).status == 201);
  desk.wait(300);
  const std::string search = "/orders/2026-01-01/orders?createdAfter=2026-03-01T00:00:00Z&maxResultsPerPage=10";
  std::set<std::string> seen;
  std::string token;
  int pages = 0;
  do {
    const Answer page = desk.get(search + (token.empty() ? "" : "&paginationToken=" + percent_encode(token)));
    REQUIRE(page.status == 200);
    for (const std::string& id : ids_of(page)) CHECK(seen.insert(id).second);
    token = page.text("pagination.nextToken");
    if (!token.empty()) {
      CHECK(desk.get("/orders/2026-01-01/orders?createdAfter=2026-03-01T00:00:00Z&maxResultsPerPage=20&paginationToken=" + percent_encode(token)).status == 400);
      // New orders do not disturb a search under way.
      desk.order();
    }
    ++pages;
  } while (!token.empty());
  CHECK(pages == 3);
  CHECK(seen.size() == 25);
}

TEST_CASE("a page token lives a day") {
  Desk desk;
  CHECK(desk.control("POST", "orders", json::object{{"count", 3}}).status == 201);
  desk.wait(300);
  const std::string search = "/orders/2026-01-01/orders?createdAfter=2026-03-01T00:00:00Z&maxResultsPerPage=1";
  const std::string token = percent_encode(desk.get(search).text("pagination.nextToken"));
  desk.wait(24 * 3600);
  CHECK(desk.get(search + "&paginationToken=" + token).status == 200);
  desk.wait(1);
  CHECK(desk.get(search + "&paginationToken=" + token).status == 400);
}

TEST_CASE("lists arrive with commas, encoded commas or repeated names") {
  Desk desk;
  desk.order();
  desk.order({{"marketplace", "A2EUQ1WTGCTBG2"}});
  desk.wait(200);
  const std::string search = "/orders/2026-01-01/orders?createdAfter=2026-03-01T00:00:00Z&marketplaceIds=";
  CHECK(ids_of(desk.get(search + "ATVPDKIKX0DER")).size() == 1);
  CHECK(ids_of(desk.get(search + "ATVPDKIKX0DER,A2EUQ1WTGCTBG2")).size() == 2);
  CHECK(ids_of(desk.get(search + "ATVPDKIKX0DER%2CA2EUQ1WTGCTBG2")).size() == 2);
  CHECK(ids_of(desk.get(search + "ATVPDKIKX0DER&marketplaceIds=A2EUQ1WTGCTBG2")).size() == 2);
  CHECK(ids_of(desk.get(search + "ATVPDKIKX0DER&fulfilledBy=AMAZON")).empty());
  CHECK(ids_of(desk.get(search + "ATVPDKIKX0DER&fulfillmentStatuses=UNSHIPPED,SHIPPED")).size() == 1);
  CHECK(ids_of(desk.get(search + "ATVPDKIKX0DER&fulfillmentStatuses=SHIPPED")).empty());
}

TEST_CASE("an order shows what was asked for, and nothing personal while it is pending") {
  Desk desk;
  const std::string all = "?includedData=BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT";
  const json::value placed = desk.order({{"unit_price", "1299.00"}, {"lines", json::array{json::object{{"sku", "YC-DRONE-MINI-4K"}, {"quantity", 2}}}},
                                         {"ship_to", json::object{{"countryCode", "US"}, {"postalCode", "90210"}}}, {"gift", true}, {"program", "AMAZON_BUSINESS"}});
  const std::string id = json::get_text(placed, "order_id");
  const Answer full = desk.get("/orders/2026-01-01/orders/" + id + all);
  CHECK(full.text("order.recipient.deliveryAddress.postalCode") == "90210");
  CHECK(full.text("order.recipient.deliveryAddress.city") == "Beverly Hills");
  CHECK_FALSE(full.text("order.buyer.buyerName").empty());
  CHECK(full.text("order.buyer.buyerEmail").ends_with("@marketplace.amazon.com"));
  CHECK(full.text("order.proceeds.grandTotal.amount") == "2805.84");  // 2 x 1299.00 and 8 % sales tax
  const json::value& item = full.list("order.orderItems")[0];
  CHECK(json::get_text(item, "product.price.unitPrice.amount") == "1299.00");
  CHECK(json::get_text(item, "product.sellerSku") == "YC-DRONE-MINI-4K");
  CHECK(*json::get_int(item, "fulfillment.quantityUnfulfilled") == 2);
  CHECK_FALSE(json::get_text(item, "fulfillment.packing.giftOption.giftMessage").empty());
  CHECK(*json::get_int(item, "quantityOrdered") == 2);
  const Answer bare = desk.get("/orders/2026-01-01/orders/" + id);
  for (const std::string_view left_out : {"order.buyer", "order.recipient", "order.proceeds", "order.packages", "order.payment"}) CHECK(json::find(bare.body, left_out) == nullptr);
  CHECK(bare.text("order.fulfillment.fulfillmentStatus") == "UNSHIPPED");

  const std::string pending = json::get_text(desk.order({{"pending", true}}), "order_id");
  const Answer hidden = desk.get("/orders/2026-01-01/orders/" + pending + all);
  CHECK(hidden.text("order.fulfillment.fulfillmentStatus") == "PENDING");
  for (const std::string_view left_out : {"order.buyer", "order.recipient", "order.proceeds", "order.payment"}) CHECK(json::find(hidden.body, left_out) == nullptr);
  CHECK(json::find(hidden.list("order.orderItems")[0], "product.price") == nullptr);
  CHECK(desk.control("POST", "orders/" + pending + "/acts", json::object{{"act", "release"}}).status == 200);
  CHECK(desk.get("/orders/2026-01-01/orders/" + pending + all).text("order.fulfillment.fulfillmentStatus") == "UNSHIPPED");
  CHECK(desk.control("POST", "orders/" + pending + "/acts", json::object{{"act", "release"}}).status == 409);
}

TEST_CASE("yen have no decimals") {
  Desk desk;
  desk.sign_in(2);
  const json::value placed = desk.order({{"marketplace", "A1VC38T7YXB528"}, {"unit_price", "1980"}, {"lines", json::array{json::object{{"sku", "YC-CASE-15P-CLR"}}}}});
  const Answer order = desk.get("/orders/2026-01-01/orders/" + json::get_text(placed, "order_id") + "?includedData=PROCEEDS,RECIPIENT");
  CHECK(order.text("order.proceeds.grandTotal.amount") == "1980");
  CHECK(order.text("order.recipient.deliveryAddress.countryCode") == "JP");
}

TEST_CASE("units leave the listing; more than there is cannot be ordered, and then nothing happens") {
  Desk desk;
  const json::object all{{"lines", json::array{json::object{{"sku", "YC-CASE-15P-CLR"}, {"quantity", 100'000}}}}};
  CHECK(desk.control("POST", "orders", all).status == 409);
  const json::object some{{"count", 3}, {"lines", json::array{json::object{{"sku", "YC-CASE-15P-CLR"}, {"quantity", 6'000}}}}};
  CHECK(desk.control("POST", "orders", some).status == 409);
  CHECK(desk.control("GET", "state").number("orders.UNSHIPPED") == 0);
  for (const json::object& bad : {json::object{{"count", 0}}, json::object{{"marketplace", "MOON"}}, json::object{{"service", "Rocket"}}, json::object{{"unit_price", "cheap"}},
                                  json::object{{"lines", json::array{}}}, json::object{{"lines", "all"}}, json::object{{"lines", json::array{json::object{{"sku", "NO-SUCH"}}}}},
                                  json::object{{"purchased_at", "2027-01-01T00:00:00Z"}}, json::object{{"pending", "yes"}}, json::object{{"program", "GOLD"}}}) {
    CAPTURE(json::text(bad));
    CHECK(desk.control("POST", "orders", bad).status == 400);
  }
}

TEST_CASE("every refusal of confirmShipment changes nothing") {
  Desk desk;
  const json::value order = desk.order({{"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}, {"quantity", 2}}}}});
  const std::string id = json::get_text(order, "order_id");
  const json::object good = Desk::confirmation(order, "1", "9400111899223817576194", "2026-03-02T17:00:00Z");
  const auto with = [&](std::string_view field, json::value value) {
    json::object body = good;
    if (field == "marketplaceId") body[field] = std::move(value);
    else body["packageDetail"].as_object()[field] = std::move(value);
    return body;
  };
  const auto with_items = [&](json::value id_value, json::value quantity) {
    return with("orderItems", json::array{json::object{{"orderItemId", std::move(id_value)}, {"quantity", std::move(quantity)}}});
  };
  const json::value item = *json::find((*json::find_array(order, "lines"))[0], "order_item_id");
  struct Row {
    std::string_view why;
    json::value body;
  };
  json::object other = with("carrierCode", "Other");
  other["packageDetail"].as_object().erase("carrierName");
  const std::vector<Row> rows{
      {"no body", nullptr},
      {"a list", json::array{}},
      {"no marketplace", with("marketplaceId", nullptr)},
      {"another marketplace", with("marketplaceId", "A2EUQ1WTGCTBG2")},
      {"a reference that is a JSON number", with("packageReferenceId", 1)},
      {"a reference that is no number", with("packageReferenceId", "P-1")},
      {"reference zero", with("packageReferenceId", "0")},
      {"no carrier", with("carrierCode", nullptr)},
      {"Other without a name", other},
      {"no tracking number", with("trackingNumber", nullptr)},
      {"an empty tracking number", with("trackingNumber", "")},
      {"no ship date", with("shipDate", nullptr)},
      {"a ship date that is none", with("shipDate", "soon")},
      {"shipped before it was bought", with("shipDate", "2026-03-01T00:00:00Z")},
      {"shipped more than a day ahead", with("shipDate", "2026-03-03T17:00:01Z")},
      {"items as an object", with("orderItems", json::object{{"orderItemId", item}, {"quantity", 1}})},
      {"no items", with("orderItems", json::array{})},
      {"an unknown item", with_items("12345678901234", 1)},
      {"an item id that is a number", with_items(1, 1)},
      {"quantity zero", with_items(item, 0)},
      {"quantity below zero", with_items(item, -1)},
      {"quantity as text", with_items(item, "1")},
      {"a broken quantity", with_items(item, 1.5)},
      {"more than was bought", with_items(item, 3)},
  };
  const std::string path = "/orders/v0/orders/" + id + "/shipmentConfirmation";
  CHECK(desk.control("POST", "quotas", json::object{{"mode", "off"}}).status == 200);
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Answer refused = desk.call("POST", path, row.body);
    CHECK(refused.status == 400);
    CHECK_FALSE(refused.list("errors").empty());
    CHECK(json::get_text(desk.truth(id), "status") == "UNSHIPPED");
  }
  CHECK(desk.call("POST", "/orders/v0/orders/111-1111111-1111111/shipmentConfirmation", good).status == 404);
  desk.sign_in(1);
  CHECK(desk.call("POST", path, good).status == 404);  // another seller's order
  desk.sign_in(0);
  const Answer confirmed = desk.call("POST", path, good);
  CHECK(confirmed.status == 204);
  CHECK(confirmed.raw.body.empty());
}

TEST_CASE("an order in two packages is partly shipped in between; the same reference edits") {
  Desk desk;
  const json::value order = desk.order({{"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}, {"quantity", 2}}}}});
  const std::string id = json::get_text(order, "order_id"), path = "/orders/v0/orders/" + id + "/shipmentConfirmation";
  json::object body = Desk::confirmation(order, "1", "9400111899223817576194", "2026-03-02T17:00:00Z");
  json::object& package = body["packageDetail"].as_object();
  package["orderItems"].as_array()[0].as_object()["quantity"] = 1;
  CHECK(desk.call("POST", path, body).status == 204);
  CHECK(json::get_text(desk.truth(id), "status") == "PARTIALLY_SHIPPED");
  CHECK(json::find(desk.truth(id), "confirmed_at")->is_null());
  desk.wait(60);
  package["trackingNumber"] = "9400111899223817576200";
  CHECK(desk.call("POST", path, body).status == 204);  // a correction
  json::value truth = desk.truth(id);
  REQUIRE(json::find_array(truth, "packages")->size() == 1);
  const json::value& first = (*json::find_array(truth, "packages"))[0];
  CHECK(json::get_text(first, "tracking_number") == "9400111899223817576200");
  CHECK(json::get_text(first, "first_confirmed_at") == "2026-03-02T17:00:00Z");
  CHECK(*json::get_int(first, "edits") == 1);
  package["packageReferenceId"] = "2";
  package["trackingNumber"] = "9400111899223817576217";
  CHECK(desk.call("POST", path, body).status == 204);
  truth = desk.truth(id);
  CHECK(json::get_text(truth, "status") == "SHIPPED");
  CHECK(json::get_text(truth, "confirmed_at") == "2026-03-02T17:01:00Z");
  package["packageReferenceId"] = "3";
  const Answer third = desk.call("POST", path, body);
  CHECK(third.status == 400);
  CHECK(json::get_text(third.list("errors")[0], "code") == "PackageToUpdateNotFound");
  const Answer read = desk.get("/orders/2026-01-01/orders/" + id + "?includedData=PACKAGES");
  CHECK(read.list("order.packages").size() == 2);
}

TEST_CASE("orders that are pending, cancelled or of Ship+ cannot be confirmed") {
  Desk desk;
  const json::value pending = desk.order({{"pending", true}}), ship_plus = desk.order({{"program", "FBM_SHIP_PLUS"}}), cancelled = desk.order();
  CHECK(desk.control("POST", "orders/" + json::get_text(cancelled, "order_id") + "/acts", json::object{{"act", "cancel"}, {"by", "BUYER"}}).status == 200);
  for (const json::value& order : {pending, ship_plus, cancelled}) {
    const Answer refused = desk.confirm(order);
    CHECK(refused.status == 400);
    CHECK(json::get_text(refused.list("errors")[0], "code") == "PackageToUpdateNotFound");
  }
  CHECK(json::get_text(desk.truth(json::get_text(cancelled, "order_id")), "cancelled_by") == "BUYER");
}

TEST_CASE("a parcel confirmed one second after ship-by counts as late, at ship-by it does not") {
  Desk desk;
  const json::object mug{{"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}}}}};
  const json::value on_time = desk.order(mug), late = desk.order(mug);
  CHECK(desk.control("POST", "clock", json::object{{"to", json::get_text(on_time, "ship_by")}}).status == 200);
  CHECK(desk.confirm(on_time, "1", "9400111899223817576194").status == 204);
  CHECK(desk.control("POST", "clock", json::object{{"to", json::get_text(late, "ship_by")}}).status == 200);
  desk.wait(1);
  CHECK(desk.confirm(late, "1", "9400111899223817576200").status == 204);
  CHECK_FALSE(json::get_bool(desk.truth(json::get_text(on_time, "order_id")), "late"));
  CHECK(json::get_bool(desk.truth(json::get_text(late, "order_id")), "late"));
  const Answer health = desk.control("GET", "health?marketplace=ATVPDKIKX0DER");
  CHECK(health.number("lsr_30.orders") == 2);
  CHECK(health.number("lsr_30.late") == 1);
  CHECK(health.number("lsr_10.late") == 1);
}

TEST_CASE("what nobody confirms within seven business days after ship-by is cancelled by Amazon, and counts") {
  Desk desk;
  const json::value order = desk.order({{"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}}}}});
  const std::string id = json::get_text(order, "order_id");
  CHECK(json::get_text(order, "ship_by") == "2026-03-04T07:59:59Z");  // Monday 09:00 in Seattle, one day of handling
  CHECK(desk.control("POST", "clock", json::object{{"to", "2026-03-13T06:59:59Z"}}).status == 200);
  CHECK(json::get_text(desk.truth(id), "status") == "UNSHIPPED");
  desk.wait(1);
  CHECK(json::get_text(desk.truth(id), "cancelled_by") == "AMAZON");
  CHECK(desk.control("GET", "health?marketplace=ATVPDKIKX0DER").number("lsr_30.orders") == 0);
}

TEST_CASE("a wish to cancel shows and changes nothing by itself") {
  Desk desk;
  const json::value order = desk.order({{"cancel_requested", true}});
  const std::string id = json::get_text(order, "order_id");
  const Answer read = desk.get("/orders/2026-01-01/orders/" + id + "?includedData=CANCELLATION");
  CHECK(json::get_text(read.list("order.orderItems")[0], "cancellation.cancellationRequest.requester") == "BUYER");
  CHECK(desk.confirm(order).status == 204);
}

TEST_CASE("v0 reads leave personal data out unless a restricted data token opens it") {
  Desk desk;
  const json::value order = desk.order();
  const std::string id = json::get_text(order, "order_id");
  desk.wait(200);
  const Answer plain = desk.get("/orders/v0/orders/" + id);
  CHECK(plain.text("payload.OrderStatus") == "Unshipped");
  CHECK(json::find(plain.body, "payload.ShippingAddress.Name") == nullptr);
  CHECK_FALSE(plain.text("payload.ShippingAddress.City").empty());
  const Answer made = desk.call("POST", "/tokens/2021-03-01/restrictedDataToken",
                                json::object{{"restrictedResources", json::array{json::object{{"method", "GET"}, {"path", "/orders/v0/orders/{orderId}"}, {"dataElements", json::array{"shippingAddress"}}},
                                                                                 json::object{{"method", "GET"}, {"path", "/orders/v0/orders/" + id + "/address"}}}}});
  REQUIRE(made.status == 200);
  const std::string seller = desk.token;
  desk.token = made.text("restrictedDataToken");
  const Answer opened = desk.get("/orders/v0/orders/" + id);
  CHECK_FALSE(opened.text("payload.ShippingAddress.Name").empty());
  CHECK(json::find(opened.body, "payload.BuyerInfo.BuyerName") == nullptr);
  CHECK_FALSE(desk.get("/orders/v0/orders/" + id + "/address").text("payload.ShippingAddress.AddressLine1").empty());
  CHECK(desk.get("/orders/v0/orders/" + id + "/orderItems").status == 403);
  CHECK(desk.get("/sellers/v1/marketplaceParticipations").status == 403);
  desk.token = seller;
  CHECK(desk.get("/orders/v0/orders/" + id + "/orderItems").list("payload.OrderItems").size() >= 1);
  CHECK(desk.get("/orders/v0/orders?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-03-01T00:00:00Z").list("payload.Orders").size() == 1);
  CHECK(desk.get("/orders/v0/orders?CreatedAfter=2026-03-01T00:00:00Z").status == 400);
  CHECK(desk.call("POST", "/tokens/2021-03-01/restrictedDataToken", json::object{{"restrictedResources", json::array{json::object{{"method", "GET"}, {"path", "/orders/v0/orders/"}}}}}).status == 400);
}

TEST_CASE("a stale index leaves out what changed recently and keeps quiet about it") {
  Desk desk;
  desk.order();
  desk.wait(600);
  CHECK(desk.control("POST", "faults", json::object{{"operation", "searchOrders"}, {"kind", "stale"}, {"seconds", 900}, {"count", 1}}).status == 201);
  const Answer stale = desk.get("/orders/2026-01-01/orders?createdAfter=2026-03-01T00:00:00Z");
  CHECK(ids_of(stale).empty());
  CHECK(stale.text("createdBefore") == "2026-03-02T17:08:00Z");
  CHECK(ids_of(desk.get("/orders/2026-01-01/orders?createdAfter=2026-03-01T00:00:00Z")).size() == 1);
}

TEST_CASE("the same seed, calls and clock give the same orders") {
  const auto story = [](std::uint64_t seed) {
    Options options;
    options.seed = seed;
    Desk desk(options);
    (void)desk.control("POST", "orders", json::object{{"count", 5}});
    desk.wait(200);
    return desk.get("/orders/2026-01-01/orders?createdAfter=2026-03-01T00:00:00Z&includedData=BUYER,RECIPIENT,PROCEEDS,FULFILLMENT").raw.body;
  };
  CHECK(story(7) == story(7));
  CHECK(story(7) != story(8));
}

}  // namespace zifa::sandbox
