// Labels and pick lists as paper, for everything at once: what a warehouse prints without the screens.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/ports/documents.hpp"
#include "app/ports/store.hpp"

namespace zifa {

struct ExportedPages {
  std::size_t pages = 0;
  std::vector<Error> refused;  // each names its parcel; the others are printed
};

// A page for every live label, in the order of the parcels, as "pdf" or "zpl". ZPL is written as it is drawn; a PDF is drawn whole.
// Does not count as printing. Refuses `export.bad_format`.
Result<ExportedPages> export_labels(Store& store, documents::Documents& documents, std::optional<AccountId> account, documents::PageSize size, std::string_view format, std::string_view language, const documents::Sink& sink);

// One list for each warehouse with something to pick, as a PDF. Without any: no bytes, no pages.
Result<ExportedPages> export_pick_lists(Store& store, documents::Documents& documents, std::optional<WarehouseId> warehouse, std::string_view language, const documents::Sink& sink);

}  // namespace zifa
