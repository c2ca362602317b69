// POST /feeds/2021-06-30/documents: a place to put a feed. Unused ones disappear after two days.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/feeds.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_create_feed_document(std::string_view content_type) {
  return {.method = "POST", .target = "/feeds/2021-06-30/documents", .body = json::text(json::object{{"contentType", content_type}})};
}

Result<DocumentLink> read_create_feed_document(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, create_feed_document));
  DocumentLink link{json::get_text(body, "feedDocumentId"), json::get_text(body, "url"), false};
  if (link.url.empty() || link.document_id.empty()) return bad_answer(create_feed_document, answer, "it holds no link");
  return link;
}

const Operation create_feed_document{
    .name = "createFeedDocument",
    .effect = Effect::repeats_safely,
    .sample = [](const CheckArguments&) { return write_create_feed_document("text/tab-separated-values; charset=UTF-8"); },
    .understands = understood<read_create_feed_document>,
};

}  // namespace zifa::amazon
