#include "app/shipping_book.hpp"

#include "app/reference/holidays.hpp"
#include "app/reference/rate_sheets.hpp"

namespace zifa {

const ShippingBook::Place* ShippingBook::place(WarehouseId id) const {
  for (const Place& p : places)
    if (p.warehouse.id == id) return &p;
  return nullptr;
}

const ShippingService* ShippingBook::service(ServiceId id) const {
  for (const ShippingService& s : services)
    if (s.id == id) return &s;
  return nullptr;
}

const Carton* ShippingBook::carton(CartonId id) const {
  for (const Carton& c : cartons)
    if (c.id == id) return &c;
  return nullptr;
}

namespace {

packing::Sides inner(const Size& size) { return {size.length.micrometres() / 1000, size.width.micrometres() / 1000, size.height.micrometres() / 1000}; }
packing::Sides outer(const Size& size) { return {size.length.mm_up(), size.width.mm_up(), size.height.mm_up()}; }

}  // namespace

Result<std::shared_ptr<const ShippingBook>> ShippingBooks::current(Tx& tx) {
  const std::int64_t version = TRY(tx.setup.setup_version());
  {
    const std::lock_guard lock(mutex_);
    if (book_ != nullptr && book_->version == version) return book_;
  }
  SheetsRead read;
  for (const RateCardFile& file : TRY(tx.setup.rate_cards(true))) TRY(read_sheet(file.name, file.content, read));
  rating::RateBook::Extras extras;
  extras.exchange = shipped_exchange_rates();
  const Currency currency = TRY(Currency::parse(TRY(tx.setup.setting("currency", "CNY"))));
  auto book = std::make_shared<ShippingBook>(ShippingBook{.version = version, .rates = rating::RateBook(read.sheets, std::move(extras)), .currency = currency});
  for (Warehouse& warehouse : TRY(tx.setup.warehouses())) {
    const TimeZone zone = TRY(TimeZone::named(warehouse.time_zone));
    promise::Calendar calendar = place_calendar(warehouse.country, zone);
    book->places.push_back({std::move(warehouse), std::move(calendar)});
  }
  for (Carton& carton : TRY(tx.setup.cartons())) {
    if (!carton.active) continue;
    book->packing_cartons.push_back({.id = carton.name, .inner_mm = inner(carton.inner), .outer_mm = outer(carton.outer), .max_weight_g = (carton.max_weight - carton.tare).micrograms() / 1'000'000, .tare_g = carton.tare.grams_up(), .cost = carton.cost.minor()});
    book->cartons.push_back(std::move(carton));
  }
  book->services = TRY(tx.setup.services());
  const std::lock_guard lock(mutex_);
  book_ = book;
  return std::shared_ptr<const ShippingBook>(book);
}

}  // namespace zifa
