#include "app/desk.hpp"
#include "cli/export_command.hpp"

namespace zifa::cli {

namespace {

Result<int> put(ExportCall& call) {
  if (call.format != "amazon") return put_table(call, cancellations_table(call.desk.store(), call.account ? std::optional(call.account->id) : std::nullopt, {}));
  const HandOver wanted = TRY(hand_over_of(call, true));
  return put_hand_over(call, "orders", TRY(hand_over_cancellations(call.desk.store(), call.desk.uploads(), wanted, call.target.stream(), [&] { return call.target.finish(); }, [&] { return call.desk.clock().now(); })));
}

}  // namespace

extern const Command export_cancellations;
const Command export_cancellations{
    .name = "export cancellations",
    .summary = "The orders that you cancelled, or Amazon's cancellation file of those that still stand there.",
    .details = "csv, xlsx: order_id,order_item_id,marketplace,sku,quantity,reason,cancelled_at,handed_over.\n"
               "amazon: the file for Orders > Upload order related files. Each order is in one file; --again writes it once more.\n"
               "Exits 0; 1 if an order cannot stand in the file (each named on standard error); 2 if nothing could be written.",
    .options = export_options("csv|xlsx|amazon", {{"--account", "NAME", "Only this account; amazon: whose file (else the one that works with files)."},
                                                   {"--marketplace", "US", "amazon: only orders of this marketplace."},
                                                   {"--again", "", "amazon: also what was handed over before."},
                                                   {"--since", "DAY", "With --again: only orders cancelled since this day or moment."}}),
    .run = [](const Arguments& arguments, Wiring& wiring) { return export_with("export cancellations", {"csv", "xlsx", "amazon"}, arguments, wiring, put); },
};

}  // namespace zifa::cli
