#include <doctest/doctest.h>

#include "app/reference/rate_sheets.hpp"
#include "base/splitmix.hpp"
#include "domain/rating/chargeable.hpp"
#include "domain/rating/on_time.hpp"
#include "domain/rating/postcode.hpp"
#include "domain/rating/rate_book.hpp"
#include "domain/rating/zone_map.hpp"

using namespace zifa;
using namespace zifa::rating;

namespace {

// Invented numbers, in the layout that carriers/rates/example_cn_lines.csv has.
constexpr std::string_view kHeader =
    "service,country,zone,cargo,weight_over_g,weight_to_g,model,round_g,min_charge_g,price_per_kg,registration_fee,first_g,first_price,step_g,step_price,"
    "vol_divisor,vol_rule,max_weight_g,max_long_cm,max_sum_cm,currency,days_min,days_max,last_mile,max_length_girth_cm\n";
constexpr std::string_view kCard =
    "# invented numbers\n"
    "service,country,zone,cargo,weight_over_g,weight_to_g,model,round_g,min_charge_g,price_per_kg,registration_fee,first_g,first_price,step_g,step_price,"
    "vol_divisor,vol_rule,max_weight_g,max_long_cm,max_sum_cm,currency,days_min,days_max,last_mile,max_length_girth_cm\n"
    "CN-US-STD,US,1,general,0,100,per_kg,1,30,98.00,24.00,,,,,6000,longer_than_60,30000,120,,CNY,6,12,USPS,\n"
    "CN-US-STD,US,1,general,100,700,per_kg,1,30,92.00,22.00,,,,,6000,longer_than_60,30000,120,,CNY,6,12,USPS,\n"
    "CN-US-STD,US,1,general,700,30000,per_kg,1,30,86.00,13.00,,,,,6000,longer_than_60,30000,120,,CNY,6,12,USPS,\n"
    "CN-US-STD,US,2,general,0,30000,per_kg,1,50,101.00,24.00,,,,,6000,longer_than_60,30000,120,,CNY,7,14,USPS,\n"
    "CN-GB-EXP,GB,,battery,0,20000,per_kg,10,50,56.00,18.00,,,,,8000,max,20000,60,140,CNY,4,6,Royal Mail,\n"
    "CN-DE-POST,DE,,general,0,2000,per_kg,1,1,62.00,16.00,,,,,0,none,2000,60,90,CNY,10,20,Deutsche Post,\n"
    "CN-JP-EXP,JP,,general,0,30000,first_step,,,,,500,38.00,500,12.00,6000,half,30000,150,,CNY,3,6,Sagawa,300\n"
    "US-WH-GND,US,2,general,0,454,bracket,,,,,454,6.20,,,166,over_1728in3,31751,,,USD,2,5,USPS,330\n"
    "US-WH-GND,US,8,general,0,454,bracket,,,,,454,7.70,,,166,over_1728in3,31751,,,USD,2,5,USPS,330\n"
    "JP-YEN,JP,,general|battery,0,30000,per_kg,100,,1250.5,,,,,,0,none,30000,,,JPY,1,2,Yamato,\n";
constexpr std::string_view kZones =
    "card,country,postcode_from,postcode_to,zone\n"
    "card,US,,,1\n"
    "CN-US-STD,US,900,969,2\n"
    "CN-US-STD,US,90210,90210,1\n"
    "US-WH-GND,US,1,1,8\n"
    "US-WH-GND,US,90000,96999,2\n";

RateBook book_of(std::initializer_list<std::pair<const char*, std::string>> files) {
  SheetsRead read;
  for (const auto& [name, content] : files) REQUIRE(read_sheet(name, content, read).has_value());
  for (const RowProblem& problem : read.problems) FAIL(problem.file, " ", problem.line, ": ", problem.message);
  RateBook::Extras extras;
  extras.exchange = read.exchange.empty() ? shipped_exchange_rates() : read.exchange;
  return RateBook(read.sheets, std::move(extras));
}

const Day kToday = Day::of(2026, 11, 25);

ParcelToRate parcel(std::string_view country, std::string_view postcode, std::int64_t grams, std::array<std::int64_t, 3> mm = {100, 80, 60}, std::string_view cargo = "general") {
  ParcelToRate p;
  p.from = {"CN", ""};
  p.to = {country, postcode};
  p.size = {Length::mm(mm[0]), Length::mm(mm[1]), Length::mm(mm[2])};
  p.weight = Weight::grams(grams);
  p.cargo = cargo;
  return p;
}

const Offer* offer_of(const RateBook& book, const Quotes& quotes, std::string_view service) {
  for (const Offer& offer : quotes.offers)
    if (book.services()[offer.service].name == service) return &offer;
  return nullptr;
}

std::string_view refusal_of(const RateBook& book, const Quotes& quotes, std::string_view service) {
  for (const Refused& refused : quotes.refused)
    if (book.services()[refused.service].name == service) return name_of(refused.reason);
  return "";
}

std::int64_t line_of(const Quotes& quotes, const Offer& offer, std::string_view kind) {
  for (const Line& line : quotes.lines_of(offer))
    if (line.kind == kind) return line.amount;
  return 0;
}

}  // namespace

