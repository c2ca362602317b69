// The desk's lists as tables for spreadsheets and programs, read page by page while they are written.
//
// Columns are a public interface: docs/guide/en/export.md names them. Money stands in minor units with its currency, instants in UTC,
// weights in g, so that a program needs no guessing; `TableLook::for_people` keeps amounts and times as a person reads them.
#pragma once

#include <memory>
#include <optional>

#include "app/ports/documents.hpp"
#include "app/ports/store.hpp"

namespace zifa {

struct TableLook {
  bool for_people = false;        // opened in a spreadsheet: a byte order mark, and no text that it would run as a formula
  TimeZone zone = TimeZone::utc();
};

struct ExportTable {
  documents::TableSheet sheet;
  std::shared_ptr<std::optional<Error>> broke_off;  // why reading stopped before the end
};

ExportTable labels_table(Store& store, std::optional<AccountId> account, const TableLook& look);
// Every item of every parcel that Amazon was ever told of.
ExportTable confirmations_table(Store& store, std::optional<AccountId> account, const TableLook& look);
ExportTable cancellations_table(Store& store, std::optional<AccountId> account, const TableLook& look);
ExportTable stock_table(Store& store, std::optional<WarehouseId> warehouse, const TableLook& look);
ExportTable listings_table(Store& store, std::optional<AccountId> account, const TableLook& look);
// A row for each line of an order. No buyers: it leaves the house by mail and chat.
ExportTable orders_table(Store& store, OrderFilter filter, const TableLook& look);
// What is to be picked now, in walking order; in one warehouse or in each.
ExportTable pick_table(Store& store, std::optional<WarehouseId> warehouse, const TableLook& look);

// As "csv" or "xlsx". Refuses `export.bad_format`, and with what stopped the reading.
Result<std::size_t> write_table(documents::Documents& documents, const ExportTable& table, std::string_view format, const documents::Sink& sink);

}  // namespace zifa
