#include "sandbox/world/people.hpp"

#include <map>
#include <vector>

#include "base/splitmix.hpp"
#include "base/text.hpp"
#include "sandbox/world/tables.hpp"

namespace zifa::sandbox {

namespace {

struct Place {
  std::string postal_code, city, state;
};

struct Country {
  std::vector<std::string> given, family, streets;
  std::vector<Place> places;
};

const std::map<std::string, Country, std::less<>>& countries() {
  static const std::map<std::string, Country, std::less<>> all = [] {
    std::map<std::string, Country, std::less<>> read;
    for (const Row& row : read_table("data/sandbox/people.csv", 5)) {
      Country& country = read[row[0]];
      if (row[1] == "given") country.given.push_back(row[2]);
      if (row[1] == "family") country.family.push_back(row[2]);
      if (row[1] == "street") country.streets.push_back(row[2]);
      if (row[1] == "place") country.places.push_back({row[2], row[3], row[4]});
    }
    return read;
  }();
  return all;
}

const std::string& pick(SplitMix& random, const std::vector<std::string>& from) {
  return from[random.next() % from.size()];
}

// Numbers that the countries' regulators keep free for films, where there are such; else ones that cannot be dialled.
std::string phone_of(SplitMix& random, std::string_view country) {
  const auto digits = [&](int n) {
    std::string text;
    for (int i = 0; i < n; ++i) text += static_cast<char>('0' + random.next() % 10);
    return text;
  };
  if (country == "US" || country == "CA") return "+1 555-01" + digits(2) + " ext. " + digits(5);
  if (country == "GB") return "+44 7700 900" + digits(3);
  if (country == "DE") return "+49 30 23125 " + digits(3);
  if (country == "FR") return "+33 1 99 00 " + digits(2) + " " + digits(2);
  if (country == "AU") return "+61 491 570 1" + digits(2);
  if (country == "JP") return "090-0000-" + digits(4);
  return "+00 000 " + digits(6);
}

const Place& place_of(SplitMix& random, const std::vector<Place>& places, std::string_view postal_code) {
  const Place* best = &places[random.next() % places.size()];
  std::size_t best_length = 0;
  for (const Place& place : places) {
    std::size_t length = 0;
    while (length < place.postal_code.size() && length < postal_code.size() && place.postal_code[length] == postal_code[length]) ++length;
    if (length > best_length) best = &place, best_length = length;
  }
  return *best;
}

}  // namespace

Person person_of(std::uint64_t seed, std::string_view country, std::string_view postal_code, bool business) {
  SplitMix random(seed ^ 0x70656F706C65ULL);
  const auto& all = countries();
  const Country& fallback = all.find("US")->second;
  const auto found = all.find(country);
  const Country& home = found == all.end() ? fallback : found->second;
  const bool own_names = !home.given.empty();
  const Country& names = own_names ? home : fallback;
  Person person;
  const std::string& given = pick(random, names.given);
  const std::string& family = pick(random, names.family);
  person.name = country == "JP" ? family + " " + given : given + " " + family;
  const std::string& street = pick(random, names.streets);
  const std::string house = std::to_string(random.between(1, country == "US" || country == "CA" ? 9999 : 180));
  Address& address = person.address;
  address.name = person.name;
  static constexpr std::string_view kNumberFirst[] = {"US", "CA", "GB", "FR", "AU", "IE", "SG"};
  bool number_first = !own_names;
  for (const std::string_view c : kNumberFirst) number_first = number_first || c == country;
  address.line1 = country == "JP" ? street + " " + std::to_string(random.between(1, 9)) + "-" + std::to_string(random.between(1, 30)) + "-" + std::to_string(random.between(1, 20))
                  : number_first  ? house + " " + street
                                  : street + " " + house;
  if (random.next() % 4 == 0) address.line2 = country == "JP" ? "コーポ" + std::to_string(random.between(101, 909)) : (country == "US" ? "Apt " : "No. ") + std::to_string(random.between(1, 40));
  address.country = std::string(country);
  const std::vector<Place>& places = home.places.empty() ? fallback.places : home.places;
  const Place& place = place_of(random, places, postal_code);
  address.city = place.city;
  address.state = place.state;
  address.postal_code = postal_code.empty() ? place.postal_code : std::string(postal_code);
  address.phone = phone_of(random, country);
  address.commercial = business || random.next() % 12 == 0;
  if (business) address.company = family + (country == "DE" ? " GmbH" : country == "JP" ? "商店" : " Trading Ltd");
  static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
  for (int i = 0; i < 15; ++i) person.email_local += kLetters[random.next() % kLetters.size()];
  return person;
}

}  // namespace zifa::sandbox
