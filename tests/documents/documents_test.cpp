#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "adapters/documents/documents.hpp"
#include "adapters/documents/lists.hpp"
#include "tests/documents/examples.hpp"
#include "tests/documents/reading.hpp"

using namespace zifa;
using namespace zifa::documents;

namespace {

Documents& documents_() {
  static const std::unique_ptr<Documents> opened = std::move(open_documents().value());
  return *opened;
}

// Runs a program of poppler on a PDF; nothing when it is not installed.
std::optional<std::string> run(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (!pipe) return std::nullopt;
  std::string out;
  std::array<char, 4096> buffer;
  for (std::size_t got; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), got);
  const int status = pclose(pipe);
  return status == 0 ? std::optional(out) : std::nullopt;
}

class PdfFile {
 public:
  explicit PdfFile(const std::string& bytes) {
    std::string pattern = (std::filesystem::temp_directory_path() / "zifa_pdf_XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()));
    folder_ = pattern;
    std::ofstream(folder_ / "a.pdf", std::ios::binary) << bytes;
  }
  ~PdfFile() { std::filesystem::remove_all(folder_); }

  // False (and a message) when poppler is not installed.
  static bool can_read() {
    static const bool can = run("pdftotext -v") && run("pdftoppm -v");
    if (!can) MESSAGE("poppler's pdftotext and pdftoppm are not installed: PDF files are not read back");
    return can;
  }
  std::string text() const {
    auto text = run("pdftotext -layout " + (folder_ / "a.pdf").string() + " -");
    REQUIRE(text);
    return *text;
  }
  std::vector<reading::Picture> pages() const {
    REQUIRE(run("pdftoppm -gray -r 203.2 " + (folder_ / "a.pdf").string() + " " + (folder_ / "p").string()));
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
      if (entry.path().extension() == ".pgm") names.push_back(entry.path().string());
    std::sort(names.begin(), names.end());
    std::vector<reading::Picture> pictures;
    for (const std::string& name : names) pictures.push_back(reading::read_pgm(name));
    return pictures;
  }
  std::string fonts() const {
    auto text = run("pdffonts " + (folder_ / "a.pdf").string());
    REQUIRE(text);
    return *text;
  }

 private:
  std::filesystem::path folder_;
};

bool contains(const std::vector<std::string>& all, const std::string& one) { return std::find(all.begin(), all.end(), one) != all.end(); }

std::string joined(const Layout& layout) {
  std::string all;
  for (const Page& page : layout.pages)
    for (const TextItem& text : page.texts) all += text.text + "\n";
  return all;
}

Fonts& fonts() {
  static const std::unique_ptr<Fonts> opened = std::move(Fonts::open().value());
  return *opened;
}

// No line of text on another one, none over the edge, and every barcode scans.
void check_pages(const Layout& layout) {
  for (const Page& page : layout.pages) {
    CHECK(fault_of(page) == "");
    for (std::size_t i = 0; i < page.texts.size(); ++i)
      for (std::size_t k = i + 1; k < page.texts.size(); ++k) {
        Rect a = page.texts[i].box;
        a.y += 1, a.height -= 2, a.width -= 0.5;
        const std::string both = page.texts[i].text + " | " + page.texts[k].text;
        CHECK_MESSAGE(!a.overlaps(page.texts[k].box), both);
      }
    if (page.codes.empty()) continue;
    const reading::Picture picture = reading::picture_of(fonts(), page);
    for (const CodeItem& code : page.codes) CHECK(reading::scan(reading::part(picture, code.box), code.code.symbology) == code.code.scanned);
  }
}

}  // namespace

