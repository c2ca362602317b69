#include "sandbox/amazon/tokens.hpp"

#include <map>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::sandbox {

namespace {

using namespace std::chrono_literals;

http::Response oauth_error(int status, std::string_view error, std::string_view description) {
  return http::Response::json(status, json::text(json::object{{"error", error}, {"error_description", description}}));
}

std::map<std::string, std::string> fields_of(const http::Request& request) {
  std::map<std::string, std::string> fields;
  const std::string type = lower(request.headers.get("Content-Type"));
  if (type.starts_with("application/json") || trim(request.body).starts_with("{")) {
    Result<json::value> body = json::parse(request.body);
    if (body && body->is_object())
      for (const auto& [name, value] : body->get_object())
        if (value.is_string()) fields.emplace(name, value.get_string());
    return fields;
  }
  const http::Query form = http::Query::parse(trim(request.body));
  for (const auto& [name, value] : form.fields()) fields.emplace(name, value);
  return fields;
}

std::string html(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      default: safe += c;
    }
  }
  return safe;
}

http::Response page(int status, std::string_view title, std::string_view body) {
  return {.status = status,
          .headers = {{"Content-Type", "text/html; charset=utf-8"}, {"Referrer-Policy", "no-referrer"}, {"Cache-Control", "no-store"}},
          .body = "<!doctype html><meta charset=\"utf-8\"><title>" + html(title) + "</title><h1>" + html(title) + "</h1>" + std::string(body)};
}

}  // namespace

std::string Tokens::issue(AccessToken token, std::string_view prefix) {
  static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  SplitMix random(mix(mix(world_.options().seed, prefix), ++issued_) ^ static_cast<std::uint64_t>(world_.machine_now().ms()));
  std::string text(prefix);
  while (text.size() < 220) text += kLetters[random.next() % kLetters.size()];
  token.expires = world_.machine_now() + std::chrono::seconds(kLifetimeSeconds);
  token.generation = generation_;
  if (tokens_.size() > 20'000) {
    const Instant now = world_.machine_now();
    std::erase_if(tokens_, [&](const auto& entry) { return entry.second.expires < now; });
  }
  tokens_[text] = std::move(token);
  return text;
}

