#include <doctest/doctest.h>

#include <sstream>

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

}  // namespace

TEST_CASE("a carrier's raw answer becomes one line per number, problems are named beside it") {
  TestWiring wiring;
  wiring.in_.str(R"({"parcels":[{"requested":"50","status":"INTRANSIT","events":[{"code":"INTIAL.NORMAL","city":"Berlin","country":"","description":"\"Handed\" over","eventDateTime":"2026-10-07T10:46:14"}]},
                    {"requested":"51","errorMessage":"unknown parcel"}]})");
  CHECK(cli::run({"tracking", "read", "--carrier", "gls", "-"}, wiring) == cli::kRefused);
  CHECK(wiring.out_.str() == "{\"number\":\"50\",\"state\":\"in_transit\",\"first_scan_at\":\"2026-10-07T10:46:14\",\"delivered_at\":null,\"events\":["
                             "{\"at\":\"2026-10-07T10:46:14\",\"state\":\"collected\",\"code\":\"INTIAL.NORMAL\",\"text\":\"\\\"Handed\\\" over\",\"place\":\"Berlin\",\"local\":true}]}\n");
  CHECK(wiring.err_.str() == "-: 51: unknown parcel\n");
}

TEST_CASE("nothing that can be read, or no reader, is a wrong call") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"tracking", "read", "--carrier", "gls", "/nowhere/file.json"}, {"tracking", "read", "--carrier", "gls", "-"}, {"tracking", "read", "--carrier", "pigeon", "-"},
                                                {"tracking", "read", "-"}, {"tracking", "read", "--carrier", "gls"}}) {
    TestWiring wiring;
    wiring.in_.str("not json");
    CHECK(cli::run(words, wiring) == cli::kUsage);
    CHECK(!wiring.err_.str().empty());
    CHECK(wiring.out_.str().empty());
  }
}
