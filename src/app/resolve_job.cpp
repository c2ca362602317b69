#include "app/resolve_job.hpp"

#include "app/confirm_shipment.hpp"
#include "app/jobs.hpp"
#include "app/push_listing_quantity.hpp"
#include "app/reactions.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

Result<Done> tell(Tx& tx, const Job& job, std::string_view kind, std::string_view actor, Instant now) {
  return happen(tx, {.at = now, .kind = std::string(kind), .order = job.order, .actor = std::string(actor), .data = "{\"job\":" + json_quoted(job.kind) + ",\"key\":" + json_quoted(job.key) + "}"});
}

std::int64_t key_number(const Job& job) { return to_int(job.key).value_or(0); }

// A confirmation that failed or is unsure is due again; one that is not wanted any more is not.
Result<Done> due_again(Tx& tx, const Job& job, Instant now) {
  if (job.kind != "confirm_shipment") return done;
  auto found = tx.parcels.find(ParcelId(key_number(job)));
  if (!found || found->confirm_state == "confirmed" || found->confirm_state == "none" || !found->left()) return done;
  found->confirm_state = "due";
  found->confirm_error.clear();
  found->updated_at = now;
  TRY(tx.parcels.update(*found));
  TRY(settle_order(tx, found->order, now));
  return done;
}

// The same work as a new job, so that its attempts are counted from the start.
Result<Done> anew(Tx& tx, const Job& job, Instant now) {
  if (TRY(tx.work.unfinished(job.kind, job.key))) return run_now(tx, job.kind, job.key, now);
  return tx.work.enqueue({.kind = job.kind, .key = job.key, .args = job.args, .priority = job.priority, .run_at = now, .order = job.order, .created_at = now});
}

Result<Job> open_job(Tx& tx, JobId id) {
  Job job = TRY(tx.work.job(id));
  if (job.state == "running") return conflict("job.running", "Job " + std::to_string(id.value()) + " is running; wait until it ends.");
  if (job.state == "completed" || job.state == "cancelled") return conflict("job.over", "Job " + std::to_string(id.value()) + " is " + job.state + "; nothing is left to do.");
  return job;
}

Result<Job> ended(Tx& tx, const Job& job, std::string_view state, Instant now) {
  TRY(tx.work.set_job_state(job.id, state, now));
  return tx.work.job(job.id);
}

}  // namespace

Result<Done> run_now(Tx& tx, std::string_view kind, const std::string& key, Instant now) {
  const auto waiting = TRY(tx.work.unfinished(kind, key));
  if (!waiting) return enqueue(tx, kind, key, now);
  if (waiting->state == "running") return done;
  return tx.work.set_job_state(waiting->id, "available", now);
}

Result<Job> retry_job(Tx& tx, JobId id, std::string_view actor, Instant now) {
  const Job job = TRY(open_job(tx, id));
  TRY(tell(tx, job, "job_retried", actor, now));
  TRY(due_again(tx, job, now));
  if (job.state != "discarded") return ended(tx, job, "available", now);
  const Job old = TRY(ended(tx, job, "cancelled", now));
  TRY(anew(tx, job, now));
  const auto next = TRY(tx.work.unfinished(job.kind, job.key));
  return next ? *next : old;
}

Result<Job> cancel_job(Tx& tx, JobId id, std::string_view actor, Instant now) {
  const Job job = TRY(open_job(tx, id));
  const Job over = TRY(ended(tx, job, "cancelled", now));
  TRY(tell(tx, job, "job_cancelled", actor, now));
  const JobKind* kind = job_kind(job.kind);
  if (job.state != "discarded" && kind != nullptr && kind->given_up != nullptr)
    TRY(kind->given_up(tx, job, conflict("job.cancelled", std::string(actor) + " took this work off the list."), now));
  return over;
}

Result<Job> resolve_job(Tx& tx, JobId id, bool happened, std::string_view actor, Instant now) {
  const Job job = TRY(tx.work.job(id));
  if (job.state != "unsure") return conflict("job.not_unsure", "Job " + std::to_string(id.value()) + " is " + job.state + "; only what is unsure needs an answer.");
  TRY(tell(tx, job, happened ? "job_happened" : "job_did_not_happen", actor, now));
  if (!happened) {
    const Job over = TRY(ended(tx, job, "cancelled", now));
    TRY(due_again(tx, job, now));
    TRY(anew(tx, job, now));
    return over;
  }
  if (job.kind == "confirm_shipment") TRY(confirmed_by_person(tx, ParcelId(key_number(job)), actor, now));
  if (job.kind == "push_quantity") {
    Listing listing = TRY(tx.stock.listing(ListingId(key_number(job))));
    listing.pushed_quantity = TRY(sellable_quantity(tx, listing));
    listing.last_pushed_at = now;
    TRY(tx.stock.save_listing(listing));
  }
  return ended(tx, job, "completed", now);
}

}  // namespace zifa
