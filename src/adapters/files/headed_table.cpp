#include "adapters/files/headed_table.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <unordered_map>

#include "base/text.hpp"

namespace zifa {

namespace {

constexpr int kRowsSearchedForHeader = 20;

bool cut_wide_space(std::string_view& text, bool in_front) {
  constexpr std::array<std::string_view, 5> kSpaces{"\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\xAF", "\xE2\x80\x8B", "\xEF\xBB\xBF"};
  for (const std::string_view space : kSpaces) {
    if (in_front ? !text.starts_with(space) : !text.ends_with(space)) continue;
    in_front ? text.remove_prefix(space.size()) : text.remove_suffix(space.size());
    return true;
  }
  return false;
}

}  // namespace

std::string plain_heading(std::string_view heading) {
  std::string plain;
  for (const char c : trim(heading)) {
    const bool punctuation = (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~') || (c >= 0 && c <= ' ');
    if (!punctuation) plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return plain;
}

namespace {

// The names of every field in their plain form, worked out once for each kind of file.
const std::vector<std::vector<std::string>>& plain_names(std::span<const FieldColumns> fields) {
  static std::mutex mutex;
  static std::map<const FieldColumns*, std::vector<std::vector<std::string>>> known;
  const std::lock_guard lock(mutex);
  std::vector<std::vector<std::string>>& names = known[fields.data()];
  if (names.empty())
    for (const FieldColumns& field : fields) {
      names.emplace_back();
      for (const std::string_view name : split(field.names, '|')) names.back().push_back(plain_heading(name));
    }
  return names;
}

}  // namespace

ColumnOf match_columns(std::span<const FieldColumns> fields, const std::vector<std::string_view>& header) {
  std::unordered_map<std::string, int> column_named;
  for (std::size_t i = 0; i < header.size() && i < kMaxColumns; ++i)
    if (std::string plain = plain_heading(header[i]); !plain.empty()) column_named.emplace(std::move(plain), static_cast<int>(i));
  const std::vector<std::vector<std::string>>& names = plain_names(fields);
  ColumnOf columns(fields.size(), -1);
  std::vector<bool> taken(header.size(), false);
  for (std::size_t field = 0; field < fields.size(); ++field)
    for (const std::string& name : names[field]) {
      const auto found = column_named.find(name);
      if (found == column_named.end() || taken[static_cast<std::size_t>(found->second)]) continue;
      columns[field] = found->second;
      taken[static_cast<std::size_t>(found->second)] = true;
      break;
    }
  return columns;
}

namespace {

constexpr std::size_t kSampleRows = 5;
constexpr std::size_t kSampleColumns = 200;

std::size_t filled(const std::vector<std::string>& row) {
  return static_cast<std::size_t>(std::count_if(row.begin(), row.end(), [](const std::string& cell) { return !cell.empty(); }));
}

}  // namespace

Result<FilePreview> preview_table(std::unique_ptr<std::istream> in, const FileOptions& options, std::span<const FieldColumns> fields) {
  const auto known = [&](const std::vector<std::string_view>& row) {
    const ColumnOf columns = match_columns(fields, row);
    return static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [](int column) { return column >= 0; }));
  };
  const std::unique_ptr<Table> table = TRY(open_table(std::move(in), options, known));
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> knows;
  while (rows.size() < kRowsSearchedForHeader + kSampleRows) {
    const Table::Step step = TRY(table->next());
    if (step == Table::Step::end) break;
    if (step == Table::Step::refused) continue;
    knows.push_back(known(table->fields()));
    std::vector<std::string>& row = rows.emplace_back();
    for (std::size_t i = 0; i < table->fields().size() && i < kSampleColumns; ++i) row.push_back(printable(trim(table->fields()[i]), 200));
  }
  if (rows.empty()) return invalid("file.empty", "The file holds no text.");
  // The header is the row with most headings we know; where we know none, the first row that fills its columns.
  std::size_t header = 0;
  const std::size_t searched = std::min<std::size_t>(rows.size(), kRowsSearchedForHeader);
  for (std::size_t i = 1; i < searched; ++i)
    if (knows[i] > knows[header] || (knows[header] == 0 && knows[i] == 0 && filled(rows[header]) < 2 && filled(rows[i]) > filled(rows[header]))) header = i;
  FilePreview preview{.columns = rows[header]};
  while (!preview.columns.empty() && preview.columns.back().empty()) preview.columns.pop_back();
  const ColumnOf columns = match_columns(fields, {preview.columns.begin(), preview.columns.end()});
  for (std::size_t field = 0; field < columns.size(); ++field)
    if (columns[field] >= 0) preview.guess.emplace(std::string(fields[field].id), preview.columns[static_cast<std::size_t>(columns[field])]);
  for (std::size_t i = header + 1; i < rows.size() && preview.sample.size() < kSampleRows; ++i) {
    rows[i].resize(preview.columns.size());
    preview.sample.push_back(std::move(rows[i]));
  }
  return preview;
}

std::string_view HeadedTable::trimmed(std::string_view text) const {
  text = trim(text);
  // Beyond ASCII too: no-break, ideographic and zero-width spaces stand at the ends of cells that were copied from a page.
  while (!text.empty() && static_cast<unsigned char>(text.back()) >= 0x80 && cut_wide_space(text, false)) text = trim(text);
  while (!text.empty() && static_cast<unsigned char>(text.front()) >= 0x80 && cut_wide_space(text, true)) text = trim(text);
  if (unwraps_ && text.size() >= 2) {
    if (text.front() == '=' && text[1] == '"' && text.back() == '"' && text.size() >= 3) text = trim(text.substr(2, text.size() - 3));
    else if (text.front() == '"' && text.back() == '"' && text.find('"', 1) == text.size() - 1) text = trim(text.substr(1, text.size() - 2));
    else if (text.front() == '\'' && text[1] >= '0' && text[1] <= '9') text.remove_prefix(1);
  }
  return text;
}

std::string HeadedTable::heading(std::size_t field) const {
  const int column = columns_[field];
  return column < 0 ? std::string(field_columns_[field].id) : facts_.columns[static_cast<std::size_t>(column)];
}

bool HeadedTable::has_heading(std::string_view plain) const {
  return std::any_of(facts_.columns.begin(), facts_.columns.end(), [&](const std::string& heading) { return plain_heading(heading) == plain; });
}

void HeadedTable::take_header(ColumnOf columns) {
  columns_ = std::move(columns);
  facts_.columns.clear();
  facts_.ignored_columns.clear();
  facts_.header_line = table_->line();
  for (const std::string_view heading : table_->fields()) facts_.columns.push_back(printable(trim(heading), 200));
  while (!facts_.columns.empty() && facts_.columns.back().empty()) facts_.columns.pop_back();
  width_ = facts_.columns.size();
  for (std::size_t i = 0; i < facts_.columns.size(); ++i)
    if (std::find(columns_.begin(), columns_.end(), static_cast<int>(i)) == columns_.end()) facts_.ignored_columns.push_back(facts_.columns[i]);
  facts_.mapping.columns.clear();
  for (std::size_t field = 0; field < columns_.size(); ++field)
    if (columns_[field] >= 0) facts_.mapping.columns.emplace(std::string(field_columns_[field].id), facts_.columns[static_cast<std::size_t>(columns_[field])]);
  table_->expect_columns(width_);
}

Result<ColumnOf> HeadedTable::mapped_columns(const ColumnMapping& mapping) const {
  const auto& header = table_->fields();
  ColumnOf columns = match_columns(field_columns_, header);  // what the mapping leaves open is recognised as ever
  for (const auto& [field, column] : mapping.columns) {
    const auto known = std::find_if(field_columns_.begin(), field_columns_.end(), [&](const FieldColumns& f) { return f.id == field; });
    if (known == field_columns_.end()) return invalid("file.bad_mapping", "The mapping names the field \"" + printable(field, 60) + "\", which such a file does not have.");
    int at = -1;
    if (column.empty()) {
      columns[static_cast<std::size_t>(known - field_columns_.begin())] = -1;
      continue;
    }
    if (column.starts_with('#')) {
      const auto number = to_int(std::string_view(column).substr(1));
      if (number && *number >= 1 && *number <= static_cast<std::int64_t>(header.size())) at = static_cast<int>(*number) - 1;
    } else {
      const std::string plain = plain_heading(column);
      for (std::size_t i = 0; i < header.size() && at < 0; ++i)
        if (trim(header[i]) == column || (!plain.empty() && plain_heading(header[i]) == plain)) at = static_cast<int>(i);
    }
    if (at < 0) return invalid("file.bad_mapping", "The mapping takes " + field + " from the column \"" + printable(column, 60) + "\", which the file does not have.");
    for (std::size_t other = 0; other < columns.size(); ++other)
      if (columns[other] == at && !mapping.columns.contains(field_columns_[other].id)) columns[other] = -1;
    columns[static_cast<std::size_t>(known - field_columns_.begin())] = at;
  }
  return columns;
}

Result<HeadedTable> HeadedTable::open(std::unique_ptr<std::istream> in, const FileOptions& options, std::span<const FieldColumns> fields, Missing missing,
                                      std::string_view what) {
  const auto known_headings = [&](const std::vector<std::string_view>& row) {
    const ColumnOf columns = match_columns(fields, row);
    auto count = static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [](int column) { return column >= 0; }));
    for (const auto& [field, column] : options.mapping.columns)
      count += std::any_of(row.begin(), row.end(), [&](std::string_view cell) { return trim(cell) == column && !column.empty(); }) ? 1 : 0;
    return count;
  };
  HeadedTable headed(TRY(open_table(std::move(in), options, known_headings)), fields);
  headed.missing_ = missing;
  headed.mapped_ = !options.mapping.empty();
  std::string best_missing;
  std::string best_columns;
  std::size_t best_matches = 0;
  std::string unreadable;
  std::optional<Error> bad_mapping;
  bool any_row = false;
  for (int row = 0; row < kRowsSearchedForHeader; ++row) {
    const Table::Step step = TRY(headed.table_->next());
    if (step == Table::Step::end) break;
    any_row = true;
    if (step == Table::Step::refused) {
      if (unreadable.empty()) unreadable = " Line " + std::to_string(headed.table_->problem().line) + ": " + headed.table_->problem().reason + ".";
      continue;
    }
    ColumnOf columns;
    if (headed.mapped_) {
      Result<ColumnOf> mapped = headed.mapped_columns(options.mapping);
      if (!mapped) {
        if (!bad_mapping) bad_mapping = mapped.error();
        continue;
      }
      columns = *std::move(mapped);
    } else {
      columns = match_columns(fields, headed.table_->fields());
    }
    const std::string lacks = missing(columns);
    const auto matches = static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [](int column) { return column >= 0; }));
    if (lacks.empty()) {
      headed.take_header(std::move(columns));
      headed.facts_.container = headed.table_->container();
      headed.facts_.encoding = headed.table_->encoding();
      headed.facts_.sheet = headed.table_->sheet();
      headed.facts_.mapping.date_order = options.mapping.date_order;
      headed.facts_.mapping.decimal_mark = options.mapping.decimal_mark;
      return headed;
    }
    if (matches > best_matches || best_missing.empty()) {
      best_matches = matches;
      best_missing = lacks;
      best_columns.clear();
      for (std::size_t i = 0; i < headed.table_->fields().size() && best_columns.size() < 300; ++i)
        best_columns += (i > 0 ? ", " : "") + printable(trim(headed.table_->fields()[i]), 40);
    }
  }
  if (!any_row) return invalid("file.empty", "The file holds no text.");
  if (bad_mapping && best_missing.empty()) return *bad_mapping;
  if (best_missing.empty()) return invalid("file.unknown_format", "The file cannot be read as " + std::string(what) + "." + unreadable);
  if (best_matches == 0)
    return invalid("file.unknown_format", "The file does not look like " + std::string(what) + ": no column is named as we know it (" + best_columns +
                                              "). Check that it is the right file, or say in a mapping which column is which." + unreadable);
  return invalid("file.unknown_format", "The file lacks " + best_missing + " to be read as " + std::string(what) + "; its columns are " + best_columns +
                                            ". Say in a mapping which column is which." + unreadable);
}

