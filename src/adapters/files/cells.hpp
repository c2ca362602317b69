// One cell of a table as a date, an amount, a quantity, a yes or no.
//
// Every reader answers false and says in `why` what is wrong with the text, for a person; the field's name is put before it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ports/line_file.hpp"

namespace zifa {

// What decides between spellings. Filled from the file's options, the format's own rules and, last, the row's sales channel.
struct Spelling {
  std::optional<TimeZone> time_zone;
  DateOrder date_order = DateOrder::unknown;
  DecimalMark decimal_mark = DecimalMark::unknown;
  std::string_view country;  // "DE"; "" if unknown
};

struct Moment {
  Instant at;
  bool day_only = false;
};

enum class DayMeans { first_moment, last_second };

// 2026-03-02T17:00:00+00:00 · 2026/03/02 17:00:00 JST · 02.03.2026 17:00:00 MET · 3/2/2026 5:00 PM · 2 Mar 2026 · 2026年3月2日 17:00
// Years before 1995 or after 2199 are taken for mistakes. Without a zone the spelling's is meant, else the text is refused.
bool read_moment(std::string_view text, const Spelling& spelling, DayMeans day_means, Moment& moment, std::string& why);

// 1299.00 · 1.299,00 · 1 299,00 € · ¥1,300 · $12.99. More decimals than the currency has are refused unless they are zero.
bool read_money(std::string_view text, Currency currency, const Spelling& spelling, Money& money, std::string& why);

// 0 to 999,999; "2.0" is 2.
bool read_quantity(std::string_view text, std::int64_t& quantity, std::string& why);

// true, yes, y, 1, 是, はい, oui, ja, sí, si: yes. Everything else: no.
bool says_yes(std::string_view text);

// What a spreadsheet makes of a long number: 1.23457E+13.
bool is_spoilt_number(std::string_view text);

// The reading order of days and months where a country writes 03/04/2026, `unknown` where both are met.
DateOrder date_order_of(std::string_view country);
DecimalMark decimal_mark_of(std::string_view country);

}  // namespace zifa