TEST_CASE("the worked examples of a Chinese line's price sheet come out to the cent") {
  const RateBook book = book_of({{"card", std::string(kCard)}, {"zones", std::string(kZones)}});
  struct Case {
    const char* service;
    ParcelToRate parcel;
    std::int64_t total, chargeable_g;
  };
  Quotes quotes;
  for (const Case& c : {
           Case{"CN-US-STD", parcel("US", "10001", 150), 3580, 150},
           Case{"CN-US-STD", parcel("US", "10001", 20), 2694, 30},
           Case{"CN-US-STD", parcel("US", "10001", 701), 7329, 701},
           Case{"CN-US-STD", parcel("US", "10001", 700), 8640, 700},
           Case{"CN-US-STD", parcel("US", "90001", 20), 2905, 50},
           Case{"CN-JP-EXP", parcel("JP", "", 1200), 6200, 1200},
           Case{"CN-JP-EXP", parcel("JP", "", 500), 3800, 500},
           Case{"CN-JP-EXP", parcel("JP", "", 1000, {400, 300, 200}), 8600, 2500},
           Case{"CN-GB-EXP", parcel("GB", "", 400, {300, 200, 100}, "battery"), 6000, 750},
           Case{"JP-YEN", parcel("JP", "", 101), 250, 200},
           Case{"US-WH-GND", parcel("US", "90210", 454), 620, 454},
       }) {
    REQUIRE(book.quote(c.parcel, kToday, quotes).has_value());
    INFO(c.service, " ", c.total);
    const Offer* offer = offer_of(book, quotes, c.service);
    REQUIRE(offer != nullptr);
    CHECK(offer->total.minor() == c.total);
    CHECK(offer->chargeable_g == c.chargeable_g);
    CHECK(quotes.lines_of(*offer).size() == 1);
  }
}

TEST_CASE("every refusal names its reason") {
  const RateBook book = book_of({{"card", std::string(kCard)}, {"zones", std::string(kZones)}});
  struct Case {
    const char* service;
    ParcelToRate parcel;
    const char* reason;
  };
  Quotes quotes;
  for (const Case& c : {
           Case{"CN-GB-EXP", parcel("GB", "SW1A 1AA", 400), "cargo"},
           Case{"CN-GB-EXP", parcel("GB", "", 400, {100, 80, 60}, "general|battery"), "cargo"},
           Case{"CN-GB-EXP", parcel("GB", "", 400, {100, 80, 60}, "fireworks"), "cargo"},
           Case{"US-WH-GND", parcel("US", "30000", 400), "no_zone"},
           Case{"US-WH-GND", parcel("US", "", 400), "no_zone"},
           Case{"US-WH-GND", parcel("US", "90210", 455), "above_last"},
           Case{"US-WH-GND", parcel("US", "90210", 40000), "weight"},
           // 1,729 cubic inches weigh 10.4 lb, 1,728 weigh nothing.
           Case{"US-WH-GND", parcel("US", "90210", 400, {305, 305, 305}), "above_last"},
           Case{"US-WH-GND", parcel("US", "90210", 400, {304, 305, 305}), ""},
           Case{"CN-DE-POST", parcel("DE", "10115", 2001), "weight"},
           Case{"CN-DE-POST", parcel("DE", "10115", 100, {601, 50, 50}), "longest"},
           Case{"CN-DE-POST", parcel("DE", "10115", 100, {50, 600, 50}), ""},
           Case{"CN-DE-POST", parcel("DE", "10115", 100, {400, 300, 201}), "sum"},
           Case{"CN-JP-EXP", parcel("JP", "", 100, {1400, 600, 460}), "above_last"},
           Case{"CN-JP-EXP", parcel("JP", "", 100, {1500, 400, 360}), "girth"},
       }) {
    REQUIRE(book.quote(c.parcel, kToday, quotes).has_value());
    INFO(c.service, " expects ", c.reason);
    CHECK(refusal_of(book, quotes, c.service) == c.reason);
    CHECK((offer_of(book, quotes, c.service) != nullptr) == (*c.reason == '\0'));
    for (const Refused& refused : quotes.refused) CHECK(!book.reason(refused, c.parcel).empty());
  }
  CHECK(book.quote(parcel("US", "10001", 0), kToday, quotes).error().code == "parcel.bad_weight");
  CHECK(book.quote(parcel("XXL", "", 100), kToday, quotes).error().code == "parcel.bad_country");
  CHECK(book.quote(parcel("US", "", 100, {0, 1, 1}), kToday, quotes).error().code == "parcel.bad_size");
  REQUIRE(book.quote(parcel("FR", "75001", 100), kToday, quotes).has_value());
  CHECK((quotes.offers.empty() && quotes.refused.empty()));
}

