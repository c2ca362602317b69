// A carrier's price sheet as a CSV file: good rows are kept, each bad one is named by its line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/store.hpp"

namespace zifa {

struct RateCardFacts {
  std::vector<std::string> services;
  std::string currency;              // of its first row; "" for zones and the like
  std::optional<Day> valid_from;     // the earliest
};
RateCardFacts rate_card_facts(const RateCardFile& card);

struct RateCardRead {
  RateCardFile card;                 // content: good rows only, UTF-8, comma-separated
  std::int64_t rows = 0;             // good and bad ones
  struct Problem {
    std::int64_t line = 0;
    std::string reason;
  };
  std::vector<Problem> problems;
  std::vector<std::string> warnings;  // gaps and overlaps between steps, and what else should be looked at
};

// Reads a file beside the sheets that are stored already; nothing is stored.
//
// `kind`: card, zones, surcharges, or "" for whatever its header says. Files of spreadsheets in Chinese or Western encodings are read too.
// Refuses `rate_card.bad_name`, `rate_card.bad_encoding`, `sheet.unknown` (the header is none of ours), `rate_card.other_kind`.
Result<RateCardRead> read_rate_card(Tx& tx, std::string_view name, std::string_view kind, std::string_view bytes, Instant now);

// Stores what read_rate_card read; a card of the same name is replaced. Refuses `rate_card.no_rows`.
Result<RateCardFile> store_rate_card(Tx& tx, const RateCardRead& read, std::string_view actor, Instant now);

// Refuses `rate_card.unknown`.
Result<Done> remove_rate_card(Tx& tx, std::int64_t id, std::string_view actor, Instant now);

}  // namespace zifa
