#include "app/import_file.hpp"

#include <algorithm>
#include <array>

#include "app/column_mappings.hpp"
#include "app/connect_account.hpp"
#include "app/reference/marketplaces.hpp"

namespace zifa {

namespace {

// Dates without a zone and amounts without a currency are meant as the account's marketplace writes them, where there is only one.
FileOptions options_for(const ImportRequest& request) {
  FileOptions options{.format = request.format, .leaves_out_amounts = true};
  // Days of returns have no deadline: where nothing tells their zone they are days of the world's clock. Orders' moments are not guessed.
  if (request.kind != SellerFile::orders) options.time_zone = TimeZone::utc();
  if (!request.account || request.account->marketplaces.empty()) return options;
  const MarketplaceFacts* facts = find_marketplace(request.account->marketplaces.front());
  if (facts == nullptr || (request.account->marketplaces.size() > 1 && request.kind == SellerFile::orders)) return options;
  options.country = facts->country;
  options.currency = facts->currency;
  if (const auto zone = TimeZone::named(facts->zone)) options.time_zone = *zone;
  return options;
}

template <class Reader>
Result<std::unique_ptr<Reader>> open_reader(const SellerFiles& files, std::unique_ptr<std::istream> in, const FileOptions& options) {
  if constexpr (std::is_same_v<Reader, OrderFileReader>) return files.open_orders(std::move(in), options);
  else if constexpr (std::is_same_v<Reader, ListingFileReader>) return files.open_listings(std::move(in), options);
  else if constexpr (std::is_same_v<Reader, StockFileReader>) return files.open_stock(std::move(in), options);
  else return files.open_returns(std::move(in), options);
}

// The file opened with the columns somebody chose for it, else as its own header says; or what is to be asked.
template <class Reader>
Result<ImportReport> read_with(Store& store, const SellerFiles& files, const OpenFile& open, const ImportRequest& request, Instant now, const HearRefusal& refuse,
                               Result<ImportReport> (*take)(Store&, Reader&, const ImportRequest&, Instant, const HearRefusal&)) {
  FileOptions options = options_for(request);
  const Result<FilePreview> preview = files.preview(request.kind, TRY(open()), options);
  if (!preview) return preview.error();
  const AccountId account = request.account ? request.account->id : AccountId();
  const auto mapping = TRY(store.read([&](Tx& tx) { return tx.people.mapping(column_signature(preview->columns), name_of(request.kind), account); }));
  if (mapping) options.mapping = mapping_for(files, request.kind, TRY(chosen_columns(*mapping)));
  const auto reader = open_reader<Reader>(files, TRY(open()), options);
  if (reader) return take(store, **reader, request, now, refuse);
  // Columns can be asked for only where there are some, and where no report of Amazon's was named.
  if ((!request.format.empty() && request.format != "table") || (reader.error().code != "file.unknown_format" && reader.error().code != "file.bad_mapping") || preview->columns.size() < 2 || preview->sample.empty()) return reader.error();
  ImportReport report{.format = "table", .broke_off = reader.error(), .mapping_needed = *preview};
  report.mapping_needed->guess = shown_guess(request.kind, preview->guess);
  return report;
}

constexpr std::array<std::pair<SellerFile, std::string_view>, 4> kNames{{{SellerFile::orders, "orders"}, {SellerFile::listings, "listings"}, {SellerFile::stock, "stock"}, {SellerFile::returns, "returns"}}};

}  // namespace

std::string_view name_of(SellerFile kind) {
  return std::find_if(kNames.begin(), kNames.end(), [&](const auto& known) { return known.first == kind; })->second;
}

std::optional<SellerFile> seller_file_named(std::string_view name) {
  const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const auto& known) { return known.second == name; });
  return found == kNames.end() ? std::nullopt : std::optional(found->first);
}

Result<ImportReport> import_file(Store& store, const SellerFiles& files, const OpenFile& open, const ImportRequest& request, Instant now, const HearRefusal& refuse) {
  switch (request.kind) {
    case SellerFile::orders: return read_with<OrderFileReader>(store, files, open, request, now, refuse, import_order_lines);
    case SellerFile::listings: return read_with<ListingFileReader>(store, files, open, request, now, refuse, import_listing_lines);
    case SellerFile::stock: return read_with<StockFileReader>(store, files, open, request, now, refuse, import_stock_lines);
    case SellerFile::returns: break;
  }
  return read_with<ReturnFileReader>(store, files, open, request, now, refuse, import_return_lines);
}

Result<FilePreview> preview_file(const SellerFiles& files, const OpenFile& open, const ImportRequest& request) {
  FilePreview preview = TRY(files.preview(request.kind, TRY(open()), options_for(request)));
  preview.guess = shown_guess(request.kind, preview.guess);
  return preview;
}

Result<std::optional<Account>> only_account(Tx& tx, Instant now) {
  std::vector<Account> all = TRY(tx.accounts.all());
  if (all.size() > 1) return std::optional<Account>();
  if (all.size() == 1) return std::optional(std::move(all.front()));
  return std::optional(TRY(tx.accounts.find(TRY(file_account(tx, "files", now)))));
}

Result<Done> write_unless_dry(Store& store, bool dry_run, const std::function<Result<Done>(Tx&)>& take) {
  if (!dry_run) return store.write([&](Tx& tx) { return take(tx); });
  bool worked = false;
  const Result<Done> ran = store.write([&](Tx& tx) -> Result<Done> {
    TRY(take(tx));
    worked = true;
    return conflict("import.dry_run", "Nothing is kept of a rehearsal.");
  });
  if (worked) return done;
  return ran;
}

}  // namespace zifa
