// The document store behind feeds, reports and uploads: presigned links, good for five minutes of the machine's time.
#pragma once

#include <string>
#include <string_view>

#include "base/http.hpp"
#include "base/result.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

inline constexpr std::string_view kDocumentPath = "/documents/";

http::Response serve_document(World& world, const http::Request& request);

// A link that lets its holder read (GET) or write (PUT) the document.
std::string document_link(const World& world, const Document& document, std::string_view method);

// A document of our own making. Long ones are compressed, as Amazon does.
Document& store_document(World& world, Account* owner, std::string_view prefix, std::string content_type, std::string bytes);
Document& expect_upload(World& world, Account* owner, std::string_view prefix, std::string content_type);

std::string gzip(std::string_view bytes);
// The bytes behind a possible gzip; refuses broken ones and what grows beyond 512 MiB.
Result<std::string> gunzip_if_needed(const std::string& bytes);

}  // namespace zifa::sandbox
