// The headings of files of listings, stock and returns.
#pragma once

#include <span>

#include "adapters/files/headed_table.hpp"

namespace zifa {

std::span<const FieldColumns> listing_columns();
std::span<const FieldColumns> stock_columns();
std::span<const FieldColumns> return_columns();

}  // namespace zifa
