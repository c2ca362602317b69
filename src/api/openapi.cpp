#include "api/api.hpp"
#include "api/resource.hpp"
#include "base/text.hpp"

namespace zifa::api {

std::string openapi() {
  json::object paths;
  for (const Resource* resource : resources())
    for (const Route& route : resource->routes) {
      json::object operation{{"tags", json::array{resource->name}}, {"summary", route.summary}};
      json::array parameters;
      for (const std::string_view part : split(route.path, '/'))
        if (part.starts_with('{')) parameters.push_back(json::object{{"name", part.substr(1, part.size() - 2)}, {"in", "path"}, {"required", true}, {"schema", json::object{{"type", "string"}}}});
      if (!route.query.empty())
        for (const std::string_view name : split(route.query, ',')) parameters.push_back(json::object{{"name", trim(name)}, {"in", "query"}, {"required", false}, {"schema", json::object{{"type", "string"}}}});
      if (!parameters.empty()) operation["parameters"] = std::move(parameters);
      if (route.raw_body) operation["requestBody"] = json::object{{"required", true}, {"content", json::object{{"application/octet-stream", json::object{{"schema", json::object{{"type", "string"}, {"format", "binary"}}}}}}}};
      else if (!route.takes.empty()) operation["requestBody"] = json::object{{"required", true}, {"content", json::object{{"application/json", json::object{{"schema", json::parse(route.takes).value_or(json::value(json::object{}))}}}}}};
      json::object answer{{"description", "Done."}};
      if (!route.gives.empty()) answer["content"] = json::object{{"application/json", json::object{{"schema", json::parse(route.gives).value_or(json::value(json::object{}))}}}};
      const json::object failed{{"description", "Refused; the body names the reason."}, {"content", json::object{{"application/json", json::object{{"schema", json::object{{"$ref", "#/components/schemas/Error"}}}}}}}};
      operation["responses"] = json::object{{"200", std::move(answer)}, {"default", failed}};
      if (route.access == Access::open) operation["security"] = json::array{};
      else operation["description"] = "Needs the role " + std::string(name_of(route.role)) + ".";
      std::string id = lower(route.method);
      for (const char c : route.path) id += c == '/' || c == '{' || c == '}' || c == '-' ? '_' : c;
      operation["operationId"] = id;
      const std::string path(route.path);
      if (!paths.contains(path)) paths[path] = json::object{};
      paths[path].as_object()[lower(route.method)] = std::move(operation);
    }
  json::object document{{"openapi", "3.1.0"}};
  document["info"] = json::object{{"title", "Zifa"}, {"version", ZIFA_VERSION}, {"description", "The desk for Amazon orders that you ship yourself. The screens use nothing else."}};
  document["servers"] = json::array{json::object{{"url", "/"}}};
  document["security"] = json::array{json::object{{"session", json::array{}}}, json::object{{"token", json::array{}}}};
  document["paths"] = std::move(paths);
  document["components"] = json::object{
      {"securitySchemes", json::object{{"session", json::object{{"type", "apiKey"}, {"in", "cookie"}, {"name", "zifa_session"}}}, {"token", json::object{{"type", "http"}, {"scheme", "bearer"}}}}},
      {"schemas", json::object{{"Error", json::object{{"type", "object"}, {"properties", json::object{{"error", json::object{{"type", "object"}, {"properties", json::object{{"code", json::object{{"type", "string"}}}, {"message", json::object{{"type", "string"}}}}}}}}}}}}}};
  return json::text(document);
}

}  // namespace zifa::api
