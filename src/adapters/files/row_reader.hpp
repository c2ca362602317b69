// What the readers of lines share: refusing by field, and cells taken into the members of a line.
#pragma once

#include "adapters/files/cells.hpp"
#include "adapters/files/headed_table.hpp"
#include "adapters/files/sales_channels.hpp"
#include "base/text.hpp"

namespace zifa {

template <class Line>
class RowReader : public LineFileReader<Line> {
 public:
  RowReader(HeadedTable table, const FileOptions& options, std::string format) : table_(std::move(table)) {
    country_ = upper(options.country) == "UK" ? "GB" : upper(options.country);
    spelling_.time_zone = options.time_zone;
    spelling_.date_order = options.mapping.date_order;
    spelling_.decimal_mark = options.mapping.decimal_mark == DecimalMark::unknown ? decimal_mark_of(country_) : options.mapping.decimal_mark;
    spelling_.country = country_;
    currency_ = options.currency;
    leaves_out_amounts_ = options.leaves_out_amounts;
    if (const SalesChannel* own = sales_channel_of(country_)) {
      if (!currency_) currency_ = own->currency;
      if (!spelling_.time_zone) spelling_.time_zone = time_zone_of(country_);
    }
    table_.facts().format = std::move(format);
    table_.set_unwraps(table_.facts().format == "table" || table_.facts().container != "tab");
  }

  Result<FileStep> next(Line& line, LineRefusal& refusal) final {
    const FileStep step = TRY(table_.next(refusal));
    if (step == FileStep::end) return step;
    line_number_ = step == FileStep::refused ? refusal.line : table_.line();
    if (step == FileStep::refused || read(line)) return step;
    refusal = {line_number_, code_, std::move(reason_)};
    return FileStep::refused;
  }
  const FileFacts& facts() const final { return table_.facts(); }
  std::size_t line_number() const final { return line_number_; }

 protected:
  virtual bool read(Line& line) = 0;

  bool refuse(const char* code, std::string reason) {
    code_ = code;
    reason_ = std::move(reason);
    return false;
  }
  bool refuse_spoilt(std::size_t field, std::string_view text) {
    return refuse("file.spoilt_number", heading(field) + " is " + printable(text, 40) +
                                            ": a spreadsheet has rounded the number away; export the file again and do not save it from a spreadsheet");
  }
  std::string heading(std::size_t field) const { return table_.heading(field); }
  std::string_view get(std::size_t field) const { return table_.get(field); }
  const HeadedTable& table() const { return table_; }

  void take_text(std::size_t field, std::string& out) {
    out.assign(table_.get(field));
    for (char& c : out)
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  bool take_quantity(std::size_t field, std::optional<std::int64_t>& out) {
    out.reset();
    const std::string_view text = table_.get(field);
    std::int64_t number = 0;
    if (text.empty()) return true;
    if (!read_quantity(text, number, why_)) return refuse("file.bad_quantity", heading(field) + " " + why_);
    out = number;
    return true;
  }
  bool take_currency(std::size_t field, std::optional<Currency>& out) {
    out = currency_;
    const std::string_view text = table_.get(field);
    if (text.empty()) return true;
    Result<Currency> currency = Currency::parse(text);
    if (!currency) return refuse("file.bad_currency", heading(field) + " \"" + printable(text, 20) + "\" is not a currency such as USD");
    out = *currency;
    return true;
  }
  bool take_money(std::size_t field, const std::optional<Currency>& currency, std::optional<Money>& out) {
    out.reset();
    const std::string_view text = table_.get(field);
    if (text.empty()) return true;
    if (!currency && leaves_out_amounts_) return ++table_.facts().amounts_left_out, true;
    if (!currency) return refuse("file.no_currency", heading(field) + " has no currency; name the account's currency or marketplace");
    Money money;
    if (!read_money(text, *currency, spelling_, money, why_)) return refuse("file.bad_amount", heading(field) + " " + why_);
    out = money;
    return true;
  }
  // `required`: the code to refuse with where the cell is empty.
  bool take_moment(std::size_t field, DayMeans day_means, std::optional<Instant>& out, const char* required) {
    out.reset();
    const std::string_view text = table_.get(field);
    if (text.empty()) return required == nullptr || refuse(required, heading(field) + " is missing");
    Moment moment;
    if (!read_moment(text, spelling_, day_means, moment, why_)) return refuse(required == nullptr ? "file.bad_date" : required, heading(field) + " " + why_);
    out = moment.at;
    return true;
  }

  std::string why_;

 private:
  HeadedTable table_;
  std::string country_;
  Spelling spelling_;
  std::optional<Currency> currency_;
  bool leaves_out_amounts_ = false;
  std::size_t line_number_ = 0;
  const char* code_ = "";
  std::string reason_;
};

}  // namespace zifa
