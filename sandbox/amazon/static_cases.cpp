#include "sandbox/amazon/static_cases.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/resources.hpp"
#include "base/text.hpp"

namespace zifa::sandbox {

namespace {

struct Case {
  int status;
  json::object parameters;
  json::value response;
};

using Key = std::pair<std::string, std::string>;  // method, path template

const std::map<Key, std::vector<Case>>& cases() {
  static const std::map<Key, std::vector<Case>> all = [] {
    std::map<Key, std::vector<Case>> read;
    Result<json::value> parsed = json::parse(resource("data/sandbox/static_cases.json"));
    check(parsed.has_value() && parsed->is_array(), "data/sandbox/static_cases.json is a JSON list");
    for (json::value& each : parsed->get_array()) {
      json::object& one = each.as_object();
      read[{std::string(one.at("method").as_string()), std::string(one.at("path").as_string())}].push_back(
          {static_cast<int>(one.at("status").as_int64()), std::move(one.at("params").as_object()), std::move(one.at("response"))});
    }
    for (auto& [key, list] : read)
      std::stable_sort(list.begin(), list.end(), [](const Case& a, const Case& b) {
        return a.parameters.size() != b.parameters.size() ? a.parameters.size() > b.parameters.size() : a.status < b.status;
      });
    return read;
  }();
  return all;
}

bool same(const json::value& a, const json::value& b) {
  if (a.is_number() && b.is_number()) return a.to_number<double>() == b.to_number<double>();
  if (a.is_object() && b.is_object()) {
    const json::object &left = a.get_object(), &right = b.get_object();
    if (left.size() != right.size()) return false;
    for (const auto& [name, value] : left) {
      const json::value* other = right.if_contains(name);
      if (other == nullptr || !same(value, *other)) return false;
    }
    return true;
  }
  if (a.is_array() && b.is_array()) return std::equal(a.get_array().begin(), a.get_array().end(), b.get_array().begin(), b.get_array().end(), same);
  return a == b;
}

std::string plain(const json::value& value) { return value.is_string() ? std::string(value.get_string()) : json::text(value); }

bool fits_sent(const json::value& wanted, const std::vector<std::string>& sent, const std::string& whole) {
  if (!wanted.is_array()) return plain(wanted) == whole;
  std::multiset<std::string> left, right(sent.begin(), sent.end());
  for (const json::value& each : wanted.get_array())
    if (std::string text = plain(each); !text.empty()) left.insert(std::move(text));  // empty parts are dropped on both sides
  return left == right;
}

}  // namespace

std::optional<http::Response> static_answer(const Match& match, const http::Request& request) {
  const auto found = cases().find({std::string(match.operation->method), std::string(match.operation->path)});
  if (found == cases().end()) return std::nullopt;
  const http::Query query = request.query();
  std::optional<json::value> body;
  for (const Case& each : found->second) {
    const bool fits = std::all_of(each.parameters.begin(), each.parameters.end(), [&](const auto& parameter) {
      const std::string name(parameter.key());
      if (name == "body") {
        if (!body) {
          Result<json::value> parsed = json::parse(request.body);
          body = parsed ? std::move(*parsed) : json::value(nullptr);
        }
        return same(parameter.value(), *body);
      }
      for (const auto& [key, value] : match.path)
        if (key == name) return plain(parameter.value()) == value;
      if (query.has(name)) return fits_sent(parameter.value(), query.list(name), std::string(query.get(name)));
      return request.headers.has(name) && plain(parameter.value()) == request.headers.get(name);
    });
    if (!fits) continue;
    if (each.response.is_null() || each.status == 204) return http::Response{.status = each.status, .headers = {}, .body = ""};
    return http::Response::json(each.status, json::text(each.response));
  }
  return std::nullopt;
}

}  // namespace zifa::sandbox
