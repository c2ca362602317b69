// Who plays which operation; the table of operations names them.
#pragma once

#include "sandbox/amazon/operations.hpp"

namespace zifa::sandbox::play {

http::Response cancel_feed(Call& call);
http::Response cancel_report(Call& call);
http::Response cancel_report_schedule(Call& call);
http::Response confirm_shipment(Call& call);
http::Response create_destination(Call& call);
http::Response create_feed(Call& call);
http::Response create_feed_document(Call& call);
http::Response create_report(Call& call);
http::Response create_report_schedule(Call& call);
http::Response create_restricted_data_token(Call& call);
http::Response create_subscription(Call& call);
http::Response delete_destination(Call& call);
http::Response delete_listings_item(Call& call);
http::Response delete_subscription_by_id(Call& call);
http::Response get_account(Call& call);
http::Response get_destination(Call& call);
http::Response get_destinations(Call& call);
http::Response get_feed(Call& call);
http::Response get_feed_document(Call& call);
http::Response get_feeds(Call& call);
http::Response get_listings_item(Call& call);
http::Response get_marketplace_participations(Call& call);
http::Response get_order(Call& call);
http::Response get_report(Call& call);
http::Response get_report_document(Call& call);
http::Response get_report_schedule(Call& call);
http::Response get_report_schedules(Call& call);
http::Response get_reports(Call& call);
http::Response get_subscription(Call& call);
http::Response get_subscription_by_id(Call& call);
http::Response get_subscriptions(Call& call);
http::Response patch_listings_item(Call& call);
http::Response put_listings_item(Call& call);
http::Response search_listings_items(Call& call);
http::Response search_orders(Call& call);
http::Response send_test_notification(Call& call);
http::Response v0_get_order(Call& call);
http::Response v0_get_order_address(Call& call);
http::Response v0_get_order_buyer_info(Call& call);
http::Response v0_get_order_items(Call& call);
http::Response v0_get_order_items_buyer_info(Call& call);
http::Response v0_get_orders(Call& call);

}  // namespace zifa::sandbox::play
