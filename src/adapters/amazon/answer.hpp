// What Amazon's answers have in common: errors, the request id, a JSON body.
#pragma once

#include <boost/json/fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "adapters/amazon/operation.hpp"

namespace zifa::amazon {

// The error an answer stands for; nothing for 2xx. Decided by the status alone: texts differ between Amazon's sandbox and
// production. A write answered with 500, 502 or 504 may have happened, so its kind is `unknown`.
std::optional<Error> error_in(const http::Response& answer, const Operation& operation);

// The body of a 2xx answer. Refuses what `error_in` finds, and `amazon.bad_answer` for a body that is not JSON (for a
// write: kind `unknown`).
Result<boost::json::value> body_of(const http::Response& answer, const Operation& operation);

// For bodies that are JSON but lack what must be there.
Error bad_answer(const Operation& operation, const http::Response& answer, std::string_view what);

std::string request_id_of(const http::Response& answer);

// A boost::json::value that lives in one block of memory: long answers read twice as fast.
Result<boost::json::value> parse_fast(std::string_view text);

}  // namespace zifa::amazon
