// What is printed, made from what is kept: labels, slips, pick lists, hand-over lists, in the order the goods are picked.
#pragma once

#include <string>
#include <vector>

#include "app/make_pick_list.hpp"
#include "app/ports/documents.hpp"
#include "app/ports/store.hpp"

namespace zifa {

// Rows beside the parcels given. A parcel without a label, or whose order is stopped, has an error instead of a page.
struct LabelsToPrint {
  std::vector<documents::LabelPage> pages;
  std::vector<ParcelId> parcels;                      // beside pages
  std::vector<std::pair<ParcelId, Error>> refused;
};
Result<LabelsToPrint> labels_to_print(Tx& tx, const std::vector<Parcel>& parcels, documents::PageSize size, std::string_view language, std::string_view batch);

Result<std::vector<documents::PackingSlip>> slips_to_print(Tx& tx, const std::vector<Parcel>& parcels);
// Rows beside the parcels given, as for labels. A parcel that crosses no border is refused (`customs.not_needed`).
struct InvoicesToPrint {
  std::vector<documents::CommercialInvoice> pages;
  std::vector<ParcelId> parcels;
  std::vector<std::pair<ParcelId, Error>> refused;
};
Result<InvoicesToPrint> invoices_to_print(Tx& tx, const std::vector<Parcel>& parcels, std::string_view language, Instant now);

Result<documents::PickList> pick_list_to_print(Tx& tx, const PickList& list, std::string_view language);
Result<documents::HandoverList> handover_to_print(Tx& tx, HandoverId handover, std::string_view language);

// Labels that came out of the printer: counts them, so that a second time is marked as a reprint.
Result<Done> mark_printed(Tx& tx, const std::vector<ParcelId>& parcels, std::string_view actor, Instant now);

}  // namespace zifa
