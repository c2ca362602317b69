#include <algorithm>

#include "app/adjust_stock.hpp"
#include "app/change_setup.hpp"
#include "app/import_lines.hpp"
#include "app/save_product.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

Product told(Product product, const StockLine& line) {
  if (!line.name.empty()) product.title = line.name;
  if (!line.barcode.empty()) product.barcode = line.barcode;
  if (line.weight_g) product.weight = Weight::grams(*line.weight_g);
  if (line.length_mm && line.width_mm && line.height_mm) product.size = {Length::mm(*line.length_mm), Length::mm(*line.width_mm), Length::mm(*line.height_mm)};
  if (!line.country_of_origin.empty()) product.origin = line.country_of_origin;
  if (!line.customs_code.empty()) product.hs_code = line.customs_code;
  return product;
}

bool same(const Product& a, const Product& b) {
  return a.title == b.title && a.barcode == b.barcode && a.weight == b.weight && a.size == b.size && a.origin == b.origin && a.hs_code == b.hs_code;
}

// Most sellers who ship their own orders pack in China; the setup of the warehouse is where another country is chosen.
constexpr std::string_view kFirstName = "Main", kFirstCountry = "CN", kFirstZone = "Asia/Shanghai";

Result<WarehouseId> place_of(const std::vector<Warehouse>& warehouses, const StockLine& line) {
  if (line.location.empty()) {
    if (std::count_if(warehouses.begin(), warehouses.end(), [](const Warehouse& w) { return w.active; }) != 1)
      return invalid("stock.which_warehouse", "the line names no warehouse, and there are several");
    return std::find_if(warehouses.begin(), warehouses.end(), [](const Warehouse& w) { return w.active; })->id;
  }
  for (const Warehouse& warehouse : warehouses)
    if (equals_ignoring_case(warehouse.name, line.location)) return warehouse.id;
  return not_found("warehouse.unknown", "there is no warehouse \"" + printable(line.location, 60) + "\"; add it in Shipping setup or write its name as it is there");
}

class StockTaker final : public LineTaker<StockLine> {
 public:
  StockTaker(Tx& tx, const ImportRequest& request, Instant now) : tx_(tx), request_(request), now_(now) {}

  Result<Done> take(std::span<const StockLine> lines, std::span<const std::size_t> numbers, LinesTaken& taken) override {
    const StockLine& line = lines[0];
    TRY(read_warehouses(line));
    const Result<WarehouseId> warehouse = place_of(*warehouses_, line);
    if (!warehouse) {
      taken.refusals.push_back({numbers[0], warehouse.error().code, warehouse.error().message});
      return done;
    }
    const auto known = TRY(tx_.stock.product_with_sku(line.sku));
    Product product = told(known.value_or(Product{.sku = line.sku}), line);
    const bool product_changed = !known || !same(*known, product);
    if (product_changed) product = TRY(save_product(tx_, product, request_.actor, now_));
    const auto there = TRY(tx_.stock.at(*warehouse, product.id));
    const bool bin_changed = !line.bin.empty() && (!there || there->bin != line.bin);
    const bool count_changed = !there || there->on_hand != line.quantity;
    if (!product_changed && !bin_changed && !count_changed) {
      ++taken.unchanged;
      return done;
    }
    StockAdjustment adjustment{.product = product.id, .warehouse = *warehouse};
    if (bin_changed) adjustment.bin = line.bin;
    if (count_changed) {
      adjustment.counted = line.quantity;
      adjustment.reason = "import of " + (request_.name.empty() ? std::string("a file") : request_.name);
    }
    if (bin_changed || count_changed) TRY(adjust_stock(tx_, adjustment, request_.actor, now_));
    ++(there ? taken.updated : taken.created);
    return done;
  }

 private:
  // A desk that has no warehouse yet gets the one that the first line names.
  Result<Done> read_warehouses(const StockLine& line) {
    if (warehouses_) return done;
    std::vector<Warehouse> all = TRY(tx_.setup.warehouses());
    if (all.empty()) {
      const Warehouse first{.name = line.location.empty() ? std::string(kFirstName) : printable(line.location, 60), .country = std::string(kFirstCountry), .time_zone = std::string(kFirstZone)};
      all.push_back(TRY(save_warehouse(tx_, first, request_.actor, now_)));
    }
    warehouses_ = std::move(all);
    return done;
  }

  Tx& tx_;
  std::optional<std::vector<Warehouse>> warehouses_;
  const ImportRequest& request_;
  Instant now_;
};

}  // namespace

Result<ImportReport> import_stock_lines(Store& store, StockFileReader& reader, const ImportRequest& request, Instant now, const HearRefusal& refuse) {
  const LinesOfAKind<StockLine> kind{.open = [&](Tx& tx) { return std::make_unique<StockTaker>(tx, request, now); }};
  return LineImport<StockLine>(store, reader, request, refuse, kind).run();
}

}  // namespace zifa
