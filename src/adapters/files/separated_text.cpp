// Tab-, comma-, semicolon- and bar-separated text as rows.
//
// Commas, semicolons and bars come with quoting (RFC 4180); a quote that is never closed, or closed in the middle of a field, costs the
// line it stands on and no other. Tabs come without: a quote there is a character like any other, as in Amazon's reports.
#include <algorithm>
#include <array>
#include <deque>
#include <iterator>
#include <map>

#include "adapters/files/table.hpp"
#include "adapters/files/text_lines.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

struct Separator {
  char mark;
  std::string_view name;
};
constexpr std::array kSeparators{Separator{'\t', "tab"}, Separator{',', "comma"}, Separator{';', "semicolon"}, Separator{'|', "bar"}};

struct OwnedLine {
  std::string text;
  std::size_t number = 0;
  TextLine::Problem problem = TextLine::Problem::none;
  bool ended = true;
};

class SeparatedText final : public Table {
 public:
  SeparatedText(std::unique_ptr<std::istream> in, std::optional<Charset> charset, std::string country)
      : in_(std::move(in)), lines_(*in_, charset, std::move(country)) {}

  // Looks at the first lines. False if there are none.
  bool choose_separator(char named, const KnownHeadings& known) {
    std::size_t bytes = 0;
    TextLine line;
    while (ahead_.size() < 25 && bytes < 256 * 1024 && lines_.next(line)) {
      bytes += line.text.size();
      ahead_.push_back({std::string(line.text), line.number, line.problem, line.ended});
    }
    separator_ = named != '\0' ? named : likeliest_separator(known);
    return !ahead_.empty();
  }

  Result<Step> next() override {
    for (;;) {
      TextLine line;
      if (!take(line)) {
        if (lines_.failed()) return unavailable("file.unreadable", "Reading the file failed after line " + std::to_string(line_) + ".");
        return Step::end;
      }
      line_ = line.number;
      unfinished_ = !line.ended;
      if (line.problem != TextLine::Problem::none) return refuse(line.problem);
      if (separator_ == '\t') {
        split_plain(line.text);
      } else if (!split_quoted(line)) {
        return Step::refused;
      }
      if (fields_.size() > kMaxColumns) return refuse_columns();
      for (const std::string_view field : fields_)
        if (!trim(field).empty()) return Step::row;
    }
  }

  const std::vector<std::string_view>& fields() const override { return fields_; }
  std::size_t line() const override { return line_; }
  const LineRefusal& problem() const override { return problem_; }
  bool unfinished() const override { return unfinished_; }
  void expect_columns(std::size_t count) override { expected_ = count; }
  std::string container() const override {
    for (const Separator& separator : kSeparators)
      if (separator.mark == separator_) return std::string(separator.name);
    return std::string(1, separator_);
  }
  std::string encoding() const override { return lines_.encoding(); }

 private:
  bool take(TextLine& line) {
    if (ahead_.empty()) return lines_.next(line);
    taken_ = std::move(ahead_.front());
    ahead_.pop_front();
    line = {taken_.text, taken_.number, taken_.problem, taken_.ended};
    return true;
  }

  Step refuse_with(std::string code, std::string reason) {
    problem_ = {line_, std::move(code), std::move(reason)};
    return Step::refused;
  }

  Step refuse(TextLine::Problem problem) {
    switch (problem) {
      case TextLine::Problem::zero_bytes: return refuse_with("file.zero_bytes", "the line holds zero bytes, so the file was damaged or is not text");
      case TextLine::Problem::too_long: return refuse_with("file.line_too_long", "the line is longer than 4 MB");
      default: return refuse_with("file.not_of_encoding", "some bytes of the line are not " + lines_.encoding() + ", the encoding of the file");
    }
  }

  Step refuse_columns() {
    const std::size_t count = fields_.size();
    fields_.clear();
    std::string reason = "the line has " + std::to_string(count) + " columns";
    reason += expected_ > 0 ? ", the header has " + std::to_string(expected_) : ", more than " + std::to_string(kMaxColumns);
    return refuse_with("file.wrong_columns", std::move(reason));
  }

  void split_plain(std::string_view text) {
    fields_.clear();
    for (;;) {
      const std::size_t end = text.find(separator_);
      fields_.push_back(text.substr(0, end));
      if (end == std::string_view::npos) return;
      text.remove_prefix(end + 1);
    }
  }

  enum class Quotes { fine, open, misplaced };