Result<FileStep> HeadedTable::next(LineRefusal& refusal) {
  for (;;) {
    const Table::Step step = TRY(table_->next());
    if (step == Table::Step::end) return FileStep::end;
    if (facts_.encoding != "utf-8 with BOM") facts_.encoding = table_->encoding();
    if (step == Table::Step::refused) {
      refusal = table_->problem();
      return FileStep::refused;
    }
    const auto& row = table_->fields();
    if (first_row_ && !mapped_) {
      // Amazon's templates have a row of translated names above the row of true ones.
      first_row_ = false;
      ColumnOf columns = match_columns(field_columns_, row);
      if (missing_(columns).empty()) {
        take_header(std::move(columns));
        continue;
      }
    }
    std::size_t count = row.size();
    while (count > width_ && trim(row[count - 1]).empty()) --count;
    if (count == width_ || (count < width_ && table_->ragged())) return FileStep::line;
    refusal.line = table_->line();
    if (count < width_ && table_->unfinished()) {
      refusal.code = "file.cut_short";
      refusal.reason = "the file ends in the middle of this line, after " + std::to_string(count) + " of " + std::to_string(width_) + " columns";
    } else {
      refusal.code = "file.wrong_columns";
      refusal.reason = "the line has " + std::to_string(count) + " columns, the header has " + std::to_string(width_);
    }
    return FileStep::refused;
  }
}

}  // namespace zifa