TEST_CASE("the narrowest postcode range gives the zone") {
  const RateBook book = book_of({{"card", std::string(kCard)}, {"zones", std::string(kZones)}});
  Quotes quotes;
  for (const auto& [postcode, zone] : {std::pair{"10001", "1"}, {"90001", "2"}, {"96999-1234", "2"}, {"90210", "1"}, {"90210-0001", "1"}, {"97000", "1"}}) {
    REQUIRE(book.quote(parcel("US", postcode, 100), kToday, quotes).has_value());
    INFO(postcode);
    CHECK(offer_of(book, quotes, "CN-US-STD")->zone == zone);
  }
}

TEST_CASE("postcodes are compared the way their country counts them") {
  const auto inside = [](std::string_view country, std::string_view code, std::string_view from, std::string_view to) {
    const auto range = postcode_range(country, from, to);
    const auto key = postcode_key(country, code, Fill::whole);
    return range && key && range->from <= *key && *key <= range->to;
  };
  CHECK(inside("US", "02134", "021", "021"));
  CHECK(inside("US", "2134", "02134", "02134"));
  CHECK(inside("US", "00501", "501", "99950"));
  CHECK(inside("US", "50100", "501", "501"));
  CHECK(inside("DE", "01139", "1067", "1139"));
  CHECK(inside("AU", "0850", "800", "899"));
  CHECK(!inside("AU", "8500", "800", "899"));
  CHECK(inside("GB", "BT9 5GS", "BT1", "BT94"));
  CHECK(inside("GB", "bt 10 0aa", "BT2", "BT94"));
  CHECK(!inside("GB", "BT10 0AA", "BT1", "BT9"));
  CHECK(!inside("GB", "B1 1AA", "BT1", "BT94"));
  CHECK(inside("GB", "EC1A 1BB", "EC1", "EC1"));
  CHECK(inside("UK", "KW15 1AA", "KW", "KW"));
  CHECK(inside("CA", "K1A 0B1", "K1A", "K1Z"));
  CHECK(!inside("CA", "K2A0B1", "K1A", "K1Z"));
  CHECK(inside("JP", "900-0001", "900", "907"));
  CHECK(inside("NL", "1012AB", "1000", "1099"));
  CHECK(!postcode_range("US", "90000", "80000"));
  CHECK(!postcode_range("US", "9_", "99"));
}

TEST_CASE("zones of three-digit ZIP pairs hold in both directions") {
  const RateBook book = book_of({{"card", std::string(kCard)}, {"pairs", "origin_zip3,dest_zip3,zone\n100,900,8\n941,902,2\n"}});
  Quotes quotes;
  ParcelToRate p = parcel("US", "90001", 100);
  p.from = {"US", "10001"};
  REQUIRE(book.quote(p, kToday, quotes).has_value());
  CHECK(offer_of(book, quotes, "US-WH-GND")->total.minor() == 770);
  p.from = {"US", "90210"};
  p.to = {"US", "94105"};
  REQUIRE(book.quote(p, kToday, quotes).has_value());
  CHECK(offer_of(book, quotes, "US-WH-GND")->total.minor() == 620);
  p.from = {"CN", "100000"};
  REQUIRE(book.quote(p, kToday, quotes).has_value());
  CHECK(refusal_of(book, quotes, "US-WH-GND") == "no_zone");
}

