// POST /tokens/2021-03-01/restrictedDataToken
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/tokens.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_create_restricted_data_token(const std::vector<RestrictedResource>& resources) {
  json::array list;
  for (const RestrictedResource& resource : resources) {
    json::object entry{{"method", resource.method}, {"path", resource.path}};
    if (!resource.data_elements.empty()) entry["dataElements"] = json::array(resource.data_elements.begin(), resource.data_elements.end());
    list.push_back(std::move(entry));
  }
  return {.method = "POST", .target = "/tokens/2021-03-01/restrictedDataToken", .body = json::text(json::object{{"restrictedResources", std::move(list)}})};
}

Result<RestrictedToken> read_create_restricted_data_token(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, create_restricted_data_token));
  RestrictedToken read{json::get_text(body, "restrictedDataToken"), json::get_int(body, "expiresIn").value_or(3'600)};
  if (read.token.empty()) return bad_answer(create_restricted_data_token, answer, "it holds no token");
  return read;
}

const Operation create_restricted_data_token{
    .name = "createRestrictedDataToken",
    .effect = Effect::reads,  // nothing changes at Amazon
    .sample = [](const CheckArguments&) { return write_create_restricted_data_token({{"GET", "/orders/v0/orders/943-12-123434/address", {}}}); },
    .understands = understood<read_create_restricted_data_token>,
};

}  // namespace zifa::amazon
