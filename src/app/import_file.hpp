// Order files into the desk: line by line counted, good lines taken in, bad ones named.
#pragma once

#include <functional>
#include <string>

#include "app/ports/order_file.hpp"
#include "app/ports/store.hpp"

namespace zifa {

struct ImportReport {
  std::int64_t rows = 0, created = 0, updated = 0, unchanged = 0, refused = 0;  // rows = the sum of the others
  std::string format, encoding;
  std::optional<Error> broke_off;  // the rest of the file cannot be read; what is counted is in
};

// Lines of one order that stand together are taken in together, many orders to a transaction. `refuse` hears of every refused line.
Result<ImportReport> import_order_file(Store& store, AccountId account, OrderFileReader& reader, Instant now, const std::function<void(const LineRefusal&)>& refuse);

}  // namespace zifa
