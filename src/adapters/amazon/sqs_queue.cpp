#include "adapters/amazon/sqs_queue.hpp"

#include <algorithm>

#include "adapters/amazon/aws_signature.hpp"
#include "adapters/amazon/notification_reader.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

namespace {

std::optional<Error> refusal_in(const http::Response& answer) {
  if (answer.status == 200) return std::nullopt;
  const auto body = json::parse(answer.body);
  const std::string type = body.has_value() ? printable(json::get_text(*body, "__type"), 100) : "";
  const std::string tail = " (status " + std::to_string(answer.status) + (type.empty() ? "" : ", " + type) + ")";
  if (answer.status == 403 || type.find("AccessDenied") != std::string::npos || type.find("Signature") != std::string::npos || type.find("InvalidClientTokenId") != std::string::npos)
    return unauthorized("queue.unauthorized", "Amazon does not let this key read the notification queue; check the key and the queue's policy" + tail + ".");
  if (type.find("NonExistent") != std::string::npos || type.find("QueueDoesNotExist") != std::string::npos) return not_found("queue.unknown", "The notification queue does not exist" + tail + ".");
  if (type.find("Throttl") != std::string::npos || answer.status == 429) return Error{ErrorKind::throttled, "queue.throttled", "Amazon asks to read the notification queue less often" + tail + "."};
  if (answer.status >= 500) return unavailable("queue.unavailable", "The notification queue does not answer just now" + tail + ".");
  return invalid("queue.refused", "The notification queue refuses the call" + tail + ".");
}

}  // namespace

Result<std::unique_ptr<SqsQueue>> SqsQueue::open(Services services, QueueAccess access) {
  const auto parts = split(access.arn, ':');
  const bool good = parts.size() == 6 && parts[0] == "arn" && parts[2] == "sqs" &&
                    std::none_of(parts.begin() + 3, parts.end(), [](std::string_view part) { return part.empty() || part.find_first_of("/ ?#@") != std::string_view::npos; });
  if (!good) return invalid("queue.bad_arn", "\"" + printable(access.arn, 120) + "\" does not name a queue; it looks like arn:aws:sqs:us-east-1:123456789012:name.");
  if (parts[5].ends_with(".fifo")) return invalid("queue.bad_arn", "Amazon sends notifications to standard queues only, and " + printable(parts[5], 80) + " is a FIFO queue.");
  std::string region(parts[3]);
  if (access.endpoint.empty()) access.endpoint = "https://sqs." + region + (parts[1] == "aws-cn" ? ".amazonaws.com.cn" : ".amazonaws.com");
  std::string url = access.endpoint + "/" + std::string(parts[4]) + "/" + std::string(parts[5]);
  return std::unique_ptr<SqsQueue>(new SqsQueue(services, std::move(access), std::move(region), std::move(url)));
}

Result<http::Response> SqsQueue::call(std::string_view action, std::string body) {
  http::Request request{.method = "POST",
                        .target = access_.endpoint + "/",
                        .headers = {{"Content-Type", "application/x-amz-json-1.0"}, {"X-Amz-Target", "AmazonSQS." + std::string(action)}},
                        .body = std::move(body)};
  const std::size_t scheme = access_.endpoint.find("://");
  sign(request, std::string_view(access_.endpoint).substr(scheme == std::string::npos ? 0 : scheme + 3), {access_.access_key, access_.secret_key, region_, "sqs"}, services_.machine.now());
  auto answer = services_.http.send(request, {.answer_timeout_ms = 30'000, .max_answer_bytes = 8U * 1024 * 1024});
  if (answer.has_value()) return answer;
  // Received but not acknowledged comes again, acknowledged twice is acknowledged: nothing here can do harm.
  Error error = std::move(answer).error();
  if (error.kind == ErrorKind::unknown) error.kind = ErrorKind::unavailable;
  return error;
}

Result<std::vector<Notification>> SqsQueue::receive() {
  const http::Response answer = TRY(call("ReceiveMessage", json::text(json::object{{"QueueUrl", url_}, {"MaxNumberOfMessages", 10}, {"WaitTimeSeconds", 0}})));
  return read_receive_message(answer);
}

Result<Done> SqsQueue::acknowledge(const std::vector<Notification>& notifications) {
  for (std::size_t from = 0; from < notifications.size(); from += 10) {
    json::array entries;
    for (std::size_t i = from; i < std::min(from + 10, notifications.size()); ++i) entries.push_back(json::object{{"Id", std::to_string(i - from)}, {"ReceiptHandle", notifications[i].receipt}});
    const http::Response answer = TRY(call("DeleteMessageBatch", json::text(json::object{{"QueueUrl", url_}, {"Entries", std::move(entries)}})));
    TRY(read_delete_message_batch(answer));
  }
  return done;
}

Result<std::vector<Notification>> read_receive_message(const http::Response& answer) {
  if (auto error = refusal_in(answer)) return *std::move(error);
  const auto body = json::parse(answer.body);
  if (!body.has_value() || !body->is_object()) return corrupt("queue.bad_answer", "The notification queue's answer cannot be read.");
  std::vector<Notification> notifications;
  if (const json::array* messages = json::find_array(*body, "Messages"))
    for (const json::value& message : *messages) {
      Notification read = read_notification(json::get_text(message, "Body"));
      read.receipt = json::get_text(message, "ReceiptHandle");
      if (read.id.empty()) read.id = json::get_text(message, "MessageId");
      if (!read.receipt.empty()) notifications.push_back(std::move(read));
    }
  return notifications;
}

Result<Done> read_delete_message_batch(const http::Response& answer) {
  if (auto error = refusal_in(answer)) return *std::move(error);
  const auto body = json::parse(answer.body);
  if (!body.has_value()) return corrupt("queue.bad_answer", "The notification queue's answer cannot be read.");
  const json::array* failed = json::find_array(*body, "Failed");
  if (failed != nullptr && !failed->empty()) return unavailable("queue.not_acknowledged", std::to_string(failed->size()) + " notifications could not be acknowledged; they will come again.");
  return done;
}

}  // namespace zifa::amazon
