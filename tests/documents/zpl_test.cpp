#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "adapters/documents/documents.hpp"
#include "adapters/documents/label_layout.hpp"
#include "adapters/documents/zpl.hpp"
#include "base/encoding.hpp"
#include "tests/documents/examples.hpp"
#include "tests/documents/reading.hpp"

using namespace zifa;
using namespace zifa::documents;

namespace {

// What a printer reads out of ^FD: the characters of a Code 128 field with invocation codes, a 29 for each FNC1 behind
// the first. Written from the manual's table and not from our writer, so that one checks the other.
std::string read_code128(const std::string& field, bool& gs1) {
  std::string out;
  char set = 'B';
  gs1 = false;
  std::size_t symbols = 0;
  for (std::size_t i = 0; i < field.size();) {
    if (field[i] == '>') {
      REQUIRE(i + 1 < field.size());
      const char code = field[i + 1];
      i += 2;
      ++symbols;
      switch (code) {
        case ':': set = 'B'; continue;
        case ';': set = 'C'; continue;
        case '9': set = 'A'; continue;
        case '5': set = 'C'; continue;
        case '6': set = 'B'; continue;
        case '8':
          if (symbols == 2) gs1 = true;
          else out += '\x1D';
          continue;
        case '<': out += '^'; continue;
        case '0': out += '>'; continue;
        case '=': out += '~'; continue;
        default: FAIL("unknown invocation code ", code);
      }
    }
    if (set == 'C') {
      REQUIRE(i + 1 < field.size());
      REQUIRE(std::isdigit(static_cast<unsigned char>(field[i])));
      REQUIRE(std::isdigit(static_cast<unsigned char>(field[i + 1])));
      out += field.substr(i, 2);
      i += 2;
    } else {
      out += field[i++];
    }
    ++symbols;
  }
  return out;
}

// The bits of ^GFA data.
std::vector<bool> read_graphic(const std::string& data, int bytes_per_row, int total) {
  std::vector<bool> bits;
  const std::size_t row = static_cast<std::size_t>(bytes_per_row) * 8;
  int times = 0;
  const auto nibble = [&](int value) {
    for (int bit = 3; bit >= 0; --bit) bits.push_back((value >> bit) & 1);
  };
  for (const char c : data) {
    if (c >= 'g' && c <= 'z') {
      times += 20 * (c - 'g' + 1);
    } else if (c >= 'G' && c <= 'Y') {
      times += c - 'G' + 1;
    } else if (c == ',' || c == '!') {
      do bits.push_back(c == '!');
      while (bits.size() % row != 0);
    } else if (c == ':') {
      REQUIRE(bits.size() >= row);
      REQUIRE(bits.size() % row == 0);
      bits.insert(bits.end(), bits.end() - static_cast<std::ptrdiff_t>(row), bits.end());
    } else {
      const int value = c >= '0' && c <= '9' ? c - '0' : c - 'A' + 10;
      REQUIRE(value >= 0);
      REQUIRE(value < 16);
      for (int i = std::max(1, times); i > 0; --i) nibble(value);
      times = 0;
    }
  }
  CHECK(bits.size() == static_cast<std::size_t>(total) * 8);
  return bits;
}

struct Field {
  int x = 0, y = 0;
  bool baseline = false, hex = false, reversed = false;
  int font = 0, block = 0;
  char justify = 'L';
  int module = 2;
  std::string kind;  // "A", "BC", "B2", "GB", "GFA"
  std::vector<std::string> arguments;
  std::string data;
};

std::string unhex(const std::string& data) {
  std::string out;
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data[i] != '_') {
      out += data[i];
      continue;
    }
    REQUIRE(i + 2 < data.size());
    out += from_hex(data.substr(i + 1, 2)).value();
    i += 2;
  }
  return out;
}