TEST_CASE("a batch keeps the order given, and a bad row costs only itself") {
  std::vector<LabelPage> labels;
  for (int i = 0; i < 12; ++i) {
    LabelPage label = i % 3 == 0 ? examples::chinese_label() : examples::us_label();
    label.customs.reset();
    label.routing.reset();
    label.parcel_no = "P-" + std::to_string(i);
    label.tracking.data = "YT26329123456789" + std::to_string(10 + i);
    labels.push_back(label);
  }
  labels[4].tracking.data.clear();
  labels[7].to.country = "Nowhere";
  const Printed printed = documents_().labels_pdf(labels).value();
  REQUIRE(printed.rows.size() == labels.size());
  CHECK(printed.pages == 10);
  std::size_t page = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const PageResult& row = printed.rows[i];
    CHECK(row.row == i);
    if (i == 4 || i == 7) {
      REQUIRE(row.error);
      CHECK(row.error->message.find("P-" + std::to_string(i)) != std::string::npos);
      CHECK(row.first_page == 0);
    } else {
      CHECK(row.ok());
      CHECK(row.first_page == ++page);
      CHECK(row.pages == 1);
    }
  }
  if (!PdfFile::can_read()) return;
  const PdfFile pdf(printed.bytes);
  const auto pictures = pdf.pages();
  REQUIRE(pictures.size() == 10);
  page = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!printed.rows[i].ok()) continue;
    CHECK(std::abs(pictures[page].width - 800) <= 1);
    CHECK(std::abs(pictures[page].height - 1200) <= 1);
    CHECK(contains(reading::scan_all(pictures[page]), labels[i].tracking.data));
    ++page;
  }
}

TEST_CASE("the PDF file scans, embeds its fonts and its text can be searched") {
  if (!PdfFile::can_read()) return;
  const std::vector<LabelPage> labels{examples::us_label(), examples::chinese_label(), examples::japanese_label(), examples::usps_label()};
  const Printed printed = documents_().labels_pdf(labels).value();
  const PdfFile pdf(printed.bytes);
  const auto pictures = pdf.pages();
  REQUIRE(pictures.size() == printed.pages);
  CHECK(contains(reading::scan_all(pictures[0]), "YT2632912345678901"));
  CHECK(contains(reading::scan_all(pictures[1]), "YT2632912345678901"));
  const Layout second = lay_out_label(fonts(), labels[1]).value();
  for (const CodeItem& code : second.pages[0].codes)
    CHECK(reading::scan(reading::part(pictures[1], code.box), code.code.symbology) == code.code.scanned);
  CHECK(contains(reading::scan_all(pictures[2]), "SF1234567890123"));
  CHECK(contains(reading::scan_all(pictures[3]), "42060660\x1D" "9200190164917312345678"));
  const std::string text = pdf.text();
  for (const char* wanted : {"Margaret O'Connor-Whitfield", "Chicago, IL 60660-1404", "YT2632912345678901", "髙橋 さくら", "東京都千代田区", "Ceramic mug", "石器餐盘"})
    CHECK_MESSAGE(text.find(wanted) != std::string::npos, wanted);
  // pdffonts: name, type, encoding, emb, sub, uni. Every line below the heading says yes to embedded and subset.
  const std::string list = pdf.fonts();
  std::size_t fonts_listed = 0;
  for (std::size_t at = list.find("---"); (at = list.find('\n', at)) != std::string::npos && at + 1 < list.size(); ++at) {
    ++fonts_listed;
    CHECK(list.substr(at + 1, list.find('\n', at + 1) - at - 1).find("yes yes yes") != std::string::npos);
  }
  CHECK(fonts_listed >= 2);
}

TEST_CASE("four labels share a sheet, whatever lies between them") {
  std::vector<LabelPage> labels(6, examples::us_label());
  for (LabelPage& label : labels) label.size = PageSize::a4_four_labels;
  labels[2].tracking.data.clear();
  const Printed printed = documents_().labels_pdf(labels).value();
  CHECK(printed.pages == 2);
  CHECK(printed.rows[0].first_page == 1);
  CHECK(printed.rows[4].first_page == 1);
  CHECK(printed.rows[5].first_page == 2);
  labels[3].size = PageSize::label_100x150;
  const Printed mixed = documents_().labels_pdf(labels).value();
  CHECK(mixed.pages == 3);
  CHECK(mixed.rows[3].first_page == 2);
  CHECK(mixed.rows[4].first_page == 3);
}

