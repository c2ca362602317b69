// POST /feeds/2021-06-30/feeds: hands a document in. Twice may refund twice, so it is never repeated blindly.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/feeds.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_create_feed(std::string_view type, const std::vector<std::string>& marketplaces, std::string_view document_id) {
  const json::object body{{"feedType", type}, {"marketplaceIds", json::array(marketplaces.begin(), marketplaces.end())}, {"inputFeedDocumentId", document_id}};
  return {.method = "POST", .target = "/feeds/2021-06-30/feeds", .body = json::text(body)};
}

Result<std::string> read_create_feed(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, create_feed));
  std::string id = json::get_text(body, "feedId");
  if (id.empty()) return bad_answer(create_feed, answer, "it holds no feed id");
  return id;
}

const Operation create_feed{
    .name = "createFeed",
    .effect = Effect::once,
    .sample =
        [](const CheckArguments& arguments) {
          return write_create_feed("POST_FLAT_FILE_FULFILLMENT_DATA", {arguments.marketplace_id}, arguments.feed_document_id.empty() ? "3d4e42b5-1d6e-44e8-a89c-2abfca0625bb" : arguments.feed_document_id);
        },
    .understands = understood<read_create_feed>,
};

}  // namespace zifa::amazon