TEST_CASE("billable weight follows the sheet's volume rule exactly") {
  struct Case {
    const char* rule;
    std::int64_t divisor;
    std::array<std::int64_t, 3> mm;
    std::int64_t grams, chargeable;
  };
  for (const Case& c : {
           Case{"none", 6000, {1000, 1000, 1000}, 10, 10},
           Case{"", 0, {1000, 1000, 1000}, 10, 10},
           Case{"max", 6000, {400, 300, 200}, 1000, 4000},
           Case{"max", 6000, {400, 300, 200}, 5000, 5000},
           Case{"max", 5000, {333, 222, 111}, 1, 1642},   // 1641.16...
           Case{"half", 6000, {400, 300, 200}, 1000, 2500},
           Case{"longer_than_60", 6000, {600, 300, 300}, 1000, 1000},
           Case{"longer_than_60", 6000, {300, 601, 300}, 1000, 9015},
           Case{"ratio_over_1.5", 6000, {300, 200, 150}, 1000, 1000},
           Case{"ratio_over_1.5", 6000, {301, 200, 150}, 1000, 1505},
           Case{"over_30000cm3", 6000, {500, 300, 200}, 1000, 1000},
           Case{"over_30000cm3", 6000, {501, 300, 200}, 1000, 5010},
           // 12 x 9 x 7 in = 756 / 139 = 5.44 lb = 2467.1 g
           Case{"max_inch_up", 139, {282, 216, 157}, 100, 2468},
       }) {
    INFO(c.rule, " ", c.grams);
    const auto volumetric = volumetric_named(c.rule, c.divisor);
    REQUIRE(volumetric.has_value());
    const Size size{Length::mm(c.mm[0]), Length::mm(c.mm[1]), Length::mm(c.mm[2])};
    CHECK(chargeable(*volumetric, size, Weight::grams(c.grams)).up() == c.chargeable);
  }
  CHECK(!volumetric_named("sometimes", 6000));
  CHECK(!volumetric_named("longer_than_", 6000));
  CHECK(!volumetric_named("longer_than_x", 6000));
}

TEST_CASE("a row without rounding charges the fraction of a gram, and money is rounded once") {
  const RateBook book = book_of({{"card", std::string(kHeader) + "A,FR,,general,0,30000,per_kg,,,10.00,0.005,,,,,6000,max,,,,EUR,,,,\n"}});
  Quotes quotes;
  REQUIRE(book.quote(parcel("FR", "", 1, {100, 100, 101}), kToday, quotes).has_value());
  // 1010 cm3 / 6000 = 168.333... g = 1.68333 + 0.005 = 1.68833 EUR
  CHECK(quotes.offers.at(0).total.minor() == 169);
  CHECK(quotes.offers.at(0).chargeable_g == 169);
}

