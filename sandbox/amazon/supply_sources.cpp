// Supply Sources 2020-07-01, Uploads 2020-11-01 and the rotation of the client secret.
#include <array>

#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/documents.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/amazon/tokens.hpp"

namespace zifa::sandbox {

namespace {

json::object source_of(const SupplySource& source) {
  Result<json::value> body = json::parse(source.body);
  json::object shown = body && body->is_object() ? body->get_object() : json::object{};
  shown["supplySourceId"] = source.id;
  shown["supplySourceCode"] = source.code;
  shown["status"] = source.status;
  shown["createdAt"] = source.created.iso();
  shown["updatedAt"] = source.updated.iso();
  return shown;
}

SupplySource* source_in(Call& call) {
  const auto found = call.world.supply_sources.find(std::string(call.path_value("supplySourceId")));
  return found == call.world.supply_sources.end() || found->second.account != call.account ? nullptr : &found->second;
}

http::Response no_such_source(const Call& call) { return not_found_answer("Supply source " + printable(call.path_value("supplySourceId"), 60) + " was not found."); }

}  // namespace

http::Response play::get_supply_sources(Call& call) {
  json::array list;
  for (const auto& [id, source] : call.world.supply_sources)
    if (source.account == call.account) {
      json::object full = source_of(source), shown{{"supplySourceId", source.id}, {"supplySourceCode", source.code}};
      for (const char* name : {"alias", "address"})
        if (full.contains(name)) shown[name] = full[name];
      list.push_back(std::move(shown));
    }
  return answer(200, json::object{{"supplySources", std::move(list)}});
}

http::Response play::create_supply_source(Call& call) {
  const std::string code = json::get_text(call.body, "supplySourceCode"), alias = json::get_text(call.body, "alias");
  const json::value* address = json::find(call.body, "address");
  if (code.empty() || alias.empty() || address == nullptr || !address->is_object()) return invalid_input("supplySourceCode, alias and address are required.");
  for (const char* name : {"name", "addressLine1", "stateOrRegion", "countryCode"})
    if (json::get_text(*address, name).empty()) return invalid_input("address needs " + std::string(name) + ".");
  for (const auto& [id, other] : call.world.supply_sources)
    if (other.account == call.account && other.code == code) return invalid_input("supplySourceCode " + printable(code, 60) + " is taken.");
  SupplySource source{.id = call.world.fresh_id("supply source"), .code = code, .status = "Inactive", .body = json::text(json::object{{"alias", alias}, {"address", *address}}), .account = call.account,
                      .created = call.world.now(), .updated = call.world.now()};
  const std::string id = source.id;
  call.world.supply_sources[id] = std::move(source);
  return answer(200, json::object{{"supplySourceId", id}, {"supplySourceCode", code}});
}

http::Response play::get_supply_source(Call& call) {
  const SupplySource* source = source_in(call);
  return source == nullptr ? no_such_source(call) : answer(200, source_of(*source));
}

http::Response play::update_supply_source(Call& call) {
  SupplySource* source = source_in(call);
  if (source == nullptr) return no_such_source(call);
  if (!call.body.is_object()) return invalid_input("The request body is not a JSON object.");
  Result<json::value> body = json::parse(source->body);
  json::object kept = body && body->is_object() ? body->get_object() : json::object{};
  for (const char* name : {"alias", "configuration", "capabilities"})
    if (const json::value* sent = json::find(call.body, name)) kept[name] = *sent;
  source->body = json::text(kept);
  source->updated = call.world.now();
  return no_content();
}

http::Response play::update_supply_source_status(Call& call) {
  SupplySource* source = source_in(call);
  if (source == nullptr) return no_such_source(call);
  const std::string status = json::get_text(call.body, "status");
  if (status != "Active" && status != "Inactive") return invalid_input("status must be Active or Inactive.");
  if (source->status == "Archived") return invalid_input("The supply source is archived.");
  source->status = status;
  source->updated = call.world.now();
  return no_content();
}

http::Response play::archive_supply_source(Call& call) {
  SupplySource* source = source_in(call);
  if (source == nullptr) return no_such_source(call);
  source->status = "Archived";
  source->updated = call.world.now();
  return no_content();
}

http::Response play::create_upload_destination(Call& call) {
  if (call.query.list("marketplaceIds").empty()) return invalid_input("marketplaceIds is required.");
  if (call.query.get("contentMD5").empty()) return invalid_input("contentMD5 is required.");
  const std::string type(call.query.has("contentType") ? call.query.get("contentType") : "application/octet-stream");
  const Document& document = expect_upload(call.world, call.account, "", type);
  return answer(201, json::object{{"payload", json::object{{"uploadDestinationId", document.id}, {"url", document_link(call.world, document, "PUT")},
                                                           {"headers", json::object{{"Content-Type", type}, {"Content-MD5", call.query.get("contentMD5")}}}}}});
}

// The new secret goes to the queues that subscribed to APPLICATION_OAUTH_CLIENT_NEW_SECRET; the old one stops working.
http::Response play::rotate_application_client_secret(Call& call) {
  const std::string secret = call.tokens.rotate_secret();
  for (auto& [id, destination] : call.world.destinations)
    destination.queue.push_back(json::text(json::object{{"notificationVersion", "1.0"}, {"notificationType", "APPLICATION_OAUTH_CLIENT_NEW_SECRET"}, {"payloadVersion", "1.0"}, {"eventTime", call.world.now().iso()},
                                                        {"payload", json::object{{"applicationOAuthClientNewSecret", json::object{{"clientId", call.world.client_id}, {"newClientSecret", secret}, {"newClientSecretExpiryTime", (call.world.now() + std::chrono::hours(24 * 180)).iso()},
                                                                                                                                  {"oldClientSecretExpiryTime", call.world.now().iso()}}}}},
                                                        {"notificationMetadata", json::object{{"notificationId", call.world.fresh_id("notification")}, {"publishTime", call.world.now().iso()}}}}));
  return no_content();
}

}  // namespace zifa::sandbox
