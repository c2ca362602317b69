// A seller's files into the desk: line by line counted, good lines taken in, bad ones named.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/ports/seller_files.hpp"
#include "app/ports/store.hpp"

namespace zifa {

struct ImportReport {
  std::int64_t rows = 0, created = 0, updated = 0, unchanged = 0, refused = 0;  // rows = the sum of the others
  std::string format, encoding;
  std::int64_t amounts_left_out = 0;         // prices whose currency neither the file nor the account names
  std::optional<Error> broke_off;            // the rest of the file was not read; what is counted is in
  std::optional<FilePreview> mapping_needed; // nothing was read (broke_off says why): somebody must say which column is which
};

using HearRefusal = std::function<void(const LineRefusal&)>;
// Gives the file from its beginning, as often as it is asked.
using OpenFile = std::function<Result<std::unique_ptr<std::istream>>()>;

// How far an import is: told in the transaction that takes these lines in, just before it ends.
struct ImportProgress {
  Tx& tx;
  const ImportReport& so_far;
  std::span<const LineRefusal> refusals;  // new ones
  std::size_t line;                       // all lines up to here are taken in or refused
};
// An error ends the import; what was taken in before these lines stays.
using HearProgress = std::function<Result<Done>(const ImportProgress&)>;

struct ImportRequest {
  SellerFile kind = SellerFile::orders;
  std::string format;               // "" = recognised by the header
  std::optional<Account> account;   // nothing: orders go to the account that sells on the marketplace their line names
  std::string name;                 // of the file, for the reasons of stock movements
  std::string actor;
  bool dry_run = false;             // everything is worked out, nothing is kept
  std::size_t behind_line = 0;      // lines up to this one are in already: an import that broke off goes on
  HearProgress progress;            // may be empty
};

std::string_view name_of(SellerFile kind);
std::optional<SellerFile> seller_file_named(std::string_view name);

// A mapping of columns that was chosen for this header is used. A file whose columns are not known is answered with `mapping_needed`.
// Refuses what cannot be read at all (see ports/seller_files.hpp). `refuse` hears of every refused line.
Result<ImportReport> import_file(Store& store, const SellerFiles& files, const OpenFile& open, const ImportRequest& request, Instant now, const HearRefusal& refuse);

// The beginning of a file with a guess of its columns under the names the screens show; nothing is taken in.
Result<FilePreview> preview_file(const SellerFiles& files, const OpenFile& open, const ImportRequest& request);

// The account for files where none is named: the only one there is, or one made for files when there is none.
// Nothing when there are several.
Result<std::optional<Account>> only_account(Tx& tx, Instant now);

// The kinds, on an open reader. Orders: lines of one order that stand together are taken in together, many orders to a transaction.
Result<ImportReport> import_order_lines(Store& store, OrderFileReader& reader, const ImportRequest& request, Instant now, const HearRefusal& refuse);
// Listings of an account: new SKUs are linked to the product of the same SKU where there is one.
Result<ImportReport> import_listing_lines(Store& store, ListingFileReader& reader, const ImportRequest& request, Instant now, const HearRefusal& refuse);
// What lies where: unknown SKUs become products, the quantity is a count. A line without a place means the only warehouse;
// where there is none yet, one is made.
Result<ImportReport> import_stock_lines(Store& store, StockFileReader& reader, const ImportRequest& request, Instant now, const HearRefusal& refuse);
// What buyers send back, kept to be read again; a later report of the same return tells more of it.
Result<ImportReport> import_return_lines(Store& store, ReturnFileReader& reader, const ImportRequest& request, Instant now, const HearRefusal& refuse);

// Runs `take` in a transaction whose effects are thrown away when this is a rehearsal.
Result<Done> write_unless_dry(Store& store, bool dry_run, const std::function<Result<Done>(Tx&)>& take);

}  // namespace zifa
