#include "api/fields.hpp"

#include <algorithm>

#include "api/words.hpp"
#include "app/reference/policies.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

Error bad(std::string_view path, std::string_view takes) { return invalid("field.bad", "The field \"" + std::string(path) + "\" takes " + std::string(takes) + "."); }

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F; });
}

// A whole number, also where a program wrote it as 12.0.
std::optional<std::int64_t> whole(const json::value& v) {
  if (v.is_int64()) return v.as_int64();
  if (v.is_double() && v.as_double() > -1e15 && v.as_double() < 1e15 && v.as_double() == static_cast<double>(static_cast<std::int64_t>(v.as_double()))) return static_cast<std::int64_t>(v.as_double());
  return std::nullopt;
}

Result<Done> between(std::string_view path, std::int64_t value, std::int64_t least, std::int64_t most) {
  if (value < least || value > most)
    return invalid("field.out_of_range", "The field \"" + std::string(path) + "\" takes whole numbers from " + std::to_string(least) + " to " + std::to_string(most) + ", not " + std::to_string(value) + ".");
  return done;
}

}  // namespace

bool has_field(const json::value& body, std::string_view path) { return json::find(body, path) != nullptr; }

Result<Done> take_text(const json::value& body, std::string_view path, std::size_t most, std::string& into) {
  const json::value* v = json::find(body, path);
  if (v == nullptr) return done;
  if (v->is_null()) {
    into.clear();
    return done;
  }
  if (!v->is_string()) return bad(path, "text");
  const std::string_view text = trim(std::string_view(v->as_string()));
  if (!is_utf8(text) || has_control_character(text)) return bad(path, "readable text without control characters");
  if (utf8_length(text) > most) return invalid("field.too_long", "The field \"" + std::string(path) + "\" takes at most " + std::to_string(most) + " characters.");
  into = text;
  return done;
}

Result<Done> take_name(const json::value& body, std::string_view path, std::size_t most, std::string& into) {
  TRY(take_text(body, path, most, into));
  if (into.empty()) return invalid("field.missing", "The field \"" + std::string(path) + "\" is missing; fill it in.");
  return done;
}

Result<Done> take_choice(const json::value& body, std::string_view path, std::initializer_list<std::string_view> choices, std::string& into) {
  std::string chosen = into;
  if (!has_field(body, path)) return done;
  TRY(take_text(body, path, 60, chosen));
  if (std::find(choices.begin(), choices.end(), chosen) == choices.end()) {
    std::string all;
    for (const std::string_view choice : choices) all += (all.empty() ? "" : ", ") + std::string(choice);
    return bad(path, "one of " + all + ", not \"" + printable(chosen, 40) + "\"");
  }
  into = std::move(chosen);
  return done;
}

Result<Done> take_flag(const json::value& body, std::string_view path, bool& into) {
  const json::value* v = json::find(body, path);
  if (v == nullptr) return done;
  if (!v->is_bool()) return bad(path, "true or false");
  into = v->as_bool();
  return done;
}

Result<Done> take_whole(const json::value& body, std::string_view path, std::int64_t least, std::int64_t most, std::int64_t& into) {
  const json::value* v = json::find(body, path);
  if (v == nullptr) return done;
  const auto number = whole(*v);
  if (!number) return bad(path, "a whole number");
  TRY(between(path, *number, least, most));
  into = *number;
  return done;
}

Result<Done> take_whole(const json::value& body, std::string_view path, std::int64_t least, std::int64_t most, std::optional<std::int64_t>& into) {
  const json::value* v = json::find(body, path);
  if (v == nullptr) return done;
  if (v->is_null()) {
    into.reset();
    return done;
  }
  std::int64_t number = 0;
  TRY(take_whole(body, path, least, most, number));
  into = number;
  return done;
}

Result<Done> take_size(const json::value& body, std::string_view path, Size& into) {
  const json::value* v = json::find(body, path);
  if (v == nullptr) return done;
  if (v->is_null()) {
    into = {};
    return done;
  }
  const json::array* sides = v->if_array();
  if (sides == nullptr || sides->size() != 3) return bad(path, "three lengths in millimetres, as [320, 140, 110]");
  Size size;
  std::size_t n = 0;
  for (Length* side : {&size.length, &size.width, &size.height}) {
    const auto number = whole((*sides)[n++]);
    if (!number) return bad(path, "three whole lengths in millimetres, as [320, 140, 110]");
    TRY(between(path, *number, 1, kMostMillimetres));
    *side = Length::mm(*number);
  }
  into = size;
  return done;
}