TEST_CASE("surcharges act on their days, places and parcels, each rounded at the end of its line") {
  const std::string charges =
      "card,service,country,zone,kind,flat,per_kg,percent,of,least,most,currency,cargo,residential,remote_list,longest_over_cm,second_over_cm,weight_over_g,value_over,value_up_to,value_currency,valid_from,valid_to\n"
      ",CN-US-STD,,,fuel,,,16.5,,,,,,,,,,,,,,2026-11-23,2026-11-29\n"
      ",CN-US-STD,,,fuel,,,99,,,,,,,,,,,,,,2026-11-30,\n"
      ",CN-US-STD,US,,remote,15,0.5,,,20,,,,,isles,,,,,,,,\n"
      ",CN-US-STD,,2,operation,1.00,,,,,,USD,,,,,,,,,,,\n"
      ",CN-US-STD,,,residential,4.25,,,,,,,,1,,,,,,,,,\n"
      ",CN-US-STD,,,oversize,30,,,,,,,,,,50,40,15000,,,,,\n"
      ",CN-US-STD,,,customs,,,10,value,,,,,,,,,,0,800,USD,,\n"
      ",CN-US-STD,,,vat,,,10,all,,,,,,,,,1000000,,,,,\n"
      ",CN-GB-EXP,,,battery,,2,,,,,,battery,,,,,,,,,,\n";
  const RateBook book = book_of({{"card", std::string(kCard)}, {"zones", std::string(kZones)}, {"surcharges", charges}, {"remote", "list,country,postcode_from,postcode_to\nisles,US,96700,96899\n"}, {"exchange", "currency,rate\nCNY,7.2\nUSD,1\n"}});
  CHECK(book.warnings().empty());
  CHECK(book.has_dates());
  Quotes quotes;
  const auto ask = [&](const ParcelToRate& p, Day day) {
    REQUIRE(book.quote(p, day, quotes).has_value());
    const Offer* offer = offer_of(book, quotes, "CN-US-STD");
    REQUIRE(offer != nullptr);
    std::int64_t sum = 0;
    for (const Line& line : quotes.lines_of(*offer)) sum += line.amount;
    CHECK(sum == offer->total.minor());
    return *offer;
  };
  Offer plain = ask(parcel("US", "10001", 150), kToday);
  CHECK(line_of(quotes, plain, "fuel") == 591);  // 35.80 x 16.5 % = 5.907
  CHECK(quotes.lines_of(plain).size() == 2);
  Offer later = ask(parcel("US", "10001", 150), Day::of(2026, 11, 30));
  CHECK(line_of(quotes, later, "fuel") == 3544);  // 35.442
  Offer isle = ask(parcel("US", "96701", 150), kToday);
  CHECK(line_of(quotes, isle, "remote") == 2000);  // 15 + 0.075, at least 20
  CHECK(line_of(quotes, isle, "operation") == 720);
  ParcelToRate home = parcel("US", "10001", 150, {510, 100, 100});
  home.residential = true;
  home.value = Money(4'000, Currency::of("USD"));
  Offer all = ask(home, kToday);
  CHECK(line_of(quotes, all, "residential") == 425);
  CHECK(line_of(quotes, all, "oversize") == 3000);
  CHECK(line_of(quotes, all, "customs") == 2880);  // 40 USD = 288 CNY
  home.value = Money(80'001, Currency::of("USD"));
  CHECK(line_of(quotes, ask(home, kToday), "customs") == 0);
  REQUIRE(book.quote(parcel("GB", "", 400, {300, 200, 100}, "battery"), kToday, quotes).has_value());
  CHECK(line_of(quotes, quotes.offers.at(0), "battery") == 150);  // 0.75 kg x 2
}

TEST_CASE("a charge in a currency without a rate refuses the service instead of guessing") {
  const RateBook book = book_of({{"card", std::string(kCard)}, {"surcharges", "kind,flat,currency\noperation,1,XAU\n"}});
  Quotes quotes;
  REQUIRE(book.quote(parcel("DE", "10115", 100), kToday, quotes).has_value());
  CHECK(refusal_of(book, quotes, "CN-DE-POST") == "no_exchange");
}

TEST_CASE("offers are compared across currencies where a rate is known, and kept apart where not") {
  const std::string card = std::string(kHeader) + "YEN,FR,,,0,1000,bracket,,,,,,900,,,,,,,,JPY,,,,\nEURO,FR,,,0,1000,bracket,,,,,,4.00,,,,,,,,EUR,,,,\nDOLLAR,FR,,,0,1000,bracket,,,,,,5.00,,,,,,,,USD,,,,\n"
                           "GOLD,FR,,,0,1000,bracket,,,,,,0.01,,,,,,,,XAU,,,,\n";
  const RateBook book = book_of({{"card", card}, {"exchange", "currency,rate\nEUR,1\nUSD,1.2\nJPY,160\n"}});
  Quotes quotes;
  REQUIRE(book.quote(parcel("FR", "", 100), kToday, quotes).has_value());
  std::vector<std::string> order;
  for (const Offer& offer : quotes.offers) order.push_back(book.services()[offer.service].name);
  CHECK(order == std::vector<std::string>{"EURO", "DOLLAR", "YEN", "GOLD"});
  CHECK(quotes.offers[2].total.minor() == 900);
}

TEST_CASE("a heavier parcel that would be cheaper is pointed out") {
  const RateBook book = book_of({{"card", std::string(kCard)}, {"zones", std::string(kZones)}});
  Quotes quotes;
  REQUIRE(book.quote(parcel("US", "10001", 700), kToday, quotes).has_value());
  CHECK(offer_of(book, quotes, "CN-US-STD")->cheaper_at_g == 701);
  CHECK(offer_of(book, quotes, "CN-US-STD")->cheaper_base == 7329);
  REQUIRE(book.quote(parcel("US", "10001", 300), kToday, quotes).has_value());
  CHECK(!offer_of(book, quotes, "CN-US-STD")->cheaper_at_g);
}

TEST_CASE("gaps and overlaps between steps are reported, and a parcel in a gap is refused") {
  const std::string card = std::string(kHeader) + "A,FR,,,0,100,per_kg,,,10,,,,,,,,,,,EUR,,,,\nA,FR,,,200,300,per_kg,,,10,,,,,,,,,,,EUR,,,,\nA,FR,,,250,400,per_kg,,,9,,,,,,,,,,,EUR,,,,\n";
  const RateBook book = book_of({{"card", card}});
  REQUIRE(book.warnings().size() == 2);
  CHECK(book.warnings()[0].message.find("no price from 100 to 200 g") != std::string::npos);
  CHECK(book.warnings()[1].message.find("overlap") != std::string::npos);
  Quotes quotes;
  REQUIRE(book.quote(parcel("FR", "", 150), kToday, quotes).has_value());
  CHECK(refusal_of(book, quotes, "A") == "gap");
  REQUIRE(book.quote(parcel("FR", "", 280), kToday, quotes).has_value());
  CHECK(quotes.offers.at(0).total.minor() == 280);
}

TEST_CASE("brackets that all begin at nothing take the next higher step") {
  const std::string card = std::string(kHeader) + "A,FR,,,0,2000,bracket,,,,,,9,,,,,,,,EUR,,,,\nA,FR,,,,500,bracket,,,,,,4,,,,,,,,EUR,,,,\nA,FR,,,0,1000,bracket,,,,,,6,,,,,,,,EUR,,,,\n";
  const RateBook book = book_of({{"card", card}});
  CHECK(book.warnings().empty());
  Quotes quotes;
  for (const auto& [grams, total] : {std::pair{500, 400}, {501, 600}, {1000, 600}, {1001, 900}}) {
    REQUIRE(book.quote(parcel("FR", "", grams), kToday, quotes).has_value());
    CHECK(quotes.offers.at(0).total.minor() == total);
  }
}

TEST_CASE("prices hold on their days and from their country") {
  const std::string header = std::string(kHeader.substr(0, kHeader.size() - 1)) + ",origin,valid_from,valid_to\n";
  const std::string card = header + "A,FR,,,0,2000,bracket,,,,,,9,,,,,,,,EUR,,,,,CN,2026-01-01,2026-11-24\nA,FR,,,0,2000,bracket,,,,,,10,,,,,,,,EUR,,,,,CN,2026-11-25,\n";
  const RateBook book = book_of({{"card", card}});
  Quotes quotes;
  REQUIRE(book.quote(parcel("FR", "", 100), Day::of(2026, 11, 24), quotes).has_value());
  CHECK(quotes.offers.at(0).total.minor() == 900);
  REQUIRE(book.quote(parcel("FR", "", 100), kToday, quotes).has_value());
  CHECK(quotes.offers.at(0).total.minor() == 1000);
  REQUIRE(book.quote(parcel("FR", "", 100), Day::of(2025, 12, 31), quotes).has_value());
  CHECK(refusal_of(book, quotes, "A") == "not_valid");
  ParcelToRate other = parcel("FR", "", 100);
  other.from = {"DE", ""};
  REQUIRE(book.quote(other, kToday, quotes).has_value());
  CHECK(refusal_of(book, quotes, "A") == "origin");
}

TEST_CASE("bad rows are named by line and the good ones go through") {
  SheetsRead read;
  const std::string card = std::string(kHeader) +
                           "A,FR,,,0,1000,bracket,,,,,,4,,,,,,,,EUR,,,,\n"
                           ",FR,,,0,1000,bracket,,,,,,4,,,,,,,,EUR,,,,\n"
                           "A,France,,,0,1000,bracket,,,,,,4,,,,,,,,EUR,,,,\n"
                           "A,FR,,,1000,500,bracket,,,,,,4,,,,,,,,EUR,,,,\n"
                           "A,FR,,,0,1000,guess,,,,,,4,,,,,,,,EUR,,,,\n"
                           "A,FR,,,0,1000,per_kg,,,,,,4,,,,,,,,EUR,,,,\n"
                           "A,FR,,,0,1000,first_step,,,,,0,4,500,1,,,,,,EUR,,,,\n"
                           "A,FR,,,0,1000,bracket,,,,,,-4,,,,,,,,EUR,,,,\n"
                           "A,FR,,,0,1000,bracket,,,,,,4,,,,,,,,,,,,\n"
                           "A,FR,,,0,1000,bracket,,,,,,4,,,6000,often,,,,EUR,,,,\n"
                           "A,FR,,,0,99999999999999999999,bracket,,,,,,4,,,,,,,,EUR,,,,\n"
                           "short,row\n"
                           "B,FR,,,0,1000,bracket,,,,,,5,,,,,,,,EUR,,,,\n";
  REQUIRE(read_sheet("sheet", card, read).has_value());
  CHECK(read.sheets.rates.size() == 2);
  CHECK(read.problems.size() == 11);
  std::size_t line = 3;
  for (const RowProblem& problem : read.problems) CHECK(problem.line == line++);
  CHECK(read_sheet("notes", "a,b\n1,2\n", read).error().code == "sheet.unknown");
  CHECK(read_sheet("empty", "", read).error().code == "sheet.unknown");
  CHECK(sheet_kind_of("Currency;Rate\n") == SheetKind::exchange);
}

TEST_CASE("the chance to arrive in time grows with the days and learns from our own parcels") {
  CHECK(on_time_ppm(5, 10, 4) == 0);
  CHECK(on_time_ppm(5, 10, 10) == 970'000);
  CHECK(on_time_ppm(5, 10, 11) == 985'000);
  std::int64_t before = 0;
  for (int days = 0; days < 60; ++days) {
    const std::int64_t now = on_time_ppm(5, 10, days);
    CHECK(now >= before);
    CHECK(now <= 1'000'000);
    before = now;
  }
  const std::array<std::int64_t, 13> slow{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 180};
  CHECK(on_time_ppm(5, 10, 10, slow) == 97'000);
}

TEST_CASE("an absurd price is refused, not wrapped around") {
  const RateBook book = book_of({{"card", std::string(kHeader) + "A,FR,,,0,100000000,first_step,,,,,1,1000000000,1,1000000000,6000,max,,,,KWD,,,,\n"}});
  Quotes quotes;
  REQUIRE(book.quote(parcel("FR", "", 100'000'000, {10'000, 10'000, 10'000}), kToday, quotes).has_value());
  CHECK((quotes.offers.size() + quotes.refused.size()) == 1);
  for (const Offer& offer : quotes.offers) CHECK(offer.total.minor() > 0);
}

TEST_CASE("random sheets and parcels never crash, and lines always add up") {
  SplitMix random(11);
  const std::array<const char*, 6> rules{"", "max", "half", "longer_than_30", "over_1728in3", "ratio_over_2"};
  for (int round = 0; round < 60; ++round) {
    std::string card(kHeader);
    for (int i = 0; i < 12; ++i) {
      const std::int64_t from = random.between(0, 3'000);
      card += "S" + std::to_string(random.between(0, 3)) + ",US," + (random.between(0, 1) ? "1" : "") + ",," + std::to_string(from) + "," + std::to_string(from + random.between(1, 3'000)) + "," +
              std::array{"bracket", "per_kg", "first_step"}[random.between(0, 2)] + "," + std::to_string(random.between(0, 100)) + "," + std::to_string(random.between(0, 200)) + "," +
              std::to_string(random.between(1, 99)) + ".375,1.5,500,7.25,250,1.125," + std::to_string(random.between(0, 8'000)) + "," + rules[random.between(0, 5)] + ",2500,60,,CNY,1,5,,\n";
    }
    const RateBook book = book_of({{"card", card}, {"zones", "card,country,postcode_from,postcode_to,zone\n,US,0,4,1\n"}, {"surcharges", "kind,percent,of\nfuel,12.34,\nvat,7,all\n"}});
    Quotes quotes;
    for (int i = 0; i < 50; ++i) {
      const ParcelToRate p = parcel("US", i % 2 ? "40000" : "", random.between(1, 4'000), {random.between(1, 800), random.between(1, 500), random.between(1, 400)});
      REQUIRE(book.quote(p, kToday, quotes).has_value());
      CHECK(quotes.offers.size() + quotes.refused.size() <= 4);
      std::int64_t before = 0;
      for (const Offer& offer : quotes.offers) {
        std::int64_t sum = 0;
        for (const Line& line : quotes.lines_of(offer)) sum += line.amount;
        CHECK(sum == offer.total.minor());
        CHECK(offer.total.minor() >= before);
        before = offer.total.minor();
      }
    }
  }
}
