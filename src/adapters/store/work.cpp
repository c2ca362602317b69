#include <algorithm>
#include <tuple>

#include "adapters/store/rows.hpp"
#include "base/text.hpp"

namespace zifa::sql {

namespace {

constexpr const char* kJobColumns = "id, kind, key, args, state, priority, run_at, attempt, last_error, order_id, created_at";

Job job_at(const Statement& s) {
  Job j;
  j.id = s.id<JobId>(0);
  j.kind = s.text(1);
  j.key = s.text(2);
  j.args = s.text(3);
  j.state = s.text(4);
  j.priority = s.integer(5);
  j.run_at = s.instant(6);
  j.attempt = static_cast<int>(s.integer(7));
  j.last_error = s.text(8);
  j.order = s.id<OrderId>(9);
  j.created_at = s.instant(10);
  return j;
}

class SqlWork final : public WorkStore {
 public:
  explicit SqlWork(Connection& c) : c_(c) {}

  Result<Done> append(const Event& e) override {
    Statement s = TRY(c_.prepare("INSERT INTO event (account_id, at, kind, order_id, parcel_id, actor, data) VALUES (?,?,?,?,?,?,?)"));
    s.with(e.account, e.at, e.kind).add_or_null(e.order).add_or_null(e.parcel).with(e.actor, e.data);
    TRY(s.run());
    return done;
  }
  Result<std::vector<Event>> events(OrderId id) override {
    Statement s = TRY(c_.prepare("SELECT id, account_id, at, kind, order_id, parcel_id, actor, data FROM event WHERE order_id=? ORDER BY id"));
    s.add(id);
    return events_of(s);
  }
  Result<std::vector<Event>> events_after(std::int64_t id, int limit) override {
    Statement s = TRY(c_.prepare("SELECT id, account_id, at, kind, order_id, parcel_id, actor, data FROM event WHERE id>? ORDER BY id LIMIT ?"));
    s.with(id, limit);
    return events_of(s);
  }
  Result<std::int64_t> last_event() override {
    Statement s = TRY(c_.prepare("SELECT coalesce(max(id),0) FROM event"));
    if (!TRY(s.step())) return std::int64_t{0};
    return s.integer(0);
  }

