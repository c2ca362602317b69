// Feeds: a document put into Amazon's store, then handed in under a type; the result is a document too.
#pragma once

#include "adapters/amazon/operation.hpp"
#include "adapters/amazon/operations/reports.hpp"

namespace zifa::amazon {

extern const Operation create_feed_document;
http::Request write_create_feed_document(std::string_view content_type);
Result<DocumentLink> read_create_feed_document(const http::Response& answer);

extern const Operation create_feed;
http::Request write_create_feed(std::string_view type, const std::vector<std::string>& marketplaces, std::string_view document_id);
Result<std::string> read_create_feed(const http::Response& answer);

extern const Operation get_feed;
http::Request write_get_feed(std::string_view feed_id);
Result<FeedState> read_get_feed(const http::Response& answer);

extern const Operation get_feed_document;
http::Request write_get_feed_document(std::string_view document_id);
Result<DocumentLink> read_get_feed_document(const http::Response& answer);

}  // namespace zifa::amazon
