// What a person decides about work that did not end by itself.
#pragma once

#include "app/ports/store.hpp"

namespace zifa {

// Does it now. A job that was given up is asked anew; whatever needs it goes on. Refuses `job.unknown`, `job.running`, `job.over`.
Result<Job> retry_job(Tx& tx, JobId id, std::string_view actor, Instant now);

// It is not wanted any more. Refuses `job.running`, `job.over`.
Result<Job> cancel_job(Tx& tx, JobId id, std::string_view actor, Instant now);

// It was asked, no answer came, and a person has looked: it happened, or it did not. What happened is recorded as such; what did not
// is asked again. Refuses `job.not_unsure`.
Result<Job> resolve_job(Tx& tx, JobId id, bool happened, std::string_view actor, Instant now);

// A job of that kind and key runs now: an old one that waits for later is brought forward.
Result<Done> run_now(Tx& tx, std::string_view kind, const std::string& key, Instant now);

}  // namespace zifa
