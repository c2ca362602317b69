#include "adapters/files/xml_stream.hpp"

#include <expat.h>

namespace zifa {

namespace {

std::string_view local_name(const char* name) {
  const std::string_view whole(name);
  const std::size_t colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

constexpr int kMostNesting = 100;
constexpr std::int64_t kMostPending = 8 << 20;

}  // namespace

struct XmlStream::State {
  XML_Parser parser = nullptr;
  XmlHandler* handler = nullptr;
  int depth = 0;
  std::int64_t fed = 0;
  const char* refused = nullptr;

  void stop(const char* why) {
    refused = why;
    XML_StopParser(parser, XML_FALSE);
  }

  static void XMLCALL on_start(void* user, const char* name, const char** attributes) {
    auto& state = *static_cast<State*>(user);
    if (state.refused != nullptr) return;
    if (++state.depth > kMostNesting) return state.stop("it is nested too deeply");
    state.handler->start(local_name(name), attributes);
  }
  static void XMLCALL on_end(void* user, const char* name) {
    auto& state = *static_cast<State*>(user);
    if (state.refused != nullptr) return;
    --state.depth;
    state.handler->end(local_name(name));
  }
  static void XMLCALL on_text(void* user, const char* text, int length) {
    auto& state = *static_cast<State*>(user);
    if (state.refused == nullptr) state.handler->text({text, static_cast<std::size_t>(length)});
  }
  static void XMLCALL on_doctype(void* user, const char*, const char*, const char*, int) { static_cast<State*>(user)->stop("it declares a document type"); }
};

XmlStream::XmlStream(XmlHandler& handler) : state_(std::make_unique<State>()) {
  state_->parser = XML_ParserCreate(nullptr);
  state_->handler = &handler;
  XML_SetUserData(state_->parser, state_.get());
  XML_SetElementHandler(state_->parser, State::on_start, State::on_end);
  XML_SetCharacterDataHandler(state_->parser, State::on_text);
  XML_SetStartDoctypeDeclHandler(state_->parser, State::on_doctype);
}

XmlStream::~XmlStream() { XML_ParserFree(state_->parser); }

Result<Done> XmlStream::feed(std::string_view bytes, bool last) {
  const auto damaged = [](std::string why) { return invalid("file.damaged_workbook", "The workbook is damaged (" + std::move(why) + "); open and save it again, or export it anew."); };
  const XML_Status status = XML_Parse(state_->parser, bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
  if (state_->refused != nullptr) return damaged(state_->refused);
  if (status != XML_STATUS_OK)
    return damaged(std::string(XML_ErrorString(XML_GetErrorCode(state_->parser))) + " in line " + std::to_string(XML_GetCurrentLineNumber(state_->parser)) + " of one of its parts");
  state_->fed += static_cast<std::int64_t>(bytes.size());
  if (state_->fed - XML_GetCurrentByteIndex(state_->parser) > kMostPending) return damaged("a single tag is larger than 8 MB");
  return done;
}

std::string_view attribute(const char** attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2)
    if (local_name(attributes[0]) == name) return attributes[1];
  return {};
}

}  // namespace zifa
