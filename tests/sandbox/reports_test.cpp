// Reports: asked for, moved on, read; and the account's health as Amazon counts it.
#include "base/text.hpp"
#include "tests/sandbox/documents.hpp"

namespace zifa::sandbox {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n'))
    if (!line.empty()) lines.emplace_back(line);
  return lines;
}

std::string field(const std::string& report, std::size_t row, std::string_view column) {
  const std::vector<std::string> lines = lines_of(report);
  REQUIRE(lines.size() > row);
  const std::vector<std::string_view> names = split(lines[0], '\t'), fields = split(lines[row], '\t');
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == column) return std::string(fields.at(i));
  FAIL("no column " << column);
  return "";
}

}  // namespace

TEST_CASE("each read moves a report one step, and so do sixty seconds") {
  Desk desk;
  desk.order();
  const json::object wish{{"reportType", "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"}, {"marketplaceIds", json::array{"ATVPDKIKX0DER"}}, {"dataStartTime", "2026-03-01T00:00:00Z"}};
  const std::string read = "/reports/2021-06-30/reports/" + desk.call("POST", "/reports/2021-06-30/reports", wish).text("reportId");
  CHECK(desk.get(read).text("processingStatus") == "IN_QUEUE");
  CHECK(desk.get(read).text("processingStatus") == "IN_PROGRESS");
  CHECK(desk.get(read).text("processingStatus") == "DONE");
  const std::string wait = "/reports/2021-06-30/reports/" + desk.call("POST", "/reports/2021-06-30/reports", wish).text("reportId");
  desk.wait(60);
  CHECK(desk.get(wait).text("processingStatus") == "IN_PROGRESS");
  const std::string cancelled = "/reports/2021-06-30/reports/" + desk.call("POST", "/reports/2021-06-30/reports", wish).text("reportId");
  CHECK(desk.call("DELETE", cancelled).status == 200);
  CHECK(desk.call("DELETE", cancelled).status == 400);
  CHECK(desk.get(cancelled).text("processingStatus") == "CANCELLED");
}

