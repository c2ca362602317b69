#include <ostream>

#include "app/desk.hpp"
#include "cli/export_command.hpp"

namespace zifa::cli {

namespace {

Result<int> put(ExportCall& call) {
  if (call.format != "amazon") return put_table(call, confirmations_table(call.desk.store(), call.account ? std::optional(call.account->id) : std::nullopt, {}));
  const HandOver wanted = TRY(hand_over_of(call, true));
  const HandedOver handed = TRY(hand_over_confirmations(call.desk.store(), call.desk.uploads(), wanted, call.target.stream(), [&] { return call.target.finish(); }, [&] { return call.desk.clock().now(); }));
  if (!wanted.waiting && !wanted.again) call.wiring.err() << "A connected account confirms by itself; name it with --account to write what waits into a file instead.\n";
  return put_hand_over(call, "parcels", handed);
}

}  // namespace

extern const Command export_confirmations;
const Command export_confirmations{
    .name = "export confirmations",
    .summary = "What was confirmed, or Amazon's shipping confirmation file of what is still to be.",
    .details = "csv, xlsx: every item of every parcel ever confirmed: order_id,order_item_id,parcel_id,quantity,ordered,carrier_code,tracking_number,confirmed_at.\n"
               "amazon: the file for Orders > Upload order related files, of the parcels that have left and are not confirmed. They count as confirmed once the\n"
               "file is written and are in no later file; --again writes what was confirmed before once more. Upload it before the ship-by moment.\n"
               "Exits 0; 1 if a parcel cannot stand in the file (each named on standard error); 2 if nothing could be written.",
    .options = export_options("csv|xlsx|amazon", {{"--account", "NAME", "Only this account; amazon: whose file (else the one that works with files)."},
                                                   {"--marketplace", "US", "amazon: only orders of this marketplace; Japan needs a file of its own."},
                                                   {"--again", "", "amazon: also what was confirmed before."},
                                                   {"--since", "DAY", "With --again: only what was confirmed since this day or moment."}}),
    .run = [](const Arguments& arguments, Wiring& wiring) { return export_with("export confirmations", {"csv", "xlsx", "amazon"}, arguments, wiring, put); },
};

}  // namespace zifa::cli
