#include "app/hand_over_files.hpp"

#include <algorithm>
#include <sstream>
#include <unordered_set>
#include <utility>

#include "app/confirm_shipment.hpp"
#include "app/jobs.hpp"
#include "app/ports/export_store.hpp"
#include "app/push_listing_quantity.hpp"
#include "app/reactions.hpp"
#include "app/reference/marketplaces.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr int kBatch = 200;
constexpr std::chrono::seconds kLease{30};

// One writer of a kind of file for an account; the mark runs out by itself where a writer was killed.
class Lease {
 public:
  static Result<Lease> take(Store& store, std::string_view kind, AccountId account, const std::function<Instant()>& now) {
    Lease lease(store, "writing_" + std::string(kind) + "_" + std::to_string(account.value()), now);
    TRY(store.write([&](Tx& tx) -> Result<Done> {
      TRY(may_write_outside(tx));
      const std::int64_t until = to_int(TRY(tx.setup.setting(lease.name_, "0"))).value_or(0);
      if (until > now().ms()) return conflict("export.running", "This file is being written at this moment; try again in half a minute.");
      return lease.prolong(tx);
    }));
    lease.held_ = true;
    return lease;
  }
  Lease(Lease&& other) noexcept : store_(other.store_), name_(std::move(other.name_)), now_(other.now_), held_(std::exchange(other.held_, false)) {}
  ~Lease() {
    if (held_) (void)store_.write([&](Tx& tx) { return tx.setup.set_setting(name_, "0"); });
  }
  Result<Done> prolong(Tx& tx) { return tx.setup.set_setting(name_, std::to_string((now_() + kLease).ms())); }

 private:
  Lease(Store& store, std::string name, const std::function<Instant()>& now) : store_(store), name_(std::move(name)), now_(now) {}
  Store& store_;
  std::string name_;
  const std::function<Instant()>& now_;
  bool held_ = false;
};

// The file's own country and zone: the marketplace named, else that of the first line.
struct Sheet {
  std::string country;
  UploadOptions options;
};
Sheet sheet_for(const std::string& marketplace_id) {
  Sheet sheet;
  if (const MarketplaceFacts* facts = find_marketplace(marketplace_id)) {
    sheet.country = sheet.options.country = facts->country;
    if (const auto zone = TimeZone::named(facts->zone)) sheet.options.time_zone = *zone;
  }
  return sheet;
}
bool is_of(const std::string& marketplace_id, const std::string& country) {
  const MarketplaceFacts* facts = find_marketplace(marketplace_id);
  return facts != nullptr && facts->country == country;
}
Result<std::string> country_named(const std::string& name) {
  if (name.empty()) return std::string();
  const MarketplaceFacts* facts = find_marketplace(name);
  if (facts == nullptr) return invalid("marketplace.unknown", "\"" + printable(name, 40) + "\" is not a marketplace known here; use a country such as US, GB or JP.");
  return facts->country;
}

bool is_item_id(std::string_view id) { return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; }); }

// A parcel as lines of the file: one for each item; a parcel that holds the whole order needs no item ids.
Result<std::vector<ShipConfirmationLine>> lines_of(Tx& tx, const Parcel& parcel, const ShipmentConfirmation& confirmation) {
  ShipConfirmationLine line{.order_id = confirmation.amazon_order_id,
                            .shipped_at = confirmation.ship_date,
                            .carrier_code = confirmation.carrier_code,
                            .carrier_name = confirmation.carrier_name,
                            .tracking_number = confirmation.tracking_number,
                            .ship_method = confirmation.shipping_method,
                            .cod_collection_method = confirmation.cod_collection};
  const bool named = std::all_of(confirmation.items.begin(), confirmation.items.end(), [](const ConfirmedItem& item) { return is_item_id(item.amazon_item_id); });
  std::vector<ShipConfirmationLine> lines;
  if (named && !confirmation.items.empty()) {
    for (const ConfirmedItem& item : confirmation.items) {
      line.order_item_id = item.amazon_item_id;
      line.quantity = item.quantity;
      lines.push_back(line);
    }
    return lines;
  }
  std::int64_t ordered = 0, here = 0;
  for (const OrderItem& item : TRY(tx.orders.items(parcel.order)))
    if (!item.cancelled) ordered += item.quantity;
  for (const ParcelItem& item : parcel.items) here += item.quantity;
  if (here != ordered)
    return refused("confirmation.no_item_id", "Parcel " + parcel.number() + " holds a part of order " + confirmation.amazon_order_id + ", and the order came without Amazon's order item ids; import Amazon's own report of it, or confirm it in Seller Central.");
  lines.push_back(std::move(line));
  return lines;
}

struct ParcelLines {
  ParcelId parcel;
  std::string number, tracking_number, marketplace_id;
  bool again = false;
  std::vector<ShipConfirmationLine> lines;
};
struct Batch {
  std::vector<ParcelLines> parcels;
  std::vector<Error> refused;
  ParcelId last;
  bool more = false;
};