TEST_CASE("the unshipped report opens with a restricted data token and lists what is left to send") {
  Desk desk;
  const json::value two = desk.order({{"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}, {"quantity", 2}}}}});
  const json::value sent = desk.order();
  CHECK(desk.confirm(sent).status == 204);
  const std::string report = run_report(desk, {{"reportType", "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING"}, {"reportOptions", json::object{{"ShowSalesChannel", "true"}}}}, true);
  CHECK(lines_of(report).size() == 2);
  CHECK(field(report, 1, "order-id") == json::get_text(two, "order_id"));
  CHECK(field(report, 1, "quantity-to-ship") == "2");
  CHECK(field(report, 1, "promise-date") == "2026-03-04T07:59:59+00:00");
  CHECK(field(report, 1, "days-past-promise") == "-2");
  CHECK(field(report, 1, "sales-channel") == "Amazon.com");
  CHECK_FALSE(field(report, 1, "recipient-name").empty());
  CHECK(run_report(desk, {{"reportType", "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING"}, {"marketplaceIds", json::array{"A2EUQ1WTGCTBG2"}}}) == "");
}

TEST_CASE("the other reports of orders, listings and returns have their columns") {
  Desk desk;
  const json::value order = desk.order({{"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}, {"quantity", 2}}}}, {"unit_price", "10.00"}});
  CHECK(desk.confirm(order).status == 204);
  const std::string all = run_report(desk, {{"reportType", "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL"}, {"dataStartTime", "2026-03-01T00:00:00Z"}});
  CHECK(field(all, 1, "order-status") == "Shipped");
  CHECK(field(all, 1, "item-price") == "20.00");
  CHECK(field(all, 1, "fulfillment-channel") == "Merchant");
  const std::string fresh = run_report(desk, {{"reportType", "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING"}, {"dataStartTime", "2026-03-01T00:00:00Z"}}, true);
  CHECK(field(fresh, 1, "purchase-date") == "2026-03-02T09:00:00-08:00");
  CHECK(field(fresh, 1, "ship-country") == "US");
  const std::string listings = run_report(desk, {{"reportType", "GET_MERCHANT_LISTINGS_ALL_DATA"}});
  CHECK(lines_of(listings).size() == 21);
  CHECK(field(listings, 1, "status") == "Active");
  CHECK(lines_of(run_report(desk, {{"reportType", "GET_FLAT_FILE_OPEN_LISTINGS_DATA"}})).size() == 21);
  CHECK(run_report(desk, {{"reportType", "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE"}}) == "");
  CHECK(desk.control("POST", "orders/" + json::get_text(order, "order_id") + "/acts", json::object{{"act", "return"}, {"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}, {"quantity", 1}}}}, {"reason", "CR-DEFECTIVE"}}).status == 200);
  const std::string returns = run_report(desk, {{"reportType", "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE"}});
  CHECK(field(returns, 1, "Return Reason") == "CR-DEFECTIVE");
  CHECK(field(returns, 1, "Return quantity") == "1");
  CHECK(run_report(desk, {{"reportType", "GET_XML_RETURNS_DATA_BY_RETURN_DATE"}}).find("<return_reason_code>CR-DEFECTIVE</return_reason_code>") != std::string::npos);
}

TEST_CASE("the health report is counted when it is asked for") {
  Desk desk;
  const json::object mug{{"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}}}}};
  const json::value late = desk.order(mug), good = desk.order(mug);
  CHECK(desk.confirm(good, "1", "9400111899223817576194").status == 204);
  CHECK(desk.control("POST", "clock", json::object{{"to", "2026-03-04T08:00:00Z"}}).status == 200);
  const json::object wish{{"reportType", "GET_V2_SELLER_PERFORMANCE_REPORT"}, {"marketplaceIds", json::array{"ATVPDKIKX0DER"}}};
  const std::string id = desk.call("POST", "/reports/2021-06-30/reports", wish).text("reportId");
  CHECK(desk.confirm(late, "1", "9400111899223817576200").status == 204);
  desk.wait(120);
  const std::string before = download(desk, desk.get("/reports/2021-06-30/documents/" + desk.get("/reports/2021-06-30/reports/" + id).text("reportDocumentId")));
  const json::value first = json::parse(before).value();
  const json::value& metrics = (*json::find_array(first, "performanceMetrics"))[0];
  CHECK(*json::get_int(metrics, "lateShipmentRate.orderCount") == 2);
  CHECK(*json::get_int(metrics, "lateShipmentRate.lateShipmentCount") == 0);
  const json::value second = json::parse(run_report(desk, wish)).value();
  const json::value& now = (*json::find_array(second, "performanceMetrics"))[0];
  CHECK(*json::get_int(now, "lateShipmentRate.lateShipmentCount") == 1);
  CHECK(json::find(now, "lateShipmentRate.rate")->as_double() == 0.5);
  CHECK(json::get_text(now, "lateShipmentRate.status") == "BAD");
  CHECK(json::get_text((*json::find_array(second, "accountStatuses"))[0], "status") == "AT_RISK");
}

TEST_CASE("reports are listed with filters, and their page token comes alone") {
  Desk desk;
  desk.order();
  for (int i = 0; i < 3; ++i) CHECK(desk.call("POST", "/reports/2021-06-30/reports", json::object{{"reportType", "GET_MERCHANT_LISTINGS_ALL_DATA"}, {"marketplaceIds", json::array{"ATVPDKIKX0DER"}}}).status == 202);
  const Answer page = desk.get("/reports/2021-06-30/reports?reportTypes=GET_MERCHANT_LISTINGS_ALL_DATA&pageSize=2");
  CHECK(page.list("reports").size() == 2);
  const std::string token = percent_encode(page.text("nextToken"));
  CHECK(desk.get("/reports/2021-06-30/reports?nextToken=" + token).list("reports").size() == 1);
  CHECK(desk.get("/reports/2021-06-30/reports?pageSize=2&nextToken=" + token).status == 400);
  CHECK(desk.get("/reports/2021-06-30/reports").status == 400);
  CHECK(desk.call("POST", "/reports/2021-06-30/reports", json::object{{"reportType", "GET_NOTHING"}, {"marketplaceIds", json::array{"ATVPDKIKX0DER"}}}).status == 400);
  CHECK(desk.call("POST", "/reports/2021-06-30/reports", json::object{{"reportType", "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"}, {"marketplaceIds", json::array{"ATVPDKIKX0DER"}}}).status == 400);
  CHECK(desk.call("POST", "/reports/2021-06-30/reports", json::object{{"reportType", "GET_MERCHANT_LISTINGS_ALL_DATA"}, {"marketplaceIds", json::array{"A1PA6795UKMFR9"}}}).status == 400);
}

TEST_CASE("a schedule makes reports by itself, and Amazon settles every fourteen days") {
  Desk desk;
  const Answer schedule = desk.call("POST", "/reports/2021-06-30/schedules", json::object{{"reportType", "GET_MERCHANT_LISTINGS_ALL_DATA"}, {"marketplaceIds", json::array{"ATVPDKIKX0DER"}}, {"period", "P1D"}});
  CHECK(schedule.status == 201);
  CHECK(desk.confirm(desk.order()).status == 204);
  desk.wait(3 * 86'400 + 200);
  CHECK(desk.get("/reports/2021-06-30/reports?reportTypes=GET_MERCHANT_LISTINGS_ALL_DATA").list("reports").size() == 3);
  CHECK(desk.get("/reports/2021-06-30/schedules?reportTypes=GET_MERCHANT_LISTINGS_ALL_DATA").list("reportSchedules").size() == 1);
  CHECK(desk.call("DELETE", "/reports/2021-06-30/schedules/" + schedule.text("reportScheduleId")).status == 200);
  desk.wait(12 * 86'400);
  CHECK(desk.get("/reports/2021-06-30/reports?reportTypes=GET_MERCHANT_LISTINGS_ALL_DATA").list("reports").size() == 3);
  const Answer settlements = desk.get("/reports/2021-06-30/reports?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2");
  REQUIRE(settlements.list("reports").size() == 1);
  const std::string text = download(desk, desk.get("/reports/2021-06-30/documents/" + json::get_text(settlements.list("reports")[0], "reportDocumentId")));
  CHECK(field(text, 2, "transaction-type") == "Order");
}

}  // namespace zifa::sandbox
