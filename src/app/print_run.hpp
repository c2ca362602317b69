// A print run from what was asked for to the bytes for the printer: read in one transaction, drawn outside of it.
#pragma once

#include <string>
#include <vector>

#include "app/ports/documents.hpp"
#include "app/ports/store.hpp"

namespace zifa {

struct PrintFile {
  std::string bytes;  // empty when every row was refused
  std::string content_type, file_name;
  std::int64_t pages = 0;
  std::vector<ParcelId> printed;                       // in the order of the pages
  std::vector<std::pair<ParcelId, Error>> refused;     // each by its own reason; the others are printed
};

// Kinds: labels (pdf, zpl), slips, picklist, handover, customs (pdf). Labels lie in the order of `run.parcels`, which is the order the goods are
// picked in. Refuses `print.bad_kind`, `print.bad_format`, `print.bad_size`, and what the documents refuse as a whole.
Result<PrintFile> draw(Store& store, documents::Documents& documents, const WorkStore::PrintRun& run, Instant now);

// Whether there is such a run at all, before anything is looked up: as `draw` refuses it.
Result<Done> can_be_drawn(const WorkStore::PrintRun& run);

// The file was taken: its labels count as printed once more, and the orders go on.
Result<Done> file_fetched(Tx& tx, const WorkStore::PrintRun& run, const std::vector<ParcelId>& printed, std::string_view actor, Instant now);

}  // namespace zifa
