#include "app/cancel_at_amazon.hpp"

#include <sstream>

#include "app/reactions.hpp"
#include "base/text.hpp"

namespace zifa {

Result<Done> run_cancel_at_amazon(Services& s, JobRun& run) {
  struct Prepared {
    Order order;
    std::vector<OrderItem> items;
    bool by_file = false;
  };
  const OrderId id(to_int(run.job.key).value_or(0));
  const Prepared prepared = TRY(s.store.read([&](Tx& tx) -> Result<Prepared> {
    Prepared p{.order = TRY(tx.orders.find(id)), .items = TRY(tx.orders.items(id))};
    p.by_file = TRY(tx.accounts.find(p.order.account)).kind != "amazon";
    if (!p.by_file) TRY(may_write_outside(tx));
    return p;
  }));
  // Sellers without an API upload the same file by hand (zifa export cancellations).
  if (prepared.by_file || prepared.order.amazon_status == AmazonStatus::cancelled) return done;
  const auto marketplace = TRY(marketplace_of(s, prepared.order.account));
  // Cancelled already, by the buyer or by an earlier run of this job: then there is nothing to send.
  if (const auto now_there = marketplace->get_order(prepared.order.amazon_order_id); now_there && now_there->status == AmazonStatus::cancelled) return done;
  std::ostringstream file;
  check(s.uploads != nullptr, "no upload files are wired");
  const auto writer = TRY(s.uploads->write_cancellations(file, {}));
  for (const OrderItem& item : prepared.items)
    if (!item.cancelled) TRY(writer->write({.order_id = prepared.order.amazon_order_id, .order_item_id = item.amazon_item_id, .reason = prepared.order.cancel_reason}));
  TRY(writer->finish());
  const std::string feed = TRY(marketplace->submit_feed("POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA", {prepared.order.marketplace_id}, "text/tab-separated-values; charset=UTF-8", file.str()));
  return s.store.write([&](Tx& tx) -> Result<Done> {
    TRY(happen(tx, {.account = prepared.order.account, .at = run.now(), .kind = "cancellation_sent", .order = id, .actor = std::string(kProgram), .data = "{\"feed\":" + json_quoted(feed) + "}"}));
    return run.complete(tx);
  });
}

}  // namespace zifa
