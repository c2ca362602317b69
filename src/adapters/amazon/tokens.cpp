#include "adapters/amazon/tokens.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

namespace {
constexpr std::chrono::minutes kAhead{5};
constexpr int kAttempts = 3;
}  // namespace

http::Request write_token(const AccountAccess& access, std::string_view scope) {
  http::Query form;
  form.add("grant_type", scope.empty() ? "refresh_token" : "client_credentials");
  if (scope.empty()) form.add("refresh_token", access.refresh_token);
  else form.add("scope", scope);
  form.add("client_id", access.client_id);
  form.add("client_secret", access.client_secret);
  return {.method = "POST",
          .target = access.lwa_endpoint + "/auth/o2/token",
          .headers = {{"Content-Type", "application/x-www-form-urlencoded;charset=UTF-8"}, {"Accept", "application/json"}},
          .body = form.encoded()};
}

// No message repeats the answer's body: a token might stand in it.
Result<TokenAnswer> read_token(const http::Response& answer, const std::string& account_name) {
  const auto body = json::parse(answer.body);
  if (answer.status == 200 && body.has_value()) {
    TokenAnswer read{json::get_text(*body, "access_token"), json::get_int(*body, "expires_in").value_or(3'600)};
    const bool usable = !read.token.empty() && std::all_of(read.token.begin(), read.token.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    if (usable && read.token.size() <= 8'192) return read;
  }
  if (answer.status == 200) return unavailable("amazon.lwa_bad_answer", "Login with Amazon answered without an access token for account " + account_name + ".");
  if (answer.status == 429) return Error{ErrorKind::throttled, "amazon.lwa_throttled", "Login with Amazon asks to be called less often for account " + account_name + "."};
  if (answer.status >= 500) return unavailable("amazon.lwa_unavailable", "Login with Amazon does not work just now (status " + std::to_string(answer.status) + ").");
  const std::string code = body.has_value() ? printable(json::get_text(*body, "error"), 60) : "";
  const std::string next = code == "invalid_client" ? "The client id or secret is wrong, or the secret is older than 180 days: enter the new one from Amazon's developer page."
                           : code == "invalid_grant" ? "The refresh token is wrong or was withdrawn: authorise the app again in Seller Central and enter the new token."
                                                     : "Check the account's client id, secret and refresh token.";
  return unauthorized("amazon.lwa_refused", "Login with Amazon refuses account " + account_name + (code.empty() ? "" : " (" + code + ")") + ". " + next);
}

Tokens::Tokens(Services services, AccountAccess access, std::function<bool(int)> pause, std::function<void()> count)
    : services_(services), access_(std::move(access)), pause_(std::move(pause)), count_(std::move(count)) {}

Result<std::string> Tokens::token(std::string_view scope) {
  // Held while fetching: others wait for the same token instead of fetching their own.
  const std::lock_guard lock(mutex_);
  const Instant now = services_.machine.now();
  const auto found = kept_.find(scope);
  if (found != kept_.end() && now + kAhead < found->second.expires) return found->second.token;
  auto fresh = fetch(scope);
  if (!fresh.has_value()) {
    if (found != kept_.end() && now < found->second.expires) return found->second.token;
    return std::move(fresh).error();
  }
  std::string token = fresh->token;
  kept_.insert_or_assign(std::string(scope), *std::move(fresh));
  return token;
}

Result<Tokens::Kept> Tokens::fetch(std::string_view scope) {
  const http::Request request = write_token(access_, scope);
  for (int attempt = 1;; ++attempt) {
    const Instant asked = services_.machine.now();
    count_();
    auto answer = services_.http.send(request, {.answer_timeout_ms = 15'000, .max_answer_bytes = 64U * 1024});
    Result<TokenAnswer> read = answer.has_value() ? read_token(*answer, access_.name) : Result<TokenAnswer>(std::move(answer).error());
    if (read.has_value()) return Kept{std::move(read->token), asked, asked + std::chrono::seconds(std::clamp<std::int64_t>(read->expires_in_s, 60, 86'400))};
    Error error = std::move(read).error();
    // A token too many does no harm, so a call without an answer is simply repeated.
    if (error.kind == ErrorKind::unknown) error.kind = ErrorKind::unavailable;
    const bool may_pass = error.kind == ErrorKind::unavailable || error.kind == ErrorKind::throttled;
    if (!may_pass || attempt >= kAttempts || !pause_(attempt)) return error;
  }
}

bool Tokens::reject(std::string_view scope, const std::string& token, std::string_view words) {
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(scope);
  if (found == kept_.end() || found->second.token != token) return true;  // another call has fetched a new one already
  const bool old = services_.machine.now() - found->second.issued > std::chrono::minutes(1);
  const bool blamed = lower(words).find("token") != std::string::npos;
  if (!old && !blamed) return false;
  kept_.erase(found);
  return true;
}

}  // namespace zifa::amazon
