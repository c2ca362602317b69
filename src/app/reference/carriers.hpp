// The carriers we know by name, and what Amazon calls them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zifa {

struct KnownCarrier {
  std::string id;       // stored with every parcel; never changes
  std::string family;   // a wider id that stands for several ("dhl"); may be empty
  std::string name;
  std::string name_zh;  // "" where sellers use the other name
  std::string home;     // ISO country, "EU", or ""
};

// How a carrier is written towards Amazon.
struct AmazonCarrier {
  std::string code;  // carrierCode, exact spelling
  std::string name;  // carrierName; the one that counts when the code is "Other"
  char grade = 'C';
  std::string source;
};

const std::vector<KnownCarrier>& known_carriers();
// nullptr for an id we do not know; a family id finds its first member.
const KnownCarrier* find_carrier(std::string_view id);
// The place in the list, for ranking; past the end for unknown ids.
std::size_t carrier_position(std::string_view id);
// The known id nearest to what was typed, or "".
std::string nearest_carrier_id(std::string_view typed);

// What Amazon calls the carrier in a marketplace ("US", "JP", "" = any); nothing when no table knows it, and then it is
// sent as Other plus its name, with a warning.
std::optional<AmazonCarrier> amazon_carrier(std::string_view carrier, std::string_view marketplace);

}  // namespace zifa