Result<Batch> read_batch(Store& store, const HandOver& wanted, bool again, ParcelId after) {
  return store.read([&](Tx& tx) -> Result<Batch> {
    const auto ids = TRY(again ? tx.exports.confirmed_since(wanted.account, wanted.since.value_or(Instant::from_ms(0)), after, kBatch) : tx.exports.to_confirm(wanted.account, after, kBatch));
    Batch batch{.last = ids.empty() ? after : ids.back(), .more = ids.size() == static_cast<std::size_t>(kBatch)};
    for (const Parcel& parcel : TRY(tx.parcels.several(ids))) {
      if (again && parcel.confirm_state != "confirmed") continue;  // a corrected number is due, and among those
      const Result<ShipmentConfirmation> confirmation = confirmation_of(tx, parcel);
      auto lines = confirmation ? lines_of(tx, parcel, *confirmation) : Result<std::vector<ShipConfirmationLine>>(confirmation.error());
      if (!lines && lines.error().kind != ErrorKind::refused) return lines.error();
      if (!lines) batch.refused.push_back(lines.error());
      else batch.parcels.push_back({parcel.id, parcel.number(), confirmation->tracking_number, confirmation->marketplace_id, again, std::move(*lines)});
    }
    return batch;
  });
}

// The file is begun with its first line, which tells whose columns it has.
class ConfirmationFile {
 public:
  ConfirmationFile(const UploadFiles& uploads, std::string country, std::ostream& out) : uploads_(uploads), country_(std::move(country)), out_(out) {}

  // Nothing of a parcel is written when one of its lines cannot be.
  Result<Done> write(const ParcelLines& parcel) {
    if (!file_) TRY(open(parcel.marketplace_id));
    if (is_of(parcel.marketplace_id, "JP") != (country_ == "JP"))
      return refused("export.other_file", "Parcel " + parcel.number + " of order " + parcel.lines.front().order_id + " needs a file of its own (Japan's has other columns); export again with --marketplace " + (country_ == "JP" ? "US, GB, …" : "JP") + ".");
    std::ostringstream nowhere;
    const auto trial = TRY(uploads_.write_ship_confirmations(nowhere, options_));
    for (const ShipConfirmationLine& line : parcel.lines) TRY(trial->write(line));
    for (const ShipConfirmationLine& line : parcel.lines) TRY(file_->write(line));
    return done;
  }
  Result<Done> finish() {
    if (!file_) TRY(open(country_.empty() ? "US" : country_));
    return file_->finish();
  }

 private:
  Result<Done> open(const std::string& marketplace_id) {
    Sheet sheet = sheet_for(country_.empty() ? marketplace_id : country_);
    country_ = std::move(sheet.country);
    options_ = std::move(sheet.options);
    file_ = TRY(uploads_.write_ship_confirmations(out_, options_));
    return done;
  }
  const UploadFiles& uploads_;
  std::string country_;
  std::ostream& out_;
  UploadOptions options_;
  std::unique_ptr<LineFileWriter<ShipConfirmationLine>> file_;
};

// Refusals of one line leave the others alone; anything else ends the file.
bool of_this_line(const Error& error) { return error.code.starts_with("upload.") ? error.code != "upload.not_written" && error.code != "upload.unknown_encoding" : error.kind == ErrorKind::refused; }

}  // namespace

Result<Account> account_for_files(Tx& tx, bool only_waiting) {
  std::vector<Account> accounts = TRY(tx.accounts.all());
  if (accounts.empty()) return not_found("account.unknown", "There is no account yet; import orders first, or add one.");
  std::vector<Account> of_files;
  for (const Account& account : accounts)
    if (account.kind == "file") of_files.push_back(account);
  if (of_files.size() == 1) return std::move(of_files.front());
  if (of_files.empty() && (only_waiting || accounts.size() == 1)) return std::move(accounts.front());
  return invalid("export.which_account", "There are several accounts, and each has a file of its own; name one.");
}

Result<HandedOver> hand_over_confirmations(Store& store, const UploadFiles& uploads, const HandOver& wanted, std::ostream& out, const Finish& finish, const std::function<Instant()>& now) {
  const std::string country = TRY(country_named(wanted.marketplace));
  Lease lease = TRY(Lease::take(store, "confirmations", wanted.account, now));
  ConfirmationFile file(uploads, country, out);
  HandedOver answer;
  std::vector<std::pair<ParcelId, std::string>> written;  // with the numbers that stand in the file
  for (const bool again : {true, false}) {
    if (again ? !wanted.again : !wanted.waiting) continue;
    Batch batch{.more = true};
    while (batch.more) {
      batch = TRY(read_batch(store, wanted, again, batch.last));
      for (Error& error : batch.refused) answer.refused.push_back(std::move(error));
      for (const ParcelLines& parcel : batch.parcels) {
        if (!country.empty() && !is_of(parcel.marketplace_id, country)) continue;
        if (const auto put = file.write(parcel); !put) {
          if (!of_this_line(put.error())) return put.error();
          answer.refused.push_back(put.error());
          continue;
        }
        answer.lines += static_cast<std::int64_t>(parcel.lines.size());
        ++answer.parcels;
        if (again) ++answer.again;
        else written.emplace_back(parcel.parcel, parcel.tracking_number);
      }
      TRY(store.write([&](Tx& tx) { return lease.prolong(tx); }));
    }
  }
  TRY(file.finish());
  TRY(finish());
  for (std::size_t from = 0; from < written.size(); from += kBatch)
    TRY(store.write([&](Tx& tx) -> Result<Done> {
      TRY(lease.prolong(tx));
      for (std::size_t i = from; i < std::min(written.size(), from + kBatch); ++i) TRY(confirmed_by_file(tx, written[i].first, written[i].second, wanted.actor, now()));
      return done;
    }));
  return answer;
}

