// All price sheets, made ready to be asked: what would each service take for this parcel?
//
// Made once from rows; immutable, shared by threads. Asking allocates nothing once the answer's vectors have grown.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/time.hpp"
#include "base/weight.hpp"
#include "domain/rating/exchange.hpp"
#include "domain/rating/rate_sheet.hpp"

namespace zifa::rating {

struct Place {
  std::string_view country;   // ISO 3166 alpha-2
  std::string_view postcode;  // may be empty
};

// What is known of a parcel when prices are asked for. The texts must outlive the call.
struct ParcelToRate {
  Place from, to;
  Size size;
  Weight weight;
  std::string_view cargo = "general";  // kinds, separated by | , ; + / or spaces
  bool residential = false;
  std::optional<Money> value;          // declared
  std::optional<Day> deliver_by;       // in the buyer's zone
};

struct Line {
  std::string_view kind;     // "base", "fuel", ...; lives as long as the book
  std::int64_t amount = 0;   // minor units of the offer's currency
};

struct Offer {
  std::uint32_t service = 0;       // index into services()
  Money total;
  std::int64_t chargeable_g = 0;   // what is charged, after rounding and the minimum
  std::string_view zone;           // "" where none is known
  std::uint32_t first_line = 0, line_count = 0;  // in Quotes::lines
  std::optional<int> days_min, days_max;
  std::optional<std::int64_t> on_time_ppm;
  std::string_view last_mile;
  // A heavier parcel that would cost less (base price): send it as that weight.
  std::optional<std::int64_t> cheaper_at_g;
  std::int64_t cheaper_base = 0;
  std::optional<std::int64_t> worth;  // for comparing currencies; nothing without an exchange rate
};

// In the order in which a service checks them; the furthest a service got is the reason given.
enum class Refusal : std::uint8_t {
  origin,          // does not collect in the country of dispatch
  not_valid,       // no prices for this day
  cargo,           // does not carry this kind
  no_zone,         // the postcode has no zone, or no price for its zone
  above_last,      // chargeable weight above the last step
  below_first,     // ... below the first
  gap,             // ... between two steps of the sheet
  weight,          // actual weight above the limit
  longest,         // a side longer than the limit
  sum,             // sides together longer
  girth,           // length plus girth longer
  no_exchange,     // a charge in a currency without a rate
  overflow,        // the price is absurd
};
std::string_view name_of(Refusal refusal);

struct Refused {
  std::uint32_t service = 0;
  Refusal reason = Refusal::cargo;
  std::int64_t limit = 0;   // grams or micrometres, where the reason has a limit
  std::string_view zone;    // where it has a zone
};

// A service as it stands in a sheet.
struct RatedService {
  std::string card, name;
};

// How our own parcels fared, by service name; see on_time.hpp.
struct TransitRecord {
  std::string service;
  std::vector<std::int64_t> arrived_by_day;
  std::int64_t late = 0;
};

// An answer; kept and handed in again, it costs no allocation.
struct Quotes {
  std::vector<Offer> offers;     // cheapest first: by worth where an exchange rate is known, the others behind by currency
  std::vector<Refused> refused;  // services that serve the country but not this parcel
  std::vector<Line> lines;       // of all offers

  std::span<const Line> lines_of(const Offer& offer) const { return std::span(lines).subspan(offer.first_line, offer.line_count); }
};

// What a reader of the sheets should look at, although every row could be used.
struct SheetWarning {
  std::string card;
  std::size_t line = 0;
  std::string message;
};

struct RateBookData;

class RateBook {
 public:
  struct Extras {
    ExchangeRates exchange;
    std::vector<TransitRecord> transit;
  };

  explicit RateBook(const RateSheets& sheets) : RateBook(sheets, Extras{}) {}
  RateBook(const RateSheets& sheets, Extras extras);
  ~RateBook();
  RateBook(RateBook&&) noexcept;
  RateBook& operator=(RateBook&&) noexcept;

  // `as_of` is the day of dispatch: prices valid on it, days counted from it.
  // Refuses `parcel.bad_country`, `parcel.bad_weight`, `parcel.bad_size`: such a parcel has no price anywhere.
  Result<Done> quote(const ParcelToRate& parcel, Day as_of, Quotes& answer) const;
  // As above, for one service name only (every sheet that has it).
  Result<Done> quote_service(const ParcelToRate& parcel, std::string_view service, Day as_of, Quotes& answer) const;

  const std::vector<RatedService>& services() const;
  // Gaps and overlaps between steps, and the like.
  const std::vector<SheetWarning>& warnings() const;
  // Whether any price or charge is limited to some days.
  bool has_dates() const;
  const ExchangeRates& exchange() const;

  // One sentence for a person.
  std::string reason(const Refused& refused, const ParcelToRate& parcel) const;

 private:
  std::unique_ptr<const RateBookData> data_;
};

}  // namespace zifa::rating
