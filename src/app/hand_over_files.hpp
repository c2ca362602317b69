// What Amazon is told by files that the seller uploads himself: confirmations, cancellations, quantities.
//
// A confirmation or cancellation is handed over once. It counts as handed over when the whole file is written, never before: a run that
// breaks off in between leaves everything to the next one, and Amazon takes a repeated line as the same parcel. While a file is being
// written nobody else writes one of the same kind for the account (conflict `export.running`, for half a minute after a kill).
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "app/ports/upload_file.hpp"

namespace zifa {

struct HandOver {
  AccountId account;
  std::string marketplace;         // country: only its lines; "" = all that fit into one file
  bool waiting = true;             // what is not confirmed yet
  bool again = false;              // also what was handed over before, or confirmed in any other way,
  std::optional<Instant> since;    // but only from this moment on
  std::string actor;
};

struct HandedOver {
  std::int64_t lines = 0;
  std::int64_t parcels = 0;        // or orders, or listings
  std::int64_t again = 0;          // of these, known at Amazon before
  std::vector<Error> refused;      // each names its parcel and the next step; these wait for the next file
};

// The account whose file is meant where none is named: the only one that works with files, else the only one there is.
// `only_waiting`: where all are connected any will do, since nothing of theirs waits for a file.
// Refuses `export.which_account`, `account.unknown` (no account at all).
Result<Account> account_for_files(Tx& tx, bool only_waiting = false);

// `finish`: whether all that was written has arrived where it belongs.
using Finish = std::function<Result<Done>()>;

// Amazon's shipping confirmation file of what has left and is not confirmed; with an account that is connected, that is the way out
// while its connection is down.
// Refuses `write.stopped`, `write.dry_run`, `export.running`, and per parcel `confirmation.no_number`, `confirmation.no_item_id`,
// `export.other_file` (Japan's file has other columns) and `upload.*`.
Result<HandedOver> hand_over_confirmations(Store& store, const UploadFiles& uploads, const HandOver& wanted, std::ostream& out, const Finish& finish, const std::function<Instant()>& now);

// Amazon's cancellation file of the orders that the seller cancelled and that still stand there.
Result<HandedOver> hand_over_cancellations(Store& store, const UploadFiles& uploads, const HandOver& wanted, std::ostream& out, const Finish& finish, const std::function<Instant()>& now);

// Amazon's price and quantity file: what may be sold of each linked listing now, with its handling time. May be repeated at will.
Result<HandedOver> write_quantities(Store& store, const UploadFiles& uploads, const HandOver& wanted, std::ostream& out);

}  // namespace zifa
