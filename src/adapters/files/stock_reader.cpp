// A seller's own table of stock: one quantity of one SKU at one place on each line.
#include <array>

#include "adapters/files/listing_columns.hpp"
#include "adapters/files/open_files.hpp"
#include "adapters/files/row_reader.hpp"

namespace zifa {

namespace {

enum class Field : std::size_t {
  sku, location, bin, quantity, name, currency, unit_cost, weight_g, weight_kg, length_mm, width_mm, height_mm, length_cm, width_cm, height_cm, barcode,
  country_of_origin, customs_code, count,
};
constexpr std::size_t at(Field field) { return static_cast<std::size_t>(field); }

// Our assumption of what sellers write; a mapping helps where it is wrong.
constexpr std::array<FieldColumns, at(Field::count)> kColumns{{
    {"sku", "sku|seller-sku|item sku|product sku|MSKU|库存SKU|商品SKU|商品编码|仓库SKU|出品者SKU|商品管理番号|Artikelnummer", true},
    {"location", "location|warehouse|site|warehouse code|仓库|仓库名称|仓库代码|倉庫|拠点|Lager|Lagerort|Entrepôt", false},
    {"bin", "bin|shelf|bin location|货位|库位|仓位|棚番|Lagerplatz|Regal", false},
    {"quantity", "quantity|qty|stock|on hand|available|count|数量|库存|库存数量|可用库存|可用量|可用数量|在库数量|在庫|在庫数|Menge|Bestand|Anzahl|Quantité|Stock disponible", true},
    {"name", "name|product-name|title|item-name|description|商品名称|产品名称|品名|商品名|Bezeichnung|Artikelbezeichnung", false},
    {"currency", "currency|币种|通貨|Währung", false},
    {"unit_cost", "unit cost|cost|purchase price|cost price|采购价|采购单价|成本|单位成本|成本价|原価|Einkaufspreis", false},
    {"weight_g", "weight_g|weight (g)|weight g|weight in g|重量(g)|重量（g）|重量(克)|重量g|重さ(g)|Gewicht (g)", false},
    {"weight_kg", "weight_kg|weight (kg)|weight kg|重量(kg)|重量（kg）|重量kg|Gewicht (kg)", false},
    {"length_mm", "length_mm|length (mm)|长(mm)|Länge (mm)", false},
    {"width_mm", "width_mm|width (mm)|宽(mm)|Breite (mm)", false},
    {"height_mm", "height_mm|height (mm)|高(mm)|Höhe (mm)", false},
    {"length_cm", "length_cm|length (cm)|长(cm)|长（cm）|Länge (cm)", false},
    {"width_cm", "width_cm|width (cm)|宽(cm)|宽（cm）|Breite (cm)", false},
    {"height_cm", "height_cm|height (cm)|高(cm)|高（cm）|Höhe (cm)", false},
    {"barcode", "barcode|ean|upc|gtin|jan|条码|条形码|バーコード|JANコード", false},
    {"country_of_origin", "country of origin|origin|原产国|原产地|原産国|Ursprungsland", false},
    {"customs_code", "hs code|customs code|hscode|tariff|海关编码|报关编码|HSコード|Zolltarifnummer", false},
}};

std::string missing_columns(const ColumnOf& columns) {
  std::string lacks;
  if (columns[at(Field::sku)] < 0) lacks = "a column for the SKU (sku)";
  if (columns[at(Field::quantity)] < 0) lacks += (lacks.empty() ? "" : " and ") + std::string("a column for the quantity (quantity)");
  return lacks;
}

// A measure with up to three decimals, in thousandths of its unit.
std::optional<std::int64_t> thousandths(std::string_view text) {
  std::string plain(text);
  for (char& c : plain)
    if (c == ',') c = '.';
  const auto value = to_scaled(plain, 3);
  return value && *value >= 0 && *value < 1'000'000'000'000 ? value : std::nullopt;
}

class StockReader final : public RowReader<StockLine> {
 public:
  StockReader(HeadedTable table, const FileOptions& options) : RowReader(std::move(table), options, "table") {}

 private:
  bool read(StockLine& line) override {
    line = {};
    take_text(at(Field::sku), line.sku);
    take_text(at(Field::location), line.location);
    take_text(at(Field::bin), line.bin);
    take_text(at(Field::name), line.name);
    take_text(at(Field::barcode), line.barcode);
    take_text(at(Field::country_of_origin), line.country_of_origin);
    take_text(at(Field::customs_code), line.customs_code);
    if (line.sku.empty()) return refuse("file.no_sku", heading(at(Field::sku)) + " is missing");
    if (is_spoilt_number(line.sku)) return refuse_spoilt(at(Field::sku), line.sku);
    if (is_spoilt_number(line.barcode)) return refuse_spoilt(at(Field::barcode), line.barcode);
    std::optional<std::int64_t> quantity;
    if (!take_quantity(at(Field::quantity), quantity)) return false;
    if (!quantity) return refuse("file.bad_quantity", heading(at(Field::quantity)) + " of " + printable(line.sku, 60) + " is missing");
    line.quantity = *quantity;
    if (!take_currency(at(Field::currency), line.currency) || !take_money(at(Field::unit_cost), line.currency, line.unit_cost)) return false;
    return take_measure(Field::weight_g, 1, Field::weight_kg, 1'000, line.weight_g) && take_measure(Field::length_mm, 1, Field::length_cm, 10, line.length_mm) &&
           take_measure(Field::width_mm, 1, Field::width_cm, 10, line.width_mm) && take_measure(Field::height_mm, 1, Field::height_cm, 10, line.height_mm);
  }

  // From one of two columns with different units; rounded up, a parcel is never smaller than what is in it.
  bool take_measure(Field small, std::int64_t small_unit, Field large, std::int64_t large_unit, std::optional<std::int64_t>& out) {
    for (const auto& [field, unit] : {std::pair(small, small_unit), std::pair(large, large_unit)}) {
      const std::string_view text = get(at(field));
      if (text.empty()) continue;
      const auto value = thousandths(text);
      if (!value) return refuse("file.bad_measure", heading(at(field)) + " \"" + printable(text, 40) + "\" is not a measure");
      out = (*value * unit + 999) / 1'000;
      return true;
    }
    return true;
  }
};

}  // namespace

std::span<const FieldColumns> stock_columns() { return kColumns; }

Result<std::unique_ptr<StockFileReader>> open_stock_file(std::unique_ptr<std::istream> in, const FileOptions& options) {
  if (!options.format.empty() && lower(options.format) != "table")
    return invalid("file.unknown_format", "\"" + printable(options.format, 60) + "\" is not a format of stock files; the only one is table.");
  HeadedTable table = TRY(HeadedTable::open(std::move(in), options, kColumns, missing_columns, "a file of stock"));
  return std::unique_ptr<StockFileReader>(std::make_unique<StockReader>(std::move(table), options));
}

}  // namespace zifa
