// How many lines of order files are read in a second, and in how much memory. Every line is counted and its sums compared.
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <xlsxwriter.h>

#include "adapters/files/open_files.hpp"
#include "base/charset.hpp"
#include "base/csv.hpp"

namespace {

using namespace zifa;

constexpr const char* kColumns[] = {"order-id",         "order-item-id",     "purchase-date",     "payments-date",      "reporting-date",  "promise-date",   "days-past-promise",
                                    "buyer-email",      "buyer-name",        "buyer-phone-number", "sku",               "product-name",    "quantity-purchased", "quantity-shipped",
                                    "quantity-to-ship", "ship-service-level", "recipient-name",    "ship-address-1",    "ship-address-2",  "ship-address-3", "ship-city",
                                    "ship-state",       "ship-postal-code",  "ship-country",      "is-business-order",  "purchase-order-number", "price-designation", "is-prime"};

std::vector<std::string> line(int n, const std::string& name) {
  const std::string id = std::to_string(10'000'000 + n);
  return {"113-" + id.substr(1) + "-" + id.substr(1), "1000000" + id.substr(1), "2026-03-02T17:00:00+00:00", "2026-03-02T17:00:00+00:00", "2026-03-02T17:30:00+00:00", "2026-03-05T07:59:59+00:00", "-2",
          "k" + id + "qwertyuiop@marketplace.amazon.com", name, "+1 555 010 " + id.substr(4), "SKU-" + std::to_string(n % 5'000), "A fine mug of stoneware, 12\" tall, dishwasher safe, blue",
          std::to_string(n % 3 + 1), "0", std::to_string(n % 3 + 1), "Standard", name, std::to_string(n % 999) + " Main Street", "Apt 2", "", "Los Angeles", "CA", "90001", "US", "false", "", "", "true"};
}

long peak_kb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

void measure(const char* what, const std::filesystem::path& path, int lines) {
  const auto start = std::chrono::steady_clock::now();
  auto reader = open_order_file(open_bytes(path).value(), {}).value();
  OrderLine order;
  LineRefusal refusal;
  int read = 0;
  std::int64_t pieces = 0;
  for (;;) {
    const FileStep step = reader->next(order, refusal).value();
    if (step == FileStep::end) break;
    if (step == FileStep::refused || order.purchased_at.ms() != 1'772'470'800'000 || order.order_item_id.size() != 14) {
      std::printf("%s: line %zu is wrong: %s\n", what, reader->line_number(), refusal.reason.c_str());
      std::exit(1);
    }
    ++read;
    pieces += order.quantity;
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::int64_t expected = 0;
  for (int n = 0; n < lines; ++n) expected += n % 3 + 1;
  if (read != lines || pieces != expected) {
    std::printf("%s: %d lines and %lld pieces read, %d and %lld written\n", what, read, static_cast<long long>(pieces), lines, static_cast<long long>(expected));
    std::exit(1);
  }
  std::printf("%-28s %9d lines  %6.2f s  %8.0f lines/s  %5ld MB peak so far\n", what, read, seconds, read / seconds, peak_kb() / 1024);
  std::fflush(stdout);
}

void write_text(const std::filesystem::path& path, int lines, char separator, Charset charset, const std::string& name) {
  std::ofstream out(path, std::ios::binary);
  Transcoder transcoder = Transcoder::from_utf8(charset);
  std::string text;
  std::string bytes;
  const auto put = [&](const std::vector<std::string>& row) {
    text.clear();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += separator;
      text += separator == '\t' ? row[i] : csv_field(row[i], separator);
    }
    text += '\n';
    bytes.clear();
    if (!transcoder.append(text, bytes)) std::exit(1);
    out << bytes;
  };
  put({std::begin(kColumns), std::end(kColumns)});
  for (int n = 0; n < lines; ++n) put(line(n, name));
}

void write_workbook(const std::filesystem::path& path, int lines) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  const std::string name = path.string();
  lxw_workbook* workbook = workbook_new_opt(name.c_str(), &options);
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, "Orders");
  for (std::size_t i = 0; i < std::size(kColumns); ++i) worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), kColumns[i], nullptr);
  for (int n = 0; n < lines; ++n) {
    const std::vector<std::string> cells = line(n, "Ada Example");
    for (std::size_t i = 0; i < cells.size(); ++i) worksheet_write_string(sheet, static_cast<lxw_row_t>(n + 1), static_cast<lxw_col_t>(i), cells[i].c_str(), nullptr);
  }
  if (workbook_close(workbook) != LXW_NO_ERROR) std::exit(1);
}

}  // namespace

int main(int count, char** words) {
  const int lines = count > 1 ? std::atoi(words[1]) : 1'000'000;
  const std::filesystem::path path = std::filesystem::temp_directory_path() / ("zifa_bench_files_" + std::to_string(::getpid()));
  write_text(path, lines, '\t', Charset::utf_8, "Ada Example");
  measure("tab, ASCII", path, lines);
  write_text(path, lines, '\t', Charset::utf_8, "José Müller");
  measure("tab, UTF-8", path, lines);
  write_text(path, lines, '\t', Charset::shift_jis, "山田太郎");
  measure("tab, Shift_JIS", path, lines);
  write_text(path, lines, ',', Charset::utf_8, "José Müller");
  measure("comma with quotes, UTF-8", path, lines);
  write_workbook(path, lines / 10);
  measure("workbook", path, lines / 10);
  std::filesystem::remove(path);
  return 0;
}
