#include <doctest/doctest.h>

#include <sstream>

#include "base/json.hpp"
#include "cli/wiring.hpp"

using namespace zifa;

namespace {

class TestWiring final : public cli::Wiring {
 public:
  std::istream& in() override { return in_; }
  std::ostream& out() override { return out_; }
  std::ostream& err() override { return err_; }
  std::istringstream in_;
  std::ostringstream out_, err_;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("every line of input gets one line of answer, in order, whatever it holds") {
  TestWiring wiring;
  wiring.in_.str("1Z5R89390357567127\r\n\nnot a number!\n" + std::string("bad \xFF\x01 bytes\n") + std::string(100'000, '7') + "\nYT2229521272164446");
  CHECK(cli::run({"tracking", "check"}, wiring) == cli::kDone);
  const auto lines = lines_of(wiring.out_.str());
  REQUIRE(lines.size() == 6);
  CHECK(lines[0] == "{\"input\":\"1Z5R89390357567127\",\"number\":\"1Z5R89390357567127\",\"verdict\":\"valid\",\"matches\":[{\"carrier\":\"ups\",\"format\":\"ups\",\"check\":\"ok\"}],"
                    "\"amazon_code\":\"UPS\",\"named\":null}");
  for (std::size_t i = 1; i < 5; ++i) {
    const auto answer = json::parse(lines[i]);
    REQUIRE(answer.has_value());
    CHECK(json::get_text(*answer, "verdict") == "malformed");
  }
  CHECK(json::get_text(json::parse(lines[5]).value(), "amazon_code") == "Yun Express");
}

TEST_CASE("an unknown carrier id is a wrong call and names the nearest one") {
  TestWiring wiring;
  CHECK(cli::run({"tracking", "check", "--carrier", "fedexx", "1Z5R89390357567127"}, wiring) == cli::kUsage);
  CHECK(wiring.err_.str().find("fedex") != std::string::npos);
  CHECK(wiring.out_.str().empty());
}

TEST_CASE("the list of carriers holds ids, names and Amazon's codes") {
  TestWiring wiring;
  CHECK(cli::run({"carriers", "--json", "--marketplace", "JP"}, wiring) == cli::kDone);
  bool found = false;
  for (const std::string& line : lines_of(wiring.out_.str())) {
    const auto carrier = json::parse(line).value();
    if (json::get_text(carrier, "id") == "sagawa") found = json::get_text(carrier, "amazon_code") == "SAGAWA";
  }
  CHECK(found);
}