TEST_CASE("the same pages make the same bytes") {
  const std::vector<LabelPage> labels{examples::us_label(), examples::chinese_label()};
  CHECK(documents_().labels_pdf(labels)->bytes == documents_().labels_pdf(labels)->bytes);
  CHECK(documents_().labels_zpl(labels)->bytes == documents_().labels_zpl(labels)->bytes);
}

TEST_CASE("several threads print at once") {
  const std::vector<LabelPage> labels{examples::us_label(), examples::chinese_label(), examples::japanese_label()};
  const std::string expected = documents_().labels_zpl(labels)->bytes;
  std::array<std::string, 3> results;
  {
    std::vector<std::jthread> threads;
    for (std::string& result : results)
      threads.emplace_back([&labels, &result] {
        for (int i = 0; i < 5; ++i) {
          result = documents_().labels_zpl(labels)->bytes;
          if (documents_().labels_pdf(labels)->pages != 3) result.clear();
        }
      });
  }
  for (const std::string& result : results) CHECK(result == expected);
}

TEST_CASE("nothing to print is an empty answer") {
  CHECK(documents_().labels_pdf({})->bytes.empty());
  CHECK(documents_().labels_zpl({})->bytes.empty());
  CHECK(documents_().packing_slips_pdf({})->pages == 0);
}

TEST_CASE("a packing slip speaks the buyer's language and scans at the packing station") {
  struct Case {
    std::string language, title, day, amount;
  };
  const std::vector<Case> cases{{"en", "Packing slip", "23 Nov 2026", "73.58 USD"},        {"de-DE", "Lieferschein", "23.11.2026", "73,58 USD"},
                                {"fr", "Bon de livraison", "23/11/2026", "73,58 USD"},    {"it", "Distinta di imballaggio", "23/11/2026", "73,58 USD"},
                                {"es", "Albarán de entrega", "23/11/2026", "73,58 USD"},  {"ja", "納品書", "2026/11/23", "73.58 USD"},
                                {"zh-CN", "装箱单", "2026-11-23", "73.58 USD"},           {"xx", "Packing slip", "23 Nov 2026", "73.58 USD"}};
  for (const Case& c : cases)
    for (const PageSize size : {PageSize::a4, PageSize::letter, PageSize::label_100x150, PageSize::label_100x100}) {
      PackingSlip slip = examples::slip(c.language);
      slip.size = size;
      const auto layout = lay_out_slip(fonts(), slip);
      REQUIRE_MESSAGE(layout, layout.error().message);
      const std::string text = joined(*layout);
      CHECK(text.find(c.title) != std::string::npos);
      CHECK(text.find(c.day) != std::string::npos);
      CHECK(text.find(c.amount) != std::string::npos);
      CHECK(layout->pages[0].codes.size() == 1);
      check_pages(*layout);
    }
}

TEST_CASE("a gift travels without any price") {
  PackingSlip slip = examples::slip();
  slip.gift = true;
  slip.gift_message = "Happy birthday!\nSee https://our.page for the photos\n\xF0\x9F\x8E\x82";
  const auto layout = lay_out_slip(fonts(), slip);
  REQUIRE(layout);
  const std::string text = joined(*layout);
  for (const char* price : {"USD", "12.99", "73.58", "4.99", "5.12", "Unit price", "Amount"}) CHECK_MESSAGE(text.find(price) == std::string::npos, price);
  CHECK(text.find("Happy birthday!\n") != std::string::npos);
  CHECK(text.find("See https://our.page for the photos") != std::string::npos);  // the buyer's own words
  slip.gift = false;
  CHECK(joined(*lay_out_slip(fonts(), slip)).find("73.58 USD") != std::string::npos);
}