Result<Done> take_weight(const json::value& body, std::string_view path, Weight& into) {
  const json::value* v = json::find(body, path);
  if (v == nullptr) return done;
  std::int64_t grams = 0;
  if (!v->is_null()) TRY(take_whole(body, path, 0, kMostGrams, grams));
  into = Weight::grams(grams);
  return done;
}

Result<Done> take_money(const json::value& body, std::string_view path, std::optional<Money>& into) {
  const json::value* v = json::find(body, path);
  if (v == nullptr) return done;
  if (v->is_null()) {
    into.reset();
    return done;
  }
  const json::value* amount = json::find(*v, "amount");
  const auto minor = amount == nullptr ? std::nullopt : whole(*amount);
  const auto currency = Currency::parse(json::get_text(*v, "currency"));
  if (!minor || !currency) return bad(path, R"(an amount in the smallest unit with its currency, as {"amount": 1299, "currency": "USD"})");
  TRY(between(std::string(path) + ".amount", *minor, 0, 1'000'000'000'000));
  into = Money(*minor, *currency);
  return done;
}

Result<Done> take_country(const json::value& body, std::string_view path, std::string& into) {
  if (!has_field(body, path)) return done;
  std::string country;
  TRY(take_text(body, path, 20, country));
  country = upper(country);
  if (country == "UK") country = "GB";
  const bool letters = country.size() == 2 && std::all_of(country.begin(), country.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!letters && !country.empty()) return bad(path, "a country as two letters, such as CN or US");
  into = std::move(country);
  return done;
}

Result<std::chrono::minutes> time_of_day(std::string_view text, std::string_view field) {
  const std::size_t colon = text.find(':');
  const auto hours = to_int(text.substr(0, std::min(colon, text.size())));
  const auto minutes = colon == std::string_view::npos ? std::nullopt : to_int(text.substr(colon + 1));
  const bool digits = colon != std::string_view::npos && (colon == 1 || colon == 2) && text.size() == colon + 3;
  if (!digits || !hours || !minutes || *hours < 0 || *hours > 23 || *minutes < 0 || *minutes > 59) return bad(field, "a time of day such as 16:00, not \"" + printable(text, 20) + "\"");
  return std::chrono::minutes(*hours * 60 + *minutes);
}

std::string time_of_day_text(std::chrono::minutes at) {
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(at.count() / 60) + ":" + two(at.count() % 60);
}

Result<Done> take_id_number(const json::value& body, std::string_view path, std::int64_t& into) {
  const json::value* v = json::find(body, path);
  if (v == nullptr) return done;
  if (v->is_null() || (v->is_string() && v->as_string().empty())) {
    into = 0;
    return done;
  }
  const auto number = v->is_string() ? to_int(std::string_view(v->as_string())) : whole(*v);
  if (!number || *number < 1) return bad(path, "the id of something kept here, as the lists give it");
  into = *number;
  return done;
}

Result<std::optional<std::int64_t>> id_in_query(const Call& call, std::string_view name) {
  const std::string_view text = call.query.get(name);
  if (text.empty()) return std::optional<std::int64_t>();
  const auto number = to_int(text);
  if (!number || *number < 1) return bad(name, "an id as the lists give it, not \"" + printable(text, 40) + "\"");
  return std::optional(*number);
}

std::string id_text(std::int64_t id) { return std::to_string(id); }

json::value text_or_null(std::string_view text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::value size_json(const Size& size) {
  if (size == Size()) return nullptr;
  return json::array{size.length.mm_up(), size.width.mm_up(), size.height.mm_up()};
}

json::value weight_json(const Weight& weight) { return weight == Weight() ? json::value(nullptr) : json::value(weight.grams_up()); }

json::value problem_json(const Error& error, const std::string& language) { return json::object{{"code", error.code}, {"message", in_language(error, language)}}; }

std::string marketplace_name(std::string_view marketplace_id) {
  const std::string code = marketplace_code(marketplace_id).value_or(std::string(marketplace_id));
  return code == "GB" ? "UK" : code;
}

}  // namespace zifa::api
