#include <doctest/doctest.h>

#include <set>

#include "app/reference/carriers.hpp"
#include "app/reference/reference_table.hpp"
#include "app/reference/tracking_formats.hpp"
#include "base/json.hpp"
#include "base/resources.hpp"
#include "base/splitmix.hpp"
#include "domain/tracking/check_digit.hpp"
#include "domain/tracking/number.hpp"
#include "domain/tracking/number_range.hpp"

using namespace zifa;
using namespace zifa::tracking;

namespace {

bool has(const NumberCheck& checked, std::string_view format, CheckOutcome outcome) {
  for (const NumberMatch& match : checked.matches)
    if (match.format->id == format && match.check == outcome) return true;
  return false;
}

}  // namespace

TEST_CASE("every published valid number is valid, and every published invalid one is not") {
  std::size_t formats = 0, valid = 0, wrong = 0;
  for (const auto& [path, text] : resources()) {
    if (!path.starts_with("data/tracking_numbers/couriers/") || !path.ends_with(".json")) continue;
    const auto courier = json::parse(text).value();
    for (const json::value& format : *json::find_array(courier, "tracking_numbers")) {
      ++formats;
      std::string id = json::get_text(format, "id");
      if (id.empty()) id = json::get_text(format, "name");
      for (const json::value& number : *json::find_array(format, "test_numbers.valid")) {
        ++valid;
        const NumberCheck checked = check_tracking_number(number.as_string(), "");
        INFO(id, " ", checked.number);
        CHECK(checked.verdict == Verdict::valid);
        CHECK((has(checked, id, CheckOutcome::ok) || has(checked, id, CheckOutcome::none)));
      }
      for (const json::value& number : *json::find_array(format, "test_numbers.invalid")) {
        ++wrong;
        const NumberCheck checked = check_tracking_number(number.as_string(), "");
        INFO(id, " ", checked.number);
        CHECK(!has(checked, id, CheckOutcome::ok));
        CHECK(!has(checked, id, CheckOutcome::none));
        // Named as invalid for Purolator's lettered format, and listed as valid for its numeric one.
        if (checked.number != "331426749957") CHECK(checked.verdict != Verdict::valid);
      }
    }
  }
  CHECK(formats == 39);
  CHECK(valid == 192);
  CHECK(wrong == 88);
}

TEST_CASE("a number is one number however it was typed or pasted") {
  for (const char* typed : {"1Z5R89390357567127", "1z5r8939 0357 567127", "  1Z 5R8-9390-357567127 ", "１Ｚ５Ｒ８９３９０３５７５６７１２７", "\xEF\xBB\xBF" "1Z5R89390357567127\xE2\x80\x8B",
                            "①Z5R89390357567127", "𝟏𝐙𝟓𝐑𝟖𝟗𝟑𝟗𝟎𝟑𝟓𝟕𝟓𝟔𝟕𝟏𝟐𝟕", "1Z5R89390357–567127"}) {
    INFO(typed);
    CHECK(normal_number(typed) == "1Z5R89390357567127");
  }
}

TEST_CASE("what cannot be a tracking number is malformed, not unknown") {
  for (const std::string& typed : {std::string(), std::string("   "), std::string("-"), std::string("单号"), std::string("1Z/5R"), std::string("1Z\xFF"), std::string("000000000000"), std::string(65, '1'),
                                  std::string("\xE2\x80"), std::string("=\"123456789012\"")}) {
    INFO(typed);
    CHECK(check_tracking_number(typed, "").verdict == Verdict::malformed);
    CHECK(check_tracking_number(typed, "ups").verdict == Verdict::malformed);
  }
  CHECK(check_tracking_number("QQ1", "").verdict == Verdict::unknown);
  CHECK(check_tracking_number(std::string(64, '1'), "").verdict == Verdict::unknown);
}

TEST_CASE("the carrier that was named decides between candidates") {
  struct Case {
    const char* number;
    const char* named;
    Verdict verdict;
    bool fits;
    const char* best;
  };
  for (const Case& c : {
           Case{"1Z5R89390357567127", "ups", Verdict::valid, true, "ups"},
           Case{"1Z5R89390357567127", "fedex", Verdict::suspect, false, "ups"},
           Case{"1Z5R89390357567128", "ups", Verdict::suspect, true, "ups"},
           Case{"3318810025", "dhl_express", Verdict::valid, true, "dhl_express"},
           Case{"3318810025", "dhl", Verdict::valid, true, "dhl_express"},
           Case{"RB123456785GB", "royal_mail", Verdict::valid, true, "royal_mail"},
           Case{"RB123456785GB", "s10", Verdict::valid, true, "s10"},
           Case{"RB123456786GB", "royal_mail", Verdict::suspect, true, "royal_mail"},
           Case{"RB123456785CN", "royal_mail", Verdict::suspect, false, "china_post"},
           // Twelve digits are a FedEx number for everybody but for who was told they are Yamato's.
           Case{"123456789010", "yamato", Verdict::suspect, true, "yamato"},
           Case{"123456789013", "yamato", Verdict::valid, true, "yamato"},
           Case{"YT2229521272164446", "yunexpress", Verdict::valid, true, "yunexpress"},
           Case{"4PX3001234567890CN", "4px", Verdict::valid, true, "4px"},
           Case{"LP00123456789012", "cainiao", Verdict::valid, true, "cainiao"},
           Case{"LX123456785NL", "4px", Verdict::valid, true, "4px"},
       }) {
    INFO(c.number, " named ", c.named);
    const NumberCheck checked = check_tracking_number(c.number, c.named);
    CHECK(checked.verdict == c.verdict);
    CHECK(checked.named_fits == c.fits);
    REQUIRE(!checked.matches.empty());
    CHECK(checked.matches.front().format->carrier == c.best);
  }
}

