// Which orders are meant: the filters of lists, counters, exports and waves, from a query string or a body.
#pragma once

#include "api/resource.hpp"

namespace zifa::api {

// The parameters every order filter knows, for the descriptions of routes.
#define ZIFA_ORDER_FILTER_NAMES "on_hold,account,marketplace,country,shape,service,warehouse,tag,printed,cancel_requested,due,from,to,q,q_kind"

// "today" ends where the caller's day ends. What waits on hold is in no state's list, only under on_hold. Refuses `field.bad`.
// Warehouse people do not search by buyer.
Result<OrderFilter> order_filter(const http::Query& query, const Caller& caller, Instant now);

// The same fields as a JSON object of a body, {"state": "to_pack", "due": "today"}.
Result<OrderFilter> order_filter(const json::object& fields, const Caller& caller, Instant now);

// Numbers pasted from anywhere: separated by white space, commas and semicolons, Chinese ones too. At most 1000, each once.
std::vector<std::string> pasted_numbers(std::string_view text);

}  // namespace zifa::api
