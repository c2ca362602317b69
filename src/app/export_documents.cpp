#include "app/export_documents.hpp"

#include "app/make_pick_list.hpp"
#include "app/ports/export_store.hpp"
#include "app/print_documents.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {
constexpr int kBatch = 200;
constexpr int kMostToPick = 100'000;

// What the printer said of each row; the bytes go on.
Result<Done> take(ExportedPages& answer, documents::Printed printed, const documents::Sink& sink) {
  for (documents::PageResult& row : printed.rows)
    if (row.error) answer.refused.push_back(std::move(*row.error));
  answer.pages += printed.pages;
  return printed.bytes.empty() ? Result<Done>(done) : sink(printed.bytes);
}
}  // namespace

Result<ExportedPages> export_labels(Store& store, documents::Documents& documents, std::optional<AccountId> account, documents::PageSize size, std::string_view format, std::string_view language, const documents::Sink& sink) {
  const bool zpl = format == "zpl";
  if (!zpl && format != "pdf") return invalid("export.bad_format", "\"" + printable(format, 30) + "\" is no format for label pages; use pdf or zpl.");
  ExportedPages answer;
  std::vector<documents::LabelPage> pages;
  ParcelId after(0);
  for (bool more = true; more;) {
    LabelsToPrint labels = TRY(store.read([&](Tx& tx) -> Result<LabelsToPrint> {
      const std::vector<ParcelId> ids = TRY(tx.exports.labelled(account, after, kBatch));
      more = ids.size() == static_cast<std::size_t>(kBatch);
      if (!ids.empty()) after = ids.back();
      return labels_to_print(tx, TRY(tx.parcels.several(ids)), size, language, "");
    }));
    for (auto& [parcel, error] : labels.refused) answer.refused.push_back(std::move(error));
    for (documents::LabelPage& page : labels.pages) {
      page.position = page.of = 0;  // a place in the batches read here would tell nobody anything
      pages.push_back(std::move(page));
    }
    if (!zpl || pages.empty()) continue;
    TRY(take(answer, TRY(documents.labels_zpl(pages)), sink));
    pages.clear();
  }
  if (!pages.empty()) TRY(take(answer, TRY(documents.labels_pdf(pages)), sink));
  return answer;
}

Result<ExportedPages> export_pick_lists(Store& store, documents::Documents& documents, std::optional<WarehouseId> warehouse, std::string_view language, const documents::Sink& sink) {
  const auto lists = TRY(store.read([&](Tx& tx) -> Result<std::vector<documents::PickList>> {
    std::vector<documents::PickList> all;
    for (const Warehouse& place : TRY(tx.setup.warehouses())) {
      if (warehouse && place.id != *warehouse) continue;
      const std::vector<ParcelId> ids = TRY(tx.exports.to_pick(place.id, kMostToPick));
      if (ids.empty()) continue;
      PickList list = TRY(pick_list_of(tx, TRY(tx.parcels.several(ids))));
      list.wave.warehouse = place.id;
      documents::PickList printed = TRY(pick_list_to_print(tx, list, language));
      printed.wave.clear();  // of no wave
      all.push_back(std::move(printed));
    }
    return all;
  }));
  ExportedPages answer;
  if (!lists.empty()) TRY(take(answer, TRY(documents.pick_lists_pdf(lists)), sink));
  return answer;
}

}  // namespace zifa