  Result<Done> enqueue(const Job& j) override {
    Statement s = TRY(c_.prepare(
        "INSERT INTO job (kind, key, args, state, priority, run_at, order_id, created_at) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (kind, key) WHERE state IN ('available', 'scheduled', 'running', 'retryable', 'unsure') DO UPDATE "
        "SET run_at=CASE WHEN job.state IN ('available', 'scheduled') AND excluded.run_at<job.run_at THEN excluded.run_at ELSE job.run_at END"));
    s.with(j.kind, j.key, j.args, "available", j.priority, j.run_at).add_or_null(j.order).add(j.created_at);
    TRY(s.run());
    return done;
  }
  Result<std::vector<Job>> claim(std::string_view owner, Instant now, Instant lease_until, int limit) override {
    // A job whose worker died keeps its attempt count: the work decides from its own records what was done already.
    const bool postgres = c_.dialect() == Dialect::postgres;
    Statement s = TRY(c_.prepare(std::string("UPDATE job SET state='running', lease_owner=?, lease_until=?, attempt=attempt+1 WHERE id IN (SELECT id FROM job WHERE (state IN ('available', 'scheduled', 'retryable') AND run_at<=?) OR "
                                             "(state='running' AND lease_until<?) ORDER BY priority, run_at, id LIMIT ?") +
                                 (postgres ? " FOR UPDATE SKIP LOCKED" : "") + ") RETURNING " + kJobColumns));
    s.with(owner, lease_until, now, now, limit);
    std::vector<Job> jobs;
    while (TRY(s.step())) jobs.push_back(job_at(s));
    std::sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) { return std::tie(a.priority, a.run_at, a.id) < std::tie(b.priority, b.run_at, b.id); });
    return jobs;
  }
  Result<Done> finish(const Job& j, std::string_view owner, std::string_view state, std::optional<Instant> run_at, std::string_view error, Instant now) override {
    const bool ended = state == "completed" || state == "discarded" || state == "cancelled";
    const std::int64_t changed = TRY(c_.execute("UPDATE job SET state=?, run_at=?, last_error=?, attempt=CASE WHEN ?='scheduled' THEN 0 ELSE attempt END, lease_until=NULL, lease_owner='', finished_at=? WHERE id=? AND state='running' AND lease_owner=?", state, run_at ? *run_at : j.run_at, error, state,
                                                ended ? std::optional(now) : std::nullopt, j.id, owner));
    if (changed == 0) return conflict("job.lease_lost", "Another worker has taken over job " + std::to_string(j.id.value()) + ".");
    return done;
  }
  Result<Job> job(JobId id) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kJobColumns + " FROM job WHERE id=?"));
    s.add(id);
    if (!TRY(s.step())) return not_found("job.unknown", "There is no job " + std::to_string(id.value()) + ".");
    return job_at(s);
  }
  Result<std::vector<Job>> jobs(std::string_view state, int limit) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kJobColumns + " FROM job WHERE state=? ORDER BY id DESC LIMIT ?"));
    s.with(state, limit);
    std::vector<Job> jobs;
    while (TRY(s.step())) jobs.push_back(job_at(s));
    return jobs;
  }
  Result<std::optional<Job>> unfinished(std::string_view kind, std::string_view key) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kJobColumns + " FROM job WHERE kind=? AND key=? AND state IN ('available', 'scheduled', 'running', 'retryable', 'unsure')"));
    s.with(kind, key);
    if (!TRY(s.step())) return std::optional<Job>();
    return std::optional(job_at(s));
  }
  Result<Done> set_job_state(JobId id, std::string_view state, Instant run_at) override {
    TRY(c_.execute("UPDATE job SET state=?, run_at=?, lease_until=NULL, lease_owner='' WHERE id=? AND state<>'running'", state, run_at, id));
    return done;
  }
  Result<std::int64_t> count_jobs(std::string_view state) override {
    Statement s = TRY(c_.prepare("SELECT count(*) FROM job WHERE state=?"));
    s.add(state);
    if (!TRY(s.step())) return std::int64_t{0};
    return s.integer(0);
  }
  Result<std::optional<Instant>> next_run_at() override {
    Statement s = TRY(c_.prepare("SELECT min(CASE WHEN state='running' THEN lease_until ELSE run_at END) FROM job WHERE state IN ('available', 'scheduled', 'retryable', 'running')"));
    if (!TRY(s.step())) return std::optional<Instant>();
    return s.instant_if(0);
  }

  Result<std::optional<Answered>> answered(std::string_view key) override {
    Statement s = TRY(c_.prepare("SELECT body_hash, status, response FROM idempotency WHERE key=?"));
    s.add(key);
    if (!TRY(s.step())) return std::optional<Answered>();
    return std::optional(Answered{s.blob(0), static_cast<int>(s.integer(1)), s.text(2)});
  }
  Result<Done> remember_answer(std::string_view key, const Answered& answer, Instant now) override {
    Statement s = TRY(c_.prepare("INSERT INTO idempotency (key, body_hash, status, response, created_at) VALUES (?,?,?,?,?)"));
    s.add(key).add_blob(answer.body_hash).with(answer.status, answer.response, now);
    const Result<std::int64_t> ran = c_.attempt([&] { return s.run(); });
    if (!ran && ran.error().code == "store.constraint") return conflict("idempotency.key_reused", "This Idempotency-Key was used by a call that is still running or had another body.");
    if (!ran) return ran.error();
    return done;
  }

  Result<WaveId> insert_wave(const Wave& w) override {
    Statement s = TRY(c_.prepare("INSERT INTO wave (warehouse_id, state, created_at, created_by) VALUES (?,?,?,?) RETURNING id"));
    s.with(w.warehouse, w.state, w.created_at, w.created_by);
    if (!TRY(s.step())) return corrupt("store.failed", "The wave was not stored.");
    return s.id<WaveId>(0);
  }
  Result<Wave> wave(WaveId id) override {
    Statement s = TRY(c_.prepare("SELECT id, warehouse_id, state, created_at, created_by FROM wave WHERE id=?"));
    s.add(id);
    if (!TRY(s.step())) return not_found("wave.unknown", "There is no wave " + std::to_string(id.value()) + ".");
    return wave_at(s);
  }
  Result<std::vector<Wave>> waves(std::string_view state, int limit) override {
    Statement s = TRY(c_.prepare("SELECT id, warehouse_id, state, created_at, created_by FROM wave WHERE state=? ORDER BY id DESC LIMIT ?"));
    s.with(state, limit);
    std::vector<Wave> waves;
    while (TRY(s.step())) waves.push_back(wave_at(s));
    return waves;
  }
  Result<Done> close_wave(WaveId id, Instant now) override {
    TRY(c_.execute("UPDATE wave SET state='done', closed_at=? WHERE id=? AND state='open'", now, id));
    return done;
  }
  Result<Done> set_pick(WaveId id, const Pick& pick) override {
    TRY(c_.execute("INSERT INTO wave_pick (wave_id, product_id, picked, short_reason) VALUES (?,?,?,?) ON CONFLICT (wave_id, product_id) DO UPDATE SET picked=excluded.picked, short_reason=excluded.short_reason", id, pick.product,
                   pick.picked, pick.short_reason));
    return done;
  }
  Result<std::vector<std::pair<WaveId, Pick>>> picks(const std::vector<WaveId>& ids) override {
    Statement s = TRY(c_.prepare_once("SELECT wave_id, product_id, picked, short_reason FROM wave_pick WHERE wave_id IN (" + id_list(ids) + ") ORDER BY wave_id, product_id"));
    std::vector<std::pair<WaveId, Pick>> picks;
    while (TRY(s.step())) picks.emplace_back(s.id<WaveId>(0), Pick{s.id<ProductId>(1), s.integer(2), s.text(3)});
    return picks;
  }
  Result<HandoverId> insert_handover(const Handover& h) override {
    Statement s = TRY(c_.prepare("INSERT INTO handover (warehouse_id, carrier_id, state, opened_at, opened_by) VALUES (?,?,?,?,?) RETURNING id"));
    s.with(h.warehouse, h.carrier_id, h.state, h.opened_at, h.opened_by);
    if (!TRY(s.step())) return corrupt("store.failed", "The hand-over was not stored.");
    return s.id<HandoverId>(0);
  }
  Result<Handover> handover(HandoverId id) override {
    Statement s = TRY(c_.prepare("SELECT id, warehouse_id, carrier_id, state, opened_at, opened_by, closed_at FROM handover WHERE id=?"));
    s.add(id);
    if (!TRY(s.step())) return not_found("handover.unknown", "There is no hand-over " + std::to_string(id.value()) + ".");
    return handover_at(s);
  }
  Result<std::vector<Handover>> handovers(std::string_view state, int limit) override {
    Statement s = TRY(c_.prepare("SELECT id, warehouse_id, carrier_id, state, opened_at, opened_by, closed_at FROM handover WHERE state=? ORDER BY id DESC LIMIT ?"));
    s.with(state, limit);
    std::vector<Handover> all;
    while (TRY(s.step())) all.push_back(handover_at(s));
    return all;
  }
  Result<Done> close_handover(HandoverId id, Instant now) override {
    TRY(c_.execute("UPDATE handover SET state='closed', closed_at=? WHERE id=? AND state='open'", now, id));
    return done;
  }

  Result<std::int64_t> insert_print(const PrintRun& p) override {
    Statement s = TRY(c_.prepare("INSERT INTO print_run (kind, format, size, language, parcels, subject_id, pages, created_at, created_by) VALUES (?,?,?,?,?,?,?,?,?) RETURNING id"));
    s.with(p.kind, p.format, p.size, p.language, ids_text(p.parcels), p.subject, p.pages, p.created_at, p.created_by);
    if (!TRY(s.step())) return corrupt("store.failed", "The print run was not stored.");
    return s.integer(0);
  }
  Result<PrintRun> print(std::int64_t id) override {
    Statement s = TRY(c_.prepare("SELECT id, kind, format, size, language, parcels, subject_id, pages, fetched, created_at, created_by FROM print_run WHERE id=?"));
    s.add(id);
    if (!TRY(s.step())) return not_found("print.unknown", "There is no print run " + std::to_string(id) + ".");
    PrintRun p{.id = s.integer(0), .kind = s.text(1), .format = s.text(2), .size = s.text(3), .language = s.text(4)};
    for (const std::string_view part : split(s.view(5), ','))
      if (const auto parcel = to_int(part)) p.parcels.emplace_back(*parcel);
    p.subject = s.integer(6);
    p.pages = s.integer(7);
    p.fetched = s.boolean(8);
    p.created_at = s.instant(9);
    p.created_by = s.text(10);
    return p;
  }
  Result<Done> set_print(const PrintRun& p) override {
    TRY(c_.execute("UPDATE print_run SET pages=?, fetched=? WHERE id=?", p.pages, p.fetched, p.id));
    return done;
  }

  Result<Done> save_health_report(const HealthReport& r) override {
    TRY(c_.execute("INSERT INTO health_report (account_id, marketplace_id, at, content) VALUES (?,?,?,?)", r.account, r.marketplace_id, r.at, r.content));
    return done;
  }
  Result<std::optional<HealthReport>> health_report(AccountId account, std::string_view marketplace_id) override {
    Statement s = TRY(c_.prepare("SELECT account_id, marketplace_id, at, content FROM health_report WHERE account_id=? AND marketplace_id=? ORDER BY at DESC, id DESC LIMIT 1"));
    s.with(account, marketplace_id);
    if (!TRY(s.step())) return std::optional<HealthReport>();
    return std::optional(HealthReport{s.id<AccountId>(0), s.text(1), s.instant(2), s.text(3)});
  }
  Result<Done> note_outage(AccountId account, std::string_view operation, std::string_view error, Instant now) override {
    const std::int64_t open = TRY(c_.execute("UPDATE outage SET failures=failures+1, last_error=? WHERE account_id=? AND operation=? AND ended_at IS NULL", error, account, operation));
    if (open == 0) TRY(c_.execute("INSERT INTO outage (account_id, operation, started_at, last_error) VALUES (?,?,?,?)", account, operation, now, error));
    return done;
  }
  Result<Done> end_outage(AccountId account, Instant now) override {
    TRY(c_.execute("UPDATE outage SET ended_at=? WHERE account_id=? AND ended_at IS NULL", now, account));
    return done;
  }

 private:
  static Result<std::vector<Event>> events_of(Statement& s) {
    std::vector<Event> events;
    while (TRY(s.step())) events.push_back({s.integer(0), s.id<AccountId>(1), s.instant(2), s.text(3), s.id<OrderId>(4), s.id<ParcelId>(5), s.text(6), s.text(7)});
    return events;
  }
  static Wave wave_at(const Statement& s) { return {s.id<WaveId>(0), s.id<WarehouseId>(1), s.text(2), s.instant(3), s.text(4)}; }
  static Handover handover_at(const Statement& s) { return {s.id<HandoverId>(0), s.id<WarehouseId>(1), s.text(2), s.text(3), s.instant(4), s.text(5), s.instant_if(6)}; }

  Connection& c_;
};

}  // namespace

std::unique_ptr<WorkStore> work_store(Connection& connection) { return std::make_unique<SqlWork>(connection); }

}  // namespace zifa::sql
