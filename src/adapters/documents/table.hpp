// Tables for spreadsheets: XLSX with typed columns, and CSV.
#pragma once

#include "app/ports/documents.hpp"

namespace zifa::documents {

Result<TableResult> write_xlsx(const TableSheet& sheet, const Sink& sink);
Result<TableResult> write_csv(const TableSheet& sheet, const Sink& sink);

}  // namespace zifa::documents