TEST_CASE("a slip that breaks Amazon's rules or makes no sense is refused by name") {
  PackingSlip slip = examples::slip();
  slip.note = "Leave a review at WWW.example.com";
  CHECK(lay_out_slip(fonts(), slip).error().code == "slip.link_in_note");
  slip = examples::slip();
  slip.items.clear();
  CHECK(lay_out_slip(fonts(), slip).error().code == "slip.no_items");
  slip = examples::slip();
  slip.order_id = " \n";
  CHECK(lay_out_slip(fonts(), slip).error().code == "slip.no_order");
  slip = examples::slip();
  slip.parcel_no = "包裹一";
  const auto layout = lay_out_slip(fonts(), slip);
  CHECK(layout.error().code == "slip.bad_parcel_number");
  CHECK(layout.error().message.find("113-4829105-7736201") != std::string::npos);
}

TEST_CASE("a long slip runs over pages and loses no item") {
  for (const PageSize size : {PageSize::a4, PageSize::label_100x150}) {
    PackingSlip slip = examples::slip();
    slip.size = size;
    slip.items.clear();
    for (int i = 0; i < 120; ++i) slip.items.push_back({"SKU-" + std::to_string(1000 + i), std::string(static_cast<std::size_t>(i * 3), 'x') + " mug", i % 4 + 1, "B" + std::to_string(i), "", {}});
    slip.gift_message = std::string(3'000, 'm');
    const auto layout = lay_out_slip(fonts(), slip);
    REQUIRE_MESSAGE(layout, layout.error().message);
    CHECK(layout->pages.size() > 3);
    const std::string text = joined(*layout);
    for (int i = 0; i < 120; ++i) CHECK(text.find("SKU-" + std::to_string(1000 + i) + "\n") != std::string::npos);
    CHECK(text.find("\n300\n") != std::string::npos);  // units in the parcel
    CHECK(text.find("Page 2 / " + std::to_string(layout->pages.size())) != std::string::npos);
    check_pages(*layout);
  }
}

TEST_CASE("a pick list keeps the walk, forwards or backwards, and names every tote") {
  for (const char* language : {"en", "zh"})
    for (const PageSize size : {PageSize::a4, PageSize::letter, PageSize::label_100x150}) {
      PickList list = examples::pick_list(language);
      list.size = size;
      const auto forwards = lay_out_pick_list(fonts(), list);
      REQUIRE_MESSAGE(forwards, forwards.error().message);
      std::string text = joined(*forwards);
      CHECK(text.find("A-01-03") < text.find("A-02-11"));
      CHECK(text.find("A-02-11") < text.find("C-11-22"));
      CHECK(text.find("T7 x5") != std::string::npos);
      CHECK(text.find("\n22\n") != std::string::npos);  // units
      check_pages(*forwards);
      list.last_line_first = true;
      text = joined(*lay_out_pick_list(fonts(), list));
      CHECK(text.find("C-11-22") < text.find("A-02-11"));
      CHECK(text.find("A-02-11") < text.find("A-01-03"));
    }
  PickList list = examples::pick_list();
  list.lines[0].orders.clear();
  for (int i = 0; i < 150; ++i) list.lines[0].orders.push_back("T" + std::to_string(100 + i) + " x1");
  const std::string text = joined(*lay_out_pick_list(fonts(), list));
  for (int i = 0; i < 150; ++i) CHECK(text.find("T" + std::to_string(100 + i)) != std::string::npos);
  list.lines.clear();
  CHECK(lay_out_pick_list(fonts(), list).error().code == "pick_list.no_lines");
  list = examples::pick_list();
  list.wave = "波次";
  CHECK(lay_out_pick_list(fonts(), list).error().code == "pick_list.bad_wave");
}

TEST_CASE("a hand-over list counts what the driver signs for") {
  for (const char* language : {"en", "zh"})
    for (const PageSize size : {PageSize::a4, PageSize::label_100x150}) {
      HandoverList list = examples::handover(language, 150);
      list.size = size;
      const auto layout = lay_out_handover(fonts(), list);
      REQUIRE_MESSAGE(layout, layout.error().message);
      const std::string text = joined(*layout);
      CHECK(text.find("\n150\n") != std::string::npos);
      CHECK(text.find("234.975 kg") != std::string::npos);  // 150 * 300 g + 17 g * (0 + ... + 149)
      for (int i = 0; i < 150; ++i) CHECK(text.find("YT26329123456" + std::to_string(78901 + i)) != std::string::npos);
      check_pages(*layout);
    }
  HandoverList list = examples::handover();
  list.parcels[3].tracking_number = "";
  const auto refused = lay_out_handover(fonts(), list);
  CHECK(refused.error().code == "handover.no_number");
  CHECK(refused.error().message.find("P-100203") != std::string::npos);
  list.parcels.clear();
  CHECK(lay_out_handover(fonts(), list).error().code == "handover.no_parcels");
}

TEST_CASE("an invoice adds up its own lines and speaks one currency") {
  for (const char* language : {"en", "zh"})
    for (const PageSize size : {PageSize::a4, PageSize::letter, PageSize::label_100x150}) {
      CommercialInvoice invoice = examples::invoice(language);
      invoice.size = size;
      const auto layout = lay_out_invoice(fonts(), invoice);
      REQUIRE_MESSAGE(layout, layout.error().message);
      check_pages(*layout);
      const std::string text = joined(*layout);
      for (const char* wanted : {"38.97 USD", "4.99 USD", "43.96 USD", "0.420 kg", "0.452 kg", "691110", "DDP Chicago", "INV-2026-000871", "陶瓷杯", "Chicago, IL 60660-1404"})
        CHECK_MESSAGE(text.find(wanted) != std::string::npos, wanted);
    }
  CommercialInvoice invoice = examples::invoice();
  for (int i = 0; i < 100; ++i) invoice.items.push_back({"Thing " + std::to_string(i), "", 1, Weight::grams(1), Money(1, Currency::of("USD")), "", "CN"});
  const auto longer = lay_out_invoice(fonts(), invoice);
  REQUIRE(longer);
  CHECK(longer->pages.size() > 1);
  CHECK(joined(*longer).find("44.96 USD") != std::string::npos);
  check_pages(*longer);
  invoice.items[1].value = Money(100, Currency::of("EUR"));
  CHECK(lay_out_invoice(fonts(), invoice).error().code == "invoice.two_currencies");
  invoice = examples::invoice();
  invoice.items[0].value = Money(INT64_MAX, Currency::of("USD"));
  CHECK(lay_out_invoice(fonts(), invoice).error().code == "invoice.two_currencies");
  invoice = examples::invoice();
  invoice.items.clear();
  CHECK(lay_out_invoice(fonts(), invoice).error().code == "invoice.no_items");
  invoice = examples::invoice();
  invoice.number = "\t";
  CHECK(lay_out_invoice(fonts(), invoice).error().code == "invoice.no_number");
  invoice = examples::invoice();
  invoice.buyer.country = "";
  CHECK(lay_out_invoice(fonts(), invoice).error().message.find("buyer") != std::string::npos);
}

TEST_CASE("stickers for goods and bins scan to their exact code") {
  struct Case {
    std::string headline, title;
    Barcode code;
    bool noted;
  };
  const std::vector<Case> cases{{"A-01-03", "", {Symbology::code128, "A-01-03", ""}, false},
                                {"MUG-01", "手工陶瓷咖啡杯 350 毫升 白釉，可进洗碗机，礼盒装，送礼佳品，送朋友送长辈", {Symbology::code128, "MUG-01", ""}, false},
                                {"LAMP-USB-C-WHITE-LONG-NAME-2026", "Rechargeable desk lamp", {Symbology::code128, "LAMP-USB-C-WHITE-LONG-NAME-2026", ""}, true},
                                {"X0012ABCDE", "", {Symbology::code128, "X0012ABCDE", ""}, false},
                                {"BOWL", "Bowl", {Symbology::itf, "4006381333931" "5", ""}, false},
                                {"TOTE 7", "", {Symbology::qr, "tote:7", ""}, false}};
  for (const Case& c : cases)
    for (const PageSize size : {PageSize::label_50x30, PageSize::label_60x40}) {
      const auto layout = lay_out_item_label(fonts(), {size, c.headline, c.title, c.code, 1});
      REQUIRE_MESSAGE(layout, layout.error().message);
      REQUIRE(layout->pages[0].codes.size() == 1);
      CHECK(layout->pages[0].codes[0].code.scanned == c.code.data);
      if (size == PageSize::label_50x30) CHECK((layout->pages[0].codes[0].code.symbology == Symbology::data_matrix) == c.noted);
      check_pages(*layout);
    }
  ItemLabel label{PageSize::label_50x30, "MUG-01", "Mug", {Symbology::code128, "MUG-01", ""}, 3};
  CHECK(documents_().item_labels_pdf({&label, 1})->pages == 3);
  CHECK(documents_().item_labels_zpl({&label, 1})->bytes.find("^PQ3\n^XZ") != std::string::npos);
  label.copies = 0;
  CHECK(lay_out_item_label(fonts(), label).error().code == "item_label.bad_copies");
  label = {PageSize::label_50x30, " ", "Mug", {Symbology::code128, "MUG-01", ""}, 1};
  CHECK(lay_out_item_label(fonts(), label).error().code == "item_label.no_headline");
  label = {PageSize::label_50x30, "MUG", "", {Symbology::code128, "杯", ""}, 1};
  CHECK(lay_out_item_label(fonts(), label).error().code == "item_label.bad_code");
  label = {PageSize::label_50x30, std::string(119, 'W'), "", {Symbology::code128, "M", ""}, 1};
  CHECK(lay_out_item_label(fonts(), label).error().code == "item_label.too_long");
}

TEST_CASE("a packing plan draws every step and refuses boxes outside the carton") {
  for (const PageSize size : {PageSize::a4, PageSize::label_100x150}) {
    CartonDiagram diagram = examples::carton("zh");
    diagram.size = size;
    const auto layout = lay_out_carton(fonts(), diagram);
    REQUIRE_MESSAGE(layout, layout.error().message);
    check_pages(*layout);
    const std::string text = joined(*layout);
    CHECK(text.find("100 x 100 x 90 mm") != std::string::npos);
    for (const Page& page : layout->pages)
      for (const ShapeItem& shape : page.shapes)
        for (const auto& corner : shape.corners) CHECK((corner[0] >= 0 && corner[0] <= page.width && corner[1] >= 0 && corner[1] <= page.height));
  }
  CartonDiagram diagram = examples::carton();
  diagram.steps[2].dx = 61;
  CHECK(lay_out_carton(fonts(), diagram).error().code == "carton.outside");
  diagram = examples::carton();
  diagram.steps[0].x = INT32_MAX;
  CHECK(lay_out_carton(fonts(), diagram).error().code == "carton.outside");
  diagram = examples::carton();
  diagram.height = 0;
  CHECK(lay_out_carton(fonts(), diagram).error().code == "carton.bad_size");
  diagram = examples::carton();
  diagram.steps.clear();
  CHECK(lay_out_carton(fonts(), diagram).error().code == "carton.no_steps");
}

TEST_CASE("lists are files that open and scan") {
  if (!PdfFile::can_read()) return;
  const std::vector<PackingSlip> slips{examples::slip("en"), examples::slip("ja")};
  const Printed printed = documents_().packing_slips_pdf(slips).value();
  const PdfFile pdf(printed.bytes);
  const auto pictures = pdf.pages();
  REQUIRE(pictures.size() == 2);
  for (const auto& picture : pictures) CHECK(contains(reading::scan_all(picture), "P-100234"));
  CHECK(pdf.text().find("納品書") != std::string::npos);
  const PickList list = examples::pick_list("zh");
  const Printed picked = documents_().pick_lists_pdf({&list, 1}).value();
  CHECK(PdfFile(picked.bytes).text().find("拣货单") != std::string::npos);
  CHECK(contains(reading::scan_all(PdfFile(picked.bytes).pages().at(0)), "W12"));
}
