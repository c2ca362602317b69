#include "api/words.hpp"

#include <map>
#include <sstream>

#include "base/csv.hpp"
#include "base/resources.hpp"

namespace zifa::api {

namespace {

// code -> Chinese words, from data/error_words.csv.
const std::map<std::string, std::string>& chinese() {
  static const std::map<std::string, std::string> words = [] {
    std::map<std::string, std::string> all;
    std::istringstream in{std::string(resource("data/error_words.csv"))};
    CsvReader reader(in, {});
    while (reader.next() == CsvReader::Step::row)
      if (reader.fields().size() == 2 && !reader.fields()[0].starts_with("#")) all.emplace(reader.fields()[0], reader.fields()[1]);
    return all;
  }();
  return words;
}

}  // namespace

std::string in_language(const Error& error, const std::string& language) {
  if (!language.starts_with("zh")) return error.message;
  const auto found = chinese().find(error.code);
  // The English sentence follows in brackets: it names the order or parcel.
  return found == chinese().end() ? error.message : found->second + "（" + error.message + "）";
}

}  // namespace zifa::api
