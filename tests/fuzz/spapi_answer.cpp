// Any status, any bytes, read by every operation: an answer or an error, never a crash; a refusal is never taken for one.
#include <cstddef>
#include <cstdint>

#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/notification_reader.hpp"
#include "adapters/amazon/operation.hpp"
#include "adapters/amazon/sqs_queue.hpp"
#include "adapters/amazon/tokens.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto all = zifa::amazon::operations();
  const zifa::amazon::Operation& operation = *all[data[0] % all.size()];
  static constexpr int kStatuses[] = {200, 200, 200, 200, 202, 204, 400, 403, 404, 429, 500, 503, 999, -1};
  zifa::http::Response answer;
  answer.status = kStatuses[data[1] % std::size(kStatuses)];
  answer.body.assign(reinterpret_cast<const char*>(data) + 2, size - 2);
  answer.headers.set("x-amzn-RequestId", answer.body.substr(0, 40));
  const auto read = operation.understands(answer);
  const bool good = answer.status >= 200 && answer.status < 300;
  zifa::check(good || !read.has_value(), "a refusal is not an answer");
  zifa::check(good == !zifa::amazon::error_in(answer, operation).has_value(), "every refusal is an error");
  (void)zifa::amazon::read_token(answer, "shop");
  (void)zifa::amazon::read_notification(answer.body);
  (void)zifa::amazon::read_receive_message(answer);
  (void)zifa::amazon::read_delete_message_batch(answer);
  return 0;
}
