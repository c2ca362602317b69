#include <doctest/doctest.h>

#include <sstream>

#include "base/json.hpp"
#include "tests/cli/streams.hpp"

using namespace zifa;
using zifa::testing::Streams;

namespace {

struct Answer {
  int code = 0;
  std::string out, err;
  std::vector<json::value> lines;
};

Answer pack(const std::string& input, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"pack", "--input", "-"};
  words.insert(words.end(), more.begin(), more.end());
  Streams streams(input);
  Answer answer;
  answer.code = cli::run(words, streams);
  answer.out = streams.out_.str();
  answer.err = streams.err_.str();
  std::istringstream lines(answer.out);
  for (std::string line; std::getline(lines, line);) answer.lines.push_back(json::parse(line).value());
  return answer;
}

const std::string kCartons = R"({"cartons":[{"id":"A","inner":[300,200,150],"outer":[306,206,160],"max_weight_g":10000,"tare_g":120,"cost":35,"available":null}]})";
const std::string kFreight =
    R"({"cartons":[{"id":"A","inner":[300,200,150],"outer":[306,206,160],"max_weight_g":10000,"tare_g":120,"cost":35,"available":1}],"freight":{"divisor":5000,"steps":[[454,650],[5000,745]]}})";

std::string order(const std::string& id, const std::string& item) { return R"({"id":")" + id + R"(","items":[)" + item + "]}"; }
const std::string kMug = R"({"sku":"MUG","quantity":2,"size":[100,80,60],"weight_g":250,"turn":"any","stackable":true})";

}  // namespace

TEST_CASE("zifa pack answers one line an order, in their order") {
  const Answer answer = pack(kCartons + "\n" + order("1", kMug) + "\n\n" + order("2", kMug) + "\n");
  CHECK(answer.code == 0);
  CHECK(answer.err.empty());
  REQUIRE(answer.lines.size() == 2);
  CHECK(json::get_text(answer.lines[0], "id") == "1");
  CHECK(json::get_text(answer.lines[1], "id") == "2");
  const auto& parcel = answer.lines[0].at("parcels").at(0);
  CHECK(parcel.at("carton").as_string() == "A");
  CHECK(parcel.at("weight_g").as_int64() == 620);
  CHECK(parcel.at("fill").as_double() == doctest::Approx(0.1067));
  CHECK(parcel.as_object().if_contains("cost") == nullptr);
  CHECK(parcel.at("items").as_array().size() == 2);
  CHECK(answer.lines[0].at("refused").as_array().empty());
}

TEST_CASE("zifa pack names cost and charged weight where there is freight") {
  const Answer answer = pack(kFreight + "\n" + order("1", kMug));
  const auto& parcel = answer.lines.at(0).at("parcels").at(0);
  CHECK(parcel.at("charged_g").as_int64() == 2018);  // 306 x 206 x 160 / 5000, rounded up
  CHECK(parcel.at("cost").as_int64() == 35 + 745);
}

TEST_CASE("zifa pack refuses units with a reason and goes on") {
  const Answer answer = pack(kFreight + "\n" + order("1", R"({"sku":"POLE","quantity":3,"size":[2000,10,10],"weight_g":1})" + std::string(",") + kMug));
  CHECK(answer.code == 0);
  const auto& refused = answer.lines.at(0).at("refused").at(0);
  CHECK(refused.at("sku").as_string() == "POLE");
  CHECK(refused.at("quantity").as_int64() == 3);
  CHECK(!refused.at("reason").as_string().empty());
  CHECK(answer.lines[0].at("parcels").as_array().size() == 1);
}

