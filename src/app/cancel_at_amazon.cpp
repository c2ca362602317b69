#include "app/cancel_at_amazon.hpp"

#include <sstream>

#include "app/import_orders.hpp"
#include "app/reactions.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

// An acknowledgement feed that was taken in and worked, and yet the order stands: sent once more after this long.
constexpr std::chrono::minutes kWorked{30};
constexpr int kMostFeeds = 3;

// The feed sent last for this order.
struct Sent {
  std::string feed;
  Instant at;
  int feeds = 0;  // up to this one
};
std::optional<Sent> last_sent(const std::vector<Event>& events) {
  static constexpr std::string_view kBefore = "{\"feed\":\"";
  std::optional<Sent> sent;
  for (const Event& event : events) {
    // A person asks again: the count begins anew.
    if (event.kind == "job_retried" && sent) sent->feeds = 0;
    if (event.kind == "cancellation_sent" && event.data.starts_with(kBefore) && event.data.ends_with("\"}"))
      sent = Sent{event.data.substr(kBefore.size(), event.data.size() - kBefore.size() - 2), event.at, sent ? sent->feeds + 1 : 1};
  }
  return sent;
}

}  // namespace

Result<Done> run_cancel_at_amazon(Services& s, JobRun& run) {
  struct Prepared {
    Order order;
    std::vector<OrderItem> items;
    bool by_file = false;
    std::optional<Sent> sent;
  };
  const OrderId id(to_int(run.job.key).value_or(0));
  const Prepared prepared = TRY(s.store.read([&](Tx& tx) -> Result<Prepared> {
    Prepared p{.order = TRY(tx.orders.find(id)), .items = TRY(tx.orders.items(id))};
    p.by_file = TRY(tx.accounts.find(p.order.account)).kind != "amazon";
    p.sent = last_sent(TRY(tx.work.events(id)));
    if (!p.by_file) TRY(may_write_outside(tx));
    return p;
  }));
  // Sellers without an API upload the same file by hand (zifa export cancellations).
  if (prepared.by_file || prepared.order.amazon_status == AmazonStatus::cancelled) return done;
  const auto marketplace = TRY(marketplace_of(s, prepared.order.account));
  // Cancelled already, by the buyer or by an earlier run of this job: then there is nothing to send. What was sent is followed
  // until the order is cancelled there: Amazon takes a feed first and reads it later.
  const IncomingOrder there = TRY(marketplace->get_order(prepared.order.amazon_order_id));
  if (there.status == AmazonStatus::cancelled)
    return s.store.write([&](Tx& tx) -> Result<Done> {
      TRY(import_order(tx, prepared.order.account, there, s.clock.now()));
      return run.complete(tx);
    });
  // What is not paid for yet cannot be cancelled by the seller: it is released first, or falls away.
  if (there.status == AmazonStatus::pending || there.status == AmazonStatus::pending_availability) {
    run.again_at(run.now() + std::chrono::minutes(10));
    return done;
  }
  if (prepared.sent) {
    const Result<FeedState> state = marketplace->get_feed(prepared.sent->feed);
    if (!state && state.error().kind != ErrorKind::not_found) return state.error();
    const bool at_work = state && (state->status == ReportStatus::queued || state->status == ReportStatus::running);
    if (at_work || (state && state->status == ReportStatus::finished && run.now() - prepared.sent->at < kWorked)) {
      run.again_at(run.now() + std::chrono::minutes(2));
      return done;
    }
    if (prepared.sent->feeds >= kMostFeeds)
      return refused("order.cancel_not_taken", "Amazon took " + std::to_string(kMostFeeds) + " cancellation files for order " + prepared.order.amazon_order_id + " and the order stands; cancel it in Seller Central.");
  }
  std::ostringstream file;
  check(s.uploads != nullptr, "no upload files are wired");
  const auto writer = TRY(s.uploads->write_cancellations(file, {}));
  for (const OrderItem& item : prepared.items)
    if (!item.cancelled) TRY(writer->write({.order_id = prepared.order.amazon_order_id, .order_item_id = item.amazon_item_id, .reason = prepared.order.cancel_reason}));
  TRY(writer->finish());
  const std::string feed = TRY(marketplace->submit_feed("POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA", {prepared.order.marketplace_id}, "text/tab-separated-values; charset=UTF-8", file.str()));
  return s.store.write([&](Tx& tx) -> Result<Done> {
    TRY(happen(tx, {.account = prepared.order.account, .at = run.now(), .kind = "cancellation_sent", .order = id, .actor = std::string(kProgram), .data = "{\"feed\":" + json_quoted(feed) + "}"}));
    run.again_at(run.now() + std::chrono::minutes(2));
    return done;
  });
}

}  // namespace zifa
