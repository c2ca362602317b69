// Messages to buyers. Which kinds an order allows now, Amazon says; a text of a kind it does not name is refused.
// Source: docs/rules/spapi.md, "Messages".
#pragma once

#include "adapters/amazon/operation.hpp"
#include "app/ports/marketplace.hpp"

namespace zifa::amazon {

extern const Operation get_messaging_actions;
http::Request write_get_messaging_actions(std::string_view amazon_order_id, std::string_view marketplace_id);
Result<std::vector<std::string>> read_get_messaging_actions(const http::Response& answer);

// The language the buyer wants to be written in: "ja-JP".
extern const Operation get_message_attributes;
http::Request write_get_message_attributes(std::string_view amazon_order_id, std::string_view marketplace_id);
Result<std::string> read_get_message_attributes(const http::Response& answer);

// The kinds that carry a text alone: confirmOrderDetails, confirmDeliveryDetails, unexpectedProblem,
// confirmServiceDetails, confirmCustomizationDetails. Null for others.
const Operation* message_operation(std::string_view kind);
http::Request write_message(const BuyerMessage& message);
Result<CallReceipt> read_message(const http::Response& answer, const Operation& operation);

extern const Operation confirm_order_details;
extern const Operation confirm_delivery_details;
extern const Operation unexpected_problem;
extern const Operation confirm_service_details;
extern const Operation confirm_customization_details;

// Asking the buyer for a review, once an order, in the days Amazon allows.
extern const Operation get_solicitation_actions;
http::Request write_get_solicitation_actions(std::string_view amazon_order_id, std::string_view marketplace_id);
Result<bool> read_get_solicitation_actions(const http::Response& answer);  // may one be sent now?

extern const Operation create_solicitation;
http::Request write_create_solicitation(std::string_view amazon_order_id, std::string_view marketplace_id);
Result<CallReceipt> read_create_solicitation(const http::Response& answer);

}  // namespace zifa::amazon