// One format's fields. Anything our writer should not send is a failure.
std::vector<Field> read_format(const std::string& format) {
  std::vector<Field> fields;
  Field field;
  int module = 2;
  std::size_t at = 0;
  CHECK(format.find('~') == std::string::npos);
  CHECK(std::all_of(format.begin(), format.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  while (at < format.size()) {
    if (format[at] == '\n') {
      ++at;
      continue;
    }
    REQUIRE(format[at] == '^');
    const std::size_t end = std::min(format.find('^', at + 1), format.size());
    std::string command = format.substr(at + 1, end - at - 1);
    while (!command.empty() && command.back() == '\n') command.pop_back();
    at = end;
    const std::string name = command.substr(0, command.rfind("GFA", 0) == 0 ? 3 : command.rfind("A0", 0) == 0 ? 2 : 2);
    const std::string rest = command.substr(name.size());
    std::vector<std::string> arguments;
    std::stringstream parts(rest);
    for (std::string part; std::getline(parts, part, ',');) arguments.push_back(part);
    if (name == "XA" || name == "XZ" || name == "CI" || name == "PW" || name == "LL" || name == "LH") continue;
    if (name == "FO" || name == "FT") {
      field = {};
      field.baseline = name == "FT";
      field.x = std::stoi(arguments.at(0));
      field.y = std::stoi(arguments.at(1));
      field.module = module;
    } else if (name == "A0") {
      field.kind = "A";
      field.font = std::stoi(arguments.at(1));
    } else if (name == "FB") {
      field.block = std::stoi(arguments.at(0));
      field.justify = arguments.at(3).at(0);
    } else if (name == "FR") {
      field.reversed = true;
    } else if (name == "FH") {
      field.hex = true;
    } else if (name == "FD") {
      field.data = field.hex ? unhex(rest) : rest;
    } else if (name == "BY") {
      module = field.module = std::stoi(arguments.at(0));
    } else if (name == "BC" || name == "B2" || name == "GB") {
      field.kind = name;
      field.arguments = arguments;
    } else if (name == "GFA") {
      field.kind = name;
      field.arguments = {arguments.at(1), arguments.at(3)};
      std::size_t comma = 0;
      for (int i = 0; i < 4; ++i) comma = rest.find(',', comma) + 1;
      field.data = rest.substr(comma);
    } else if (name == "FS") {
      fields.push_back(field);
    } else {
      FAIL("a command we do not send: ", name);
    }
  }
  return fields;
}

std::vector<std::string> formats_of(const std::string& zpl) {
  std::vector<std::string> formats;
  for (std::size_t at = 0; (at = zpl.find("^XA", at)) != std::string::npos;) {
    const std::size_t end = zpl.find("^XZ", at);
    REQUIRE(end != std::string::npos);
    formats.push_back(zpl.substr(at, end + 3 - at));
    at = end;
  }
  return formats;
}

Documents& documents_() {
  static const std::unique_ptr<Documents> opened = std::move(open_documents().value());
  return *opened;
}

// Golden files hold what a person can read: pictures are replaced by their size and a check sum of their bits.
std::string readable(const std::string& zpl) {
  std::string out;
  std::size_t at = 0;
  for (;;) {
    const std::size_t graphic = zpl.find("^GFA,", at);
    out += zpl.substr(at, graphic - at);
    if (graphic == std::string::npos) return out;
    const std::size_t end = zpl.find("^FS", graphic);
    std::size_t comma = graphic;
    for (int i = 0; i < 4; ++i) comma = zpl.find(',', comma) + 1;
    std::uint64_t sum = 14695981039346656037ULL;
    for (std::size_t i = comma; i < end; ++i) sum = (sum ^ static_cast<unsigned char>(zpl[i])) * 1099511628211ULL;
    std::ostringstream hex;
    hex << std::hex << sum;
    out += zpl.substr(graphic, comma - graphic) + "<picture " + hex.str() + ">";
    at = end;
  }
}

void check_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(ZIFA_SOURCE_DIR) + "/tests/golden/documents/" + name;
  if (std::getenv("ZIFA_UPDATE_GOLDEN")) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  REQUIRE_MESSAGE(in, "no golden file " << path << "; write it with ZIFA_UPDATE_GOLDEN=1 and read it");
  std::stringstream kept;
  kept << in.rdbuf();
  CHECK_MESSAGE(kept.str() == text, name << " has changed; look at the difference and write it anew with ZIFA_UPDATE_GOLDEN=1");
}

}  // namespace