TEST_CASE("zifa pack names bad lines and answers the good ones") {
  const struct {
    const char* line;
    const char* says;
  } cases[] = {
      {"{", "not JSON"},
      {"[]", "\"id\""},
      {R"({"items":[]})", "\"id\""},
      {R"({"id":"1"})", "\"items\""},
      {R"({"id":"1","items":[3]})", "object"},
      {R"({"id":"1","items":[{"sku":"X","quantity":0,"size":[1,1,1]}]})", "quantity"},
      {R"({"id":"1","items":[{"sku":"X","quantity":1.5,"size":[1,1,1]}]})", "quantity"},
      {R"({"id":"1","items":[{"sku":"X","quantity":1,"size":[0,1,1]}]})", "below 1 mm"},
      {R"({"id":"1","items":[{"sku":"X","quantity":1,"size":[1,1]}]})", "three"},
      {R"({"id":"1","items":[{"sku":"X","quantity":1,"size":[1,1,1e99]}]})", "three"},
      {R"({"id":"1","items":[{"sku":"X","quantity":1}]})", "three"},
      {R"({"id":"1","items":[{"sku":"X","quantity":1,"size":[1,1,1],"weight_g":-1}]})", "weight"},
      {R"({"id":"1","items":[{"sku":"X","quantity":1,"size":[1,1,1],"turn":"over"}]})", "turn"},
      {R"({"id":"1","items":[{"sku":"X","quantity":1,"size":[1,1,1],"vertical":[true]}]})", "vertical"},
      {R"({"id":"1","items":[{"sku":"X","quantity":1,"size":[1,1,1],"vertical":[false,false,false]}]})", "upright"},
      {R"({"id":"1","items":[{"sku":"X","quantity":1,"size":[1,1,1],"stackable":"no"}]})", "stackable"},
      {R"({"id":"1","items":[{"sku":"X","quantity":1000000,"size":[1,1,1]}]})", "units"},
      {R"({"id":"1","items":[],"cartons":["B"]})", "not offered"},
      {R"({"id":"1","items":[],"cartons":"A"})", "list"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.line);
    const Answer answer = pack(kCartons + "\n" + order("0", kMug) + "\n" + c.line + "\n" + order("2", kMug) + "\n");
    CHECK(answer.code == 1);
    CHECK(answer.lines.size() == 2);
    CHECK(answer.err.starts_with("line 3: "));
    CHECK(answer.err.find(c.says) != std::string::npos);
  }
}

TEST_CASE("zifa pack stops at an offer it cannot read and at wrong options") {
  for (const char* line : {"", "{", "{}", R"({"cartons":[{"id":"A"}]})", R"({"cartons":[{"inner":[1,1,1]}]})", R"({"cartons":[{"id":"A","inner":[0,1,1]}]})",
                           R"({"cartons":[{"id":"A","inner":[1,1,1]},{"id":"A","inner":[1,1,1]}]})", R"({"cartons":[],"freight":{"divisor":-1,"steps":[]}})",
                           R"({"cartons":[],"freight":{"steps":[[1]]}})", R"({"cartons":[],"freight":{}})"}) {
    CAPTURE(line);
    const Answer answer = pack(std::string(line) + "\n");
    CHECK(answer.code == 2);
    CHECK(!answer.err.empty());
    CHECK(answer.out.empty());
  }
  CHECK(pack(kCartons, {"--objective", "beauty"}).code == 2);
  CHECK(pack(kCartons, {"--support", "101"}).code == 2);
  CHECK(pack(kCartons, {"--time-limit-ms", "0"}).code == 2);
  CHECK(pack(kCartons, {"--threads", "x"}).code == 2);
  CHECK(pack(kCartons, {"--input", "/no/such/file"}).code == 2);
}

TEST_CASE("zifa pack honours the cartons an order is allowed") {
  const std::string two = R"({"cartons":[{"id":"small","inner":[100,80,60],"cost":1},{"id":"large","inner":[300,200,150],"cost":9}]})";
  const Answer answer = pack(two + "\n" + R"({"id":"1","cartons":["large"],"items":[{"sku":"MUG","quantity":1,"size":[100,80,60]}]})" + "\n" +
                             R"({"id":"2","cartons":[],"items":[{"sku":"MUG","quantity":1,"size":[100,80,60]}]})" + "\n" +
                             R"({"id":"3","items":[{"sku":"MUG","quantity":1,"size":[100,80,60]}]})");
  CHECK(answer.lines.at(0).at("parcels").at(0).at("carton").as_string() == "large");
  CHECK(answer.lines.at(1).at("refused").as_array().size() == 1);
  CHECK(answer.lines.at(2).at("parcels").at(0).at("carton").as_string() == "small");
}

TEST_CASE("zifa pack gives the same answers on several threads") {
  std::string input = kFreight + "\n";
  for (int i = 0; i < 300; ++i) input += order(std::to_string(i), R"({"sku":"A","quantity":)" + std::to_string(1 + i % 7) + R"(,"size":[90,70,40],"weight_g":90})") + "\n";
  const Answer one = pack(input), four = pack(input, {"--threads", "4"});
  CHECK(one.lines.size() == 300);
  CHECK(one.out == four.out);
}
