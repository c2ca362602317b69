// Which column of a seller's own file is which: said once by a person, remembered by the file's header.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/ports/seller_files.hpp"
#include "app/ports/store.hpp"

namespace zifa {

// Names the layout of a file: the same header gives the same signature, in whatever case its columns are written.
std::string column_signature(const std::vector<std::string>& columns);

// What a person chose: field -> column. Fields may go by the names the screens show ("price", "recipient") or by those of the readers.
struct ChosenColumns {
  std::map<std::string, std::string> fields;
  std::string date_format;  // "DD.MM.YYYY HH:mm": tells the order of day and month
};

// Refuses `mapping.no_fields`, `mapping.too_large`.
Result<StoredMapping> remembered(const ChosenColumns& chosen, std::string signature, std::string name, Instant now);
Result<ChosenColumns> chosen_columns(const StoredMapping& mapping);

// Refuses `mapping.unknown_field`, naming the fields there are.
Result<Done> knows_fields(const SellerFiles& files, SellerFile kind, const ChosenColumns& chosen);

// For the reader of that kind of file. Fields it does not know are left out.
ColumnMapping mapping_for(const SellerFiles& files, SellerFile kind, const ChosenColumns& chosen);

// A guess of the readers under the names the screens show.
std::map<std::string, std::string> shown_guess(SellerFile kind, const std::map<std::string, std::string>& guess);

}  // namespace zifa
