#include "api/api.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "api/resource.hpp"
#include "api/sessions.hpp"
#include "api/words.hpp"
#include "base/encoding.hpp"
#include "base/resources.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

int status_of(const Error& error) {
  if (error.code == "session.forbidden" || error.code == "session.bad_csrf") return 403;
  switch (error.kind) {
    case ErrorKind::invalid: return 400;
    case ErrorKind::unauthorized: return 401;
    case ErrorKind::not_found: return 404;
    case ErrorKind::conflict: return 409;
    case ErrorKind::refused: return 422;
    case ErrorKind::throttled: return 429;
    case ErrorKind::unavailable:
    case ErrorKind::unknown: return 503;
    case ErrorKind::corrupt: return 500;
  }
  return 500;
}

http::Response failure(const Error& error, const std::string& language) {
  http::Response response = ok(json::object{{"error", json::object{{"code", error.code}, {"message", in_language(error, language)}}}}, status_of(error));
  if (response.status == 429) response.headers.set("Retry-After", "60");
  return response;
}

// "/api/orders/{id}" against "/api/orders/17": the values of the braces, or nothing.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  const auto wanted = split(pattern, '/');
  const auto given = split(path, '/');
  if (wanted.size() != given.size()) return std::nullopt;
  std::vector<std::string> values;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].starts_with('{')) {
      if (given[i].empty()) return std::nullopt;
      values.push_back(percent_decode(given[i]));
    } else if (wanted[i] != given[i]) {
      return std::nullopt;
    }
  }
  return values;
}

std::string_view content_type_of(std::string_view path) {
  static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".css", "text/css; charset=utf-8"}, {".svg", "image/svg+xml"}, {".json", "application/json"}, {".png", "image/png"},
      {".ico", "image/x-icon"},              {".woff2", "font/woff2"},                  {".webmanifest", "application/manifest+json"}, {".txt", "text/plain; charset=utf-8"}};
  for (const auto& [ending, type] : kTypes)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

