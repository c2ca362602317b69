#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
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

// A folder of sheets that goes away again.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "zifa-rates-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  void write(const std::string& name, const std::string& content) const { std::ofstream(path_ / name) << content; }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

constexpr const char* kCard =
    "service,country,zone,cargo,weight_over_g,weight_to_g,model,round_g,min_charge_g,price_per_kg,registration_fee,vol_divisor,vol_rule,currency,days_min,days_max\n"
    "LINE,US,1,general,0,30000,per_kg,1,30,98.00,24.00,6000,max,CNY,6,12\n";
constexpr const char* kParcel = "{\"id\":\"A\",\"to\":{\"country\":\"US\",\"postcode\":\"90210\"},\"size\":[100,80,60],\"weight_g\":20,\"deliver_by\":\"2026-12-07\"}\n";

}  // namespace

TEST_CASE("a parcel is priced from a folder of sheets, in the public form") {
  Folder folder;
  folder.write("lines.csv", kCard);
  folder.write("zones.csv", "card,country,postcode_from,postcode_to,zone\nlines,US,9,9,1\n");
  TestWiring wiring;
  wiring.in_.str(kParcel);
  CHECK(cli::run({"rates", "quote", "--cards", folder.path(), "--parcels", "-", "--as-of", "2026-11-25"}, wiring) == cli::kDone);
  // 480 cm3 / 6000 = 80 g: 0.080 x 98 + 24 = 31.84
  CHECK(wiring.out_.str() == "{\"id\":\"A\",\"offers\":[{\"card\":\"lines\",\"service\":\"LINE\",\"total\":3184,\"currency\":\"CNY\",\"chargeable_g\":80,\"zone\":\"1\","
                             "\"lines\":[{\"kind\":\"base\",\"amount\":3184}],\"days\":[6,12],\"on_time\":0.97}],\"none\":[]}\n");
}

TEST_CASE("bad rows of cards and parcels are named, the good ones answered, and the exit code says so") {
  Folder folder;
  folder.write("lines.csv", std::string(kCard) + "LINE,USA,1,general,0,30000,per_kg,1,30,98.00,24.00,6000,max,CNY,6,12\n");
  folder.write("notes.csv", "just,notes\n");
  folder.write("readme.txt", "no sheet");
  TestWiring wiring;
  wiring.in_.str(std::string("{\n[]\n{\"id\":1}\n{\"to\":{\"country\":\"US\"},\"size\":[1,2],\"weight_g\":1}\n{\"to\":{\"country\":\"US\"},\"size\":[1,2,-3],\"weight_g\":1}\n"
                             "{\"to\":{\"country\":\"US\"},\"size\":[1,2,3],\"weight_g\":1.5}\n") +
                 kParcel);
  CHECK(cli::run({"rates", "quote", "--cards", folder.path(), "--parcels", "-", "--as-of", "2026-11-25"}, wiring) == cli::kRefused);
  CHECK(wiring.out_.str() == "{\"id\":\"A\",\"offers\":[],\"none\":[{\"card\":\"lines\",\"service\":\"LINE\",\"code\":\"no_zone\",\"reason\":\"has no zone for postcode 90210\"}]}\n");
  const std::string err = wiring.err_.str();
  CHECK(err.find("lines.csv line 3: country") != std::string::npos);
  CHECK(err.find("notes.csv left out") != std::string::npos);
  for (int line = 1; line <= 6; ++line) CHECK(err.find("line " + std::to_string(line) + ": ") != std::string::npos);
}

TEST_CASE("nothing to read is a wrong call") {
  Folder folder;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"rates", "quote"}, {"rates", "quote", "--cards", folder.path(), "--parcels", "-"},
                                                {"rates", "quote", "--cards", folder.path() + "/none", "--parcels", "-"}}) {
    TestWiring wiring;
    CHECK(cli::run(words, wiring) == cli::kUsage);
    CHECK(!wiring.err_.str().empty());
  }
  folder.write("lines.csv", kCard);
  TestWiring wiring;
  CHECK(cli::run({"rates", "quote", "--cards", folder.path(), "--parcels", folder.path() + "/none.jsonl", "--as-of", "2026-11-25"}, wiring) == cli::kUsage);
  CHECK(cli::run({"rates", "quote", "--cards", folder.path(), "--parcels", folder.path(), "--as-of", "2026-11-25"}, wiring) == cli::kUsage);
  CHECK(cli::run({"rates", "quote", "--cards", folder.path(), "--parcels", "-", "--as-of", "yesterday"}, wiring) == cli::kUsage);
}
