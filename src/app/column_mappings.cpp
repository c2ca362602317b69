#include "app/column_mappings.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

struct Alias {
  SellerFile kind;
  std::string_view shown, field;
};
// Words of the screens for fields that the readers call by Amazon's headings.
constexpr std::array kAliases{
    Alias{SellerFile::orders, "title", "product_name"},
    Alias{SellerFile::orders, "price", "item_price"},
    Alias{SellerFile::orders, "buyer", "buyer_name"},
    Alias{SellerFile::orders, "recipient", "recipient_name"},
    Alias{SellerFile::orders, "email", "buyer_email"},
    Alias{SellerFile::orders, "ship_option", "ship_service_level"},
    Alias{SellerFile::orders, "marketplace", "sales_channel"},
    Alias{SellerFile::listings, "title", "name"},
    Alias{SellerFile::listings, "channel", "fulfillment_channel"},
    Alias{SellerFile::stock, "warehouse", "location"},
};

std::span<const FieldName> fields_of(const SellerFiles& files, SellerFile kind) {
  switch (kind) {
    case SellerFile::orders: return files.order_fields();
    case SellerFile::listings: return files.listing_fields();
    case SellerFile::stock: return files.stock_fields();
    case SellerFile::returns: break;
  }
  return files.return_fields();
}

DateOrder date_order(std::string_view format) {
  const std::string low = lower(format);
  const std::size_t year = low.find('y'), month = format.find('M') != std::string_view::npos ? format.find('M') : low.find('m'), day = low.find('d');
  if (year == std::string::npos || month == std::string_view::npos || day == std::string::npos) return DateOrder::unknown;
  if (year < month && month < day) return DateOrder::year_month_day;
  if (month < day && day < year) return DateOrder::month_day_year;
  if (day < month && month < year) return DateOrder::day_month_year;
  return DateOrder::unknown;
}

}  // namespace

std::string column_signature(const std::vector<std::string>& columns) {
  // FNV-1a over the headings, lower case, a unit separator between them.
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3ULL; };
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) add(0x1F);
    for (const char c : lower(trim(columns[i]))) add(static_cast<unsigned char>(c));
  }
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[(hash >> shift) & 0xF];
  return text;
}

Result<StoredMapping> remembered(const ChosenColumns& chosen, std::string signature, std::string name, Instant now) {
  json::object fields;
  for (const auto& [field, column] : chosen.fields)
    if (!column.empty()) fields[field] = column;
  if (fields.empty()) return invalid("mapping.no_fields", "Say for at least one field which column it is in.");
  StoredMapping mapping{.signature = std::move(signature), .name = std::move(name), .fields = json::text(json::object{{"fields", std::move(fields)}, {"date_format", chosen.date_format}}), .updated_at = now};
  if (mapping.fields.size() > 100'000) return invalid("mapping.too_large", "A mapping names at most a few hundred columns.");
  return mapping;
}

Result<ChosenColumns> chosen_columns(const StoredMapping& mapping) {
  const json::value stored = TRY(json::parse(mapping.fields));
  ChosenColumns chosen{.date_format = json::get_text(stored, "date_format")};
  if (const json::object* fields = json::find_object(stored, "fields"))
    for (const auto& [field, column] : *fields)
      if (column.is_string()) chosen.fields.emplace(std::string(field), std::string(column.as_string()));
  return chosen;
}

namespace {

// What the readers call a field that somebody named.
std::string field_named(SellerFile kind, const std::string& name) {
  const auto alias = std::find_if(kAliases.begin(), kAliases.end(), [&](const Alias& a) { return a.kind == kind && a.shown == name; });
  return alias == kAliases.end() ? name : std::string(alias->field);
}

}  // namespace

Result<Done> knows_fields(const SellerFiles& files, SellerFile kind, const ChosenColumns& chosen) {
  const auto known = fields_of(files, kind);
  for (const auto& [name, column] : chosen.fields) {
    const std::string field = field_named(kind, name);
    if (std::any_of(known.begin(), known.end(), [&](const FieldName& f) { return f.id == field; })) continue;
    std::string all;
    for (const FieldName& f : known) all += (all.empty() ? "" : ", ") + std::string(f.id);
    return invalid("mapping.unknown_field", "Such a file has no field \"" + printable(name, 60) + "\"; the fields are " + all + ".");
  }
  return done;
}

ColumnMapping mapping_for(const SellerFiles& files, SellerFile kind, const ChosenColumns& chosen) {
  const auto known = fields_of(files, kind);
  ColumnMapping mapping{.date_order = date_order(chosen.date_format)};
  for (const auto& [name, column] : chosen.fields) {
    const std::string field = field_named(kind, name);
    if (std::any_of(known.begin(), known.end(), [&](const FieldName& f) { return f.id == field; })) mapping.columns.emplace(field, column);
  }
  return mapping;
}

std::map<std::string, std::string> shown_guess(SellerFile kind, const std::map<std::string, std::string>& guess) {
  std::map<std::string, std::string> shown;
  for (const auto& [field, column] : guess) {
    const auto alias = std::find_if(kAliases.begin(), kAliases.end(), [&, f = std::string_view(field)](const Alias& a) { return a.kind == kind && a.field == f; });
    shown.emplace(alias == kAliases.end() ? field : std::string(alias->shown), column);
  }
  return shown;
}

}  // namespace zifa
