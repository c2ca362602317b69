// Walking XML answers by local names: prefixes differ from one recording to the next. Include in .cpp files only.
#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace zifa::carriers::xml {

inline std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

inline pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  for (const pugi::xml_node& node : parent.children())
    if (local_name(node) == name) return node;
  return {};
}

// The text of a child element, "" where there is none.
inline std::string text(const pugi::xml_node& parent, std::string_view name) { return child(parent, name).text().get(); }

// The first element of that name anywhere, the node itself included. Answers nest a few levels; deeper is not looked.
inline pugi::xml_node find(const pugi::xml_node& from, std::string_view name, int depth = 8) {
  if (local_name(from) == name) return from;
  if (depth == 0) return {};
  for (const pugi::xml_node& node : from.children())
    if (const pugi::xml_node found = find(node, name, depth - 1)) return found;
  return {};
}

// Well-formed, or with white space before the declaration, as some answers come.
inline bool load(pugi::xml_document& document, std::string_view body) {
  const std::size_t start = body.find('<');
  if (start == std::string_view::npos) return false;
  body.remove_prefix(start);
  return static_cast<bool>(document.load_buffer(body.data(), body.size()));
}

}  // namespace zifa::carriers::xml