http::Response Tokens::grant(Account* account, TokenKind kind, bool with_refresh_token) {
  json::object answer{{"access_token", issue({.account = account, .kind = kind, .restricted = {}, .expires = {}, .generation = 0}, "Atza|")}};
  if (with_refresh_token) answer["refresh_token"] = account->refresh_token;
  answer["token_type"] = "bearer";
  answer["expires_in"] = kLifetimeSeconds;
  http::Response response = http::Response::json(200, json::text(answer));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

http::Response Tokens::token_endpoint(const http::Request& request) {
  if (request.method != "POST") return oauth_error(400, "invalid_request", "The token endpoint takes POST.");
  const std::map<std::string, std::string> fields = fields_of(request);
  const auto field = [&](const char* name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
  };
  const std::string type = field("grant_type");
  if (type.empty()) return oauth_error(400, "invalid_request", "The request is missing a required parameter: grant_type");
  if (type != "refresh_token" && type != "authorization_code" && type != "client_credentials") return oauth_error(400, "unsupported_grant_type", "The authorization grant type is not supported: " + printable(type, 60));
  if (field("client_id").empty() || field("client_secret").empty()) return oauth_error(400, "invalid_request", "The request is missing a required parameter: client_id or client_secret");
  if (field("client_id") != world_.client_id || field("client_secret") != world_.client_secret) return oauth_error(401, "invalid_client", "Client authentication failed");
  if (type == "client_credentials") {
    const std::string scope = field("scope");
    if (scope == "sellingpartnerapi::notifications" || scope == "sellingpartnerapi::migration") return grant(nullptr, TokenKind::notifications, false);
    if (scope == "sellingpartnerapi::client_credential:rotation") return grant(nullptr, TokenKind::rotation, false);
    return oauth_error(400, "invalid_scope", "The requested scope is invalid, unknown, or malformed");
  }
  if (type == "authorization_code") {
    const auto code = codes_.find(field("code"));
    if (code == codes_.end() || code->second.expires < world_.machine_now()) return oauth_error(400, "invalid_grant", "The request has an invalid grant parameter : code");
    Account* account = code->second.account;
    codes_.erase(code);
    return grant(account, TokenKind::seller, true);
  }
  const std::string refresh = field("refresh_token");
  if (refresh.empty()) return oauth_error(400, "invalid_request", "The request is missing a required parameter: refresh_token");
  for (const auto& account : world_.accounts)
    if (account->refresh_token == refresh) return grant(account.get(), TokenKind::seller, true);
  return oauth_error(400, "invalid_grant", "The request has an invalid grant parameter : refresh_token");
}

http::Response Tokens::consent_page(const http::Request& request) {
  http::Query query = request.query();
  if (request.method == "POST") {
    const http::Query form = http::Query::parse(request.body);
    for (const auto& [name, value] : form.fields()) query.add(name, value);
  }
  if (query.get("application_id").empty() || query.get("state").empty())
    return page(400, "This link is not complete", "<p>It needs <code>application_id</code> and <code>state</code>.</p>");
  Account* account = world_.account_of(query.get("seller_id"));
  if (account == nullptr) {
    std::string body = "<p>An application asks for access to your selling account. Choose the account that it may use.</p>";
    for (const auto& each : world_.accounts) {
      http::Query again = request.query();
      again.add("seller_id", each->seller_id);
      body += "<p><a href=\"" + std::string(kConsentPath) + "?" + html(again.encoded()) + "\">Confirm for " + html(each->store_name) + " (" + each->region + ", " + each->seller_id + ")</a></p>";
    }
    return page(200, "Authorize application", body);
  }
  const std::string code = "RH" + world_.fresh_digits(16);
  codes_[code] = {account, world_.machine_now() + 5min};
  http::Query back;
  back.add("state", query.get("state"));
  back.add("selling_partner_id", account->seller_id);
  back.add("spapi_oauth_code", code);
  const std::string_view redirect = query.get("redirect_uri");
  const bool is_web = redirect.starts_with("https://") || redirect.starts_with("http://");
  if (!is_web || redirect.find_first_of("\r\n") != std::string_view::npos)
    return page(200, "Access granted", "<p>selling_partner_id <code>" + account->seller_id + "</code></p><p>spapi_oauth_code <code>" + code + "</code></p>");
  http::Response response = page(302, "Access granted", "");
  response.headers.set("Location", std::string(redirect) + (redirect.find('?') == std::string_view::npos ? "?" : "&") + back.encoded());
  return response;
}

Tokens::Checked Tokens::check(std::string_view presented) const {
  if (presented.empty()) return {nullptr, "Access token is missing in the request header."};
  const auto found = tokens_.find(std::string(presented));
  if (found == tokens_.end() || found->second.generation != generation_) {
    const bool was_ours = found != tokens_.end();
    return {nullptr, was_ours ? "The access token you provided has expired." : "The access token you provided is revoked, malformed or invalid."};
  }
  if (found->second.expires <= world_.machine_now()) return {nullptr, "The access token you provided has expired."};
  return {&found->second, {}};
}

std::string Tokens::restricted_token(Account* account, std::vector<RestrictedResource> resources) {
  return issue({.account = account, .kind = TokenKind::seller, .restricted = std::move(resources), .expires = {}, .generation = 0}, "Atz.sprdt|");
}

std::string Tokens::rotate_secret() {
  world_.client_secret = "amzn1.oa2-cs.v1." + replace_all(world_.fresh_id("secret") + world_.fresh_id("secret"), "-", "");
  return world_.client_secret;
}

}  // namespace zifa::sandbox
