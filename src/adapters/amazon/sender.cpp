#include "adapters/amazon/sender.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace zifa::amazon {

namespace {

constexpr std::int64_t kFirstPauseMs = 500;
constexpr std::size_t kMaxDocumentBytes = 1024U * 1024 * 1024;

// 20260302T090000Z
std::string amz_date(Instant at) {
  std::string text;
  for (const char c : Instant::from_ms(at.seconds() * 1'000).iso())
    if (c != '-' && c != ':') text += c;
  return text;
}

bool nothing_happened(int status) { return status == 429 || status == 503; }
bool may_have_happened(int status) { return status == 500 || status == 502 || status == 504; }

}  // namespace

Sender::Sender(Services services, AccountAccess access, SenderOptions options)
    : services_(services),
      access_(std::move(access)),
      options_(options),
      tokens_(
          services, access_,
          [this](int attempt) {
            int waited = 0;
            return pause(attempt, waited);
          },
          [this] { ++sent_; }) {}

// Doubles from half a second, less up to half by chance, so that many waiting callers do not come back at once.
bool Sender::pause(int attempt, int& waited_ms) const {
  const std::int64_t longest = kFirstPauseMs << std::min(attempt - 1, 10);
  const std::int64_t wait = services_.dice.between(longest / 2, longest);
  if (waited_ms + wait > options_.longest_wait_ms) return false;
  waited_ms += static_cast<int>(wait);
  services_.clock.wait_until(services_.clock.now() + std::chrono::milliseconds(wait));
  return true;
}

Result<http::Response> Sender::send(const Operation& operation, http::Request request, std::string_view restricted_token) {
  request.target = access_.endpoint + request.target;
  request.headers.set("user-agent", "Zifa/" ZIFA_VERSION " (Language=C++; Platform=Linux)");
  request.headers.set("Accept", "application/json");
  if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
  int waited_ms = 0;
  bool token_renewed = false;
  for (int attempt = 1;; ++attempt) {
    for (;;) {
      const auto wait = quotas_.take(operation.name, services_.clock.now());
      if (wait.count() == 0) break;
      if (waited_ms + wait.count() > options_.longest_wait_ms)
        return Error{ErrorKind::throttled, "amazon.quota",
                     std::string(operation.name) + " has used up what Amazon allows account " + access_.name + "; the next call is possible in " + std::to_string((wait.count() + 999) / 1'000) + " s."};
      waited_ms += static_cast<int>(wait.count());
      services_.clock.wait_until(services_.clock.now() + wait);
    }
    const std::string token = restricted_token.empty() ? TRY(tokens_.token(operation.scope)) : std::string(restricted_token);
    request.headers.set("x-amz-access-token", token);
    request.headers.set("x-amz-date", amz_date(services_.machine.now()));
    ++sent_;
    auto answer = services_.http.send(request, {.answer_timeout_ms = options_.answer_timeout_ms});
    const bool last = attempt >= options_.attempts;
    if (!answer.has_value()) {
      Error error = std::move(answer).error();
      if (error.kind == ErrorKind::unknown && operation.effect == Effect::reads) error.kind = ErrorKind::unavailable;
      const bool again = error.kind == ErrorKind::unavailable || (error.kind == ErrorKind::unknown && operation.effect == Effect::repeats_safely);
      // A server that kept us waiting for half a minute gets one more chance, not three.
      const bool slow = error.code == "http.timeout" && attempt >= 2;
      if (!again || last || slow || !pause(attempt, waited_ms)) return error;
      continue;
    }
    const int status = answer->status;
    if (const auto rate = answer->headers.get("x-amzn-RateLimit-Limit"); !rate.empty()) quotas_.learn(operation.name, rate);
    if ((status == 401 || status == 403) && restricted_token.empty() && !token_renewed) {
      token_renewed = true;
      if (tokens_.reject(operation.scope, token, std::string_view(answer->body).substr(0, 4'096))) continue;
      return answer;
    }
    const bool again = nothing_happened(status) || (may_have_happened(status) && operation.effect != Effect::once);
    if (!again) return answer;
    if (last || !pause(attempt, waited_ms)) {
      if (status == 429) quotas_.drain(operation.name, services_.clock.now());
      return answer;
    }
  }
}

Result<http::Response> Sender::transfer(http::Request request, std::string_view what) {
  int waited_ms = 0;
  for (int attempt = 1;; ++attempt) {
    ++sent_;
    auto answer = services_.http.send(request, {.answer_timeout_ms = 300'000, .max_answer_bytes = kMaxDocumentBytes});
    const bool last = attempt >= options_.attempts;
    if (!answer.has_value()) {
      // The same bytes in the same place twice are the same document.
      Error error = std::move(answer).error();
      if (error.kind == ErrorKind::unknown) error.kind = ErrorKind::unavailable;
      if (error.kind != ErrorKind::unavailable || last || !pause(attempt, waited_ms)) return error;
      continue;
    }
    if (answer->status >= 200 && answer->status < 300) return answer;
    if ((answer->status == 429 || answer->status >= 500) && !last && pause(attempt, waited_ms)) continue;
    const std::string text = "Amazon's document store refused to " + std::string(what) + " (status " + std::to_string(answer->status) + ")";
    if (answer->status == 403 || answer->status == 404)
      return conflict("amazon.document_link", text + ": the link has expired or does not fit; ask for a new one.");
    if (answer->status == 429 || answer->status >= 500) return unavailable("amazon.document_store", text + "; try again later.");
    return refused("amazon.document_store", text + ".");
  }
}

Result<http::Response> Sender::download(const std::string& url) { return transfer({.method = "GET", .target = url}, "give a document"); }

Result<http::Response> Sender::upload(const std::string& url, const std::string& content_type, std::string body) {
  // The content type belongs to what the link was signed for: sent exactly as it was declared.
  return transfer({.method = "PUT", .target = url, .headers = {{"Content-Type", content_type}}, .body = std::move(body)}, "take a document");
}

}  // namespace zifa::amazon