void guard(http::Response& response) {
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", "no-referrer");
  response.headers.set("X-Frame-Options", "DENY");
  if (!response.headers.has("Content-Security-Policy"))
    response.headers.set("Content-Security-Policy", "default-src 'self'; img-src 'self' data: blob: https:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
  if (!response.headers.has("Cache-Control")) response.headers.set("Cache-Control", "no-store");
}

// The screens: embedded files, compressed when they were built; any other path is the page itself.
http::Response screen(const http::Request& request) {
  const std::string path = percent_decode(request.path());
  const auto& all = zifa::resources();
  std::string name = "web/dist" + path;
  if (path.find("..") != std::string::npos || !all.contains(name) || path.ends_with('/')) {
    if (path.starts_with("/assets/")) return http::Response::text(404, "Not found.\n");
    name = "web/dist/index.html";
    if (!all.contains(name)) return http::Response::text(503, "The screens are not built into this program; the API under /api works. Build with ./run.\n");
  }
  http::Response response;
  response.headers.set("Content-Type", std::string(content_type_of(name)));
  const std::string_view accepts = request.headers.get("Accept-Encoding");
  for (const auto& [coding, ending] : {std::pair<std::string_view, std::string_view>{"br", ".br"}, {"gzip", ".gz"}}) {
    if (accepts.find(coding) == std::string_view::npos) continue;
    if (const auto packed = all.find(name + std::string(ending)); packed != all.end()) {
      response.headers.set("Content-Encoding", std::string(coding));
      response.headers.set("Vary", "Accept-Encoding");
      response.body = std::string(packed->second);
      break;
    }
  }
  if (response.body.empty()) response.body = std::string(all.find(name)->second);
  // Files under assets carry a hash of their content in their names.
  response.headers.set("Cache-Control", path.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
  return response;
}

bool is_write(std::string_view method) { return method != "GET" && method != "HEAD"; }

}  // namespace

struct Api::State {
  Desk& desk;
  ApiOptions options;
};

Api::Api(Desk& desk, ApiOptions options) : state_(std::make_unique<State>(State{desk, std::move(options)})) {}
Api::~Api() = default;

std::optional<http::Response> Api::may_listen(const http::Request& request) {
  const auto caller = identify(state_->desk, request, false);
  if (caller) return std::nullopt;
  return failure(caller.error(), language_wanted(request));
}

http::Response Api::handle(const http::Request& request) {
  const std::string path(request.path());
  http::Response response;
  if (!path.starts_with("/api/")) {
    response = request.method == "GET" ? screen(request) : http::Response::text(405, "Only GET.\n");
    guard(response);
    return response;
  }
  std::string language = language_wanted(request);
  const auto answer = [&]() -> Answer {
    const Route* route = nullptr;
    std::vector<std::string> values;
    bool path_known = false;
    // A route with a fixed word goes before one with braces in its place: /api/orders/counts before /api/orders/{id}.
    std::size_t fewest = SIZE_MAX;
    for (const Resource* resource : resources())
      for (const Route& candidate : resource->routes) {
        auto matched = match(candidate.path, path);
        if (!matched) continue;
        path_known = true;
        if (candidate.method != request.method || matched->size() >= fewest) continue;
        fewest = matched->size();
        route = &candidate;
        values = std::move(*matched);
      }
    if (route == nullptr)
      return path_known ? http::Response::json(405, R"({"error":{"code":"path.bad_method","message":"This address does not take that method."}})")
                        : Answer(not_found("path.unknown", "There is no such address in the API; /api/openapi.json lists all."));
    Call call{.desk = state_->desk, .request = request, .query = request.query(), .path = std::move(values), .body = nullptr, .caller = {.language = language}, .now = state_->desk.clock().now(), .setup_code = state_->options.setup_code};
    if (route->access == Access::signed_in) {
      call.caller = TRY(identify(state_->desk, request, is_write(request.method)));
      language = call.caller.language;
      if (call.caller.role < route->role) return refused("session.forbidden", "Your role (" + std::string(name_of(call.caller.role)) + ") may not do this; ask an owner.");
    }
    if (!route->raw_body && !request.body.empty()) {
      call.body = TRY(json::parse(request.body));
      if (!call.body.is_object()) return invalid("body.not_an_object", "The body must be a JSON object.");
    }
    const std::string_view key = request.headers.get("Idempotency-Key");
    if (key.empty() || !is_write(request.method) || route->secret_answer) return route->run(call);
    if (key.size() > 200) return invalid("idempotency.bad_key", "An Idempotency-Key has at most 200 characters.");
    const std::string full_key = call.caller.name + " " + std::string(request.method) + " " + path + " " + std::string(key);
    // A keyed hash: bodies may hold passwords, which a plain hash would let somebody guess from a stolen database.
    const std::string hash = state_->desk.secrets().search_hash(request.body, "idempotency");
    if (const auto known = TRY(state_->desk.store().read([&](Tx& tx) { return tx.work.answered(full_key); }))) {
      if (known->body_hash != hash) return conflict("idempotency.key_reused", "This Idempotency-Key was used with another body; use a new key for a new call.");
      return http::Response::json(known->status, known->response);
    }
    http::Response done_response = TRY(route->run(call));
    if (done_response.status < 500 && done_response.body.size() < 4U * 1024 * 1024)
      TRY(state_->desk.store().write([&](Tx& tx) { return tx.work.remember_answer(full_key, {hash, done_response.status, done_response.body}, call.now); }));
    return done_response;
  }();
  response = answer ? *answer : failure(answer.error(), language);
  guard(response);
  // The screens print through a frame of their own.
  if (path.starts_with("/api/prints/")) {
    response.headers.set("X-Frame-Options", "SAMEORIGIN");
    response.headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'");
  }
  return response;
}

}  // namespace zifa::api
