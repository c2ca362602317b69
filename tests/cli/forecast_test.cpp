#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/csv.hpp"
#include "tests/cli/streams.hpp"

using namespace zifa;
using zifa::testing::Streams;

namespace {

struct Answer {
  int code;
  std::string err;
  std::vector<std::vector<std::string>> rows;
};

Answer forecast(const std::string& text, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"forecast", "--history", "-"};
  words.insert(words.end(), more.begin(), more.end());
  Streams streams(text);
  Answer answer{cli::run(words, streams), streams.err_.str(), {}};
  std::istringstream out(streams.out_.str());
  CsvReader csv(out, {});
  while (csv.next() == CsvReader::Step::row) answer.rows.emplace_back(csv.fields().begin(), csv.fields().end());
  return answer;
}

std::string months(const std::string& name, int count, const std::string& value) {
  std::string text;
  for (int i = 0; i < count; ++i) text += name + "," + std::to_string(2023 + i / 12) + (i % 12 < 9 ? "-0" : "-") + std::to_string(i % 12 + 1) + "," + value + "\n";
  return text;
}

const std::string kHeader = "series,period,value\n";

bool mentions(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("zifa forecast: one row per series and step, the columns named as the levels were typed") {
  const Answer answer = forecast(kHeader + months("MUG-01", 24, "6") + months("\"a,b\"", 24, "0"), {"--horizon", "2", "--quantiles", "0.90,.5", "--cumulative"});
  CHECK(answer.code == 0);
  CHECK(answer.err.empty());
  REQUIRE(answer.rows.size() == 5);
  CHECK(answer.rows[0] == std::vector<std::string>{"series", "step", "mean", "q0.90", "q.5", "cum_q0.90", "cum_q.5"});
  CHECK(answer.rows[1][0] == "MUG-01");
  CHECK(answer.rows[2][1] == "2");
  CHECK(std::stod(answer.rows[2][6]) == doctest::Approx(12).epsilon(0.1));
  CHECK(std::stod(answer.rows[1][3]) >= std::stod(answer.rows[1][4]));
  CHECK(answer.rows[4] == std::vector<std::string>{"a,b", "2", "0", "0", "0", "0", "0"});
}

TEST_CASE("zifa forecast: every odd row is named with its line and reason, and the good ones are forecast") {
  struct Case { std::string row, reason; };
  const Case cases[]{
      {"A,2024-13,1", "line 26: period \"2024-13\" is not"},
      {"A,2024-02-30,1", "line 26: period \"2024-02-30\" is not"},
      {"A,,1", "line 26: period is empty"},
      {"A,2025-01-01,1", "of another kind"},
      {"A,17,1", "of another kind"},
      {"A,2023-05,1", "period 2023-05 of series A came before, on line 6"},
      {"A,2025-01,-2", "is negative"},
      {"A,2025-01,nan", "is not a number"},
      {"A,2025-01,inf", "is not a number"},
      {"A,2025-01,12x", "is not a number"},
      {"A,2025-01,1e999", "too large"},
      {"A,2025-01,5e12", "above a million million"},
      {"A,2025-01", "too few fields"},
      {",2025-01,1", "series is empty"},
      {"\xff\xfe,2025-01,1", "not UTF-8"},
      {"B,2025-01,", "series B: no value is known"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.row);
    const Answer answer = forecast(kHeader + months("A", 24, "6") + c.row + "\n", {"--horizon", "1"});
    CHECK(answer.code == 1);
    CAPTURE(answer.err);
    CHECK(mentions(answer.err, c.reason));
    CHECK(answer.rows.size() == 2);
  }
}

TEST_CASE("zifa forecast: a wrong call or an unusable file ends with 2 and says what to do") {
  struct Case { std::string text; std::vector<std::string> words; std::string reason; };
  const Case cases[]{
      {kHeader + "A,1,1\n", {}, "--horizon"},
      {kHeader + "A,1,1\n", {"--horizon", "0"}, "--horizon"},
      {kHeader + "A,1,1\n", {"--horizon", "1001"}, "--horizon"},
      {kHeader + "A,1,1\n", {"--horizon", "1", "--quantiles", "1"}, "between 0 and 1"},
      {kHeader + "A,1,1\n", {"--horizon", "1", "--quantiles", "0.5,,0.9"}, "between 0 and 1"},
      {kHeader + "A,1,1\n", {"--horizon", "1", "--quantiles", "0.5,0.50"}, "twice"},
      {kHeader + "A,1,1\n", {"--horizon", "1", "--gaps", "maybe"}, "missing or zero"},
      {kHeader + "A,1,1\n", {"--horizon", "1", "--season", "-3"}, "--season"},
      {kHeader + "A,1,1\n", {"--horizon", "1", "--known", "/no/such/file"}, "cannot read"},
      {"", {"--horizon", "1"}, "empty"},
      {kHeader, {"--horizon", "1"}, "no row that can be used"},
      {kHeader + "A,x,1\n", {"--horizon", "1"}, "no row that can be used"},
      {"sku,period,value\nA,1,1\n", {"--horizon", "1"}, "series,period,value"},
      {"series,period,value,value\nA,1,1,1\n", {"--horizon", "1"}, "twice"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.reason);
    const Answer answer = forecast(c.text, c.words);
    CHECK(answer.code == 2);
    CAPTURE(answer.err);
    CHECK(mentions(answer.err, c.reason));
    CHECK(answer.rows.empty());
  }
}

TEST_CASE("zifa forecast: days, weeks, months and numbers are periods; one point is enough") {
  for (const std::string rows : {"A,2025-03-01,4\n", "A,2025-03-03,4\nA,2025-03-10,4\nA,2025-03-24,4\n", "A,2025-03,4\n", "A,-7,4\n", "A,1,4\nA,1000000000,4\n"}) {
    CAPTURE(rows);
    const Answer answer = forecast(kHeader + rows, {"--horizon", "3", "--cumulative"});
    CHECK(answer.code == 0);
    REQUIRE(answer.rows.size() == 4);
    CHECK(std::stod(answer.rows[1][2]) == doctest::Approx(4).epsilon(0.3));
  }
}

TEST_CASE("zifa forecast: a period without a row is not known, unless --gaps zero") {
  std::string text = kHeader;
  for (int period = 0; period < 60; period += 3) text += "A," + std::to_string(period) + ",9\n";
  const double missing = std::stod(forecast(text, {"--horizon", "1"}).rows[1][2]);
  const double zero = std::stod(forecast(text, {"--horizon", "1", "--gaps", "zero"}).rows[1][2]);
  CHECK(missing == doctest::Approx(9).epsilon(0.05));
  CHECK(zero == doctest::Approx(3).epsilon(0.4));
}

TEST_CASE("zifa forecast: a season longer than half the history is ignored and said so") {
  const std::string text = kHeader + months("A", 20, "3") + months("B", 20, "8");
  const Answer with = forecast(text, {"--horizon", "3", "--season", "11"}), without = forecast(text, {"--horizon", "3", "--season", "0"});
  CHECK(with.rows == without.rows);
  CHECK(with.code == 0);
  CHECK(mentions(with.err, "it is ignored"));
}

TEST_CASE("zifa forecast: what is known of coming periods moves the forecast; odd rows of that file are named too") {
  const auto path = std::filesystem::temp_directory_path() / "zifa_forecast_known_test.csv";
  std::string history = kHeader, known = "period,promotion,series\n";
  for (int t = 0; t < 80; ++t) {
    history += "A," + std::to_string(t) + (t % 8 == 3 ? ",30\n" : ",10\n");
    if (t % 8 == 3) known += std::to_string(t) + ",1,\n";
  }
  std::ofstream(path) << known << "81,1,A\n82,x,A\n83,1,nobody\n2024-01,1,\n81,1,A\n";
  const Answer answer = forecast(history, {"--horizon", "3", "--known", path.string(), "--cumulative"});
  std::filesystem::remove(path);
  CHECK(answer.code == 1);
  CHECK(mentions(answer.err, "known, line 13: promotion \"x\" is not a number"));
  CHECK(mentions(answer.err, "nobody is not in the history"));
  CHECK(mentions(answer.err, "of another kind"));
  CHECK(mentions(answer.err, "came before for the same series"));
  REQUIRE(answer.rows.size() == 4);
  CHECK(std::stod(answer.rows[1][2]) == doctest::Approx(10).epsilon(0.15));
  CHECK(std::stod(answer.rows[2][2]) == doctest::Approx(30).epsilon(0.25));
}

TEST_CASE("zifa forecast: hundreds of one-point series go through") {
  std::string text = kHeader;
  for (int i = 0; i < 3000; ++i) text += "S" + std::to_string(i) + ",2025-01," + std::to_string(i % 5) + "\n";
  const Answer answer = forecast(text, {"--horizon", "2"});
  CHECK(answer.code == 0);
  CHECK(answer.rows.size() == 6001);
}
