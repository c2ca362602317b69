#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "adapters/documents/label_layout.hpp"
#include "adapters/documents/text.hpp"
#include "base/splitmix.hpp"
#include "tests/documents/examples.hpp"
#include "tests/documents/reading.hpp"

using namespace zifa;
using namespace zifa::documents;

namespace {

Fonts& fonts() {
  static const std::unique_ptr<Fonts> opened = [] {
    auto result = Fonts::open();
    REQUIRE_MESSAGE(result, result.error().message);
    return std::move(*result);
  }();
  return *opened;
}

bool has_text(const Page& page, std::string_view wanted) {
  return std::any_of(page.texts.begin(), page.texts.end(), [&](const TextItem& t) { return t.text.find(wanted) != std::string::npos; });
}

// No two lines of text on one another, nothing over the edge, every barcode scanned to its exact content.
void check_page(const Page& page) {
  CHECK(fault_of(page) == "");
  for (std::size_t i = 0; i < page.texts.size(); ++i)
    for (std::size_t k = i + 1; k < page.texts.size(); ++k) {
      Rect a = page.texts[i].box, b = page.texts[k].box;
      // Ascenders of the largest letters may reach a dot into the line above without touching ink.
      a.y += 1, a.height -= 2, a.width -= 0.5;
      const std::string both = page.texts[i].text + " | " + page.texts[k].text;
      CHECK_MESSAGE(!a.overlaps(b), both);
    }
  const reading::Picture picture = reading::picture_of(fonts(), page);
  for (const CodeItem& code : page.codes) {
    const std::string seen = reading::scan(reading::part(picture, code.box), code.code.symbology);
    CHECK(seen == code.code.scanned);
    CHECK(code.module >= 2);
  }
}

void check_label(const LabelPage& label) {
  const auto layout = lay_out_label(fonts(), label);
  REQUIRE_MESSAGE(layout, layout.error().message);
  for (const Page& page : layout->pages) check_page(page);
}

const std::vector<PageSize> kLabelSizes{PageSize::label_100x150, PageSize::label_100x100, PageSize::a4_four_labels};

}  // namespace

TEST_CASE("every template scans to the exact number at every size") {
  for (const PageSize size : kLabelSizes)
    for (LabelPage label : {examples::us_label(), examples::chinese_label(), examples::japanese_label(), examples::usps_label()}) {
      label.size = size;
      CAPTURE(label.tracking.data);
      CAPTURE(static_cast<int>(size));
      check_label(label);
    }
}

TEST_CASE("every symbology carries tracking and routing codes") {
  const std::vector<Barcode> codes{{Symbology::code128, "1Z999AA10123456784", ""},
                                   {Symbology::code128, "^XA~JA\\&_5E", ""},
                                   {Symbology::code128, "a", ""},
                                   {Symbology::gs1_128, "(420)90210(92)00190164917312345678", ""},
                                   {Symbology::gs1_128, "(00)003404341234567897", ""},
                                   {Symbology::gs1_128, "(420)902101234(420)90210", ""},
                                   {Symbology::itf, "00340434161094042557", ""},
                                   {Symbology::data_matrix, "JJD000390007882912345", ""},
                                   {Symbology::qr, "https://example.com/t/LP00123456789012", ""},
                                   {Symbology::qr, "云途YT2632912345678901", ""}};
  for (const Barcode& code : codes)
    for (const PageSize size : kLabelSizes) {
      LabelPage label = examples::us_label();
      label.size = size;
      label.tracking = code;
      CAPTURE(code.data);
      check_label(label);
      label = examples::us_label();
      label.size = size;
      label.routing = code;
      check_label(label);
    }
}

