// GET /feeds/2021-06-30/feeds/{feedId}: how far a feed is.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/feeds.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_feed(std::string_view feed_id) { return {.target = "/feeds/2021-06-30/feeds/" + segment(feed_id)}; }

Result<FeedState> read_get_feed(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_feed));
  const std::string status = json::get_text(body, "processingStatus");
  if (status.empty()) return bad_answer(get_feed, answer, "it does not say how far the feed is");
  return FeedState{processing_status(status), json::get_text(body, "resultFeedDocumentId")};
}

const Operation get_feed{
    .name = "getFeed",
    .sample = [](const CheckArguments& arguments) { return write_get_feed(arguments.feed_id.empty() ? "feedId1" : arguments.feed_id); },
    .understands = understood<read_get_feed>,
    .subject = &CheckArguments::feed_id,
};

}  // namespace zifa::amazon
