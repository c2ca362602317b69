#include <ostream>

#include "app/desk.hpp"
#include "app/export_documents.hpp"
#include "cli/export_command.hpp"

namespace zifa::cli {

namespace {

Result<int> put(ExportCall& call) {
  const auto warehouse = TRY(warehouse_of(call));
  if (call.format != "pdf") return put_table(call, pick_table(call.desk.store(), warehouse, {}));
  const ExportedPages pages = TRY(export_pick_lists(call.desk.store(), call.desk.documents(), warehouse, call.arguments.text("--lang", "en"), call.target.sink()));
  if (pages.pages == 0) {  // and no file: a PDF without a page is none
    call.wiring.err() << "Nothing waits to be picked.\n";
    return name_refused(call, pages.refused);
  }
  TRY(call.target.finish());
  return name_refused(call, pages.refused);
}

}  // namespace

extern const Command export_picklist;
const Command export_picklist{
    .name = "export picklist",
    .summary = "What is to be picked now, in walking order.",
    .details = "csv, xlsx: warehouse,zone,bin,sku,title,quantity,parcels. pdf: a list for each warehouse.\n"
               "Of planned parcels whose goods are not picked yet; what is on hold or cancelled is left out. Picks nothing and makes no wave.",
    .options = export_options("csv|xlsx|pdf", {{"--warehouse", "NAME", "Only this warehouse."}, {"--lang", "en|zh", "pdf: language of the captions."}}),
    .run = [](const Arguments& arguments, Wiring& wiring) { return export_with("export picklist", {"csv", "xlsx", "pdf"}, arguments, wiring, put); },
};

}  // namespace zifa::cli
