// XML read piece by piece: elements and text as they come, names without their namespace prefix.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace zifa {

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  // `attributes`: name, value, name, value, ..., nullptr.
  virtual void start(std::string_view name, const char** attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;
};

// The value of an attribute, with or without a prefix; "" if there is none.
std::string_view attribute(const char** attributes, std::string_view name);

class XmlStream {
 public:
  explicit XmlStream(XmlHandler& handler);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  // Refuses `file.damaged_workbook`: not well-formed, with a document type (entities are a way to blow up memory), nested deeper than
  // 100 elements, or a single tag of more than 8 MB.
  Result<Done> feed(std::string_view bytes, bool last);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace zifa
