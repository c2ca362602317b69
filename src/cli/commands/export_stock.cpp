#include "app/desk.hpp"
#include "cli/export_command.hpp"

namespace zifa::cli {

namespace {

Result<int> put(ExportCall& call) {
  if (call.format != "amazon") return put_table(call, stock_table(call.desk.store(), TRY(warehouse_of(call)), {}));
  const HandOver wanted = TRY(hand_over_of(call));
  const HandedOver written = TRY(write_quantities(call.desk.store(), call.desk.uploads(), wanted, call.target.stream()));
  TRY(call.target.finish());
  return put_hand_over(call, "listings", written);
}

}  // namespace

extern const Command export_stock;
const Command export_stock{
    .name = "export stock",
    .summary = "What lies where, or Amazon's price and quantity file of what may be sold.",
    .details = "csv, xlsx: sku,title,warehouse,zone,bin,on_hand,reserved,available.\n"
               "amazon: a line for each listing linked to a product, with its quantity less the buffer and its handling time; prices stay as they are.\n"
               "Exits 0; 1 if a listing cannot stand in the file (each named on standard error); 2 if nothing could be written.",
    .options = export_options("csv|xlsx|amazon", {{"--warehouse", "NAME", "csv, xlsx: only this warehouse."}, {"--account", "NAME", "amazon: whose listings (else the account that works with files)."}, {"--marketplace", "US", "amazon: only listings of this marketplace."}}),
    .run = [](const Arguments& arguments, Wiring& wiring) { return export_with("export stock", {"csv", "xlsx", "amazon"}, arguments, wiring, put); },
};

}  // namespace zifa::cli
