// GET /reports/2021-06-30/reports: reports that exist already, some of them made by Amazon unasked (settlements).
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/reports.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_reports(const ReportQuery& question) {
  http::Query query;
  // A page token goes alone; it knows the rest.
  if (!question.page_token.empty()) {
    query.add("nextToken", question.page_token);
  } else {
    add_list(query, "reportTypes", question.types);
    add_list(query, "marketplaceIds", question.marketplaces);
    if (question.created_since) query.add("createdSince", question.created_since->iso());
    query.add("pageSize", "100");
  }
  return {.target = with_query("/reports/2021-06-30/reports", query)};
}

Result<ReportPage> read_get_reports(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_reports));
  const json::array* reports = json::find_array(body, "reports");
  if (reports == nullptr) return bad_answer(get_reports, answer, "it holds no list of reports");
  ReportPage page;
  for (const json::value& entry : *reports) {
    ReportSummary report;
    report.report_id = json::get_text(entry, "reportId");
    if (report.report_id.empty()) continue;
    report.type = json::get_text(entry, "reportType");
    report.state = {processing_status(json::get_text(entry, "processingStatus")), json::get_text(entry, "reportDocumentId")};
    for (const auto& [name, field] : {std::pair{"createdTime", &ReportSummary::created_at}, {"dataStartTime", &ReportSummary::from}, {"dataEndTime", &ReportSummary::to}})
      if (const auto at = Instant::parse(json::get_text(entry, name)); at.has_value()) report.*field = *at;
    page.reports.push_back(std::move(report));
  }
  page.next_token = json::get_text(body, "nextToken");
  return page;
}

const Operation get_reports{
    .name = "getReports",
    .sample = [](const CheckArguments&) { return write_get_reports({.types = {"FEE_DISCOUNTS_REPORT", "GET_AFN_INVENTORY_DATA"}, .marketplaces = {}, .created_since = {}, .page_token = {}}); },
    .understands = understood<read_get_reports>,
};

}  // namespace zifa::amazon
