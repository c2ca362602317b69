// Reports API 2021-06-30.
#include "sandbox/amazon/reports.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/documents.hpp"
#include "sandbox/amazon/health_report.hpp"
#include "sandbox/amazon/notifications.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/amazon/report_content.hpp"
#include "sandbox/amazon/search_window.hpp"

namespace zifa::sandbox {

namespace {

using namespace std::chrono_literals;
constexpr auto kStep = 60s;
constexpr auto kDay = std::chrono::hours(24);

// One step of the way: in queue, in progress, done (or cancelled, when there is nothing to report).
void move_report(World& world, Report& report) {
  if (report.state == Processing::in_queue) {
    report.state = Processing::in_progress;
    report.started = world.now();
    return;
  }
  if (report.state != Processing::in_progress) return;
  const ReportType* type = find_report_type(report.type);
  std::optional<std::string> content = type == nullptr ? std::nullopt : type->write(world, report);
  report.state = content ? Processing::done : Processing::cancelled;
  report.ended = world.now();
  if (content) {
    Document& document = store_document(world, report.account, "amzn1.spdoc.1.4.", std::string(type->content_type), std::move(*content));
    document.restricted = type->restricted;
    report.document = document.id;
  }
  notify_report_finished(world, report);
}

Report& start_report(World& world, Report report) {
  report.id = world.fresh_digits(12);
  report.created = world.now();
  const ReportType* type = find_report_type(report.type);
  if (type != nullptr && type->at_request) report.prepared = health_report(world, *report.account, report.marketplaces, world.now());
  for (int step = 1; step <= 2; ++step)
    world.schedule(world.now() + step * kStep, [id = report.id](World& then) {
      const auto found = then.reports.find(id);
      if (found != then.reports.end()) move_report(then, found->second);
    });
  return world.reports[report.id] = std::move(report);
}

json::array texts(const std::vector<std::string>& list) {
  json::array shown;
  for (const std::string& text : list) shown.push_back(json::value(text));
  return shown;
}

json::object report_of(const Report& report) {
  json::object shown{{"reportId", report.id}, {"reportType", report.type}, {"createdTime", report.created.iso()}, {"processingStatus", text_of(report.state)}, {"marketplaceIds", texts(report.marketplaces)}};
  if (report.from) shown["dataStartTime"] = report.from->iso();
  if (report.to) shown["dataEndTime"] = report.to->iso();
  if (!report.schedule.empty()) shown["reportScheduleId"] = report.schedule;
  if (report.started) shown["processingStartTime"] = report.started->iso();
  if (report.ended) shown["processingEndTime"] = report.ended->iso();
  if (!report.document.empty()) shown["reportDocumentId"] = report.document;
  return shown;
}

Report* report_in(Call& call) {
  const auto found = call.world.reports.find(std::string(call.path_value("reportId")));
  return found == call.world.reports.end() || found->second.account != call.account ? nullptr : &found->second;
}

// Type, marketplaces and options of a request for a report or a schedule.
std::optional<http::Response> read_request(const Call& call, Report& report) {
  if (!call.body.is_object()) return invalid_input("The request body is not a JSON object.");
  report.type = json::get_text(call.body, "reportType");
  if (report.type.empty()) return invalid_input("reportType is required.");
  const ReportType* type = find_report_type(report.type);
  if (type == nullptr) return invalid_input("Report type " + printable(report.type, 80) + " is not supported.");
  if (!type->on_request) return invalid_input("Report type " + report.type + " cannot be requested; Amazon makes it, find it with getReports.");
  const json::array* marketplaces = json::find_array(call.body, "marketplaceIds");
  if (marketplaces == nullptr || marketplaces->empty()) return invalid_input("marketplaceIds is required.");
  if (marketplaces->size() > 25) return invalid_input("marketplaceIds takes at most 25 values.");
  for (const json::value& each : *marketplaces) {
    const std::string id = each.is_string() ? std::string(each.get_string()) : std::string();
    if (!call.account->sells_in(id)) return invalid_input("Invalid marketplaceId " + printable(id, 60) + ".");
    report.marketplaces.push_back(id);
  }
  report.account = call.account;
  report.options = "{}";
  if (const json::value* options = json::find(call.body, "reportOptions"); options != nullptr && !options->is_null()) {
    if (!options->is_object()) return invalid_input("reportOptions must be an object.");
    report.options = json::text(*options);
  }
  for (auto [name, moment] : {std::pair{"dataStartTime", &report.from}, std::pair{"dataEndTime", &report.to}}) {
    const json::value* field = json::find(call.body, name);
    if (field == nullptr || field->is_null()) continue;
    const std::optional<Instant> at = field->is_string() ? parse_time(std::string_view(field->get_string())) : std::nullopt;
    if (!at) return invalid_input(std::string(name) + " is not a date-time in ISO 8601.");
    *moment = *at;
  }
  if (report.from && report.to && *report.from > *report.to) return invalid_input("dataStartTime must not be after dataEndTime.");
  return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, int>, 18> kPeriodMinutes{{{"PT5M", 5}, {"PT15M", 15}, {"PT30M", 30}, {"PT1H", 60}, {"PT2H", 120}, {"PT4H", 240}, {"PT8H", 480}, {"PT12H", 720},
    {"P1D", 1440}, {"P2D", 2880}, {"P3D", 4320}, {"PT84H", 5040}, {"P7D", 10080}, {"P14D", 20160}, {"P15D", 21600}, {"P18D", 25920}, {"P30D", 43200}, {"P1M", 43200}}};

int period_minutes(std::string_view period) {
  for (const auto& [name, minutes] : kPeriodMinutes)
    if (name == period) return minutes;
  return 0;
}

void run_schedule(World& world, const std::string& id) {
  const auto found = world.report_schedules.find(id);
  if (found == world.report_schedules.end() || found->second.cancelled) return;
  ReportSchedule& schedule = found->second;
  const auto period = std::chrono::minutes(period_minutes(schedule.period));
  Report report;
  report.type = schedule.type;
  report.account = schedule.account;
  report.marketplaces = schedule.marketplaces;
  report.options = schedule.options;
  report.schedule = id;
  report.from = world.now() - period;
  report.to = world.now();
  start_report(world, std::move(report));
  schedule.next = world.now() + period;
  world.schedule(schedule.next, [id](World& then) { run_schedule(then, id); });
}

json::object schedule_of(const ReportSchedule& schedule) {
  Result<json::value> options = json::parse(schedule.options);
  json::object shown{{"reportScheduleId", schedule.id}, {"reportType", schedule.type}, {"marketplaceIds", texts(schedule.marketplaces)}, {"period", schedule.period},
                     {"nextReportCreationTime", schedule.next.iso()}};
  if (options && options->is_object() && !options->get_object().empty()) shown["reportOptions"] = *options;
  return shown;
}

ReportSchedule* schedule_in(Call& call) {
  const auto found = call.world.report_schedules.find(std::string(call.path_value("reportScheduleId")));
  return found == call.world.report_schedules.end() || found->second.account != call.account || found->second.cancelled ? nullptr : &found->second;
}

void settle(World& world, std::size_t account, Instant from) {
  Report report;
  report.type = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";
  report.account = world.accounts[account].get();
  report.marketplaces = {report.account->marketplaces.front()};
  report.options = "{}";
  report.from = from;
  report.to = world.now();
  report.created = world.now();
  const ReportType& type = *find_report_type(report.type);
  if (std::optional<std::string> content = type.write(world, report)) {
    report.id = world.fresh_digits(12);
    report.state = Processing::done;
    report.started = report.ended = world.now();
    report.document = store_document(world, report.account, "amzn1.spdoc.1.4.", std::string(type.content_type), std::move(*content)).id;
    world.reports[report.id] = std::move(report);
  }
  world.schedule(world.now() + 14 * kDay, [account, begins = world.now()](World& then) { settle(then, account, begins); });
}

}  // namespace

void let_amazon_settle(World& world) {
  for (std::size_t account = 0; account < world.accounts.size(); ++account)
    world.schedule(world.now() + 14 * kDay, [account, begins = world.now()](World& then) { settle(then, account, begins); });
}

http::Response play::create_report(Call& call) {
  Report report;
  if (auto refusal = read_request(call, report)) return *refusal;
  return answer(202, json::object{{"reportId", start_report(call.world, std::move(report)).id}});
}

http::Response play::get_report(Call& call) {
  Report* report = report_in(call);
  if (report == nullptr) return not_found_answer("Report " + printable(call.path_value("reportId"), 60) + " was not found.");
  const json::object shown = report_of(*report);
  move_report(call.world, *report);
  return answer(200, shown);
}

http::Response play::cancel_report(Call& call) {
  Report* report = report_in(call);
  if (report == nullptr) return not_found_answer("Report " + printable(call.path_value("reportId"), 60) + " was not found.");
  if (report->state != Processing::in_queue) return invalid_input("Report " + report->id + " is " + std::string(text_of(report->state)) + " and can no longer be cancelled.");
  report->state = Processing::cancelled;
  report->ended = call.world.now();
  return no_content(200);
}

http::Response play::get_reports(Call& call) {
  std::string question = question_of(call, "nextToken"), position;
  std::set<std::string> types, states, marketplaces;
  std::optional<int> size = 10;
  Instant since = call.world.now() - 90 * kDay, until = call.world.now();
  http::Query query = call.query;
  if (call.query.has("nextToken")) {
    // The token stands for the whole question and comes alone.
    if (!question.empty()) return invalid_input("nextToken must be the only parameter.");
    const std::optional<std::string> token = read_page_token(call, "", call.query.get("nextToken"));
    if (!token) return invalid_input("nextToken is not valid.");
    const std::size_t line = token->find('\n');
    position = token->substr(0, line);
    question = token->substr(line + 1);
    query = http::Query::parse(question);
  }
  for (const std::string& type : query.list("reportTypes")) types.insert(type);
  if (types.empty()) return invalid_input("reportTypes is required unless nextToken is given.");
  if (types.size() > 10) return invalid_input("reportTypes takes at most 10 values.");
  for (const std::string& state : query.list("processingStatuses")) {
    if (state != "CANCELLED" && state != "DONE" && state != "FATAL" && state != "IN_PROGRESS" && state != "IN_QUEUE") return invalid_input("Invalid processingStatus " + printable(state, 60) + ".");
    states.insert(state);
  }
  for (const std::string& id : query.list("marketplaceIds")) marketplaces.insert(id);
  if (query.has("pageSize")) {
    const std::optional<std::int64_t> wanted = to_int(query.get("pageSize"));
    if (!wanted || *wanted < 1 || *wanted > 100) return invalid_input("pageSize must be a number from 1 to 100.");
    size = static_cast<int>(*wanted);
  }
  for (auto [name, moment] : {std::pair{"createdSince", &since}, std::pair{"createdUntil", &until}}) {
    if (!query.has(name)) continue;
    const std::optional<Instant> at = parse_time(query.get(name));
    if (!at) return invalid_input(std::string(name) + " is not a date-time in ISO 8601.");
    *moment = *at;
  }
  std::vector<const Report*> found;
  for (const auto& [id, report] : call.world.reports) {
    if (report.account != call.account || !types.contains(report.type) || report.created < since || report.created > until) continue;
    if (!states.empty() && !states.contains(std::string(text_of(report.state)))) continue;
    if (!marketplaces.empty() && std::none_of(report.marketplaces.begin(), report.marketplaces.end(), [&](const std::string& each) { return marketplaces.contains(each); })) continue;
    found.push_back(&report);
  }
  std::sort(found.begin(), found.end(), [](const Report* a, const Report* b) { return a->created != b->created ? a->created > b->created : a->id > b->id; });
  const std::size_t first = static_cast<std::size_t>(to_int(position).value_or(0)), many = static_cast<std::size_t>(*size);
  json::array reports;
  for (std::size_t i = first; i < found.size() && i < first + many; ++i) reports.push_back(report_of(*found[i]));
  json::object body{{"reports", std::move(reports)}};
  if (first + many < found.size()) body["nextToken"] = page_token(call, "", std::to_string(first + many) + "\n" + question);
  return answer(200, body);
}

http::Response play::get_report_document(Call& call) {
  const auto found = call.world.documents.find(std::string(call.path_value("reportDocumentId")));
  if (found == call.world.documents.end() || found->second.owner != call.account) return not_found_answer("Report document " + printable(call.path_value("reportDocumentId"), 80) + " was not found.");
  const Document& document = found->second;
  if (document.restricted && !call.restricted) return refuse(403, "Unauthorized", "Access to requested resource is denied.", "This report holds personal data; use a restricted data token.");
  json::object body{{"reportDocumentId", document.id}, {"url", document_link(call.world, document, "GET")}};
  if (document.gzip) body["compressionAlgorithm"] = "GZIP";
  return answer(200, body);
}

http::Response play::create_report_schedule(Call& call) {
  Report report;
  if (auto refusal = read_request(call, report)) return *refusal;
  ReportSchedule schedule{.id = "", .type = report.type, .period = json::get_text(call.body, "period"), .options = report.options, .account = call.account, .marketplaces = report.marketplaces,
                          .next = call.world.now(), .cancelled = false};
  if (period_minutes(schedule.period) == 0) return invalid_input("Invalid period " + printable(schedule.period, 60) + ".");
  schedule.next = call.world.now() + std::chrono::minutes(period_minutes(schedule.period));
  if (const json::value* next = json::find(call.body, "nextReportCreationTime"); next != nullptr && !next->is_null()) {
    const std::optional<Instant> at = next->is_string() ? parse_time(std::string_view(next->get_string())) : std::nullopt;
    if (!at) return invalid_input("nextReportCreationTime is not a date-time in ISO 8601.");
    schedule.next = std::max(*at, call.world.now());
  }
  // One schedule per type and set of marketplaces: a new one takes the place of the old.
  for (auto& [id, old] : call.world.report_schedules)
    if (old.account == call.account && old.type == schedule.type && old.marketplaces == schedule.marketplaces) old.cancelled = true;
  schedule.id = call.world.fresh_digits(12);
  const std::string id = schedule.id;
  call.world.schedule(schedule.next, [id](World& then) { run_schedule(then, id); });
  call.world.report_schedules[id] = std::move(schedule);
  return answer(201, json::object{{"reportScheduleId", id}});
}

http::Response play::get_report_schedules(Call& call) {
  const std::vector<std::string> types = call.query.list("reportTypes");
  if (types.empty()) return invalid_input("reportTypes is required.");
  json::array schedules;
  for (const auto& [id, schedule] : call.world.report_schedules)
    if (schedule.account == call.account && !schedule.cancelled && std::find(types.begin(), types.end(), schedule.type) != types.end()) schedules.push_back(schedule_of(schedule));
  return answer(200, json::object{{"reportSchedules", std::move(schedules)}});
}

http::Response play::get_report_schedule(Call& call) {
  const ReportSchedule* schedule = schedule_in(call);
  if (schedule == nullptr) return not_found_answer("Report schedule " + printable(call.path_value("reportScheduleId"), 60) + " was not found.");
  return answer(200, schedule_of(*schedule));
}

http::Response play::cancel_report_schedule(Call& call) {
  ReportSchedule* schedule = schedule_in(call);
  if (schedule == nullptr) return not_found_answer("Report schedule " + printable(call.path_value("reportScheduleId"), 60) + " was not found.");
  schedule->cancelled = true;
  return no_content(200);
}

}  // namespace zifa::sandbox
