// Feeds and reports as a client drives them: upload, wait, download, unpack.
#pragma once

#include "sandbox/amazon/documents.hpp"
#include "tests/sandbox/desk.hpp"

namespace zifa::sandbox {

inline std::string target_of(const std::string& url) { return url.substr(url.find("/documents/")); }

inline Answer upload(Desk& desk, const std::string& url, std::string_view content_type, std::string body) {
  return desk.send({.method = "PUT", .target = target_of(url), .headers = {{"Content-Type", std::string(content_type)}}, .body = std::move(body), .remote = ""});
}

inline std::string download(Desk& desk, const Answer& document) {
  const Answer got = desk.send({.method = "GET", .target = target_of(document.text("url")), .headers = {}, .body = "", .remote = ""});
  REQUIRE(got.status == 200);
  CHECK((document.text("compressionAlgorithm") == "GZIP") == got.raw.body.starts_with("\x1F\x8B"));
  Result<std::string> plain = gunzip_if_needed(got.raw.body);
  REQUIRE(plain.has_value());
  return *plain;
}

struct FinishedFeed {
  std::string status, report;
};
inline FinishedFeed run_feed(Desk& desk, const std::string& type, const std::string& content_type, std::string body) {
  const Answer created = desk.call("POST", "/feeds/2021-06-30/documents", json::object{{"contentType", content_type}});
  REQUIRE(created.status == 201);
  REQUIRE(upload(desk, created.text("url"), content_type, std::move(body)).status == 200);
  const Answer feed = desk.call("POST", "/feeds/2021-06-30/feeds", json::object{{"feedType", type}, {"marketplaceIds", json::array{"ATVPDKIKX0DER"}}, {"inputFeedDocumentId", created.text("feedDocumentId")}});
  REQUIRE_MESSAGE(feed.status == 202, feed.raw.body);
  const std::string path = "/feeds/2021-06-30/feeds/" + feed.text("feedId");
  CHECK(desk.get(path).text("processingStatus") == "IN_QUEUE");
  CHECK(desk.get(path).text("processingStatus") == "IN_PROGRESS");
  const Answer done = desk.get(path);
  return {done.text("processingStatus"), download(desk, desk.get("/feeds/2021-06-30/documents/" + done.text("resultFeedDocumentId")))};
}

// The text of a report, or "" when it was cancelled for want of data.
inline std::string run_report(Desk& desk, json::object wish, bool restricted = false) {
  if (!wish.contains("marketplaceIds")) wish["marketplaceIds"] = json::array{"ATVPDKIKX0DER"};
  const Answer created = desk.call("POST", "/reports/2021-06-30/reports", wish);
  REQUIRE_MESSAGE(created.status == 202, created.raw.body);
  desk.wait(120);
  const Answer report = desk.get("/reports/2021-06-30/reports/" + created.text("reportId"));
  if (report.text("processingStatus") == "CANCELLED") return "";
  REQUIRE(report.text("processingStatus") == "DONE");
  const std::string path = "/reports/2021-06-30/documents/" + report.text("reportDocumentId");
  const std::string seller = desk.token;
  if (restricted) {
    CHECK(desk.get(path).status == 403);
    desk.token = desk.call("POST", "/tokens/2021-03-01/restrictedDataToken", json::object{{"restrictedResources", json::array{json::object{{"method", "GET"}, {"path", path}}}}}).text("restrictedDataToken");
  }
  const std::string text = download(desk, desk.get(path));
  desk.token = seller;
  return text;
}

}  // namespace zifa::sandbox
