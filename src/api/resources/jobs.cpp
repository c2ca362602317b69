// Work behind the screens: what waits, what failed, what only a person can answer.
#include <algorithm>

#include "api/fields.hpp"
#include "app/resolve_job.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

json::value job_json(const Job& j) {
  return json::object{{"id", id_text(j.id)}, {"kind", j.kind}, {"key", j.key}, {"state", j.state}, {"attempt", j.attempt}, {"run_at", j.run_at.iso()}, {"last_error", text_or_null(j.last_error)}, {"order_id", id_or_null(j.order)}, {"created_at", j.created_at.iso()}};
}

constexpr std::string_view kStates[] = {"unsure", "discarded", "retryable", "running", "available", "scheduled", "completed", "cancelled"};

Answer list(Call& call) {
  const std::string_view state = call.query.get("state");
  if (!state.empty() && std::find(std::begin(kStates), std::end(kStates), state) == std::end(kStates))
    return invalid("field.bad", "The parameter \"state\" takes unsure, discarded, retryable, running, available, scheduled, completed or cancelled, not \"" + printable(state, 30) + "\".");
  const int limit = call.query.has("limit") ? limit_of(call) : 200;
  return call.store().read([&](Tx& tx) -> Answer {
    json::array all;
    // Without a state: whatever needs somebody, the most pressing first.
    for (const std::string_view one : kStates) {
      if (state.empty() ? (one == "completed" || one == "cancelled") : one != state) continue;
      for (const Job& job : TRY(tx.work.jobs(one, limit))) all.push_back(job_json(job));
    }
    return ok(all);
  });
}

Answer retry(Call& call) {
  const JobId id(TRY(call.id(0)));
  return call.store().write([&](Tx& tx) -> Answer { return ok(job_json(TRY(retry_job(tx, id, call.caller.name, call.now)))); });
}

Answer cancel(Call& call) {
  const JobId id(TRY(call.id(0)));
  return call.store().write([&](Tx& tx) -> Answer { return ok(job_json(TRY(cancel_job(tx, id, call.caller.name, call.now)))); });
}

Answer resolve(Call& call) {
  const JobId id(TRY(call.id(0)));
  if (!has_field(call.body, "happened")) return invalid("field.missing", "Say whether it happened: {\"happened\": true} or false.");
  bool happened = false;
  TRY(take_flag(call.body, "happened", happened));
  return call.store().write([&](Tx& tx) -> Answer { return ok(job_json(TRY(resolve_job(tx, id, happened, call.caller.name, call.now)))); });
}

constexpr const char* kGives =
    R"({"type":"object","properties":{"id":{"type":"string"},"kind":{"type":"string"},"key":{"type":"string"},"state":{"type":"string"},"attempt":{"type":"integer"},"run_at":{"type":"string"},"last_error":{"type":["string","null"]},"order_id":{"type":["string","null"]},"created_at":{"type":"string"}}})";

}  // namespace

extern const Resource jobs;
const Resource jobs{
    .name = "jobs",
    .routes =
        {
            {.method = "GET", .path = "/api/jobs", .summary = "Jobs in a state, latest first.", .role = Role::operations, .gives = R"({"type":"array","items":{"type":"object"}})", .query = "state,limit", .run = list},
            {.method = "POST", .path = "/api/jobs/{id}/retry", .summary = "Do it now.", .role = Role::operations, .gives = kGives, .run = retry},
            {.method = "POST", .path = "/api/jobs/{id}/resolve", .summary = "Say whether an unsure job happened outside: then it is recorded, or asked again.", .role = Role::operations,
             .takes = R"({"type":"object","required":["happened"],"properties":{"happened":{"type":"boolean"}}})", .gives = kGives, .run = resolve},
            {.method = "POST", .path = "/api/jobs/{id}/cancel", .summary = "Take it off the list.", .role = Role::operations, .gives = kGives, .run = cancel},
        },
};

}  // namespace zifa::api
