// Workbooks made by hand, part by part: what spreadsheets write, and what nobody should.
#pragma once

#include <zlib.h>

#include <string>
#include <utility>
#include <vector>

namespace files_test {

struct ZipPart {
  std::string name, content;
  unsigned flags = 0;  // 1 = says it is encrypted
};

inline void little(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 255);
}

inline std::string deflated(const std::string& content) {
  z_stream zip{};
  deflateInit2(&zip, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&zip, content.size()) + 16, '\0');
  zip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  zip.avail_in = static_cast<uInt>(content.size());
  zip.next_out = reinterpret_cast<Bytef*>(out.data());
  zip.avail_out = static_cast<uInt>(out.size());
  deflate(&zip, Z_FINISH);
  out.resize(zip.total_out);
  deflateEnd(&zip);
  return out;
}

inline std::string zip_of(const std::vector<ZipPart>& parts) {
  std::string out;
  std::string table;
  for (const ZipPart& part : parts) {
    const std::string packed = deflated(part.content);
    const auto checksum = static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(part.content.data()), static_cast<uInt>(part.content.size())));
    const auto offset = static_cast<std::uint32_t>(out.size());
    const auto common = [&](std::string& to) {
      little(to, 20, 2);
      little(to, part.flags, 2);
      little(to, 8, 2);
      little(to, 0, 4);
      little(to, checksum, 4);
      little(to, static_cast<std::uint32_t>(packed.size()), 4);
      little(to, static_cast<std::uint32_t>(part.content.size()), 4);
      little(to, static_cast<std::uint32_t>(part.name.size()), 2);
      little(to, 0, 2);
    };
    out += "PK\x03\x04";
    common(out);
    out += part.name + packed;
    table += "PK\x01\x02";
    little(table, 20, 2);
    common(table);
    little(table, 0, 2);
    little(table, 0, 2);
    little(table, 0, 2);
    little(table, 0, 4);
    little(table, offset, 4);
    table += part.name;
  }
  const auto at = static_cast<std::uint32_t>(out.size());
  out += table + "PK\x05\x06";
  little(out, 0, 4);
  little(out, static_cast<std::uint32_t>(parts.size()), 2);
  little(out, static_cast<std::uint32_t>(parts.size()), 2);
  little(out, static_cast<std::uint32_t>(table.size()), 4);
  little(out, at, 4);
  little(out, 0, 2);
  return out;
}

// A workbook of one visible sheet behind a hidden one, as Excel lays it out. `sheet` is what stands inside <sheetData>.
struct Book {
  std::string sheet;
  std::string shared;                          // what stands inside <sst>
  std::string workbook_attributes;             // of <workbookPr>
  std::string prefix;                          // "x:" as some programs write it
  bool with_styles = true;

  std::vector<ZipPart> parts() const {
    const std::string n = prefix.empty() ? "xmlns" : "xmlns:" + prefix.substr(0, prefix.size() - 1);
    const auto tag = [&](const std::string& name, const std::string& attributes, const std::string& inside) {
      return "<" + prefix + name + " " + attributes + ">" + inside + "</" + prefix + name + ">";
    };
    const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    const std::string main = n + "=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    const std::string relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    std::vector<ZipPart> made{
        {"_rels/.rels", xml + "<Relationships><Relationship Id=\"rId1\" Type=\"" + relation + "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml", xml + tag("workbook", main,
                                      "<" + prefix + "workbookPr " + workbook_attributes + "/><" + prefix + "sheets><" + prefix +
                                          "sheet name=\"Lists\" sheetId=\"1\" state=\"hidden\" r:id=\"rId1\"/><" + prefix + "sheet name=\"Orders\" sheetId=\"2\" r:id=\"rId2\"/></" +
                                          prefix + "sheets>")},
        {"xl/_rels/workbook.xml.rels", xml + "<Relationships><Relationship Id=\"rId1\" Type=\"" + relation + "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" +
                                           relation + "worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/><Relationship Id=\"rId3\" Type=\"" + relation +
                                           "styles\" Target=\"styles.xml\"/><Relationship Id=\"rId4\" Type=\"" + relation + "sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"},
        {"xl/worksheets/sheet1.xml", xml + tag("worksheet", main, "<" + prefix + "sheetData/>")},
        {"xl/worksheets/sheet2.xml", xml + tag("worksheet", main, tag("sheetData", "", sheet))},
        {"xl/sharedStrings.xml", xml + tag("sst", main, shared)},
    };
    if (with_styles)
      made.push_back({"xl/styles.xml", xml + tag("styleSheet", main,
                                                "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/><numFmt numFmtId=\"165\" "
                                                "formatCode=\"[$-409]m/d/yy h:mm AM/PM;@\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf "
                                                "numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"2\"/><xf numFmtId=\"20\"/></cellXfs>")});
    return made;
  }
  std::string bytes() const { return zip_of(parts()); }
};

}  // namespace files_test
