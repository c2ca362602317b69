#include "app/reference/tracking_formats.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "app/reference/carriers.hpp"
#include "app/reference/pattern.hpp"
#include "app/reference/reference_table.hpp"
#include "base/check.hpp"
#include "base/json.hpp"
#include "base/resources.hpp"
#include "base/text.hpp"
#include "domain/tracking/check_digit.hpp"

namespace zifa {

using tracking::CheckMethod;
using tracking::CheckOutcome;
using tracking::CheckRule;
using tracking::NumberFormat;
using tracking::NumberMatch;

namespace {

// A group whose text must be in a list, or the number is not of this format (S10: the country must exist).
struct KnownValues {
  unsigned group = 0;
  std::set<std::string, std::less<>> values;
  std::vector<Pattern> patterns;

  bool have(std::string_view text) const {
    return values.contains(text) || std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& p) { return p.matches(text); });
  }
};

// Put in front of the serial number before the sum, when the serial looks as described.
struct Prepend {
  Pattern when;
  std::string content;
};

// The couriers' files name DHL once; its parcels are handed in, tracked and named to Amazon under different names.
struct Owner {
  std::string_view format, carrier;
};
constexpr std::array kOwners{
    Owner{"dhl_express", "dhl_express"},
    Owner{"dhl_express_piece_id", "dhl_express"},
    Owner{"dhl_ecommerce", "dhl_ecommerce"},
    Owner{"dhl_ecommerce_14", "dhl_ecommerce"},
};

constexpr int kRankOfShape = 1'000;      // ours, without a check digit
constexpr int kRankOfAnyPost = 2'000;    // S10 of any country, behind the post of that country
constexpr int kRankWhenNamed = 3'000;

// The number has lost its spaces and hyphens, so the pattern must not ask for them.
std::string without_gaps(std::string_view pattern) {
  std::string text;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      if (!in_class && pattern.substr(i, 3) == "\\s*") {
        i += 2;
        continue;
      }
      text += pattern[i];
      text += pattern[++i];
      continue;
    }
    if (pattern[i] == '[') in_class = true;
    if (pattern[i] == ']') in_class = false;
    if (pattern[i] == '-' && !in_class) continue;
    text += pattern[i];
  }
  return text;
}

Pattern compiled(std::string_view expression, const std::string& whose) {
  auto pattern = Pattern::whole(expression);
  check(pattern.has_value(), "the pattern of " + whose + " cannot be read");
  return *std::move(pattern);
}

int number_of(const json::value& from, std::string_view path, int otherwise) {
  const auto n = json::get_int(from, path);
  return n ? static_cast<int>(*n) : otherwise;
}

CheckRule rule_of(const json::value& format, const std::string& whose) {
  CheckRule rule;
  const json::value* checksum = json::find(format, "validation.checksum");
  if (checksum == nullptr) return rule;
  const auto method = tracking::check_method_named(json::get_text(*checksum, "name"));
  check(method.has_value(), whose + " has a check digit method we do not know");
  rule.method = *method;
  rule.evens = number_of(*checksum, "evens_multiplier", 1);
  rule.odds = number_of(*checksum, "odds_multiplier", 1);
  rule.reverse = json::get_bool(*checksum, "reverse");
  rule.modulo1 = number_of(*checksum, "modulo1", 11);
  rule.modulo2 = number_of(*checksum, "modulo2", 10);
  if (const json::array* weights = json::find_array(*checksum, "weightings")) {
    check(weights->size() <= rule.weights.size(), whose + " has too many weights");
    for (const json::value& weight : *weights) rule.weights[rule.weight_count++] = static_cast<std::uint8_t>(weight.to_number<int>());
  }
  return rule;
}

}  // namespace

struct TrackingFormats::Compiled {
  NumberFormat format;
  Pattern pattern;
  CheckRule rule;
  unsigned serial = 0;
  unsigned check_digit = 0;
  std::optional<KnownValues> known;
  std::optional<Prepend> prepend;

  // Nothing when the number is not of this format.
  std::optional<CheckOutcome> fits(std::string_view number) const {
    const auto groups = pattern.match(number);
    if (!groups) return std::nullopt;
    // Read before the next match on this thread; the texts themselves point into the number.
    const std::string_view serial_text = groups.group(serial);
    const std::string_view check_text = groups.group(check_digit);
    const std::string_view known_text = known ? groups.group(known->group) : std::string_view();
    if (known && !known->have(known_text)) return std::nullopt;
    if (rule.method == CheckMethod::none) return CheckOutcome::none;
    const bool longer = prepend && prepend->when.matches(serial_text);
    const auto expected = longer ? check_character(rule, prepend->content + std::string(serial_text)) : check_character(rule, serial_text);
    return expected && check_text.size() == 1 && *expected == check_text[0] ? CheckOutcome::ok : CheckOutcome::failed;
  }

  void find_groups() {
    serial = pattern.group_named("SerialNumber").value_or(0);
    if (rule.method == CheckMethod::none) return;
    const auto check_group = pattern.group_named("CheckDigit");
    check(serial != 0 && check_group.has_value(), format.id + " has a check digit, but no groups for it");
    check_digit = *check_group;
  }
};

