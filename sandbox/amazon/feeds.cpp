// Feeds API 2021-06-30.
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/documents.hpp"
#include "sandbox/amazon/feed_content.hpp"
#include "sandbox/amazon/notifications.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/amazon/search_window.hpp"

namespace zifa::sandbox {

namespace {

using namespace std::chrono_literals;
constexpr auto kStep = 60s;
constexpr auto kKept = std::chrono::hours(24 * 90);

void move_feed(World& world, Feed& feed) {
  if (feed.state == Processing::in_queue) {
    feed.state = Processing::in_progress;
    feed.started = world.now();
    return;
  }
  if (feed.state != Processing::in_progress) return;
  const Document& input = world.documents.at(feed.input_document);
  FeedOutcome outcome;
  Result<std::string> bytes = gunzip_if_needed(input.bytes);
  if (!input.uploaded || !bytes) outcome = {.fatal = true, .content_type = "text/plain; charset=UTF-8", .report = flat_processing_report({0, {{0, "", "90057", "The document was not uploaded or cannot be read."}}})};
  else outcome = process_feed(world, feed, *bytes);
  feed.state = outcome.fatal ? Processing::fatal : Processing::done;
  feed.ended = world.now();
  feed.result_document = store_document(world, feed.account, "amzn1.tortuga.4.na.", outcome.content_type, std::move(outcome.report)).id;
  notify_feed_finished(world, feed);
}

json::object feed_of(const Feed& feed) {
  json::array marketplaces;
  for (const std::string& id : feed.marketplaces) marketplaces.push_back(json::value(id));
  json::object shown{{"feedId", feed.id}, {"feedType", feed.type}, {"marketplaceIds", std::move(marketplaces)}, {"createdTime", feed.created.iso()}, {"processingStatus", text_of(feed.state)}};
  if (feed.started) shown["processingStartTime"] = feed.started->iso();
  if (feed.ended) shown["processingEndTime"] = feed.ended->iso();
  if (!feed.result_document.empty()) shown["resultFeedDocumentId"] = feed.result_document;
  return shown;
}

Feed* feed_in(Call& call) {
  const auto found = call.world.feeds.find(std::string(call.path_value("feedId")));
  return found == call.world.feeds.end() || found->second.account != call.account ? nullptr : &found->second;
}

http::Response no_such_feed(const Call& call) { return not_found_answer("Feed " + printable(call.path_value("feedId"), 60) + " was not found."); }

}  // namespace

http::Response play::create_feed_document(Call& call) {
  const std::string type = json::get_text(call.body, "contentType");
  if (trim(type).empty() || type.size() > 200) return invalid_input("contentType is required.");
  const Document& document = expect_upload(call.world, call.account, "amzn1.tortuga.4.na.", type);
  return answer(201, json::object{{"feedDocumentId", document.id}, {"url", document_link(call.world, document, "PUT")}});
}

http::Response play::create_feed(Call& call) {
  if (!call.body.is_object()) return invalid_input("The request body is not a JSON object.");
  Feed feed;
  feed.type = json::get_text(call.body, "feedType");
  if (feed.type.empty()) return invalid_input("feedType is required.");
  if (!is_feed_type(feed.type)) return invalid_input("Feed type " + printable(feed.type, 80) + " is not supported.");
  const json::array* marketplaces = json::find_array(call.body, "marketplaceIds");
  if (marketplaces == nullptr || marketplaces->empty() || marketplaces->size() > 25) return invalid_input("marketplaceIds is required, with 1 to 25 values.");
  for (const json::value& each : *marketplaces) {
    const std::string id = each.is_string() ? std::string(each.get_string()) : std::string();
    if (!call.account->sells_in(id)) return invalid_input("Invalid marketplaceId " + printable(id, 60) + ".");
    feed.marketplaces.push_back(id);
  }
  feed.input_document = json::get_text(call.body, "inputFeedDocumentId");
  const auto document = call.world.documents.find(feed.input_document);
  if (document == call.world.documents.end() || document->second.owner != call.account) return invalid_input("inputFeedDocumentId " + printable(feed.input_document, 80) + " is not known.");
  if (call.world.now() - document->second.created > std::chrono::hours(48)) return invalid_input("The feed document is older than two days.");
  feed.options = "{}";
  if (const json::value* options = json::find(call.body, "feedOptions"); options != nullptr && !options->is_null()) {
    if (!options->is_object()) return invalid_input("feedOptions must be an object.");
    feed.options = json::text(*options);
  }
  feed.account = call.account;
  feed.id = call.world.fresh_digits(11);
  feed.created = call.world.now();
  for (int step = 1; step <= 2; ++step)
    call.world.schedule(call.world.now() + step * kStep, [id = feed.id](World& then) {
      const auto found = then.feeds.find(id);
      if (found != then.feeds.end()) move_feed(then, found->second);
    });
  const std::string id = feed.id;
  call.world.feeds[id] = std::move(feed);
  return answer(202, json::object{{"feedId", id}});
}

http::Response play::get_feed(Call& call) {
  Feed* feed = feed_in(call);
  if (feed == nullptr) return no_such_feed(call);
  const json::object shown = feed_of(*feed);
  move_feed(call.world, *feed);
  return answer(200, shown);
}

http::Response play::cancel_feed(Call& call) {
  Feed* feed = feed_in(call);
  if (feed == nullptr) return no_such_feed(call);
  if (feed->state != Processing::in_queue) return invalid_input("Feed " + feed->id + " is " + std::string(text_of(feed->state)) + " and can no longer be cancelled.");
  feed->state = Processing::cancelled;
  feed->ended = call.world.now();
  return no_content(200);
}

http::Response play::get_feeds(Call& call) {
  std::string question = question_of(call, "nextToken"), position;
  http::Query query = call.query;
  if (call.query.has("nextToken")) {
    if (!question.empty()) return invalid_input("nextToken must be the only parameter.");
    const std::optional<std::string> token = read_page_token(call, "", call.query.get("nextToken"));
    if (!token) return invalid_input("nextToken is not valid.");
    const std::size_t line = token->find('\n');
    position = token->substr(0, line);
    question = token->substr(line + 1);
    query = http::Query::parse(question);
  }
  std::set<std::string> types, states, marketplaces;
  for (const std::string& type : query.list("feedTypes")) types.insert(type);
  if (types.empty()) return invalid_input("feedTypes is required unless nextToken is given.");
  if (types.size() > 10) return invalid_input("feedTypes takes at most 10 values.");
  for (const std::string& state : query.list("processingStatuses")) {
    if (state != "CANCELLED" && state != "DONE" && state != "FATAL" && state != "IN_PROGRESS" && state != "IN_QUEUE") return invalid_input("Invalid processingStatus " + printable(state, 60) + ".");
    states.insert(state);
  }
  for (const std::string& id : query.list("marketplaceIds")) marketplaces.insert(id);
  std::size_t many = 10;
  if (query.has("pageSize")) {
    const std::optional<std::int64_t> wanted = to_int(query.get("pageSize"));
    if (!wanted || *wanted < 1 || *wanted > 100) return invalid_input("pageSize must be a number from 1 to 100.");
    many = static_cast<std::size_t>(*wanted);
  }
  Instant since = call.world.now() - kKept, until = call.world.now();
  for (auto [name, moment] : {std::pair{"createdSince", &since}, std::pair{"createdUntil", &until}}) {
    if (!query.has(name)) continue;
    const std::optional<Instant> at = parse_time(query.get(name));
    if (!at) return invalid_input(std::string(name) + " is not a date-time in ISO 8601.");
    *moment = *at;
  }
  std::vector<const Feed*> found;
  for (const auto& [id, feed] : call.world.feeds) {
    if (feed.account != call.account || !types.contains(feed.type) || feed.created < since || feed.created > until) continue;
    if (!states.empty() && !states.contains(std::string(text_of(feed.state)))) continue;
    if (!marketplaces.empty() && std::none_of(feed.marketplaces.begin(), feed.marketplaces.end(), [&](const std::string& each) { return marketplaces.contains(each); })) continue;
    found.push_back(&feed);
  }
  std::sort(found.begin(), found.end(), [](const Feed* a, const Feed* b) { return a->created != b->created ? a->created > b->created : a->id > b->id; });
  const std::size_t first = static_cast<std::size_t>(to_int(position).value_or(0));
  json::array feeds;
  for (std::size_t i = first; i < found.size() && i < first + many; ++i) feeds.push_back(feed_of(*found[i]));
  json::object body{{"feeds", std::move(feeds)}};
  if (first + many < found.size()) body["nextToken"] = page_token(call, "", std::to_string(first + many) + "\n" + question);
  return answer(200, body);
}

http::Response play::get_feed_document(Call& call) {
  const auto found = call.world.documents.find(std::string(call.path_value("feedDocumentId")));
  if (found == call.world.documents.end() || found->second.owner != call.account) return not_found_answer("Feed document " + printable(call.path_value("feedDocumentId"), 80) + " was not found.");
  json::object body{{"feedDocumentId", found->second.id}, {"url", document_link(call.world, found->second, "GET")}};
  if (found->second.gzip) body["compressionAlgorithm"] = "GZIP";
  return answer(200, body);
}

}  // namespace zifa::sandbox
