#include <doctest/doctest.h>

#include <sstream>

#include "base/json.hpp"
#include "tests/cli/streams.hpp"

using namespace zifa;
using zifa::testing::Streams;

namespace {

struct Answer {
  int code;
  std::string err;
  json::value out;

  const json::value& metric(std::string_view id) const {
    for (const json::value& m : out.at("metrics").as_array())
      if (m.at("id").as_string() == id) return m;
    FAIL("no metric " << id);
    return out;
  }
};

Answer health(const std::string& csv, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"health", "--orders", "-", "--as-of", "2026-03-20T12:00:00-07:00"};
  words.insert(words.end(), more.begin(), more.end());
  Streams streams(csv);
  const int code = cli::run(words, streams);
  const std::string out = streams.out_.str();
  return {code, streams.err_.str(), out.empty() ? json::value() : json::parse(out).value()};
}

const std::string kHeader = "order_id,marketplace,purchased_at,ship_by,confirmed_at\n";
const std::string kLate = "1,US,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,2026-03-12T07:00:00Z\n";
const std::string kGood = "2,US,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,2026-03-12T06:59:59Z\n";

}  // namespace

TEST_CASE("zifa health: ten late of two hundred is five percent, 51 more on time heal it") {
  std::string csv = kHeader;
  for (int i = 0; i < 200; ++i) {
    std::string line = i < 10 ? kLate : kGood;
    line[0] = 'A';
    csv += "n" + std::to_string(i) + line;
  }
  const Answer answer = health(csv);
  CHECK(answer.code == 0);
  CHECK(answer.err.empty());
  CHECK(answer.out.at("as_of").as_string() == "2026-03-20T19:00:00Z");
  CHECK(answer.out.at("marketplace").as_string() == "US");
  const json::value& lsr = answer.metric("lsr_30");
  CHECK(lsr.at("late").as_int64() == 10);
  CHECK(lsr.at("orders").as_int64() == 200);
  CHECK(lsr.at("rate").as_string() == "0.0500");
  CHECK(lsr.at("limit").as_string() == "<0.04");
  CHECK(lsr.at("met").as_bool() == false);
  CHECK(lsr.at("on_time_needed").as_int64() == 51);
  CHECK(lsr.at("late_affordable").as_int64() == 0);
  CHECK(lsr.at("clears_on").as_string() == "2026-04-10");
  CHECK(lsr.at("by_day").as_array().size() == 61);
  CHECK(lsr.at("by_day").at(0).at("day").as_string() == "2026-03-20");
  for (const char* id : {"lsr_10", "cancel_7", "vtr_30", "otdr_14", "odr_60", "idr_7", "response_24h"}) answer.metric(id);
  CHECK(answer.metric("response_24h").at("met").is_null());
}

TEST_CASE("zifa health: a bad row is named by its line and the good rows are still answered") {
  struct Case {
    const char* row;
    const char* reason;
  };
  const Case cases[] = {
      {"3,US,2026-03-10T10:00:00,2026-03-12T06:59:59Z,", "purchased_at \"2026-03-10T10:00:00\" has no time zone"},
      {"3,US,2026-03-10T10:00:00Z,2026-02-30T06:59:59Z,", "ship_by \"2026-02-30T06:59:59Z\" is not an instant"},
      {"3,US,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,soon", "confirmed_at \"soon\" is not an instant"},
      {"3,US,,2026-03-12T06:59:59Z,", "purchased_at is empty"},
      {"3,US,2026-03-10T10:00:00Z,,", "ship_by is empty"},
      {",US,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,", "order_id is empty"},
      {"3,Mars,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,", "marketplace \"Mars\" is not a marketplace known here"},
      {"3,US,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,,extra", "has 6 fields where the first line names 5"},
      {"3,US", "purchased_at is empty"},
      {"\xFF\xFE,US,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,", "is not UTF-8"},
      {"\"3,US", "never ends"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.row);
    const Answer answer = health(kHeader + kLate + kGood + c.row + "\n");
    CHECK(answer.code == 1);
    CHECK(answer.err.find("line 4: ") != std::string::npos);
    CHECK(answer.err.find(c.reason) != std::string::npos);
    CHECK(answer.metric("lsr_30").at("orders").as_int64() == 2);
  }
}