TEST_CASE("code 128 fields hold the number in the shortest code sets") {
  struct Case {
    std::string text;
    bool gs1;
    std::string field;
  };
  const std::vector<Case> cases{{"YT2632912345678901", false, ">:YT>52632912345678901"}, {"1Z999AA10123456784", false, ">:1Z999AA1>50123456784"},
                                {"12345678", false, ">;12345678"},                        {"1234567", false, ">;123456>67"},
                                {"AB12", false, ">:AB12"},                                {"AB1234", false, ">:AB>51234"},
                                {"12", false, ">;12"},                                    {"A12345B", false, ">:A12345B"},
                                {"A123456B", false, ">:A>5123456>6B"},                    {"A^B>C~D\\", false, ">:A><B>0C>=D\\"},
                                {"42090210\x1D" "9200190164", true, ">;>842090210>89200190164"}, {"1", false, ">:1"}};
  for (const Case& c : cases) {
    const std::string field = zpl_code128(c.text, c.gs1);
    CHECK(field == c.field);
    bool gs1 = false;
    CHECK(read_code128(field, gs1) == c.text);
    CHECK(gs1 == c.gs1);
  }
}

TEST_CASE("compressed pictures unpack to the same dots") {
  std::uint64_t state = 7;
  for (int round = 0; round < 200; ++round) {
    const int bytes = 1 + round % 110, rows = 1 + round % 17;
    std::vector<unsigned char> bits(static_cast<std::size_t>(bytes * rows));
    for (std::size_t i = 0; i < bits.size(); ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      const unsigned roll = static_cast<unsigned>(state >> 60);
      bits[i] = roll < 8 ? 0 : roll < 12 ? 0xFF : static_cast<unsigned char>(state >> 32);
      if (i >= static_cast<std::size_t>(bytes) && (i / static_cast<std::size_t>(bytes)) % 3 == 1) bits[i] = bits[i - static_cast<std::size_t>(bytes)];
    }
    const std::string packed = zpl_compressed(bits.data(), bytes, rows);
    const auto back = read_graphic(packed, bytes, bytes * rows);
    bool same = back.size() == bits.size() * 8;
    for (std::size_t i = 0; same && i < back.size(); ++i) same = back[i] == (((bits[i / 8] >> (7 - i % 8)) & 1) != 0);
    CHECK(same);
  }
}

TEST_CASE("a printer command in an address is printed, not obeyed") {
  LabelPage label = examples::us_label();
  label.to.company = "Zoë Żółć Größe";
  label.to.name = "Eve ^XZ~JR \\& _5E Smith";
  label.carrier = "A\\&B ^FS";
  label.routing_code = "~DG\\";
  label.parcel_no = "^ID*:*.*^FS";
  const Printed printed = documents_().labels_zpl({&label, 1}).value();
  REQUIRE(printed.rows[0].ok());
  const auto formats = formats_of(printed.bytes);
  REQUIRE(formats.size() == 1);
  std::vector<std::string> texts;
  for (const Field& field : read_format(formats[0])) texts.push_back(field.data);
  for (const char* wanted : {"Eve ^XZ~JR \\& _5E Smith", "Zoë Żółć Größe"}) CHECK(std::find(texts.begin(), texts.end(), wanted) != texts.end());
}

