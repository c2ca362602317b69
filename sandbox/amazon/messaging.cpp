// Messaging v1 and Solicitations v1: what a seller may write to a buyer, and asking for a review once.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/players.hpp"

namespace zifa::sandbox {

namespace {

struct Action {
  std::string_view name;
  std::size_t most_characters;  // 0: takes no text
  bool takes_attachments, needs_attachments;
};
constexpr std::array kActions{
    Action{"confirmCustomizationDetails", 800, true, false}, Action{"confirmDeliveryDetails", 2000, false, false}, Action{"confirmOrderDetails", 2000, false, false},
    Action{"confirmServiceDetails", 2000, false, false},     Action{"unexpectedProblem", 2000, false, false},      Action{"digitalAccessKey", 400, true, false},
    Action{"legalDisclosure", 0, true, true},                Action{"warranty", 0, true, true},                    Action{"invoice", 0, true, true}};

http::Response hal(int status, const json::value& body) {
  http::Response response = answer(status, body);
  response.headers.set("Content-Type", "application/hal+json");
  return response;
}

// Paid orders can be written about, until thirty days after the promised delivery.
bool may_write(const World& world, const Order& order) {
  return order.status() != OrderStatus::pending && world.now() <= order.promise.deliver_by + std::chrono::hours(24 * 30);
}

bool is_allowed(const Order& order, std::string_view action) {
  const bool shipped = order.status() == OrderStatus::shipped || order.status() == OrderStatus::partially_shipped;
  if (order.status() == OrderStatus::cancelled) return action == "unexpectedProblem";
  if (action == "invoice" || action == "warranty") return shipped;
  return action != "digitalAccessKey" && action != "confirmServiceDetails" && action != "legalDisclosure" ? true : shipped;
}

std::optional<http::Response> read_order(Call& call, Order*& order) {
  const std::vector<std::string> marketplaces = call.query.list("marketplaceIds");
  if (marketplaces.empty()) return invalid_input("marketplaceIds is required.");
  order = order_of(call, "amazonOrderId");
  if (order == nullptr) return not_found_answer("Order " + printable(call.path_value("amazonOrderId"), 60) + " was not found.");
  if (marketplaces.size() != 1 || marketplaces.front() != order->marketplace->id) return invalid_input("marketplaceIds must be the marketplace of the order.");
  return std::nullopt;
}

bool has_link_or_markup(std::string_view text) {
  const std::string low = lower(text);
  return low.find("http://") != std::string::npos || low.find("https://") != std::string::npos || low.find("www.") != std::string::npos || low.find("</") != std::string::npos ||
         low.find("<a ") != std::string::npos || low.find("<br") != std::string::npos || low.find("<p>") != std::string::npos;
}

http::Response send_message(Call& call) {
  Order* order = nullptr;
  if (auto refusal = read_order(call, order)) return *refusal;
  const std::string_view path = call.operation.path;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const Action& action = *std::find_if(kActions.begin(), kActions.end(), [&](const Action& each) { return each.name == name; });
  if (!may_write(call.world, *order) || !is_allowed(*order, name)) return refuse(403, "Unauthorized", "The message type is not available for this order.", std::string(name));
  if (!call.body.is_object()) return invalid_input("The request body is not a JSON object.");
  const std::string text = json::get_text(call.body, "text");
  if (action.most_characters > 0) {
    if (trim(text).empty()) return invalid_input("text is required.");
    if (utf8_length(text) > action.most_characters) return invalid_input("text is longer than " + std::to_string(action.most_characters) + " characters.");
    if (has_link_or_markup(text) || text.find('@') != std::string::npos) return invalid_input("text must not hold links, markup or e-mail addresses.");
  }
  const json::array* attachments = json::find_array(call.body, "attachments");
  if (action.needs_attachments && (attachments == nullptr || attachments->empty())) return invalid_input("attachments is required.");
  if (attachments != nullptr) {
    if (attachments->size() > 5) return invalid_input("attachments takes at most 5 files.");
    for (const json::value& each : *attachments) {
      const auto found = call.world.documents.find(json::get_text(each, "uploadDestinationId"));
      if (found == call.world.documents.end() || !found->second.uploaded || json::get_text(each, "fileName").empty()) return invalid_input("An attachment was not uploaded, or has no fileName.");
    }
  }
  order->messages.push_back({call.world.now(), std::string(name), text});
  return hal(201, json::object{});
}

json::object link(const Order& order, std::string_view api, std::string_view rest, std::string_view name) {
  json::object shown{{"href", "/" + std::string(api) + "/v1/orders/" + order.id + std::string(rest) + "?marketplaceIds=" + order.marketplace->id}};
  if (!name.empty()) shown["name"] = name;
  return shown;
}

json::object schema_of(const Action& action) {
  json::object properties;
  if (action.most_characters > 0) properties["text"] = json::object{{"type", "string"}, {"minLength", 1}, {"maxLength", action.most_characters}};
  if (action.takes_attachments) properties["attachments"] = json::object{{"type", "array"}, {"maxItems", 5}, {"items", json::object{{"type", "object"}}}};
  return {{"title", action.name}, {"type", "object"}, {"properties", std::move(properties)}};
}

// A review may be asked for from five days after the earliest to thirty after the latest delivery, once.
std::string solicitation_problem(const World& world, const Order& order) {
  constexpr auto kDay = std::chrono::hours(24);
  if (order.status() != OrderStatus::shipped) return "The order is not shipped.";
  if (order.solicited) return "A review was asked for already.";
  if (world.now() < order.promise.deliver_from + 5 * kDay) return "It is too early: five days after the earliest delivery date.";
  if (world.now() > order.promise.deliver_by + 30 * kDay) return "It is too late: thirty days after the latest delivery date.";
  return "";
}

}  // namespace

http::Response play::get_messaging_actions(Call& call) {
  Order* order = nullptr;
  if (auto refusal = read_order(call, order)) return *refusal;
  json::array links, embedded;
  for (const Action& action : kActions) {
    if (!may_write(call.world, *order) || !is_allowed(*order, action.name)) continue;
    const std::string rest = "/messages/" + std::string(action.name);
    links.push_back(link(*order, "messaging", rest, action.name));
    embedded.push_back(json::object{{"payload", json::object{{"name", action.name}}},
                                    {"_links", json::object{{"self", link(*order, "messaging", rest, action.name)}, {"schema", link(*order, "messaging", rest + "/schema", action.name)}}},
                                    {"_embedded", json::object{{"schema", json::object{{"_links", json::object{{"self", link(*order, "messaging", rest + "/schema", action.name)}}}, {"payload", schema_of(action)}}}}}});
  }
  return hal(200, json::object{{"_links", json::object{{"self", link(*order, "messaging", "", "")}, {"actions", std::move(links)}}}, {"_embedded", json::object{{"actions", std::move(embedded)}}}});
}

http::Response play::send_message(Call& call) { return sandbox::send_message(call); }

http::Response play::get_messaging_attributes(Call& call) {
  Order* order = nullptr;
  if (auto refusal = read_order(call, order)) return *refusal;
  return hal(200, json::object{{"buyer", json::object{{"locale", replace_all(order->marketplace->language, "_", "-")}}}});
}

http::Response play::get_solicitation_actions(Call& call) {
  Order* order = nullptr;
  if (auto refusal = read_order(call, order)) return *refusal;
  constexpr std::string_view kName = "productReviewAndSellerFeedback";
  json::array links, embedded;
  if (solicitation_problem(call.world, *order).empty()) {
    links.push_back(link(*order, "solicitations", "/solicitations/" + std::string(kName), kName));
    embedded.push_back(json::object{{"payload", json::object{{"name", kName}}}, {"_links", json::object{{"self", links.front()}, {"schema", link(*order, "solicitations", "/solicitations/" + std::string(kName) + "/schema", kName)}}}});
  }
  return hal(200, json::object{{"_links", json::object{{"self", link(*order, "solicitations", "", "")}, {"actions", std::move(links)}}}, {"_embedded", json::object{{"actions", std::move(embedded)}}}});
}

http::Response play::create_solicitation(Call& call) {
  Order* order = nullptr;
  if (auto refusal = read_order(call, order)) return *refusal;
  if (const std::string problem = solicitation_problem(call.world, *order); !problem.empty()) return refuse(403, "Unauthorized", "The solicitation is not available for this order.", problem);
  order->solicited = true;
  order->messages.push_back({call.world.now(), "solicitation", ""});
  return hal(201, json::object{});
}

}  // namespace zifa::sandbox
