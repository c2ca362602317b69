// Work that is done behind the screens: what each kind of job does, and how a run of it ends.
//
// A run decides in one transaction, asks the outside with no transaction open, and remembers in a second transaction, which
// also completes the job: `JobRun::complete`. Between the two the program may die; the next run begins by reading back.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "app/late_rates.hpp"
#include "app/ports/clock.hpp"
#include "app/ports/dice.hpp"
#include "app/ports/marketplace.hpp"
#include "app/ports/parcel_tracking.hpp"
#include "app/ports/store.hpp"
#include "app/ports/upload_file.hpp"
#include "app/shipping_book.hpp"

namespace zifa {

class SellerFiles;

// What use cases that reach outside are given.
struct Services {
  Store& store;
  Clock& clock;
  Dice& dice;
  MarketplaceDirectory& marketplaces;
  ShippingBooks& books;
  const UploadFiles* uploads = nullptr;
  const SellerFiles* files = nullptr;
  ParcelTracking* tracking = nullptr;  // null: no tracking service is set up
  std::shared_ptr<LateRates> late_rates = std::make_shared<LateRates>();
};

class JobRun {
 public:
  JobRun(const Job& of, std::string owner, Instant now) : job(of), owner_(std::move(owner)), now_(now) {}

  const Job& job;
  Instant now() const { return now_; }
  // Completes the job in this transaction. Refuses `job.lease_lost` when another worker has it: then nothing may be recorded.
  Result<Done> complete(Tx& tx) {
    TRY(tx.work.finish(job, owner_, "completed", std::nullopt, "", now_));
    completed_ = true;
    return done;
  }
  bool completed() const { return completed_; }
  // Not over yet: the same job is looked at again then, without counting as a failure.
  void again_at(Instant at) { again_at_ = at; }
  std::optional<Instant> again_at() const { return again_at_; }

 private:
  std::string owner_;
  Instant now_;
  bool completed_ = false;
  std::optional<Instant> again_at_;
};

struct JobKind {
  std::string_view kind;
  Result<Done> (*run)(Services&, JobRun&);
  // Told in a transaction of its own when the job is given up (a refusal, or a person said so).
  Result<Done> (*given_up)(Tx&, const Job&, const Error&, Instant now) = nullptr;
  // As above, when a person has to find out whether it happened.
  Result<Done> (*unsure)(Tx&, const Job&, const Error&, Instant now) = nullptr;
};

std::span<const JobKind> job_kinds();
const JobKind* job_kind(std::string_view kind);

// Runs one claimed job to whatever end this attempt has, and writes that end down.
// Errors decide by their kind: `unavailable`, `throttled` and a busy database are tried again later, for ever and further apart; `unknown`
// is tried again, which begins with a read-back, and after some attempts waits for a person (state unsure); the rest is given up.
Result<Done> run_job(Services& services, const Job& job, const std::string& owner);

// The seller account as somebody who can be asked. Conflict `account.no_credentials`.
Result<std::shared_ptr<Marketplace>> marketplace_of(Services& services, AccountId account);

// Whether anything may be written to the outside now. Refuses `write.stopped` (emergency stop), `write.dry_run`; both of kind unavailable,
// so that what waits goes on by itself once the stop is lifted.
Result<Done> may_write_outside(Tx& tx);

}  // namespace zifa
