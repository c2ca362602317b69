#include "sandbox/amazon/gate.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/documents.hpp"
#include "sandbox/amazon/static_cases.hpp"
#include "sandbox/carriers/tracking_service.hpp"

namespace zifa::sandbox {

namespace {

// Clients may put a whole URL into the request line.
std::string_view path_of(const http::Request& request) {
  std::string_view path = request.path();
  if (!path.starts_with('/')) {
    const std::size_t scheme = path.find("://");
    const std::size_t slash = scheme == std::string_view::npos ? std::string_view::npos : path.find('/', scheme + 3);
    path = slash == std::string_view::npos ? std::string_view("/") : path.substr(slash);
  }
  return path;
}

http::Response struck(FaultKind kind) {
  if (kind == FaultKind::throttle) return refuse(429, "QuotaExceeded", "You exceeded your quota for the requested resource.");
  if (kind == FaultKind::internal) return refuse(500, "InternalFailure", "We encountered an internal error. Please try again.");
  return refuse(503, "ServiceUnavailable", "Service is temporarily unavailable. Please try again.");
}

http::Response dropped() {
  http::Response response{.status = 0, .headers = {}, .body = ""};
  response.drop_connection = true;
  return response;
}

bool says_no_itself(const Fault* fault) {
  return fault != nullptr && (fault->kind == FaultKind::throttle || fault->kind == FaultKind::internal || fault->kind == FaultKind::unavailable);
}

http::Response unauthorized(std::string_view details) { return refuse(403, "Unauthorized", "Access to requested resource is denied.", details); }

// Whether a restricted data token opens this call: its own path, or the operation's template.
const RestrictedResource* opening(const AccessToken& token, const http::Request& request, const Operation& operation) {
  for (const RestrictedResource& resource : token.restricted)
    if (resource.method == request.method && (resource.path == path_of(request) || resource.path == operation.path)) return &resource;
  return nullptr;
}

}  // namespace

Gate::Gate(World& world) : world_(world), tokens_(world) {
  if (world.options().is_static) quotas_.set_mode(Quotas::Mode::off);
}

template <class Serve>
http::Response Gate::with_faults(const http::Request& request, LoggedCall& log, Serve serve) {
  const Fault* fault = faults_.strike(log.operation, request.target, request.body);
  if (fault == nullptr) return serve();
  log.fault = text_of(fault->kind);
  const Fault struck_by = *fault;
  if (says_no_itself(&struck_by)) return struck(struck_by.kind);
  if (struck_by.kind == FaultKind::no_answer_before) return dropped();
  http::Response response = serve();
  if (struck_by.kind == FaultKind::no_answer_after) response.drop_connection = true;
  if (struck_by.kind == FaultKind::slow) response.delay_ms = struck_by.ms;
  return response;
}

http::Response Gate::handle(const http::Request& request) {
  const std::string path(path_of(request));
  LoggedCall log{.n = 0, .at = world_.now(), .account = "", .operation = "", .method = request.method, .path = path, .status = 0, .fault = ""};
  http::Response response;
  if (path == kTokenPath) {
    log.operation = "lwa";
    response = with_faults(request, log, [&] { return tokens_.token_endpoint(request); });
    finish(response, nullptr);
  } else if (path == kConsentPath) {
    log.operation = "consent";
    response = tokens_.consent_page(request);
    finish(response, nullptr);
  } else if (path.starts_with(kDocumentPath)) {
    log.operation = "documents";
    response = with_faults(request, log, [&] { return serve_document(world_, request); });
    finish(response, nullptr);
  } else if (path.starts_with(kTrackingServicePath)) {
    log.operation = "track";
    response = with_faults(request, log, [&] { return serve_tracking(world_, request); });
  } else if (const std::optional<Match> match = match_operation(request.method, path, world_.options().is_static)) {
    log.operation = match->operation->id;
    response = operation_call(request, *match, log);
    finish(response, match->operation);
  } else {
    response = refuse(403, "MissingAuthenticationToken", "Missing Authentication Token");
    finish(response, nullptr);
  }
  log.status = response.status;
  keep(std::move(log));
  return response;
}

http::Response Gate::operation_call(const http::Request& request, const Match& match, LoggedCall& log) {
  const Operation& operation = *match.operation;
  const Tokens::Checked checked = tokens_.check(request.headers.get("x-amz-access-token"));
  if (checked.token == nullptr) return unauthorized(checked.problem);
  const AccessToken token = *checked.token;
  if (token.account != nullptr) log.account = token.account->seller_id;
  const Fault* found = faults_.strike(operation.id, request.target, request.body);
  std::optional<Fault> fault;
  if (found != nullptr) fault = *found, log.fault = text_of(found->kind);
  if (says_no_itself(found)) return struck(fault->kind);
  if (fault && fault->kind == FaultKind::no_answer_before) return dropped();
  http::Response response = play(request, match, token, fault ? &*fault : nullptr, log);
  if (fault && fault->kind == FaultKind::no_answer_after) response.drop_connection = true;
  if (fault && fault->kind == FaultKind::slow) response.delay_ms = fault->ms;
  return response;
}

http::Response Gate::play(const http::Request& request, const Match& match, const AccessToken& token, const Fault* fault, LoggedCall& log) {
  const Operation& operation = *match.operation;
  // Amazon's own cases come first; they know no difference between kinds of tokens.
  if (world_.options().is_static)
    if (std::optional<http::Response> recorded = static_answer(match, request)) return *recorded;
  if (operation.token != token.kind) return unauthorized("The access token you provided is not of the kind that this operation takes.");
  const RestrictedResource* resource = token.restricted.empty() ? nullptr : opening(token, request, operation);
  if (!token.restricted.empty() && (operation.restricted == Operation::Restricted::no || resource == nullptr))
    return unauthorized("The restricted data token you provided does not open this resource.");
  if (operation.restricted == Operation::Restricted::required && resource == nullptr)
    return unauthorized("This operation takes a restricted data token.");
  if (!quotas_.take(operation, log.account, world_.precise_now())) return struck(FaultKind::throttle);
  if (operation.play == nullptr) {
    if (std::optional<http::Response> recorded = static_answer(match, request)) return *recorded;
    return invalid_input("Invalid Input", "Could not match input arguments");
  }
  Call call{.world = world_, .tokens = tokens_, .operation = operation, .account = token.account, .request = request, .path = match.path, .query = request.query(),
            .body = nullptr, .restricted = resource != nullptr, .data_elements = {}, .stale_seconds = 0};
  if (resource != nullptr) call.data_elements = resource->data_elements;
  if (fault != nullptr && fault->kind == FaultKind::stale) call.stale_seconds = fault->seconds;
  if (!request.body.empty())
    if (Result<json::value> body = json::parse(request.body)) call.body = std::move(*body);
  return operation.play(call);
}

void Gate::finish(http::Response& response, const Operation* operation) {
  response.headers.set("x-amzn-RequestId", world_.fresh_id("request"));
  if (operation != nullptr && ((response.status >= 200 && response.status < 300) || response.status == 400 || response.status == 404))
    response.headers.set("x-amzn-RateLimit-Limit", quotas_.limit_of(*operation));
}

void Gate::keep(LoggedCall log) {
  log.n = ++last_n_;
  if (!log.operation.empty()) ++counts_[log.operation][log.status];
  calls_.push_back(std::move(log));
  if (calls_.size() > kKeptCalls) calls_.pop_front();
}

}  // namespace zifa::sandbox
