// The seller's queue at Amazon SQS, by its JSON protocol.
// Source: docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference (ReceiveMessage, DeleteMessageBatch), read 2026-11-25.
#pragma once

#include <memory>
#include <string>

#include "adapters/amazon/services.hpp"
#include "app/ports/notifications.hpp"

namespace zifa::amazon {

struct QueueAccess {
  std::string arn;  // arn:aws:sqs:us-east-1:123456789012:zifa
  std::string access_key;
  std::string secret_key;
  std::string endpoint;  // empty: Amazon's for the region in the ARN
};

class SqsQueue final : public NotificationQueue {
 public:
  // Refuses `queue.bad_arn`.
  static Result<std::unique_ptr<SqsQueue>> open(Services services, QueueAccess access);
  Result<std::vector<Notification>> receive() override;
  Result<Done> acknowledge(const std::vector<Notification>& notifications) override;

 private:
  SqsQueue(Services services, QueueAccess access, std::string region, std::string url) : services_(services), access_(std::move(access)), region_(std::move(region)), url_(std::move(url)) {}
  Result<http::Response> call(std::string_view action, std::string body);

  Services services_;
  QueueAccess access_;
  std::string region_;
  std::string url_;  // of the queue
};

// The pure halves.
Result<std::vector<Notification>> read_receive_message(const http::Response& answer);
Result<Done> read_delete_message_batch(const http::Response& answer);

}  // namespace zifa::amazon