TEST_CASE("a common shape is nobody's until its carrier is named") {
  CHECK(check_tracking_number("1234567890123", "").verdict == Verdict::unknown);
  CHECK(check_tracking_number("1234567890123", "yanwen").verdict == Verdict::valid);
  CHECK(check_tracking_number("996578788855", "").verdict == Verdict::suspect);
}

TEST_CASE("the post of the number's own country goes before any post") {
  CHECK(check_tracking_number("RB123456785CN", "").matches.front().format->carrier == "china_post");
  CHECK(check_tracking_number("RB123456785CV", "").matches.front().format->carrier == "s10");
  CHECK(check_tracking_number("RB123456785XX", "").verdict == Verdict::unknown);
}

TEST_CASE("every example in our table fits its own format, and no two formats share an id") {
  read_reference("data/tracking_formats.csv", {"id", "carrier", "name", "pattern", "check", "scope", "grade", "example"}, [](const std::vector<std::string_view>& row) {
    const NumberCheck checked = check_tracking_number(row[7], row[1]);
    INFO(row[0], " ", row[7]);
    CHECK((has(checked, row[0], CheckOutcome::ok) || has(checked, row[0], CheckOutcome::none)));
    CHECK(checked.verdict == Verdict::valid);
  });
  std::set<std::string> seen;
  for (const NumberFormat* format : tracking_formats().all()) {
    INFO(format->id);
    CHECK(seen.insert(format->id).second);
    CHECK(find_carrier(format->carrier) != nullptr);
  }
}

TEST_CASE("Amazon's spelling of a carrier depends on the marketplace") {
  CHECK(amazon_carrier("ups", "US")->code == "UPS");
  CHECK(amazon_carrier("yunexpress", "DE")->code == "Yun Express");
  CHECK(amazon_carrier("yamato", "JP")->code == "YAMATO");
  CHECK(amazon_carrier("yamato", "US")->code == "YamatoTransport");
  CHECK(!amazon_carrier("winit", "US"));
  CHECK(!amazon_carrier("nobody", "US"));
  CHECK(nearest_carrier_id("Fedx") == "fedex");
}

TEST_CASE("random bytes never crash the check") {
  SplitMix random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes(static_cast<std::size_t>(random.between(0, 90)), ' ');
    const bool plain = i % 2 == 0;
    for (char& c : bytes) c = plain ? "0123456789ABYZ"[random.between(0, 13)] : static_cast<char>(random.between(0, 255));
    const NumberCheck checked = check_tracking_number(bytes, i % 3 == 0 ? "usps" : "");
    CHECK((checked.verdict == Verdict::malformed || checked.number.size() <= kNumberLimit));
  }
}

TEST_CASE("the next number of a range carries its check digit") {
  struct Case {
    const char* what;
    const char* prefix;
    int width;
    const char* suffix;
    CheckMethod method;
    int evens, odds;
    std::size_t unchecked;
    std::int64_t serial;
    const char* number;
  };
  for (const Case& c : {
           Case{"S10", "RB", 8, "CN", CheckMethod::s10, 0, 0, 2, 12345678, "RB123456785CN"},
           Case{"plain", "YT", 16, "", CheckMethod::none, 0, 0, 0, 2229521272164446, "YT2229521272164446"},
           Case{"UPS", "1Z5R893903", 8 - 1, "", CheckMethod::mod10, 1, 2, 2, 5756712, "1Z5R89390357567127"},
           Case{"luhn", "0720", 6, "", CheckMethod::luhn, 0, 0, 0, 956276, "07209562763"},
           Case{"Yamato", "", 11, "", CheckMethod::mod7, 0, 0, 0, 12345678901, "123456789013"},
       }) {
    INFO(c.what);
    NumberRange range{c.what, c.prefix, c.width, c.suffix, CheckRule{c.method, c.evens, c.odds}, c.unchecked, c.serial, c.serial + 1, c.serial};
    CHECK(take_number(range).value() == c.number);
    CHECK(range.left() == 1);
    CHECK(take_number(range).has_value());
    CHECK(take_number(range).error().code == "number_range.exhausted");
    CHECK(range.left() == 0);
  }
}

TEST_CASE("a range that cannot give numbers is refused by name") {
  const NumberRange good{"R", "RB", 8, "CN", CheckRule{CheckMethod::s10}, 2, 1, 9, 1};
  NumberRange wide = good;
  wide.serial_width = 19;
  CHECK(check_range(wide).error().code == "number_range.bad_width");
  NumberRange bounds = good;
  bounds.last = 100'000'000;
  CHECK(check_range(bounds).error().code == "number_range.bad_bounds");
  NumberRange text = good;
  text.prefix = "r-";
  CHECK(check_range(text).error().code == "number_range.bad_text");
  NumberRange digit = good;
  digit.serial_width = 7;
  CHECK(check_range(digit).error().code == "number_range.bad_check");
  CHECK(number_of_serial(good, 10).error().code == "number_range.outside");
}
