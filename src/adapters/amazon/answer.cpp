#include "adapters/amazon/answer.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

namespace {

struct Words {
  std::string code;
  std::string text;
};

// What Amazon says of itself, in the first of `errors` (also the OAuth shape); made safe to print.
Words words_of(const http::Response& answer) {
  Words words;
  const auto body = json::parse(answer.body);
  if (!body.has_value()) return words;
  const json::array* errors = json::find_array(*body, "errors");
  if (errors == nullptr || errors->empty()) return words;
  const json::value& first = errors->front();
  words.code = printable(json::get_text(first, "code"), 80);
  words.text = printable(json::get_text(first, "message"), 300);
  const std::string details = printable(json::get_text(first, "details"), 300);
  if (!details.empty() && details != words.text) words.text += (words.text.empty() ? "" : " ") + details;
  return words;
}

}  // namespace

std::string request_id_of(const http::Response& answer) { return printable(answer.headers.get("x-amzn-RequestId"), 100); }

std::optional<Error> error_in(const http::Response& answer, const Operation& operation) {
  const int status = answer.status;
  if (status >= 200 && status < 300) return std::nullopt;
  const Words words = words_of(answer);
  const std::string said = words.text.empty() ? words.code : words.text;
  const std::string id = request_id_of(answer);
  const std::string tail = (said.empty() ? std::string() : ": " + said) + " (status " + std::to_string(status) + (id.empty() ? "" : ", Amazon's request id " + id) + ")";
  const auto error = [&](ErrorKind kind, std::string_view code, const std::string& text) { return Error{kind, "amazon." + std::string(code), text + tail}; };
  const std::string name(operation.name);
  const bool reads = operation.effect == Effect::reads;
  switch (status) {
    case 400: return error(ErrorKind::invalid, "invalid_input", "Amazon does not accept the " + name + " call");
    case 401:
    case 403: return error(ErrorKind::unauthorized, "unauthorized", "Amazon does not let this account do " + name + "; look at the app's roles and authorise it again");
    case 404: return error(ErrorKind::not_found, "not_found", "Amazon does not know what " + name + " asks for");
    case 409: return error(ErrorKind::conflict, "conflict", "Amazon says that " + name + " does not fit the state of things");
    case 413: return error(ErrorKind::invalid, "too_large", "Amazon finds the " + name + " call too large");
    case 415: return error(ErrorKind::invalid, "media_type", "Amazon does not read the format of the " + name + " call");
    case 429: return error(ErrorKind::throttled, "throttled", "Amazon asks to call " + name + " less often");
    case 503: return error(ErrorKind::unavailable, "unavailable", "Amazon could not do " + name + " just now");
    default: break;
  }
  if (status >= 500)
    return reads ? error(ErrorKind::unavailable, "internal", "Amazon failed to do " + name)
                 : error(ErrorKind::unknown, "internal", "Amazon failed during " + name + "; it may have been done all the same");
  return error(ErrorKind::refused, "refused", "Amazon did not do " + name);
}

Error bad_answer(const Operation& operation, const http::Response& answer, std::string_view what) {
  const std::string id = request_id_of(answer);
  return {operation.effect == Effect::reads ? ErrorKind::corrupt : ErrorKind::unknown, "amazon.bad_answer",
          "Amazon's answer to " + std::string(operation.name) + " cannot be read: " + std::string(what) + (id.empty() ? "" : " (Amazon's request id " + id + ")") + "."};
}

Result<boost::json::value> parse_fast(std::string_view text) {
  boost::json::error_code failed;
  boost::json::parse_options options;
  options.max_depth = 64;
  boost::json::parser parser(boost::json::make_shared_resource<boost::json::monotonic_resource>(text.size() / 2 + 4'096), options);
  parser.write(text.data(), text.size(), failed);
  if (failed) return invalid("json.bad", failed.message());
  return parser.release();
}

Result<boost::json::value> body_of(const http::Response& answer, const Operation& operation) {
  if (auto error = error_in(answer, operation)) return *std::move(error);
  auto body = parse_fast(answer.body);
  if (!body.has_value()) {
    Error half = bad_answer(operation, answer, "it is not JSON");
    // Half an answer, or a page put in by something between us: what only reads is asked once more.
    if (operation.effect == Effect::reads) half.kind = ErrorKind::unavailable;
    return half;
  }
  return body;
}

}  // namespace zifa::amazon
