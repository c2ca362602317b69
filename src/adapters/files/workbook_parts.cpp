#include "adapters/files/workbook_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "adapters/files/xml_stream.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace zifa {

namespace {

constexpr std::size_t kMostPart = 32 << 20;           // of workbook.xml, its relations, its styles
constexpr std::size_t kMostSharedText = 256 << 20;    // and as many bytes of shared text
constexpr std::size_t kMostSharedTexts = 16'000'000;

struct Relations final : XmlHandler {
  std::map<std::string, std::string, std::less<>> target;
  std::map<std::string, std::string, std::less<>> type;
  void start(std::string_view name, const char** attributes) override {
    if (name != "Relationship") return;
    const std::string id(attribute(attributes, "Id"));
    target[id] = attribute(attributes, "Target");
    type[id] = attribute(attributes, "Type");
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

struct Contents final : XmlHandler {
  struct Entry {
    std::string name, relation;
    bool hidden;
  };
  std::vector<Entry> sheets;
  bool from_1904 = false;
  void start(std::string_view name, const char** attributes) override {
    if (name == "sheet") {
      const std::string_view state = attribute(attributes, "state");
      sheets.push_back({std::string(attribute(attributes, "name")), std::string(attribute(attributes, "id")), state == "hidden" || state == "veryHidden"});
    } else if (name == "workbookPr") {
      const std::string_view value = attribute(attributes, "date1904");
      from_1904 = value == "1" || value == "true";
    }
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

// Format numbers that need no entry of their own (ECMA-376, 18.8.30), the East Asian ones included.
NumberKind kind_of_builtin(int id) {
  if (id == 22) return NumberKind::date_and_time;
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58) return NumberKind::date;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56) return NumberKind::time;
  return NumberKind::number;
}

struct Styles final : XmlHandler {
  std::map<int, NumberKind> custom;
  std::vector<NumberKind> kinds;
  bool in_cell_formats = false;
  void start(std::string_view name, const char** attributes) override {
    if (name == "numFmt") {
      const auto id = to_int(attribute(attributes, "numFmtId"));
      if (id && *id >= 0 && *id < 1'000'000 && custom.size() < 100'000) custom[static_cast<int>(*id)] = kind_of_format(attribute(attributes, "formatCode"));
    } else if (name == "cellXfs") {
      in_cell_formats = true;
    } else if (name == "xf" && in_cell_formats && kinds.size() < 1'000'000) {
      const auto id = to_int(attribute(attributes, "numFmtId")).value_or(0);
      const auto known = custom.find(static_cast<int>(std::clamp<std::int64_t>(id, 0, 1'000'000)));
      kinds.push_back(known != custom.end() ? known->second : kind_of_builtin(static_cast<int>(std::clamp<std::int64_t>(id, 0, 1'000'000))));
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cell_formats = false;
  }
  void text(std::string_view) override {}
};

struct SharedTexts final : XmlHandler {
  std::string& texts;
  std::vector<std::size_t>& ends;
  std::string item;
  bool in_text = false;
  int in_phonetic = 0;  // readings above kanji are no part of the text
  bool too_large = false;
  SharedTexts(std::string& all, std::vector<std::size_t>& all_ends) : texts(all), ends(all_ends) {}
  void start(std::string_view name, const char**) override {
    if (name == "si") item.clear();
    if (name == "rPh") ++in_phonetic;
    in_text = name == "t" && in_phonetic == 0;
  }
  void end(std::string_view name) override {
    in_text = false;
    if (name == "rPh") --in_phonetic;
    if (name != "si") return;
    append_unescaped(item, texts);
    ends.push_back(texts.size());
    too_large = too_large || texts.size() > kMostSharedText || ends.size() > kMostSharedTexts;
  }
  void text(std::string_view part) override {
    if (in_text && item.size() < kMostSharedText) item.append(part);
  }
};

Result<Done> parse(const std::string& bytes, XmlHandler& handler) {
  XmlStream xml(handler);
  return xml.feed(bytes, true);
}

// "xl/workbook.xml" + "worksheets/sheet1.xml" -> "xl/worksheets/sheet1.xml"; a target that begins with a slash stands for itself.
std::string beside(const std::string& part, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string folder = part.substr(0, part.rfind('/') == std::string::npos ? 0 : part.rfind('/') + 1);
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    if (!folder.empty()) folder.pop_back();
    folder = folder.substr(0, folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/') + 1);
  }
  return folder + std::string(target);
}

std::string relations_of(const std::string& part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string::npos ? "_rels/" + part + ".rels" : part.substr(0, slash) + "/_rels/" + part.substr(slash + 1) + ".rels";
}

}  // namespace

Result<WorkbookParts> read_workbook_parts(ZipArchive& archive) {
  std::string workbook = "xl/workbook.xml";
  if (const std::string bytes = TRY(archive.whole("_rels/.rels", kMostPart)); !bytes.empty()) {
    Relations relations;
    TRY(parse(bytes, relations));
    for (const auto& [id, type] : relations.type)
      if (type.ends_with("/officeDocument")) workbook = beside("", relations.target[id]);
  }
  const std::string contents_bytes = TRY(archive.whole(workbook, kMostPart));
  if (contents_bytes.empty()) return invalid("file.damaged_workbook", "The file is an archive, but not an XLSX workbook; save it as .xlsx or as CSV.");
  Contents contents;
  TRY(parse(contents_bytes, contents));
  Relations relations;
  const std::string relations_bytes = TRY(archive.whole(relations_of(workbook), kMostPart));
  if (relations_bytes.empty()) return invalid("file.damaged_workbook", "The workbook is damaged (the list of its parts is missing); export it anew.");
  TRY(parse(relations_bytes, relations));
  WorkbookParts parts;
  parts.from_1904 = contents.from_1904;
  for (const auto& sheet : contents.sheets)
    if (relations.type[sheet.relation].ends_with("/worksheet"))
      parts.sheets.push_back({sheet.name, beside(workbook, relations.target[sheet.relation]), sheet.hidden});
  std::string styles_part;
  std::string texts_part;
  for (const auto& [id, type] : relations.type) {
    if (type.ends_with("/styles")) styles_part = beside(workbook, relations.target[id]);
    if (type.ends_with("/sharedStrings")) texts_part = beside(workbook, relations.target[id]);
  }
  if (const std::string bytes = TRY(archive.whole(styles_part, kMostPart)); !bytes.empty()) {
    Styles styles;
    TRY(parse(bytes, styles));
    parts.kinds = std::move(styles.kinds);
  }
  if (TRY(archive.start(texts_part))) {
    SharedTexts texts(parts.texts, parts.ends);
    XmlStream xml(texts);
    std::array<char, 32 * 1024> piece;
    for (;;) {
      const std::size_t got = TRY(archive.read(piece.data(), piece.size()));
      TRY(xml.feed({piece.data(), got}, got == 0));
      if (texts.too_large) return invalid("file.too_large", "The workbook holds more text than we read; save it as CSV or split it.");
      if (got == 0) break;
    }
  }
  return parts;
}

NumberKind kind_of_format(std::string_view code) {
  bool date = false;
  bool time = false;
  char last = ' ';
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i] >= 'A' && code[i] <= 'Z' ? static_cast<char>(code[i] - 'A' + 'a') : code[i];
    if (c == '"') {
      while (++i < code.size() && code[i] != '"') {}
      continue;
    }
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
      continue;
    }
    if (c == '[') {
      const std::size_t end = code.find(']', i);
      if (end == std::string_view::npos) break;
      const std::string inside = lower(code.substr(i + 1, end - i - 1));
      if (!inside.empty() && inside.find_first_not_of(inside[0]) == std::string::npos && (inside[0] == 'h' || inside[0] == 'm' || inside[0] == 's')) time = true;
      i = end;
      continue;
    }
    if (c == ';') break;  // the section for numbers above zero says enough
    if (c == 'g' && i + 6 < code.size() && lower(code.substr(i, 7)) == "general") return NumberKind::number;
    date = date || c == 'y' || c == 'd' || c == 'e';
    time = time || c == 'h' || c == 's';
    // A month, unless it stands behind hours or before seconds.
    if (c == 'm' && last != 'h' && last != 'm') {
      std::size_t next = i;
      while (next < code.size() && (code[next] == 'm' || code[next] == 'M' || code[next] == ':' || code[next] == '.')) ++next;
      if (next < code.size() && (code[next] == 's' || code[next] == 'S')) time = true;
      else date = true;
    }
    if (c >= 'a' && c <= 'z') last = c;
    if (c == '0' && !date && !time) return NumberKind::number;
    if (c == 'e' && i > 0 && (code[i - 1] == '0' || code[i - 1] == '#')) return NumberKind::number;  // 0.00E+00
  }
  return date ? (time ? NumberKind::date_and_time : NumberKind::date) : time ? NumberKind::time : NumberKind::number;
}

std::string date_text(double serial, NumberKind kind, bool from_1904) {
  if (!(serial >= 0) || serial > 2'958'466) return {};  // 9999-12-31
  std::int64_t seconds = std::llround(serial * 86'400);
  std::int64_t days = seconds / 86'400;
  seconds %= 86'400;
  std::array<char, 12> clock{};
  std::snprintf(clock.data(), clock.size(), "%02d:%02d:%02d", static_cast<int>(seconds / 3'600), static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  if (kind == NumberKind::time && days == 0) return clock.data();
  if (from_1904) {
    days += Day::of(1904, 1, 1).number();
  } else {
    if (days == 60) return "1900-02-29";  // a day that spreadsheets believe in and that a reader of dates refuses
    days += Day::of(1899, 12, days > 60 ? 30 : 31).number();
  }
  const std::string day = Day::from_number(static_cast<std::int32_t>(days)).iso();
  return kind == NumberKind::date && seconds == 0 ? day : day + " " + clock.data();
}

std::string number_text(std::string_view stored) {
  std::size_t digits = 0;
  bool plain = true;
  for (const char c : stored) {
    digits += c >= '0' && c <= '9' ? 1 : 0;
    plain = plain && ((c >= '0' && c <= '9') || c == '.' || c == '-');
  }
  if (plain && digits <= 15) return std::string(stored);
  const std::string text(stored);
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (stored.empty() || end != text.c_str() + text.size() || !std::isfinite(value)) return text;
  std::array<char, 32> scientific{};
  std::snprintf(scientific.data(), scientific.size(), "%.14e", value);  // d.dddddddddddddde+xx
  std::string mantissa;
  const std::string_view shown(scientific.data());
  const std::size_t mark = shown.find('e');
  for (const char c : shown.substr(0, mark))
    if (c >= '0' && c <= '9') mantissa += c;
  const int exponent = std::atoi(scientific.data() + mark + 1);
  if (exponent > 30 || exponent < -30) return text;
  while (mantissa.size() > 1 && mantissa.back() == '0') mantissa.pop_back();
  std::string out = value < 0 ? "-" : "";
  if (exponent < 0) return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + mantissa;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (mantissa.size() <= whole) return out + mantissa + std::string(whole - mantissa.size(), '0');
  return out + mantissa.substr(0, whole) + "." + mantissa.substr(whole);
}

void append_unescaped(std::string_view text, std::string& out) {
  for (;;) {
    const std::size_t at = text.find("_x");
    if (at == std::string_view::npos || at + 7 > text.size()) {
      out.append(text);
      return;
    }
    out.append(text.substr(0, at));
    unsigned code = 0;
    bool escape = text[at + 6] == '_';
    for (std::size_t i = at + 2; i < at + 6 && escape; ++i) {
      const char c = text[i];
      const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      escape = digit >= 0;
      code = code * 16 + static_cast<unsigned>(std::max(digit, 0));
    }
    if (escape && code < 0x80) {
      out += code == 0 ? ' ' : static_cast<char>(code);
      text.remove_prefix(at + 7);
    } else {
      out.append(text.substr(at, 2));
      text.remove_prefix(at + 2);
    }
  }
}

}  // namespace zifa