TEST_CASE("a tracking number that cannot be a barcode is refused by name") {
  struct Case {
    Barcode code;
    std::string error, says;
  };
  const std::vector<Case> cases{{{Symbology::code128, "", ""}, "label.no_tracking_number", "buy its label"},
                                {{Symbology::code128, "YT云途", ""}, "label.bad_tracking_number", "characters that Code 128 does not have"},
                                {{Symbology::code128, "A\nB", ""}, "label.bad_tracking_number", "characters"},
                                {{Symbology::code128, std::string(60, 'W'), ""}, "label.number_too_long", "too long"},
                                {{Symbology::code128, std::string(4'000, '1'), ""}, "label.bad_tracking_number", "too long"},
                                {{Symbology::itf, "123", ""}, "label.bad_tracking_number", "odd number"},
                                {{Symbology::itf, "12A4", ""}, "label.bad_tracking_number", "digits only"},
                                {{Symbology::gs1_128, "42090210", ""}, "label.bad_tracking_number", "element strings"},
                                {{Symbology::gs1_128, "(01)12345", ""}, "label.bad_tracking_number", "cannot be written"},
                                {{Symbology::qr, std::string("\xFF\xFE"), ""}, "label.bad_tracking_number", "UTF-8"}};
  for (const Case& c : cases) {
    LabelPage label = examples::us_label();
    label.tracking = c.code;
    const auto layout = lay_out_label(fonts(), label);
    CAPTURE(c.code.data);
    REQUIRE(!layout);
    CHECK(layout.error().code == c.error);
    CHECK(layout.error().message.find(c.says) != std::string::npos);
    CHECK(layout.error().message.find("P-100234") != std::string::npos);
  }
}

TEST_CASE("an address that no carrier could deliver to is refused, not printed") {
  LabelPage label = examples::us_label();
  label.to.name = "\x01\x02 \xF0\x9F\x98\x80";
  CHECK(lay_out_label(fonts(), label).error().code == "label.no_address");
  label = examples::us_label();
  label.to.lines.clear();
  label.to.city = label.to.region = label.to.postcode = "";
  CHECK(lay_out_label(fonts(), label).error().code == "label.no_address");
  label = examples::us_label();
  label.to.country = "USA";
  CHECK(lay_out_label(fonts(), label).error().code == "label.bad_country");
  label.to.country = "";
  CHECK(lay_out_label(fonts(), label).error().code == "label.bad_country");
  label = examples::us_label();
  label.to.postcode = std::string(400, '9');
  CHECK(lay_out_label(fonts(), label).error().code == "label.bad_postcode");
}

TEST_CASE("a letter that no font has is refused in an address and named") {
  LabelPage label = examples::us_label();
  label.to.lines = {"𓀀 street"};  // Egyptian hieroglyphs: in no packing room's fonts
  const auto layout = lay_out_label(fonts(), label);
  if (layout) {
    MESSAGE("a font on this machine has hieroglyphs: nothing tested");
    return;
  }
  CHECK(layout.error().code == "document.no_font");
  CHECK(layout.error().message.find("U+13000") != std::string::npos);
}

TEST_CASE("however long an address is, postcode, country and number stay whole") {
  for (const PageSize size : kLabelSizes) {
    LabelPage label = examples::us_label();
    label.size = size;
    label.to.name = "Maximiliana-Theodora von Hohenstein-Wittgenstein zu Sayn und Altenkirchen the Third of that name";
    label.to.company = std::string(180, 'W');
    label.to.lines.clear();
    for (int i = 0; i < 40; ++i) label.to.lines.push_back("A very long street line that keeps on going and going, number " + std::to_string(i));
    label.to.city = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch on the Isle of Anglesey near the Menai bridge";
    label.to.region = "Gwynedd";
    label.to.postcode = "LL61 5UJ";
    label.to.country = "GB";
    label.to.country_name = "UNITED KINGDOM";
    const auto layout = lay_out_label(fonts(), label);
    REQUIRE_MESSAGE(layout, layout.error().message);
    const Page& page = layout->pages.front();
    CHECK(has_text(page, "LL61 5UJ"));
    CHECK(has_text(page, "UNITED KINGDOM"));
    CHECK(has_text(page, "YT2632912345678901"));
    CHECK(has_text(page, "A very long street line"));
    CHECK(std::any_of(layout->notes.begin(), layout->notes.end(), [](const std::string& n) { return n.find("was cut") != std::string::npos; }));
    check_page(page);
  }
}

TEST_CASE("scripts of every market print without boxes") {
  struct Case {
    std::string name, street, city;
  };
  const std::vector<Case> cases{{"محمد عبد الله", "شارع الملك فهد 123", "الرياض"}, {"Ελένη Παπαδοπούλου", "Οδός Ερμού 15", "Αθήνα"},
                                {"Анна Кузнецова", "ул. Ленина, д. 5", "Київ"},    {"김민준", "서울특별시 강남구 테헤란로 152", "서울"},
                                {"יעל כהן", "רחוב הרצל 10", "תל אביב"},            {"Łukasz Żółć", "ul. Świętokrzyska 3", "Kraków"},
                                {"王小明", "中山東路一段100號", "臺北市"},         {"Zoë Nguyễn", "Straße der Einheit 4", "Århus"}};
  for (const Case& c : cases)
    for (const PageSize size : kLabelSizes) {
      LabelPage label = examples::us_label();
      label.size = size;
      label.to.name = c.name;
      label.to.lines = {c.street};
      label.to.city = c.city;
      CAPTURE(c.name);
      CHECK(fonts().missing_letter(clean(c.name + c.street + c.city)) == 0);
      check_label(label);
    }
}

TEST_CASE("a customs declaration stands on the label where there is room and behind it otherwise") {
  LabelPage label = examples::us_label();
  label.customs = examples::customs();
  CHECK(lay_out_label(fonts(), label)->pages.size() == 1);
  label.size = PageSize::label_100x100;
  CHECK(lay_out_label(fonts(), label)->pages.size() == 2);
  label.size = PageSize::label_100x150;
  // More goods than one page holds: every one of them is declared.
  label.customs->items.clear();
  for (int i = 0; i < 60; ++i)
    label.customs->items.push_back({"Item number " + std::to_string(i), "货物", 1, Weight::grams(10), Money(100, Currency::of("EUR")), "691110", "CN"});
  const auto layout = lay_out_label(fonts(), label);
  REQUIRE_MESSAGE(layout, layout.error().message);
  CHECK(layout->pages.size() >= 3);
  for (int i = 0; i < 60; ++i) {
    const std::string wanted = "1 x Item number " + std::to_string(i);
    CHECK(std::count_if(layout->pages.begin(), layout->pages.end(), [&](const Page& page) {
            return std::any_of(page.texts.begin(), page.texts.end(), [&](const TextItem& t) { return t.text == wanted; });
          }) == 1);
  }
  for (const Page& page : layout->pages) check_page(page);
  // The total is said once, on the last page.
  CHECK(!has_text(layout->pages[1], "38.97 USD"));
  CHECK(has_text(layout->pages.back(), "38.97 USD"));
}

TEST_CASE("marks and the reprint count are always there") {
  for (const PageSize size : kLabelSizes) {
    LabelPage label = examples::chinese_label();
    label.size = size;
    const auto layout = lay_out_label(fonts(), label);
    REQUIRE_MESSAGE(layout, layout.error().message);
    const Page& page = layout->pages.front();
    CHECK(has_text(page, "DDP"));
    CHECK(has_text(page, "UN3481"));
    CHECK(has_text(page, "FRAGILE"));
    CHECK(has_text(page, "补打 REPRINT 2"));
    CHECK(has_text(page, "3/40"));
  }
  LabelPage fresh = examples::us_label();
  CHECK(!has_text(lay_out_label(fonts(), fresh)->pages.front(), "REPRINT"));
}

TEST_CASE("the locality is written as the destination writes it") {
  struct Case {
    std::string country, city, region, postcode, line;
  };
  const std::vector<Case> cases{{"US", "Chicago", "IL", "60601", "Chicago, IL 60601"}, {"DE", "Berlin", "", "10115", "10115 Berlin"},
                                {"IT", "Milano", "MI", "20121", "20121 Milano (MI)"},  {"JP", "千代田区", "東京都", "100-0005", "〒100-0005 東京都千代田区"},
                                {"GB", "London", "", "SW1A 1AA", "London SW1A 1AA"},   {"HK", "Kowloon", "", "", "Kowloon"},
                                {"fr", "Paris", "", "75001", "75001 Paris"},           {"CN", "深圳市", "广东省", "518129", "518129 广东省深圳市"}};
  for (const Case& c : cases) {
    Address address;
    address.country = c.country, address.city = c.city, address.region = c.region, address.postcode = c.postcode;
    CHECK(locality_line(address) == c.line);
  }
}

TEST_CASE("hostile text never breaks a page") {
  SplitMix random(20261125);
  const std::vector<std::string> pieces{"A", "ß", "漢", "ー", "م", "é", "e\xCC\x81", "\xF0\x9F\x8E\x81", "^XZ", "~HS", "\\&", "\xC3", "\xED\xA0\x80", std::string("\0x", 2), "\x1B[2J",
                                        "\xE2\x80\xAE", " ", "\t", "\n", "\xE3\x80\x80", "WWWWWWWW", "iiii", "-", "/", "1420", "\xEF\xBF\xBF", "\xF4\x90\x80\x80", "ﻻ"};
  const auto text = [&](int most) {
    std::string out;
    for (std::int64_t n = random.between(0, most); n > 0; --n) out += pieces[static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(pieces.size()) - 1))];
    return out;
  };
  int printed = 0;
  std::map<std::string, int> refusals;
  for (int round = 0; round < 300; ++round) {
    LabelPage label = round % 2 ? examples::chinese_label() : examples::us_label();
    label.size = kLabelSizes[static_cast<std::size_t>(random.between(0, 2))];
    label.to.name = "N" + text(40);
    label.to.company = text(60);
    label.to.lines = {"S" + text(90), text(200), text(5)};
    label.to.city = text(30);
    label.to.region = text(10);
    label.service = text(50);
    label.carrier = text(30);
    label.routing_code = text(20);
    label.parcel_no = text(20);
    label.order_id = text(30);
    label.contents = text(200) + "ก";
    label.return_to = text(120);
    label.batch = text(10);
    label.from.name = text(30);
    label.from.lines = {text(100)};
    if (label.customs) label.customs->items[0].name_en = text(100), label.customs->signed_by = text(30), label.customs->tax_id = text(20);
    const auto layout = lay_out_label(fonts(), label);
    if (!layout) {
      CHECK_MESSAGE(layout.error().code != "document.layout", layout.error().message);
      ++refusals[layout.error().code];
      continue;
    }
    ++printed;
    for (const Page& page : layout->pages) {
      CHECK(fault_of(page) == "");
      for (const TextItem& item : page.texts)
        for (const char c : item.text) CHECK(static_cast<unsigned char>(c) >= 0x20);
    }
    if (round % 20 == 0)
      for (const Page& page : layout->pages) check_page(page);
  }
  std::string refused;
  for (const auto& [code, times] : refusals) refused += code + " " + std::to_string(times) + ", ";
  CAPTURE(refused);
  CHECK(printed > 50);
}
