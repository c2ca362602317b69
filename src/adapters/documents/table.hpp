// Tables for spreadsheets: XLSX with typed columns, and CSV.
#pragma once

#include "app/ports/documents.hpp"

namespace zifa::documents {

// Rows beyond `rows_a_sheet` go on in a further sheet; the default is what a spreadsheet holds below its heading.
Result<TableResult> write_xlsx(const TableSheet& sheet, const Sink& sink, std::size_t rows_a_sheet = 1'048'575);
Result<TableResult> write_csv(const TableSheet& sheet, const Sink& sink);

}  // namespace zifa::documents
