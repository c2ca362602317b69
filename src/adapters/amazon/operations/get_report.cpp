// GET /reports/2021-06-30/reports/{reportId}: how far a report is. CANCELLED mostly means that there was no data.
#include <algorithm>
#include <array>

#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/reports.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

ReportStatus processing_status(std::string_view word) {
  struct Entry {
    std::string_view amazon;
    ReportStatus ours;
  };
  static constexpr std::array kStatuses{
      Entry{"IN_QUEUE", ReportStatus::queued},       Entry{"IN_PROGRESS", ReportStatus::running}, Entry{"DONE", ReportStatus::finished},
      Entry{"CANCELLED", ReportStatus::cancelled},   Entry{"FATAL", ReportStatus::failed},
  };
  const auto found = std::find_if(kStatuses.begin(), kStatuses.end(), [&](const Entry& entry) { return entry.amazon == word; });
  return found == kStatuses.end() ? ReportStatus::running : found->ours;
}

http::Request write_get_report(std::string_view report_id) { return {.target = "/reports/2021-06-30/reports/" + segment(report_id)}; }

Result<ReportState> read_get_report(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_report));
  const std::string status = json::get_text(body, "processingStatus");
  if (status.empty()) return bad_answer(get_report, answer, "it does not say how far the report is");
  return ReportState{processing_status(status), json::get_text(body, "reportDocumentId")};
}

const Operation get_report{
    .name = "getReport",
    .sample = [](const CheckArguments& arguments) { return write_get_report(arguments.report_id.empty() ? "ID323" : arguments.report_id); },
    .understands = understood<read_get_report>,
    .subject = &CheckArguments::report_id,
};

}  // namespace zifa::amazon
