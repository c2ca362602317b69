#include "app/print_run.hpp"

#include <algorithm>

#include "app/print_documents.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

std::optional<documents::PageSize> label_size(std::string_view name) {
  if (name == "100x150") return documents::PageSize::label_100x150;
  if (name == "100x100") return documents::PageSize::label_100x100;
  if (name == "a4") return documents::PageSize::a4_four_labels;
  return std::nullopt;
}

std::string caption_language(std::string_view language) { return language.starts_with("zh") ? "zh" : "en"; }

// What the printer said of each row, moved to the parcels the rows were made from.
void take_rows(PrintFile& file, documents::Printed printed, const std::vector<ParcelId>& parcels) {
  file.bytes = std::move(printed.bytes);
  file.pages = static_cast<std::int64_t>(printed.pages);
  for (const documents::PageResult& row : printed.rows) {
    if (row.row >= parcels.size()) continue;
    if (row.error) file.refused.emplace_back(parcels[row.row], *row.error);
    else file.printed.push_back(parcels[row.row]);
  }
}

// Parcels of the run that are still there, in its order.
Result<std::vector<Parcel>> parcels_of(Tx& tx, const WorkStore::PrintRun& run) {
  std::vector<Parcel> parcels = TRY(tx.parcels.several(run.parcels));
  std::erase_if(parcels, [](const Parcel& p) { return !p.live(); });
  return parcels;
}

Result<PrintFile> draw_labels(Store& store, documents::Documents& documents, const WorkStore::PrintRun& run) {
  const bool zpl = run.format == "zpl";
  const LabelsToPrint labels = TRY(store.read([&](Tx& tx) -> Result<LabelsToPrint> {
    return labels_to_print(tx, TRY(parcels_of(tx, run)), *label_size(run.size), caption_language(run.language), run.subject == 0 ? "" : "W" + std::to_string(run.subject));
  }));
  PrintFile file{.content_type = zpl ? "application/octet-stream" : "application/pdf", .file_name = std::string("labels.") + (zpl ? "zpl" : "pdf"), .refused = labels.refused};
  if (!labels.pages.empty()) take_rows(file, TRY(zpl ? documents.labels_zpl(labels.pages) : documents.labels_pdf(labels.pages)), labels.parcels);
  return file;
}

Result<PrintFile> draw_slips(Store& store, documents::Documents& documents, const WorkStore::PrintRun& run) {
  std::vector<ParcelId> ids;
  const std::vector<documents::PackingSlip> slips = TRY(store.read([&](Tx& tx) -> Result<std::vector<documents::PackingSlip>> {
    const std::vector<Parcel> parcels = TRY(parcels_of(tx, run));
    ids.clear();
    for (const Parcel& parcel : parcels) ids.push_back(parcel.id);
    return slips_to_print(tx, parcels);
  }));
  PrintFile file{.content_type = "application/pdf", .file_name = "packing-slips.pdf"};
  if (!slips.empty()) take_rows(file, TRY(documents.packing_slips_pdf(slips)), ids);
  return file;
}

Result<PrintFile> draw_invoices(Store& store, documents::Documents& documents, const WorkStore::PrintRun& run, Instant now) {
  const InvoicesToPrint invoices = TRY(store.read([&](Tx& tx) -> Result<InvoicesToPrint> { return invoices_to_print(tx, TRY(parcels_of(tx, run)), caption_language(run.language), now); }));
  PrintFile file{.content_type = "application/pdf", .file_name = "invoices.pdf", .refused = invoices.refused};
  if (!invoices.pages.empty()) take_rows(file, TRY(documents.invoices_pdf(invoices.pages)), invoices.parcels);
  return file;
}

// A list is one document; what it cannot show it refuses as a whole.
Result<PrintFile> one_document(documents::Printed printed, std::string name, const WorkStore::PrintRun& run) {
  if (!printed.rows.empty() && printed.rows.front().error) return *printed.rows.front().error;
  return PrintFile{.bytes = std::move(printed.bytes), .content_type = "application/pdf", .file_name = std::move(name), .pages = static_cast<std::int64_t>(printed.pages), .printed = run.parcels};
}

Result<PrintFile> draw_pick_list(Store& store, documents::Documents& documents, const WorkStore::PrintRun& run) {
  const documents::PickList list = TRY(store.read([&](Tx& tx) -> Result<documents::PickList> {
    const PickList of = run.subject != 0 ? TRY(pick_list(tx, WaveId(run.subject))) : TRY(pick_list_of(tx, TRY(parcels_of(tx, run))));
    return pick_list_to_print(tx, of, caption_language(run.language));
  }));
  return one_document(TRY(documents.pick_lists_pdf({&list, 1})), "pick-list.pdf", run);
}

Result<PrintFile> draw_handover(Store& store, documents::Documents& documents, const WorkStore::PrintRun& run) {
  const documents::HandoverList list = TRY(store.read([&](Tx& tx) { return handover_to_print(tx, HandoverId(run.subject), caption_language(run.language)); }));
  return one_document(TRY(documents.handovers_pdf({&list, 1})), "handover.pdf", run);
}

}  // namespace

Result<Done> can_be_drawn(const WorkStore::PrintRun& run) {
  if (run.kind != "labels" && run.kind != "slips" && run.kind != "picklist" && run.kind != "handover" && run.kind != "customs")
    return invalid("print.bad_kind", "\"" + printable(run.kind, 30) + "\" cannot be printed; use labels, slips, picklist, handover or customs.");
  if (run.format != "pdf" && !(run.format == "zpl" && run.kind == "labels")) return invalid("print.bad_format", "\"" + printable(run.format, 30) + "\" is no format for this; use pdf, or zpl for labels.");
  if (run.kind == "labels" && !label_size(run.size)) return invalid("print.bad_size", "\"" + printable(run.size, 30) + "\" is no size of a label; use 100x150, 100x100 or a4.");
  if (run.format == "zpl" && run.size == "a4") return invalid("print.bad_size", "A label printer that reads ZPL has no A4 sheets; use 100x150 or 100x100, or print a PDF.");
  return done;
}

Result<PrintFile> draw(Store& store, documents::Documents& documents, const WorkStore::PrintRun& run, Instant now) {
  TRY(can_be_drawn(run));
  if (run.kind == "labels") return draw_labels(store, documents, run);
  if (run.kind == "slips") return draw_slips(store, documents, run);
  if (run.kind == "customs") return draw_invoices(store, documents, run, now);
  if (run.kind == "picklist") return draw_pick_list(store, documents, run);
  return draw_handover(store, documents, run);
}

Result<Done> file_fetched(Tx& tx, const WorkStore::PrintRun& run, const std::vector<ParcelId>& printed, std::string_view actor, Instant now) {
  if (run.kind == "labels") TRY(mark_printed(tx, printed, actor, now));
  WorkStore::PrintRun taken = run;
  taken.fetched = true;
  return tx.work.set_print(taken);
}

}  // namespace zifa