TEST_CASE("the ZPL of a label says what its page says, inside the paper, with the number in the bars") {
  auto fonts = std::move(Fonts::open().value());
  std::vector<LabelPage> labels{examples::us_label(), examples::chinese_label(), examples::japanese_label(), examples::usps_label()};
  labels.push_back(examples::us_label());
  labels.back().tracking = {Symbology::itf, "00340434161094042557", ""};
  labels.push_back(examples::us_label());
  labels.back().size = PageSize::label_100x100;
  labels.back().tracking = {Symbology::qr, "LP00123456789012", ""};
  for (const LabelPage& label : labels) {
    const Layout layout = lay_out_label(*fonts, label).value();
    const Printed printed = documents_().labels_zpl({&label, 1}).value();
    const auto formats = formats_of(printed.bytes);
    REQUIRE(formats.size() == layout.pages.size());
    for (std::size_t p = 0; p < formats.size(); ++p) {
      const Page& page = layout.pages[p];
      const auto fields = read_format(formats[p]);
      std::map<std::string, int> texts;
      std::size_t codes = 0, pictures = 0, boxes = 0;
      for (const Field& field : fields) {
        CHECK(field.x >= 0);
        CHECK(field.y >= 0);
        CHECK(field.x < page.width);
        CHECK(field.y < page.height);
        if (field.kind == "A") {
          ++texts[field.data];
          CHECK(field.x + field.block <= page.width);
        } else if (field.kind == "BC") {
          bool gs1 = false;
          const std::string text = read_code128(field.data, gs1);
          bool known = false;
          for (const CodeItem& code : page.codes)
            if (code.x == field.x && code.y == field.y) {
              known = true;
              CHECK(text == code.code.scanned);
              CHECK(gs1 == (code.code.symbology == Symbology::gs1_128));
              CHECK(field.module == code.module);
            }
          CHECK(known);
          ++codes;
        } else if (field.kind == "B2") {
          CHECK(field.data == "00340434161094042557");
          ++codes;
        } else if (field.kind == "GFA") {
          const int total = std::stoi(field.arguments[0]), row = std::stoi(field.arguments[1]);
          const auto bits = read_graphic(field.data, row, total);
          CHECK(field.y + total / row <= page.height);
          ++pictures;
          for (const CodeItem& code : page.codes) {
            if (code.x != field.x || code.y != field.y || code.code.linear()) continue;
            reading::Picture picture{row * 8 + 64, total / row + 64, {}};
            picture.grey.assign(static_cast<std::size_t>(picture.width * picture.height), 255);
            for (int y = 0; y < total / row; ++y)
              for (int x = 0; x < row * 8; ++x)
                if (bits[static_cast<std::size_t>(y * row * 8 + x)]) picture.grey[static_cast<std::size_t>((y + 32) * picture.width + x + 32)] = 0;
            CHECK(reading::scan(picture, code.code.symbology) == code.code.scanned);
            ++codes;
            --pictures;
          }
        } else if (field.kind == "GB") {
          ++boxes;
        }
      }
      CHECK(codes == page.codes.size());
      CHECK(boxes == page.fills.size());
      std::size_t written = 0;
      for (const auto& [text, times] : texts) written += static_cast<std::size_t>(times);
      CHECK(written + pictures == page.texts.size());
    }
  }
}

TEST_CASE("label printers are not sent sheets of paper") {
  LabelPage label = examples::us_label();
  label.size = PageSize::a4_four_labels;
  const Printed printed = documents_().labels_zpl({&label, 1}).value();
  CHECK(printed.bytes.empty());
  REQUIRE(printed.rows[0].error);
  CHECK(printed.rows[0].error->code == "label.no_sheet_printer");
}

TEST_CASE("the ZPL of known labels stays as it was reviewed") {
  const std::vector<std::pair<std::string, LabelPage>> labels{
      {"us.zpl", examples::us_label()}, {"zh_customs.zpl", examples::chinese_label()}, {"jp.zpl", examples::japanese_label()}, {"usps_gs1.zpl", examples::usps_label()}};
  for (const auto& [name, label] : labels) check_golden(name, readable(documents_().labels_zpl({&label, 1}).value().bytes));
  LabelPage small = examples::chinese_label();
  small.size = PageSize::label_100x100;
  check_golden("zh_100x100.zpl", readable(documents_().labels_zpl({&small, 1}).value().bytes));
}