TEST_CASE("zifa health: values outside their column's words are refused") {
  const std::string header = "order_id,marketplace,purchased_at,ship_by,confirmed_at,cancelled_by,tracking_valid,feedback,a_to_z,units\n";
  const std::string start = "3,US,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,,";
  for (const char* row : {"nobody,,,,", ",2,,,", ",yes,,,", ",,6,,", ",,0,,", ",,,x,", ",,,,-1", ",,,,1.5", ",,,,99999999999999999999"}) {
    CAPTURE(row);
    CHECK(health(header + start + row + "\n").code == 1);
  }
  for (const char* row : {"Buyer,1,5,1,2", "amazon,0,1,0,1", ",,,,"}) CHECK(health(header + start + row + "\n").code == 0);
}

TEST_CASE("zifa health: the last row of an order wins") {
  std::string again = kGood;
  again[0] = '1';
  const Answer answer = health(kHeader + kLate + again);
  CHECK(answer.code == 0);
  CHECK(answer.metric("lsr_30").at("orders").as_int64() == 1);
  CHECK(answer.metric("lsr_30").at("late").as_int64() == 0);
}

TEST_CASE("zifa health: several marketplaces need a choice, and UK is GB") {
  const std::string csv = kHeader + kLate + "9,UK,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,\n8,gb,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,\n";
  const Answer refused = health(csv);
  CHECK(refused.code == 2);
  CHECK(refused.err.find("several marketplaces (US, GB)") != std::string::npos);
  CHECK(health(csv, {"--marketplace", "US"}).metric("lsr_30").at("late").as_int64() == 1);
  for (const char* name : {"UK", "GB"}) {
    const Answer answer = health(csv, {"--marketplace", name});
    CHECK(answer.out.at("marketplace").as_string() == "GB");
    CHECK(answer.metric("lsr_30").at("orders").as_int64() == 2);
  }
  CHECK(health(csv, {"--marketplace", "DE"}).metric("lsr_30").at("met").is_null());
  CHECK(health(kHeader + "9,UK,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,\n8,GB,2026-03-10T10:00:00Z,2026-03-12T06:59:59Z,\n").code == 0);
}

TEST_CASE("zifa health: a wrong call or an unreadable file ends with 2") {
  CHECK(health("").code == 2);
  CHECK(health("order_id,marketplace\n").err.find("missing: purchased_at, ship_by, confirmed_at") != std::string::npos);
  CHECK(health("order_id," + kHeader).code == 2);
  CHECK(health(kHeader, {"--basis", "paid"}).code == 2);
  CHECK(health(kHeader, {"--open-late", "some"}).code == 2);
  CHECK(health(kHeader, {"--days-ahead", "-1"}).code == 2);
  CHECK(health(kHeader, {"--marketplace", "XX"}).code == 2);
  CHECK(health(kHeader, {"--as-of", "2026-03-20T12:00:00"}).code == 2);
  CHECK(health(kHeader, {"--as-of", "2026-03-20"}).code == 2);
  Streams streams("");
  CHECK(cli::run({"health", "--orders", "/nowhere/orders.csv", "--as-of", "2026-03-20T12:00:00Z"}, streams) == 2);
  CHECK(cli::run({"health", "--orders", "-"}, streams) == 2);
  CHECK(cli::run({"health", "--as-of", "2026-03-20T12:00:00Z"}, streams) == 2);
}

TEST_CASE("zifa health: columns stand in any order, others are ignored, and nothing counted has no verdict") {
  const Answer answer = health("\xEF\xBB\xBFNote,Confirmed_At,ship_by,purchased_at,marketplace,order_id\r\nx,,2026-04-12T06:59:59Z,2026-03-10T10:00:00Z,US,7\r\n",
                               {"--days-ahead", "0", "--list-failing"});
  CHECK(answer.code == 0);
  const json::value& lsr = answer.metric("lsr_30");
  CHECK(lsr.at("orders").as_int64() == 0);
  CHECK(lsr.at("met").is_null());
  CHECK(lsr.at("rate").is_null());
  CHECK(lsr.at("clears_on").as_string() == "2026-03-20");
  CHECK(lsr.at("by_day").as_array().size() == 1);
  CHECK(lsr.at("failing").as_array().empty());
  CHECK(health(kHeader).code == 0);
}
