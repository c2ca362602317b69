#include "adapters/amazon/label_reader.hpp"

#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/shipping.hpp"
#include "adapters/http/gzip.hpp"
#include "app/reference/marketplaces.hpp"
#include "base/encoding.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

namespace {
constexpr std::size_t kMaxLabelBytes = 32U * 1024 * 1024;
}

std::string shipping_business(std::string_view marketplace_id) {
  const MarketplaceFacts* facts = find_marketplace(marketplace_id);
  if (facts == nullptr) return {};
  if (facts->country == "GB") return "AmazonShipping_UK";
  if (facts->country == "AE") return "AmazonShipping_UAE";
  for (const char* country : {"US", "IN", "SA", "EG", "IT", "ES", "FR", "JP"})
    if (facts->country == country) return "AmazonShipping_" + facts->country;
  return {};
}

Result<Done> read_documents(const json::value& package, BoughtLabel& into, const Operation& operation, const http::Response& answer) {
  into.tracking_number = json::get_text(package, "trackingId");
  const json::array* documents = json::find_array(package, "packageDocuments");
  if (documents == nullptr) return bad_answer(operation, answer, "it holds no documents");
  for (const json::value& document : *documents) {
    const json::value* contents = json::find(document, "contents");
    const boost::json::string* text = contents == nullptr ? nullptr : contents->if_string();
    auto bytes = text == nullptr ? std::nullopt : from_base64({text->data(), text->size()});
    if (!bytes) return bad_answer(operation, answer, "a document in it is not base64");
    // Some labels come zipped inside the base64.
    if (http::looks_gzipped(*bytes)) {
      auto unfolded = http::gunzip(*bytes, kMaxLabelBytes);
      if (!unfolded.has_value()) return bad_answer(operation, answer, "a document in it is damaged");
      bytes = *std::move(unfolded);
    }
    if (json::get_text(document, "type") == "LABEL" && into.label.empty()) {
      into.label = *std::move(bytes);
      into.format = json::get_text(document, "format");
    } else {
      into.documents.push_back(*std::move(bytes));
    }
  }
  if (into.label.empty()) return bad_answer(operation, answer, "it holds no label");
  return done;
}

}  // namespace zifa::amazon
