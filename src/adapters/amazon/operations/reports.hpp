// Reports: asked for, made by Amazon in its own time, fetched as a document.
#pragma once

#include <map>

#include "adapters/amazon/operation.hpp"
#include "app/ports/marketplace.hpp"

namespace zifa::amazon {

// Shared with feeds: IN_QUEUE, IN_PROGRESS, DONE, CANCELLED, FATAL. A word we do not know counts as still running.
ReportStatus processing_status(std::string_view word);

// A link to a document, good for five minutes.
struct DocumentLink {
  std::string document_id;
  std::string url;
  bool gzipped = false;
};

struct ReportRequest {
  std::string type;
  std::vector<std::string> marketplaces;
  std::optional<Instant> from;
  std::optional<Instant> to;
  std::map<std::string, std::string> options;
};

extern const Operation create_report;
http::Request write_create_report(const ReportRequest& request);
Result<std::string> read_create_report(const http::Response& answer);

extern const Operation get_report;
http::Request write_get_report(std::string_view report_id);
Result<ReportState> read_get_report(const http::Response& answer);

extern const Operation get_reports;
http::Request write_get_reports(const ReportQuery& query);
Result<ReportPage> read_get_reports(const http::Response& answer);

extern const Operation get_report_document;
http::Request write_get_report_document(std::string_view document_id);
Result<DocumentLink> read_get_report_document(const http::Response& answer);

}  // namespace zifa::amazon
