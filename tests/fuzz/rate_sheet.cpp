#include <cstddef>
#include <cstdint>

#include "app/reference/rate_sheets.hpp"
#include "base/check.hpp"
#include "domain/rating/rate_book.hpp"

using namespace zifa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view content(reinterpret_cast<const char*>(data), size);
  SheetsRead read;
  if (!read_sheet("fuzz", content, read)) return 0;
  const rating::RateBook book(read.sheets);
  rating::ParcelToRate parcel;
  parcel.from = {"US", "10001"};
  parcel.to = {"US", "90210"};
  parcel.size = {Length::mm(700), Length::mm(300), Length::mm(100)};
  parcel.weight = Weight::grams(1'234);
  rating::Quotes quotes;
  check(book.quote(parcel, Day::of(2026, 11, 25), quotes).has_value(), "a good parcel is always answered");
  for (const rating::Offer& offer : quotes.offers) {
    std::int64_t sum = 0;
    for (const rating::Line& line : quotes.lines_of(offer)) sum += line.amount;
    check(sum == offer.total.minor(), "lines add up");
  }
  return 0;
}
