#include "app/desk.hpp"
#include "base/text.hpp"
#include "cli/export_command.hpp"

namespace zifa::cli {

namespace {

Result<int> put(ExportCall& call) {
  OrderFilter filter;
  if (call.account) filter.account = call.account->id;
  if (const auto name = call.arguments.get("--state")) {
    filter.state = order_state_named(*name);
    if (!filter.state) return invalid("usage.bad_state", "--state takes a state of an order such as to_pack or shipped, not \"" + printable(*name, 40) + "\".");
  }
  filter.purchased_from = TRY(moment_of(call.arguments, "--from", false));
  filter.purchased_before = TRY(moment_of(call.arguments, "--to", true));
  return put_table(call, orders_table(call.desk.store(), std::move(filter), {}));
}

}  // namespace

extern const Command export_orders;
const Command export_orders{
    .name = "export orders",
    .summary = "The orders, a row for each line, without buyers.",
    .details = "order_id,account,marketplace,state,on_hold,purchased_at,ship_by,deliver_by,country,sku,title,quantity,item_total,currency,warehouse,service,\n"
               "carrier,tracking_numbers,printed,confirmation,tags,note; item_total in minor units, the most urgent order first.",
    .options = export_options("csv|xlsx", {{"--account", "NAME", "Only this account."}, {"--state", "STATE", "Only orders in this state."}, {"--from", "DAY", "Bought on this day (UTC) or moment, or later."}, {"--to", "DAY", "Bought on this day at the latest, or before this moment."}}),
    .run = [](const Arguments& arguments, Wiring& wiring) { return export_with("export orders", {"csv", "xlsx"}, arguments, wiring, put); },
};

}  // namespace zifa::cli
