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
};

Answer plan(const std::string& text, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"plan", "--input", "-"};
  words.insert(words.end(), more.begin(), more.end());
  Streams streams(text);
  const int code = cli::run(words, streams);
  const std::string out = streams.out_.str();
  return {code, streams.err_.str(), out.empty() ? json::value() : json::parse(out).value()};
}

std::string day(const std::string& orders, const std::string& pickups = R"([{"carrier":"ups","at":"2026-11-25T10:00:00Z"}])") {
  return R"({"now":"2026-11-25T08:00:00Z","stations":1,"shifts":[{"from":"2026-11-25T09:00:00Z","to":"2026-11-25T17:00:00Z"}],"pickups":)" + pickups +
         R"(,"orders":[)" + orders + "]}";
}

const std::string kFirst = R"({"id":"A","work_min":40,"ready_at":null,"ship_by":"2026-11-25T12:00:00Z","carriers":["ups"]})";
const std::string kSecond = R"({"id":"B","work_min":20.5,"ship_by":"2026-11-25T12:00:00+00:00","carriers":null})";

}  // namespace

TEST_CASE("zifa plan: the longer of two orders that do not both reach the pickup is late, and still planned") {
  const Answer answer = plan(day(kFirst + "," + kSecond));
  CHECK(answer.code == 0);
  CHECK(answer.err.empty());
  CHECK(answer.out.at("on_time").as_int64() == 1);
  CHECK(answer.out.at("late").as_array().size() == 1);
  CHECK(answer.out.at("late").at(0).as_string() == "A");
  CHECK(answer.out.at("lower_bound_late").as_int64() == 1);
  CHECK(answer.out.at("optimal").as_bool());
  const json::value& slot = answer.out.at("slots").at(0);
  CHECK(slot.at("order").as_string() == "B");
  CHECK(slot.at("station").as_int64() == 0);
  CHECK(slot.at("start").as_string() == "2026-11-25T09:00:00Z");
  CHECK(slot.at("end").as_string() == "2026-11-25T09:20:30Z");
  CHECK(slot.at("pickup").as_string() == "2026-11-25T10:00:00Z");
  CHECK(answer.out.at("slots").at(1).at("pickup").is_null());
  const json::array& repairs = answer.out.at("repairs").as_array();
  REQUIRE(repairs.size() == 2);
  CHECK(repairs[0].at("kind").as_string() == "add_station");
  CHECK(repairs[0].at("late_after").as_int64() == 0);
  CHECK(repairs[1].at("kind").as_string() == "extra_pickup");
  CHECK(plan(day(kFirst + "," + kSecond), {"--no-repairs"}).out.at("repairs").as_array().empty());
}

TEST_CASE("zifa plan: without pickups the ship-by decides") {
  for (const char* none : {"[]", "null"}) {
    const Answer answer = plan(day(kFirst + "," + kSecond, none));
    CHECK(answer.out.at("on_time").as_int64() == 2);
    CHECK(answer.out.at("slots").at(0).at("pickup").is_null());
  }
}

TEST_CASE("zifa plan: an order that cannot be used is named, the others are planned") {
  struct Case {
    const char* order;
    const char* reason;
  };
  const Case cases[] = {
      {R"({"work_min":4,"ship_by":"2026-11-25T12:00:00Z"})", "orders[1]: id is missing"},
      {R"({"id":"B","ship_by":"2026-11-25T12:00:00Z"})", "order B: work_min is not a number"},
      {R"({"id":"B","work_min":-1,"ship_by":"2026-11-25T12:00:00Z"})", "order B: work_min is not between"},
      {R"({"id":"B","work_min":1e300,"ship_by":"2026-11-25T12:00:00Z"})", "order B: work_min is not between"},
      {R"({"id":"B","work_min":4})", "order B: ship_by is missing"},
      {R"({"id":"B","work_min":4,"ship_by":"2026-11-25T12:00:00"})", "has no time zone"},
      {R"({"id":"B","work_min":4,"ready_at":5,"ship_by":"2026-11-25T12:00:00Z"})", "order B: ready_at is not a text"},
      {R"({"id":"B","work_min":4,"ship_by":"2026-11-25T12:00:00Z","carriers":"ups"})", "carriers is not a list"},
      {R"({"id":"B","work_min":4,"ship_by":"2026-11-25T12:00:00Z","carriers":[1]})", "other than texts"},
      {R"({"id":"A","work_min":4,"ship_by":"2026-11-25T12:00:00Z"})", "the order A is there already"},
      {"7", "orders[1]: is not an object"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.order);
    const Answer answer = plan(day(kFirst + "," + c.order));
    CHECK(answer.code == 1);
    CHECK(answer.err.find("orders[1]") != std::string::npos);
    CHECK(answer.err.find(c.reason) != std::string::npos);
    CHECK(answer.out.at("on_time").as_int64() == 1);
  }
  CHECK(plan(day(kFirst, R"([{"carrier":"ups","at":"noon"}])")).err.find("pickups[0]: at \"noon\" is not an instant") != std::string::npos);
}

TEST_CASE("zifa plan: input that is no day ends with 2") {
  for (const char* text : {"", "[]", "{", "null", R"({"now":"2026-11-25T08:00:00Z"})", R"({"now":"today","stations":1,"shifts":[],"orders":[]})",
                           R"({"now":"2026-11-25T08:00:00Z","stations":1.5,"shifts":[],"orders":[]})", R"({"now":"2026-11-25T08:00:00Z","stations":1,"shifts":{},"orders":[]})",
                           R"({"now":"2026-11-25T08:00:00Z","stations":1,"shifts":[]})"}) {
    CAPTURE(text);
    CHECK(plan(text).code == 2);
  }
  Streams streams("");
  CHECK(cli::run({"plan"}, streams) == 2);
  CHECK(cli::run({"plan", "--input", "/nowhere/day.json"}, streams) == 2);
  CHECK(plan(R"({"now":"2026-11-25T08:00:00Z","stations":1,"shifts":[],"orders":[]})").code == 0);
}
