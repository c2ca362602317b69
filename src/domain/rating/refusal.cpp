// Why a service does not take a parcel, in words.
#include "base/text.hpp"
#include "domain/rating/rate_book.hpp"

namespace zifa::rating {

namespace {

// 1200000 micrometres as "120 cm", 353000 as "35.3 cm".
std::string centimetres(std::int64_t micrometres) {
  const std::int64_t tenths = micrometres / 1'000;
  return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10)) + " cm";
}

std::string grams(std::int64_t n) { return std::to_string(n) + " g"; }

}  // namespace

std::string_view name_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::origin: return "origin";
    case Refusal::not_valid: return "not_valid";
    case Refusal::cargo: return "cargo";
    case Refusal::no_zone: return "no_zone";
    case Refusal::above_last: return "above_last";
    case Refusal::below_first: return "below_first";
    case Refusal::gap: return "gap";
    case Refusal::weight: return "weight";
    case Refusal::longest: return "longest";
    case Refusal::sum: return "sum";
    case Refusal::girth: return "girth";
    case Refusal::no_exchange: return "no_exchange";
    case Refusal::overflow: return "overflow";
  }
  return "";
}

std::string RateBook::reason(const Refused& refused, const ParcelToRate& parcel) const {
  const auto typed = [](std::string_view text) { return printable(text, 40); };
  switch (refused.reason) {
    case Refusal::origin: return "does not collect in " + (parcel.from.country.empty() ? "an unnamed country" : typed(parcel.from.country));
    case Refusal::not_valid: return "has no prices for this day";
    case Refusal::cargo: return "does not carry " + typed(parcel.cargo);
    case Refusal::no_zone:
      if (!refused.zone.empty()) return "has no price for zone " + std::string(refused.zone);
      return parcel.to.postcode.empty() ? "needs a postcode to know the zone" : "has no zone for postcode " + typed(parcel.to.postcode);
    case Refusal::above_last: return "has no price above " + grams(refused.limit) + " chargeable weight";
    case Refusal::below_first: return "has no price up to " + grams(refused.limit) + " chargeable weight";
    case Refusal::gap: return "has no price at " + grams(refused.limit) + " chargeable weight: the sheet has a gap there";
    case Refusal::weight: return "takes at most " + grams(refused.limit) + " actual weight";
    case Refusal::longest: return "takes sides of at most " + centimetres(refused.limit);
    case Refusal::sum: return "takes at most " + centimetres(refused.limit) + " for length, width and height together";
    case Refusal::girth: return "takes at most " + centimetres(refused.limit) + " length plus girth";
    case Refusal::no_exchange: return "has a charge in a currency without an exchange rate";
    case Refusal::overflow: return "has a price too large to be true";
  }
  return "";
}

}  // namespace zifa::rating
