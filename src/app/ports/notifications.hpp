// Amazon's notifications, fetched from the seller's own queue: they tell sooner than searching that an order changed.
// Delivered at least once and in any order, so they are a hint to look, never the news itself; searching goes on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace zifa {

struct Notification {
  std::string id;    // the same in every repeat
  std::string type;  // ORDER_CHANGE, FEED_PROCESSING_FINISHED, REPORT_PROCESSING_FINISHED, ...; "" if it cannot be read
  std::optional<Instant> published_at;
  std::string seller_id, marketplace_id;
  std::string amazon_order_id;   // of ORDER_CHANGE
  std::string change;            // OrderStatusChange, BuyerRequestedChange, ...
  std::string subject_id;        // feed id, report id, where the type has one
  std::string document_id;       // of a finished feed or report
  std::string status;            // order status, processing status, account status
  std::string receipt;           // to acknowledge it
};

class NotificationQueue {
 public:
  virtual ~NotificationQueue() = default;
  // Up to ten; none is a good answer too. What is not acknowledged within the queue's own time comes again.
  virtual Result<std::vector<Notification>> receive() = 0;
  // Takes them out of the queue. Those that cannot be read are acknowledged as well, or they come for ever.
  virtual Result<Done> acknowledge(const std::vector<Notification>& notifications) = 0;
};

}  // namespace zifa
