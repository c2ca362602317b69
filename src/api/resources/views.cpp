// Saved views: filters of a screen under a name, one's own or shared.
#include "api/fields.hpp"

namespace zifa::api {

namespace {

json::object view_json(const SavedView& view) {
  const auto query = json::parse(view.query);
  return {{"id", id_text(view.id)}, {"name", view.name}, {"screen", view.screen}, {"query", query ? *query : json::value(json::object{})}, {"shared", view.shared}};
}

Answer list(Call& call) {
  const auto views = TRY(call.store().read([&](Tx& tx) { return tx.people.views(call.caller.user); }));
  json::array all;
  for (const SavedView& view : views) all.push_back(view_json(view));
  return ok(all);
}

Answer save(Call& call) {
  SavedView view{.user = call.caller.user};
  TRY(take_name(call.body, "name", 60, view.name));
  view.screen = "orders";
  TRY(take_text(call.body, "screen", 30, view.screen));
  TRY(take_flag(call.body, "shared", view.shared));
  const json::object* query = json::find_object(call.body, "query");
  view.query = query == nullptr ? "{}" : json::text(*query);
  if (view.query.size() > 4'000) return invalid("field.too_long", "The field \"query\" takes at most 4000 characters of JSON.");
  view.id = TRY(call.store().write([&](Tx& tx) { return tx.people.insert_view(view); }));
  return ok(view_json(view), 201);
}

Answer remove(Call& call) {
  const std::int64_t id = TRY(call.id(0));
  TRY(call.store().write([&](Tx& tx) { return tx.people.delete_view(id, call.caller.user); }));
  return no_content();
}

constexpr std::string_view kView = R"({"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"screen":{"type":"string"},"query":{"type":"object"},"shared":{"type":"boolean"}}})";

}  // namespace

extern const Resource views;
const Resource views{
    .name = "views",
    .routes =
        {
            {.method = "GET", .path = "/api/views", .summary = "One's own views and the shared ones.", .gives = R"({"type":"array","items":{"type":"object"}})", .run = list},
            {.method = "POST", .path = "/api/views", .summary = "Saves a view.", .takes = R"({"type":"object","required":["name"],"properties":{"name":{"type":"string"},"screen":{"type":"string"},"query":{"type":"object"},"shared":{"type":"boolean"}}})", .gives = kView, .run = save},
            {.method = "DELETE", .path = "/api/views/{id}", .summary = "Deletes a view of one's own.", .run = remove},
        },
};

}  // namespace zifa::api