  // Splits a row, or goes on with one whose last field is still `open`. Every byte is looked at once, however many lines the row has.
  Quotes split_quotes(std::string_view text, bool inside = false) {
    if (!inside) {
      row_.clear();
      ends_.clear();
    }
    Quotes quotes = Quotes::fine;
    std::size_t at = 0;
    for (;;) {
      if (inside || (at < text.size() && text[at] == '"')) {
        if (!inside) ++at;
        inside = false;
        for (;;) {
          const std::size_t quote = text.find('"', at);
          row_.append(text.substr(at, quote - at));
          if (quote == std::string_view::npos) return Quotes::open;
          at = quote + 1;
          if (at >= text.size() || text[at] != '"') break;
          row_ += '"';
          ++at;
        }
        if (at < text.size() && text[at] != separator_) quotes = Quotes::misplaced;
      }
      const std::size_t end = std::min(text.find(separator_, at), text.size());
      row_.append(text.substr(at, end - at));
      ends_.push_back(row_.size());
      at = end + 1;
      if (end == text.size()) break;
    }
    fields_.clear();
    std::size_t from = 0;
    for (const std::size_t end : ends_) {
      fields_.push_back(std::string_view(row_).substr(from, end - from));
      from = end;
    }
    return quotes;
  }

  // False: refused. Lines that were looked at in vain are put back.
  bool split_quoted(const TextLine& line) {
    Quotes quotes = split_quotes(line.text);
    if (quotes == Quotes::fine) return true;
    if (quotes == Quotes::misplaced) {
      refuse_with("file.stray_quote", "a quoted field goes on after its closing quote; a quote inside quotes is written twice");
      return false;
    }
    std::vector<OwnedLine> more;
    TextLine following;
    while (quotes == Quotes::open && more.size() < 100 && row_.size() < 64 * 1024 && take(following)) {
      more.push_back({std::string(following.text), following.number, following.problem, following.ended});
      if (following.problem != TextLine::Problem::none) break;
      row_ += '\n';
      quotes = split_quotes(following.text, true);
    }
    if (quotes == Quotes::fine && (expected_ == 0 || fields_.size() == expected_)) {
      unfinished_ = !more.empty() && !more.back().ended;
      return true;
    }
    ahead_.insert(ahead_.begin(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    refuse_with("file.stray_quote", "a quoted field that begins on this line never ends properly");
    return false;
  }

  // The one that cuts a line into the most headings that are known; among equals the one that cuts the most lines into the same
  // number of columns, many columns weighing more.
  char likeliest_separator(const KnownHeadings& known) {
    char best = ',';
    std::pair<std::size_t, std::size_t> best_score{0, 0};
    for (const Separator& candidate : kSeparators) {
      separator_ = candidate.mark;
      std::map<std::size_t, std::size_t> lines_with;  // number of columns -> lines
      std::size_t headings = 0;
      for (const OwnedLine& line : ahead_) {
        if (line.problem != TextLine::Problem::none || line.text.empty()) continue;
        bool whole = true;
        if (separator_ == '\t')
          split_plain(line.text);
        else
          whole = split_quotes(line.text) != Quotes::open;
        const std::size_t columns = separator_ == '\t' ? fields_.size() : ends_.size();
        ++lines_with[std::min(columns, kMaxColumns)];
        if (known && whole && columns > 1 && columns <= kMaxColumns) headings = std::max(headings, known(fields_));
      }
      for (const auto& [columns, lines] : lines_with) {
        const std::pair<std::size_t, std::size_t> score{headings, columns * lines};
        if (columns < 2 || score <= best_score) continue;
        best = candidate.mark;
        best_score = score;
      }
    }
    return best;
  }

  std::unique_ptr<std::istream> in_;
  TextLines lines_;
  std::deque<OwnedLine> ahead_;  // looked at already, not given out yet
  OwnedLine taken_;
  char separator_ = ',';
  std::size_t expected_ = 0;
  std::vector<std::string_view> fields_;
  std::string row_;  // the fields of a row with quoting, one behind the other
  std::vector<std::size_t> ends_;
  std::size_t line_ = 0;
  bool unfinished_ = false;
  LineRefusal problem_;
};

}  // namespace

Result<std::unique_ptr<Table>> open_separated_text(std::unique_ptr<std::istream> in, const FileOptions& options, const KnownHeadings& known) {
  std::optional<Charset> charset;
  if (!options.encoding.empty()) {
    charset = charset_named(options.encoding);
    if (!charset)
      return invalid("file.unknown_encoding", "\"" + printable(options.encoding, 40) +
                                                  "\" is not an encoding we read; name utf-8, utf-16le, utf-16be, shift_jis, windows-1252 or gb18030.");
  }
  auto table = std::make_unique<SeparatedText>(std::move(in), charset, upper(options.country));
  if (!table->choose_separator(options.separator, known)) return invalid("file.empty", "The file is empty.");
  return std::unique_ptr<Table>(std::move(table));
}

}  // namespace zifa
