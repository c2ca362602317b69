// How many pages a second are printed. Every batch is checked before it counts: no row refused, the right number of
// pages, and on a sample of the labels every barcode is scanned to its exact number.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "adapters/documents/documents.hpp"
#include "adapters/documents/label_layout.hpp"
#include "base/splitmix.hpp"
#include "tests/documents/examples.hpp"
#include "tests/documents/reading.hpp"

namespace {

using namespace zifa;
using namespace zifa::documents;

double wall() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
double cpu() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "bench_labels: %s\n", why.c_str());
  std::exit(1);
}

// A day's labels: half go to the US with customs, some to Japan in Japanese, some domestic with GS1-128; no two alike.
std::vector<LabelPage> labels_of_a_day(int count) {
  SplitMix random(1);
  std::vector<LabelPage> labels;
  for (int i = 0; i < count; ++i) {
    LabelPage label = i % 4 == 0 ? examples::chinese_label() : i % 4 == 1 ? examples::usps_label() : i % 4 == 2 ? examples::japanese_label() : examples::us_label();
    const std::string serial = std::to_string(10'000'000'000 + random.between(0, 89'999'999'999));
    if (label.tracking.symbology == Symbology::gs1_128) label.tracking.data = "(420)60660(92)001901649" + serial;
    else label.tracking.data = "YT26" + serial + "001";
    label.tracking.caption.clear();
    label.to.name += " " + serial.substr(5);
    label.to.lines[0] += " " + std::to_string(random.between(1, 9'999));
    label.order_id = "113-" + serial.substr(0, 7) + "-" + serial.substr(4, 7);
    label.parcel_no = "P-" + std::to_string(100'000 + i);
    label.position = i + 1;
    label.of = count;
    labels.push_back(std::move(label));
  }
  return labels;
}

void scan_sample(const std::vector<LabelPage>& labels) {
  auto fonts = std::move(Fonts::open().value());
  for (std::size_t i = 0; i < labels.size(); i += 37) {
    const Layout layout = lay_out_label(*fonts, labels[i]).value();
    for (const Page& page : layout.pages) {
      const reading::Picture picture = reading::picture_of(*fonts, page);
      for (const CodeItem& code : page.codes)
        if (reading::scan(reading::part(picture, code.box), code.code.symbology) != code.code.scanned) fail("a barcode of label " + std::to_string(i) + " does not scan");
    }
  }
}

void check_printed(const Result<Printed>& printed, std::size_t rows, std::size_t pages, const char* what) {
  if (!printed) fail(printed.error().message);
  if (printed->rows.size() != rows) fail(std::string(what) + ": rows are missing");
  for (const PageResult& row : printed->rows)
    if (row.error) fail(std::string(what) + ": " + row.error->message);
  if (printed->pages != pages) fail(std::string(what) + ": " + std::to_string(printed->pages) + " pages instead of " + std::to_string(pages));
}

// The middle of an odd number of runs, in units a second of wall time and of processor time.
template <class F>
void measure(const char* name, double units, const char* unit, F&& run) {
  constexpr int kRuns = 5;
  std::vector<double> walls, cpus;
  for (int i = 0; i < kRuns; ++i) {
    const double w = wall(), c = cpu();
    run();
    walls.push_back(wall() - w);
    cpus.push_back(cpu() - c);
  }
  std::sort(walls.begin(), walls.end());
  std::sort(cpus.begin(), cpus.end());
  std::printf("%-34s %10.0f %s/s wall  %10.0f %s/s CPU\n", name, units / walls[kRuns / 2], unit, units / cpus[kRuns / 2], unit);
}

}  // namespace

int main() {
  auto opened = open_documents();
  if (!opened) fail(opened.error().message);
  Documents& documents = **opened;
  const std::vector<LabelPage> labels = labels_of_a_day(1'000);
  scan_sample(labels);

  std::size_t bytes = 0;
  measure("labels, PDF, 1000 a batch", 1'000, "pages", [&] {
    const auto printed = documents.labels_pdf(labels);
    check_printed(printed, labels.size(), labels.size(), "labels");
    bytes = printed->bytes.size();
  });
  std::printf("%-34s %10.1f KB a page\n", "", static_cast<double>(bytes) / 1000 / 1024);
  measure("labels, ZPL, 1000 a batch", 1'000, "labels", [&] {
    const auto printed = documents.labels_zpl(labels);
    check_printed(printed, labels.size(), labels.size(), "ZPL");
    bytes = printed->bytes.size();
  });
  std::printf("%-34s %10.1f KB a label\n", "", static_cast<double>(bytes) / 1000 / 1024);

  // One label at a time, as a packing station asks for it.
  for (const bool zpl : {false, true}) {
    std::vector<double> times;
    for (std::size_t i = 0; i < 400; ++i) {
      const double from = wall();
      const auto printed = zpl ? documents.labels_zpl({&labels[i], 1}) : documents.labels_pdf({&labels[i], 1});
      times.push_back((wall() - from) * 1000);
      check_printed(printed, 1, 1, "one label");
    }
    std::sort(times.begin(), times.end());
    std::printf("one label, %s %24s median %.2f ms, 99 of 100 below %.2f ms\n", zpl ? "ZPL" : "PDF", "", times[200], times[395]);
  }

  std::vector<PackingSlip> slips;
  for (int i = 0; i < 500; ++i) {
    static constexpr const char* kLanguages[] = {"en", "de", "fr", "it", "es", "ja", "zh"};
    PackingSlip slip = examples::slip(kLanguages[i % 7]);
    slip.order_id = "113-0000000-" + std::to_string(1'000'000 + i);
    slip.parcel_no = "P-" + std::to_string(i);
    slips.push_back(std::move(slip));
  }
  measure("packing slips, PDF, 500 a batch", 500, "pages", [&] { check_printed(documents.packing_slips_pdf(slips), 500, 500, "slips"); });

  PickList list = examples::pick_list("zh");
  const std::vector<PickLine> lines = list.lines;
  for (int i = 1; i < 200; ++i) list.lines.insert(list.lines.end(), lines.begin(), lines.end());
  measure("pick list of 1000 lines, PDF", 1'000, "lines", [&] {
    const auto printed = documents.pick_lists_pdf({&list, 1});
    if (!printed || printed->rows[0].error || printed->pages < 20) fail("the pick list was not printed");
  });

  measure("table of 100,000 x 8, XLSX", 100'000, "rows", [&] {
    TableSheet sheet;
    sheet.columns = {{"order", 20}, {"sku"}, {"title", 40}, {"units"}, {"cost"}, {"day"}, {"shipped", 20}, {"share"}};
    std::int64_t at = 0;
    sheet.next = [&at](std::vector<Cell>& row) {
      if (at == 100'000) return false;
      const std::string number = std::to_string(1'000'000 + at);
      row = {"113-" + number + "-" + number, "SKU-" + number, std::string("Handmade ceramic mug 手工陶瓷杯"), at % 7, Money(1299 + at, Currency::of("USD")),
             Day::from_number(20'000 + static_cast<int>(at % 700)), Instant::from_ms(1'790'000'000'000 + at * 60'000), Millionths{at % 1'000'000}};
      ++at;
      return true;
    };
    std::size_t written = 0;
    const auto result = documents.table_xlsx(sheet, [&](std::string_view part) -> Result<Done> {
      written += part.size();
      return done;
    });
    if (!result || result->rows != 100'000 || written < 1'000'000) fail("the table was not written");
  });
  return 0;
}
