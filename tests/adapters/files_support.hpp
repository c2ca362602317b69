// Files made in memory and read back: what the tests of file readers share.
#pragma once

#include <sstream>

#include "adapters/files/open_files.hpp"

namespace files_test {

using namespace zifa;

inline std::unique_ptr<std::istream> bytes(std::string text) { return std::make_unique<std::istringstream>(std::move(text)); }

template <class Line>
struct Read {
  std::optional<Error> error;  // of opening, or in the middle
  FileFacts facts;
  std::vector<Line> lines;
  std::vector<LineRefusal> refusals;

  // "3 file.bad_date" for each refused line, separated by commas.
  std::string refused() const {
    std::string out;
    for (const LineRefusal& refusal : refusals) out += (out.empty() ? "" : ", ") + std::to_string(refusal.line) + " " + refusal.code;
    return out;
  }
  std::string code() const { return error ? error->code : ""; }
};

template <class Line>
Read<Line> read_all(Result<std::unique_ptr<LineFileReader<Line>>> opened) {
  Read<Line> read;
  if (!opened) {
    read.error = opened.error();
    return read;
  }
  for (;;) {
    Result<bool> more = next_batch(**opened, 3, read.lines, read.refusals);
    if (!more) read.error = more.error();
    if (!more || !*more) break;
  }
  read.facts = (*opened)->facts();
  return read;
}

inline Read<OrderLine> read_orders(std::string text, const FileOptions& options = {}) { return read_all(open_order_file(bytes(std::move(text)), options)); }

inline FileOptions country(std::string code) {
  FileOptions options;
  options.country = std::move(code);
  return options;
}

// `rows` of "a|b|c" as tab-separated lines.
inline std::string tabs(const std::vector<std::string>& rows) {
  std::string out;
  for (std::string row : rows) {
    for (char& c : row)
      if (c == '|') c = '\t';
    out += row + "\n";
  }
  return out;
}

inline const std::string kUnshippedHeader =
    "order-id|order-item-id|purchase-date|payments-date|reporting-date|promise-date|days-past-promise|buyer-email|buyer-name|buyer-phone-number|sku|"
    "product-name|quantity-purchased|quantity-shipped|quantity-to-ship|ship-service-level|recipient-name|ship-address-1|ship-address-2|ship-address-3|"
    "ship-city|ship-state|ship-postal-code|ship-country|is-business-order|purchase-order-number|price-designation|is-prime";

inline std::string unshipped(int n, std::string_view recipient = "Ada Example", std::string_view purchased = "2026-03-02T17:00:00+00:00", std::string_view quantity = "1") {
  const std::string id = std::to_string(1'000'000 + n);
  return "113-" + id + "-0000001|1000000" + id + "|" + std::string(purchased) + "|2026-03-02T17:05:00+00:00|2026-03-02T17:30:00+00:00|2026-03-05T07:59:59+00:00|-3|" +
         "abc" + id + "@marketplace.example|Ada Example|+1 555 010 0000|MUG-01|Mug, 12\" tall|" + std::string(quantity) + "|0|" + std::string(quantity) +
         "|Standard|" + std::string(recipient) + "|1 Main Street|||Springfield|IL|62701|US|false|||true";
}

}  // namespace files_test
