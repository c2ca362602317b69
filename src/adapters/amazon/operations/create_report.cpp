// POST /reports/2021-06-30/reports. Asked twice, Amazon makes it twice or cancels one of the two; no harm is done.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/reports.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_create_report(const ReportRequest& request) {
  json::object body{{"reportType", request.type}, {"marketplaceIds", json::array(request.marketplaces.begin(), request.marketplaces.end())}};
  if (request.from) body["dataStartTime"] = request.from->iso();
  if (request.to) body["dataEndTime"] = request.to->iso();
  if (!request.options.empty()) {
    json::object options;
    for (const auto& [name, value] : request.options) options[name] = value;
    body["reportOptions"] = std::move(options);
  }
  return {.method = "POST", .target = "/reports/2021-06-30/reports", .body = json::text(body)};
}

Result<std::string> read_create_report(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, create_report));
  std::string id = json::get_text(body, "reportId");
  if (id.empty()) return bad_answer(create_report, answer, "it holds no report id");
  return id;
}

const Operation create_report{
    .name = "createReport",
    .effect = Effect::repeats_safely,
    .sample = [](const CheckArguments& arguments) { return write_create_report({.type = "GET_MERCHANT_LISTINGS_ALL_DATA", .marketplaces = {arguments.marketplace_id}, .from = {}, .to = {}, .options = {}}); },
    .understands = understood<read_create_report>,
};

}  // namespace zifa::amazon
