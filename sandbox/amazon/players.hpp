// Who plays which operation; the table of operations names them.
#pragma once

#include "sandbox/amazon/operations.hpp"

namespace zifa::sandbox::play {

http::Response confirm_shipment(Call& call);
http::Response create_restricted_data_token(Call& call);
http::Response get_account(Call& call);
http::Response get_marketplace_participations(Call& call);
http::Response get_order(Call& call);
http::Response search_orders(Call& call);
http::Response v0_get_order(Call& call);
http::Response v0_get_order_address(Call& call);
http::Response v0_get_order_buyer_info(Call& call);
http::Response v0_get_order_items(Call& call);
http::Response v0_get_order_items_buyer_info(Call& call);
http::Response v0_get_orders(Call& call);

}  // namespace zifa::sandbox::play
