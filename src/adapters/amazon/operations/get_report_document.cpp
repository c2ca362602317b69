// GET /reports/2021-06-30/documents/{reportDocumentId}: where a finished report lies.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/reports.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_report_document(std::string_view document_id) { return {.target = "/reports/2021-06-30/documents/" + segment(document_id)}; }

Result<DocumentLink> read_get_report_document(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_report_document));
  DocumentLink link{json::get_text(body, "reportDocumentId"), json::get_text(body, "url"), json::get_text(body, "compressionAlgorithm") == "GZIP"};
  if (link.url.empty()) return bad_answer(get_report_document, answer, "it holds no link");
  return link;
}

const Operation get_report_document{
    .name = "getReportDocument",
    .sample = [](const CheckArguments& arguments) { return write_get_report_document(arguments.report_document_id.empty() ? "0356cf79-b8b0-4226-b4b9-0ee058ea5760" : arguments.report_document_id); },
    .understands = understood<read_get_report_document>,
    .subject = &CheckArguments::report_document_id,
};

}  // namespace zifa::amazon
