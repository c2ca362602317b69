// POST /_sandbox/orders and /_sandbox/orders/{id}/acts: what buyers do.
#include "base/text.hpp"
#include "sandbox/control/answers.hpp"
#include "sandbox/world/shop.hpp"

namespace zifa::sandbox {

namespace {

constexpr std::int64_t kMostOrders = 100'000;

bool is_country(std::string_view text) { return text.size() == 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z'; }

Result<Done> read_ship_to(const json::value& body, Purchase& purchase) {
  const json::value* field = body.get_object().if_contains("ship_to");
  if (field == nullptr || field->is_null()) return done;
  if (!field->is_object()) return invalid("order.ship_to", "ship_to must be an object like {\"countryCode\":\"US\",\"postalCode\":\"90210\"}.");
  const auto text = [&](std::string_view name) -> Result<std::string> { return TRY(text_field(*field, name)).value_or(""); };
  purchase.ship_to_country = TRY(text("countryCode"));
  purchase.ship_to_postal_code = TRY(text("postalCode"));
  if (!purchase.ship_to_country.empty() && !is_country(purchase.ship_to_country)) return invalid("order.ship_to", "ship_to.countryCode must be two capital letters.");
  Address fixed;
  fixed.name = TRY(text("name"));
  fixed.company = TRY(text("companyName"));
  fixed.line1 = TRY(text("addressLine1"));
  fixed.line2 = TRY(text("addressLine2"));
  fixed.line3 = TRY(text("addressLine3"));
  fixed.city = TRY(text("city"));
  fixed.state = TRY(text("stateOrRegion"));
  fixed.phone = TRY(text("phone"));
  purchase.ship_to = std::move(fixed);
  return done;
}

Result<Done> read_lines(const json::value& body, Purchase& purchase) {
  const json::value* field = body.get_object().if_contains("lines");
  if (field == nullptr || field->is_null()) return done;
  if (!field->is_array() || field->get_array().empty() || field->get_array().size() > 100) return invalid("order.lines", "lines must be a list of 1 to 100 {\"sku\",\"quantity\"}.");
  for (const json::value& each : field->get_array()) {
    if (!each.is_object()) return invalid("order.lines", "Each line must be an object {\"sku\",\"quantity\"}.");
    const std::optional<std::string> sku = TRY(text_field(each, "sku"));
    if (!sku || sku->empty()) return invalid("order.lines", "Each line needs a sku.");
    purchase.lines.push_back({*sku, static_cast<int>(TRY(int_field(each, "quantity", 1, 100'000)).value_or(1))});
  }
  return done;
}

Result<Done> read_programs(const json::value& body, Purchase& purchase) {
  const json::value* field = body.get_object().if_contains("program");
  if (field == nullptr || field->is_null()) return done;
  json::array programs;
  if (field->is_array()) programs = field->get_array();
  else programs.push_back(*field);
  for (const json::value& each : programs) {
    const std::string name = each.is_string() ? std::string(each.get_string()) : std::string();
    if (name != "PRIME" && name != "PREMIUM" && name != "FBM_SHIP_PLUS" && name != "AMAZON_BUSINESS")
      return invalid("order.program", "program must be PRIME, PREMIUM, FBM_SHIP_PLUS or AMAZON_BUSINESS.");
    purchase.programs.push_back(name);
  }
  return done;
}

Result<std::pair<Purchase, int>> read_purchase(const json::value& body) {
  Purchase purchase;
  const int count = static_cast<int>(TRY(int_field(body, "count", 1, kMostOrders)).value_or(1));
  purchase.marketplace = TRY(text_field(body, "marketplace")).value_or("");
  TRY(read_lines(body, purchase));
  const json::value* price = body.get_object().if_contains("unit_price");
  if (price != nullptr && price->is_number()) purchase.unit_price = json::text(*price);
  else purchase.unit_price = TRY(text_field(body, "unit_price"));
  TRY(read_programs(body, purchase));
  if (const std::optional<std::string> service = TRY(text_field(body, "service"))) {
    const ServiceName* known = find_service(*service);
    if (known == nullptr) return invalid("order.service", "service must be Standard, Expedited, SecondDay, NextDay or FreeEconomy.");
    purchase.service = known->service;
  }
  TRY(read_ship_to(body, purchase));
  purchase.pending = TRY(bool_field(body, "pending")).value_or(false);
  purchase.cancel_requested = TRY(bool_field(body, "cancel_requested")).value_or(false);
  purchase.gift = TRY(bool_field(body, "gift")).value_or(false);
  purchase.purchased_at = TRY(instant_field(body, "purchased_at"));
  return std::pair{std::move(purchase), count};
}

Result<Done> act_on(World& world, Order& order, const json::value& body) {
  const std::string act = TRY(text_field(body, "act")).value_or("");
  const OrderStatus status = order.status();
  if (act == "cancel_request") {
    if (status == OrderStatus::cancelled || status == OrderStatus::shipped) return conflict("order.settled", "Order " + order.id + " is " + std::string(text_of(status)) + "; its buyer can no longer ask to cancel it.");
    ask_to_cancel(world, order, TRY(text_field(body, "reason")).value_or(""));
    return done;
  }
  if (act == "cancel") {
    const std::string by = TRY(text_field(body, "by")).value_or("BUYER");
    if (by != "BUYER" && by != "AMAZON") return invalid("act.by", "by must be BUYER or AMAZON.");
    return cancel_order(world, order, by, TRY(text_field(body, "reason")).value_or(by == "BUYER" ? "BuyerCanceled" : "Other"));
  }
  if (act == "release") return release_order(world, order);
  if (act == "feedback") {
    const std::optional<std::int64_t> stars = TRY(int_field(body, "stars", 1, 5));
    if (!stars) return invalid("act.stars", "stars must be a whole number from 1 to 5.");
    order.feedback_stars = static_cast<int>(*stars);
    order.feedback_text = TRY(text_field(body, "text")).value_or("");
  } else if (act == "claim") {
    const std::string kind = TRY(text_field(body, "kind")).value_or("");
    if (kind != "a_to_z" && kind != "chargeback") return invalid("act.kind", "kind must be a_to_z or chargeback.");
    (kind == "a_to_z" ? order.a_to_z : order.chargeback) = true;
  } else if (act == "return") {
    if (status != OrderStatus::shipped && status != OrderStatus::partially_shipped) return conflict("order.not_shipped", "Order " + order.id + " is not shipped; there is nothing to return.");
    const std::string reason = TRY(text_field(body, "reason")).value_or("CR-UNWANTED_ITEM");
    const json::value* lines = body.get_object().if_contains("lines");
    if (lines != nullptr && !lines->is_null() && !lines->is_array()) return invalid("act.lines", "lines must be a list of {\"sku\" or \"order_item_id\",\"quantity\"}.");
    std::vector<Return> returns;
    for (std::size_t i = 0; i < order.items.size(); ++i) {
      const OrderItem& item = order.items[i];
      if (lines == nullptr || lines->is_null()) {
        if (item.shipped > 0) returns.push_back({world.fresh_digits(10), world.now(), i, item.shipped, reason});
        continue;
      }
      for (const json::value& line : lines->get_array()) {
        if (!line.is_object()) return invalid("act.lines", "Each line must be an object.");
        const std::string sku = TRY(text_field(line, "sku")).value_or(""), id = TRY(text_field(line, "order_item_id")).value_or("");
        if (sku != item.product->sku && id != item.id) continue;
        const int quantity = static_cast<int>(TRY(int_field(line, "quantity", 1, item.quantity)).value_or(1));
        returns.push_back({world.fresh_digits(10), world.now(), i, quantity, reason});
      }
    }
    if (returns.empty()) return invalid("act.lines", "None of these lines is a shipped item of order " + order.id + ".");
    order.returns.insert(order.returns.end(), returns.begin(), returns.end());
  } else if (act == "message") {
    order.messages.push_back({world.now(), "buyer", TRY(text_field(body, "text")).value_or("")});
  } else {
    return invalid("act.unknown", "act must be cancel_request, cancel, release, feedback, claim, return or message.");
  }
  world.touch(order);
  return done;
}

}  // namespace

http::Response control_place_orders(World& world, const http::Request& request) {
  Result<json::value> body = read_body(request);
  if (!body) return control_error(body.error());
  Result<std::pair<Purchase, int>> read = read_purchase(*body);
  if (!read) return control_error(read.error());
  Result<std::vector<Order*>> placed = place_orders(world, read->first, read->second);
  if (!placed) return control_error(placed.error());
  json::array orders;
  orders.reserve(placed->size());
  for (const Order* order : *placed) {
    json::array lines;
    for (const OrderItem& item : order->items) lines.push_back(json::object{{"order_item_id", item.id}, {"sku", item.product->sku}, {"quantity", item.quantity}});
    orders.push_back(json::object{{"order_id", order->id}, {"lines", std::move(lines)}, {"status", text_of(order->status())}, {"purchased_at", order->purchased_at.iso()},
                                  {"ship_by", order->promise.ship_by.iso()}, {"deliver_by", order->promise.deliver_by.iso()}});
  }
  return http::Response::json(201, json::text(json::object{{"orders", std::move(orders)}}));
}

http::Response control_act(World& world, Order& order, const http::Request& request) {
  Result<json::value> body = read_body(request);
  if (!body) return control_error(body.error());
  if (Result<Done> acted = act_on(world, order, *body); !acted) return control_error(acted.error());
  return http::Response::json(200, json::text(truth_of(order)));
}

}  // namespace zifa::sandbox