Result<HandedOver> hand_over_cancellations(Store& store, const UploadFiles& uploads, const HandOver& wanted, std::ostream& out, const Finish& finish, const std::function<Instant()>& now) {
  const std::string country = TRY(country_named(wanted.marketplace));
  Lease lease = TRY(Lease::take(store, "cancellations", wanted.account, now));
  const auto file = TRY(uploads.write_cancellations(out, {}));
  HandedOver answer;
  std::vector<OrderId> written;
  OrderId after(0);
  while (wanted.waiting || wanted.again) {
    const std::vector<CancelledLine> lines = TRY(store.read([&](Tx& tx) { return tx.exports.cancelled(wanted.account, !wanted.again, after, kBatch); }));
    if (lines.empty()) break;
    for (std::size_t i = 0; i < lines.size();) {
      std::size_t end = i;
      while (end < lines.size() && lines[end].order == lines[i].order) ++end;
      const CancelledLine& order = lines[i];
      after = order.order;
      const bool wrong_place = (!wanted.waiting && !order.handed_over) || (!country.empty() && !is_of(order.marketplace_id, country)) || (wanted.since && order.cancelled_at < *wanted.since);
      std::ostringstream nowhere;
      const auto trial = TRY(uploads.write_cancellations(nowhere, {}));
      Result<Done> put = done;
      for (std::size_t k = i; put && !wrong_place && k < end; ++k) put = trial->write({.order_id = lines[k].amazon_order_id, .order_item_id = is_item_id(lines[k].amazon_item_id) ? lines[k].amazon_item_id : "", .reason = lines[k].reason});
      if (!put) {
        answer.refused.push_back(put.error());
      } else if (!wrong_place) {
        for (std::size_t k = i; k < end; ++k) TRY(file->write({.order_id = lines[k].amazon_order_id, .order_item_id = lines[k].amazon_item_id, .reason = lines[k].reason}));
        answer.lines += static_cast<std::int64_t>(end - i);
        ++answer.parcels;
        if (order.handed_over) ++answer.again;
        else written.push_back(order.order);
      }
      i = end;
    }
    TRY(store.write([&](Tx& tx) { return lease.prolong(tx); }));
  }
  TRY(file->finish());
  TRY(finish());
  for (std::size_t from = 0; from < written.size(); from += kBatch)
    TRY(store.write([&](Tx& tx) -> Result<Done> {
      TRY(lease.prolong(tx));
      for (std::size_t i = from; i < std::min(written.size(), from + kBatch); ++i) TRY(happen(tx, {.account = wanted.account, .at = now(), .kind = "cancellation_handed_over", .order = written[i], .actor = wanted.actor}));
      return done;
    }));
  return answer;
}

Result<HandedOver> write_quantities(Store& store, const UploadFiles& uploads, const HandOver& wanted, std::ostream& out) {
  const std::string country = TRY(country_named(wanted.marketplace));
  const auto file = TRY(uploads.write_price_and_quantity(out, {.country = country}));
  HandedOver answer;
  std::unordered_set<std::string> seen;  // the file knows no marketplaces: a SKU sold in several has one line, for all share the stock
  std::string after;
  do {
    const auto page = TRY(store.read([&](Tx& tx) -> Result<Page<PriceQuantityLine>> {
      Page<Listing> listings = TRY(tx.stock.listings(wanted.account, "", false, after, kBatch));
      Page<PriceQuantityLine> lines{.next = std::move(listings.next)};
      for (const Listing& listing : listings.rows) {
        if (listing.channel != "fbm" || listing.product.value() == 0) continue;
        if (!country.empty() && !listing.marketplace_id.empty() && !is_of(listing.marketplace_id, country)) continue;
        lines.rows.push_back({.sku = listing.sku, .quantity = std::min<std::int64_t>(TRY(sellable_quantity(tx, listing)), 999'999), .handling_days = listing.handling_days});
      }
      return lines;
    }));
    for (const PriceQuantityLine& line : page.rows) {
      if (!seen.insert(line.sku).second) continue;
      if (const auto put = file->write(line); !put) {
        if (!of_this_line(put.error())) return put.error();
        answer.refused.push_back(put.error());
        continue;
      }
      ++answer.lines;
      ++answer.parcels;
    }
    after = page.next;
  } while (!after.empty());
  TRY(file->finish());
  return answer;
}

}  // namespace zifa
