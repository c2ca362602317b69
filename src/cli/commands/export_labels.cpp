#include <ostream>

#include "app/desk.hpp"
#include "app/export_documents.hpp"
#include "base/text.hpp"
#include "cli/export_command.hpp"

namespace zifa::cli {

namespace {

Result<documents::PageSize> size_named(std::string_view name) {
  if (name == "100x150") return documents::PageSize::label_100x150;
  if (name == "100x100") return documents::PageSize::label_100x100;
  if (name == "a4") return documents::PageSize::a4_four_labels;
  return invalid("print.bad_size", "\"" + printable(name, 30) + "\" is no size of a label; use 100x150, 100x100 or a4.");
}

Result<int> put(ExportCall& call) {
  const auto account = call.account ? std::optional(call.account->id) : std::nullopt;
  if (call.format == "csv" || call.format == "xlsx") return put_table(call, labels_table(call.desk.store(), account, {}));
  const std::string size_name = call.arguments.text("--size", "100x150");
  const documents::PageSize size = TRY(size_named(size_name));
  if (call.format == "zpl" && size_name == "a4") return invalid("print.bad_size", "A label printer that reads ZPL has no A4 sheets; use 100x150 or 100x100, or export a PDF.");
  const ExportedPages pages = TRY(export_labels(call.desk.store(), call.desk.documents(), account, size, call.format, call.arguments.text("--lang", "en"), call.target.sink()));
  if (pages.pages == 0 && pages.refused.empty()) call.wiring.err() << "There is no live label to print.\n";
  if (pages.pages == 0 && call.format == "pdf") return name_refused(call, pages.refused);  // and no file: a PDF without a page is none
  TRY(call.target.finish());
  return name_refused(call, pages.refused);
}

}  // namespace

extern const Command export_labels;
const Command export_labels{
    .name = "export labels",
    .summary = "Every label ever bought as a table, or the pages of all live ones.",
    .details = "csv, xlsx: order_id,parcel_id,label_id,carrier,service,tracking_number,bought_at,voided_at,cost,currency, cost in minor units.\n"
               "pdf, zpl: a page for each live label, in the order of the parcels. Does not count as printing.\n"
               "Exits 0; 1 if a label has no page (each named on standard error); 2 if nothing could be written.",
    .options = export_options("csv|xlsx|pdf|zpl", {{"--account", "NAME", "Only this account."}, {"--size", "100x150", "pdf, zpl: 100x150, 100x100, or a4 with four labels on a sheet (pdf)."}, {"--lang", "en|zh", "pdf, zpl: language of the captions."}}),
    .run = [](const Arguments& arguments, Wiring& wiring) { return export_with("export labels", {"csv", "xlsx", "pdf", "zpl"}, arguments, wiring, put); },
};

}  // namespace zifa::cli
