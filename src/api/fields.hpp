// Reading the fields of a body into the things they are for. A field that was not sent leaves its thing as it is, so that the same lines
// serve POST and PATCH; null empties it. Every refusal names the field and says what it takes: `field.bad`, `field.too_long`,
// `field.out_of_range`, `field.missing`.
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "api/resource.hpp"
#include "base/length.hpp"
#include "base/weight.hpp"
#include "domain/ids.hpp"

namespace zifa::api {

inline constexpr std::int64_t kMostQuantity = 100'000'000;
inline constexpr std::int64_t kMostMillimetres = 100'000;
inline constexpr std::int64_t kMostGrams = 10'000'000;

// Whether the field was sent at all, null included. `path` may go through objects: "declared.hs_code".
bool has_field(const json::value& body, std::string_view path);

// Trimmed; control characters are refused. `most` counts characters.
Result<Done> take_text(const json::value& body, std::string_view path, std::size_t most, std::string& into);
// As above, and what stands there afterwards may not be empty.
Result<Done> take_name(const json::value& body, std::string_view path, std::size_t most, std::string& into);
Result<Done> take_choice(const json::value& body, std::string_view path, std::initializer_list<std::string_view> choices, std::string& into);
Result<Done> take_flag(const json::value& body, std::string_view path, bool& into);
Result<Done> take_whole(const json::value& body, std::string_view path, std::int64_t least, std::int64_t most, std::int64_t& into);
Result<Done> take_whole(const json::value& body, std::string_view path, std::int64_t least, std::int64_t most, std::optional<std::int64_t>& into);
// Whole millimetres, three of them.
Result<Done> take_size(const json::value& body, std::string_view path, Size& into);
// Whole grams.
Result<Done> take_weight(const json::value& body, std::string_view path, Weight& into);
Result<Done> take_money(const json::value& body, std::string_view path, std::optional<Money>& into);
// Two letters; UK is stored as GB.
Result<Done> take_country(const json::value& body, std::string_view path, std::string& into);
// "16:00"
Result<std::chrono::minutes> time_of_day(std::string_view text, std::string_view field);
std::string time_of_day_text(std::chrono::minutes at);
// An id as this API gives it, "17", or as a number; 0 where null was sent.
Result<Done> take_id_number(const json::value& body, std::string_view path, std::int64_t& into);
template <class Tag>
Result<Done> take_id(const json::value& body, std::string_view path, Id<Tag>& into) {
  std::int64_t number = into.value();
  TRY(take_id_number(body, path, number));
  into = Id<Tag>(number);
  return done;
}

// A query parameter that names a thing by its id; nothing where it was not given. Refuses `field.bad`.
Result<std::optional<std::int64_t>> id_in_query(const Call& call, std::string_view name);

// How ids, sizes and texts are written: ids as text, null for what is unknown.
std::string id_text(std::int64_t id);
template <class Tag>
std::string id_text(const Id<Tag>& id) { return id_text(id.value()); }
template <class Tag>
json::value id_or_null(const Id<Tag>& id) { return id.value() == 0 ? json::value(nullptr) : json::value(id_text(id)); }
json::value text_or_null(std::string_view text);
json::value size_json(const Size& size);        // null when not measured
json::value weight_json(const Weight& weight);  // grams; null when not weighed

// {"code", "message"} in the caller's language.
json::value problem_json(const Error& error, const std::string& language);

// The name of a marketplace as sellers say it: US, UK, JP; the id itself where it is not known.
std::string marketplace_name(std::string_view marketplace_id);

}  // namespace zifa::api