namespace {

KnownValues known_values(const json::value& format, std::string_view name, const Pattern& pattern, const std::string& whose) {
  KnownValues known;
  const json::array* lists = json::find_array(format, "additional");
  check(lists != nullptr, whose + " refers to a list that is not there");
  for (const json::value& list : *lists) {
    if (json::get_text(list, "name") != name) continue;
    known.group = pattern.group_named(json::get_text(list, "regex_group_name")).value_or(0);
    if (const json::array* entries = json::find_array(list, "lookup"))
      for (const json::value& entry : *entries) {
        if (std::string plain = json::get_text(entry, "matches"); !plain.empty()) known.values.insert(std::move(plain));
        if (const std::string expression = json::get_text(entry, "matches_regex"); !expression.empty()) known.patterns.push_back(compiled(expression, whose));
      }
  }
  check(known.group != 0, whose + " refers to a list that is not there");
  return known;
}

}  // namespace

TrackingFormats::TrackingFormats() : by_first_(256) {
  const auto rank = [](int tier, const std::string& carrier) { return tier + static_cast<int>(carrier_position(carrier)); };

  for (const auto& [path, text] : resources()) {
    if (!path.starts_with("data/tracking_numbers/couriers/") || !path.ends_with(".json")) continue;
    const auto courier = json::parse(text);
    check(courier.has_value(), std::string(path) + " is not JSON");
    const json::array* formats = json::find_array(*courier, "tracking_numbers");
    check(formats != nullptr, std::string(path) + " has no formats");
    for (const json::value& entry : *formats) {
      NumberFormat format;
      format.name = json::get_text(entry, "name");
      format.id = json::get_text(entry, "id");
      if (format.id.empty()) format.id = format.name;
      format.tracking_url = json::get_text(entry, "tracking_url");
      format.carrier = json::get_text(*courier, "courier_code");
      for (const Owner& owner : kOwners)
        if (owner.format == format.id) format.carrier = owner.carrier;
      const KnownCarrier* carrier = find_carrier(format.carrier);
      check(carrier != nullptr, std::string(path) + ": data/carriers.csv lacks the carrier " + format.carrier);
      format.family = carrier->family;
      format.rank = rank(format.carrier == "s10" ? kRankOfAnyPost : 0, format.carrier);

      std::string expression;
      const json::value* regex = json::find(entry, "regex");
      check(regex != nullptr, format.id + " has no pattern");
      if (const json::array* parts = regex->if_array()) {
        for (const json::value& part : *parts) expression += std::string_view(part.as_string());
      } else {
        expression = std::string_view(regex->as_string());
      }
      auto one = std::make_unique<Compiled>(Compiled{format, compiled(without_gaps(expression), format.id), rule_of(entry, format.id), 0, 0, std::nullopt, std::nullopt});
      one->find_groups();
      if (const json::value* before = json::find(entry, "validation.serial_number_format.prepend_if"))
        one->prepend = Prepend{compiled(without_gaps(json::get_text(*before, "matches_regex")), format.id), json::get_text(*before, "content")};
      if (const json::array* exists = json::find_array(entry, "validation.additional.exists"))
        for (const json::value& list : *exists) {
          check(!one->known, format.id + " refers to two lists");
          one->known = known_values(entry, list.as_string(), one->pattern, format.id);
        }
      formats_.push_back(std::move(one));
    }
  }

  read_reference("data/tracking_formats.csv", {"id", "carrier", "name", "pattern", "check", "scope", "grade", "example"}, [&](const std::vector<std::string_view>& row) {
    NumberFormat format;
    format.id = row[0];
    format.carrier = row[1];
    format.name = row[2];
    format.grade = row[6].front();
    format.named_only = row[5] == "named";
    const KnownCarrier* carrier = find_carrier(format.carrier);
    check(carrier != nullptr, "data/tracking_formats.csv: data/carriers.csv lacks the carrier " + format.carrier);
    format.family = carrier->family;
    CheckRule rule;
    const auto method = tracking::check_method_named(row[4]);
    check(method.has_value(), "data/tracking_formats.csv: unknown check digit method of " + format.id);
    rule.method = *method;
    format.rank = rank(format.named_only ? kRankWhenNamed : rule.method == CheckMethod::none ? kRankOfShape : 0, format.carrier);
    auto one = std::make_unique<Compiled>(Compiled{format, compiled(row[3], format.id), rule, 0, 0, std::nullopt, std::nullopt});
    one->find_groups();
    formats_.push_back(std::move(one));
  });

  for (const auto& format : formats_)
    for (std::size_t c = 0; c < by_first_.size(); ++c)
      if (format->pattern.may_start_with(static_cast<unsigned char>(c))) by_first_[c].push_back(format.get());
}

TrackingFormats::~TrackingFormats() = default;

void TrackingFormats::find(std::string_view number, std::vector<NumberMatch>& matches) const {
  if (number.empty()) return;
  for (const Compiled* candidate : by_first_[static_cast<unsigned char>(number[0])]) {
    if (number.size() < candidate->pattern.shortest()) continue;
    if (const auto outcome = candidate->fits(number)) matches.push_back({&candidate->format, *outcome});
  }
}

std::vector<const NumberFormat*> TrackingFormats::all() const {
  std::vector<const NumberFormat*> list;
  for (const auto& format : formats_) list.push_back(&format->format);
  return list;
}

const TrackingFormats& tracking_formats() {
  static const TrackingFormats formats;
  return formats;
}

tracking::NumberCheck check_tracking_number(std::string_view typed, std::string_view named_carrier) {
  return tracking::judge_number(tracking_formats(), typed, named_carrier);
}

}  // namespace zifa
