// GET /feeds/2021-06-30/documents/{feedDocumentId}: where the result of a feed lies.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/feeds.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_feed_document(std::string_view document_id) { return {.target = "/feeds/2021-06-30/documents/" + segment(document_id)}; }

Result<DocumentLink> read_get_feed_document(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_feed_document));
  DocumentLink link{json::get_text(body, "feedDocumentId"), json::get_text(body, "url"), json::get_text(body, "compressionAlgorithm") == "GZIP"};
  if (link.url.empty()) return bad_answer(get_feed_document, answer, "it holds no link");
  return link;
}

const Operation get_feed_document{
    .name = "getFeedDocument",
    .sample = [](const CheckArguments& arguments) { return write_get_feed_document(arguments.feed_document_id.empty() ? "0356cf79-b8b0-4226-b4b9-0ee058ea5760" : arguments.feed_document_id); },
    .understands = understood<read_get_feed_document>,
    .subject = &CheckArguments::feed_document_id,
};

}  // namespace zifa::amazon
