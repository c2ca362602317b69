#include "app/reference/policies.hpp"

#include <algorithm>
#include <numeric>

#include "app/reference/reference_table.hpp"
#include "base/check.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

struct DatedPolicy {
  std::string marketplace;  // "*" = any
  Day valid_from;
  health::Policy policy;
};

struct DatedRules {
  Day valid_from;
  MarketplaceRules rules;
};

int small_number(std::string_view text) {
  const auto value = to_int(text);
  check(value.has_value() && *value >= 0 && *value < 10'000, "a reference table has a bad number: " + std::string(text));
  return static_cast<int>(*value);
}

std::chrono::minutes time_of_day(std::string_view text) {
  const auto parts = split(text, ':');
  check(parts.size() == 2, "a reference table has a bad time of day: " + std::string(text));
  return std::chrono::minutes(small_number(parts[0]) * 60 + small_number(parts[1]));
}

Share share_of(std::string_view text) {
  const auto scaled = to_scaled(text, 6);
  check(scaled.has_value() && *scaled > 0 && *scaled < 1'000'000, "data/policies.csv has a bad limit: " + std::string(text));
  const std::int64_t divisor = std::gcd(*scaled, std::int64_t{1'000'000});
  return {*scaled / divisor, 1'000'000 / divisor};
}

const std::vector<DatedPolicy>& all_policies() {
  static const std::vector<DatedPolicy> all = [] {
    std::vector<DatedPolicy> read;
    read_reference("data/policies.csv", {"marketplace", "metric", "valid_from", "comparison", "limit", "first_day_ago", "last_day_ago", "enforced", "source"},
                   [&](const std::vector<std::string_view>& row) {
                     check(row[3] == "<" || row[3] == ">=", "data/policies.csv knows the comparisons < and >=");
                     read.push_back({std::string(row[0]), Day::parse(row[2]).value(),
                                     {.metric = std::string(row[1]),
                                      .comparison = row[3] == "<" ? health::Comparison::below : health::Comparison::at_least,
                                      .limit = share_of(row[4]),
                                      .limit_text = std::string(row[3]) + std::string(row[4]),
                                      .first_day_ago = small_number(row[5]),
                                      .last_day_ago = small_number(row[6]),
                                      .enforced = row[7] == "1"}});
                   });
    return read;
  }();
  return all;
}

const std::vector<DatedRules>& all_rules() {
  static const std::vector<DatedRules> all = [] {
    std::vector<DatedRules> read;
    read_reference("data/marketplace_rules.csv",
                   {"code", "amazon_id", "valid_from", "zone", "holidays", "weekend", "same_day_cutoff", "day_starts", "auto_cancel_days"},
                   [&](const std::vector<std::string_view>& row) {
                     std::vector<unsigned> weekend;
                     for (const std::string_view day : split(row[5], ' ')) weekend.push_back(static_cast<unsigned>(small_number(day)));
                     read.push_back({Day::parse(row[2]).value(),
                                     {.code = std::string(row[0]),
                                      .amazon_id = std::string(row[1]),
                                      .zone = TimeZone::named(row[3]).value(),
                                      .holidays = std::string(row[4]),
                                      .weekend = std::move(weekend),
                                      .same_day_cutoff = time_of_day(row[6]),
                                      .day_starts = time_of_day(row[7]),
                                      .auto_cancel_days = small_number(row[8])}});
                   });
    return read;
  }();
  return all;
}

}  // namespace

std::optional<std::string> marketplace_code(std::string_view name) {
  std::string code = upper(trim(name));
  if (code == "UK") code = "GB";
  for (const DatedRules& dated : all_rules())
    if (dated.rules.code == code || dated.rules.amazon_id == code) return dated.rules.code;
  return std::nullopt;
}

std::vector<std::string> marketplace_codes() {
  std::vector<std::string> codes;
  for (const DatedRules& dated : all_rules())
    if (std::find(codes.begin(), codes.end(), dated.rules.code) == codes.end()) codes.push_back(dated.rules.code);
  return codes;
}

Result<MarketplaceRules> marketplace_rules(std::string_view code, Day day) {
  const DatedRules* best = nullptr;
  for (const DatedRules& dated : all_rules())
    if (dated.rules.code == code && (best == nullptr || (dated.valid_from <= day && dated.valid_from > best->valid_from))) best = &dated;
  if (best == nullptr)
    return not_found("marketplace.unknown", "\"" + printable(code, 40) + "\" is not a marketplace known here; known are " + join(marketplace_codes(), ", ") + ".");
  return best->rules;
}

std::vector<health::Policy> health_policies(std::string_view code, Day day) {
  // A marketplace's own row goes before the general one, then the later before the earlier.
  std::vector<const DatedPolicy*> best;
  for (const DatedPolicy& dated : all_policies()) {
    if (dated.valid_from > day || (dated.marketplace != "*" && dated.marketplace != code)) continue;
    const auto known = std::find_if(best.begin(), best.end(), [&](const DatedPolicy* other) { return other->policy.metric == dated.policy.metric; });
    if (known == best.end()) {
      best.push_back(&dated);
      continue;
    }
    const bool own = dated.marketplace != "*";
    const bool known_own = (*known)->marketplace != "*";
    if (own != known_own ? own : dated.valid_from > (*known)->valid_from) *known = &dated;
  }
  std::vector<health::Policy> policies;
  for (const DatedPolicy* dated : best) policies.push_back(dated->policy);
  return policies;
}

}  // namespace zifa
