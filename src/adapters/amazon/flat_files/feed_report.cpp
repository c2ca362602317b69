// What Amazon answers to a flat file: how many records it took, and what was wrong with the others. Headings come in the account's
// language, so the counts are known by their place. Source: docs/rules/flat_files.md, "Processing report".
#include <algorithm>
#include <array>

#include "adapters/amazon/flat_files/upload_files.hpp"
#include "base/charset.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr std::size_t kMostBytes = 64 << 20;

Result<std::string> decoded(std::string_view bytes, std::string_view encoding) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
    encoding = "utf-8";
  } else if (bytes.starts_with("\xFF\xFE")) {
    bytes.remove_prefix(2);
    encoding = "utf-16le";
  } else if (bytes.starts_with("\xFE\xFF")) {
    bytes.remove_prefix(2);
    encoding = "utf-16be";
  }
  std::optional<Charset> charset = charset_named(encoding);
  // What a header says is not always so: Japanese reports called UTF-8 were seen in Shift_JIS.
  if (!charset || (*charset == Charset::utf_8 && !is_utf8(bytes))) charset = guess_charset(bytes, "");
  std::string text;
  Transcoder transcoder = Transcoder::to_utf8(*charset);
  if (!transcoder.append(bytes, text)) return corrupt("feed_report.unreadable", "The processing report is not text in " + std::string(name_of(*charset)) + ".");
  return text;
}

struct Columns {
  int record = -1, sku = -1, order = -1, code = -1, type = -1, message = -1;
};

std::string plain(std::string_view heading) {
  std::string out;
  for (const char c : lower(heading))
    if (c != '-' && c != ' ' && c != '_') out += c;
  return out;
}

// The row of headings: known by Amazon's English names, else by its place, as the first row of four columns or more behind the summary.
bool is_heading(const std::vector<std::string_view>& row, Columns& columns) {
  Columns found;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string name = plain(row[i]);
    const int at = static_cast<int>(i);
    if (name == "originalrecordnumber") found.record = at;
    if (name == "sku") found.sku = at;
    if (name == "orderid" || name == "amazonorderid") found.order = at;
    if (name == "errorcode") found.code = at;
    if (name == "errortype") found.type = at;
    if (name == "errormessage") found.message = at;
  }
  if (found.code < 0 || found.message < 0) return false;
  columns = found;
  return true;
}

std::string cell(const std::vector<std::string_view>& row, int column) {
  return column < 0 || static_cast<std::size_t>(column) >= row.size() ? std::string() : std::string(trim(row[static_cast<std::size_t>(column)]));
}

}  // namespace

Result<FeedReport> read_feed_report(std::string_view bytes, std::string_view encoding) {
  if (bytes.size() > kMostBytes) return invalid("feed_report.unreadable", "The processing report is larger than 64 MB.");
  const std::string text = TRY(decoded(bytes, encoding));
  FeedReport report;
  int counts = 0;
  bool in_lines = false;
  Columns columns;
  for (std::string_view line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trim(line).empty()) continue;
    const std::vector<std::string_view> row = split(line, '\t');
    if (!in_lines) {
      const auto number = to_int(trim(row.back()));
      if (row.size() >= 2 && trim(row.front()).empty() && number && *number >= 0 && counts < 2) {
        (counts == 0 ? report.processed : report.successful) = *number;
        ++counts;
        continue;
      }
      // The newer wording: "Number of records processed from this upload: 1", "Number of records that were activated: 1".
      if (const std::size_t colon = line.rfind(':'); row.size() == 1 && colon != std::string_view::npos && line.starts_with("Number of records") && counts < 2) {
        const auto told = to_int(trim(line.substr(colon + 1)));
        if (told && *told >= 0) (counts++ == 0 ? report.processed : report.successful) = *told;
        continue;
      }
      if (is_heading(row, columns)) {
        in_lines = true;
      } else if (counts == 2 && row.size() >= 4) {
        columns = {0, 1, -1, 2, 3, 4};
        in_lines = true;
      }
      continue;
    }
    FeedReportLine found;
    if (const auto record = to_int(cell(row, columns.record)); record && *record >= 0) found.record = *record;
    found.sku = cell(row, columns.sku);
    found.order_id = cell(row, columns.order);
    found.code = cell(row, columns.code);
    found.type = cell(row, columns.type);
    found.message = cell(row, columns.message);
    if (!found.code.empty() || !found.message.empty()) report.lines.push_back(std::move(found));
  }
  if (counts < 2) return invalid("feed_report.unreadable", "The file is not a processing report: it does not say how many records were processed and how many were successful.");
  if (report.successful > report.processed) return corrupt("feed_report.unreadable", "The processing report counts more successful records than it processed.");
  return report;
}

namespace {

class Uploads final : public UploadFiles {
 public:
  Result<std::unique_ptr<LineFileWriter<ShipConfirmationLine>>> write_ship_confirmations(std::ostream& out, const UploadOptions& options) const override {
    return zifa::write_ship_confirmations(out, options);
  }
  Result<std::unique_ptr<LineFileWriter<CancellationLine>>> write_cancellations(std::ostream& out, const UploadOptions& options) const override {
    return zifa::write_cancellations(out, options);
  }
  Result<std::unique_ptr<LineFileWriter<PriceQuantityLine>>> write_price_and_quantity(std::ostream& out, const UploadOptions& options) const override {
    return zifa::write_price_and_quantity(out, options);
  }
  Result<FeedReport> read_feed_report(std::string_view bytes, std::string_view encoding) const override { return zifa::read_feed_report(bytes, encoding); }
};

}  // namespace

std::unique_ptr<UploadFiles> make_upload_files() { return std::make_unique<Uploads>(); }

}  // namespace zifa
