#include "app/desk.hpp"
#include "cli/export_command.hpp"

namespace zifa::cli {

extern const Command export_listings;
const Command export_listings{
    .name = "export listings",
    .summary = "The listings with their products, quantities and prices.",
    .details = "account,marketplace,sku,asin,title,price,currency,quantity,handling_days,channel,status,product_sku,units_per,quantity_override,paused,\n"
               "pushed_quantity,last_pushed_at; price in minor units.",
    .options = export_options("csv|xlsx", {{"--account", "NAME", "Only this account."}}),
    .run = [](const Arguments& arguments, Wiring& wiring) {
      return export_with("export listings", {"csv", "xlsx"}, arguments, wiring, [](ExportCall& call) { return put_table(call, listings_table(call.desk.store(), call.account ? std::optional(call.account->id) : std::nullopt, {})); });
    },
};

}  // namespace zifa::cli
