// Everything set up for shipping, made ready to be asked: warehouses with their working days, cartons, services, prices.
// Read once and kept until the set-up changes.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "domain/packing/packing.hpp"
#include "domain/promise/calendar.hpp"
#include "domain/rating/rate_book.hpp"

namespace zifa {

struct ShippingBook {
  struct Place {
    Warehouse warehouse;
    promise::Calendar calendar;
  };
  std::int64_t version = 0;
  std::vector<Place> places;
  std::vector<Carton> cartons;                    // active ones
  std::vector<packing::Carton> packing_cartons;   // the same, as the cartonizer wants them
  std::vector<ShippingService> services;          // all, also inactive ones, so that old parcels find theirs
  rating::RateBook rates;
  Currency currency;                              // offers are compared in it

  const Place* place(WarehouseId id) const;
  const ShippingService* service(ServiceId id) const;
  const Carton* carton(CartonId id) const;
};

class ShippingBooks {
 public:
  // The book of the present set-up.
  Result<std::shared_ptr<const ShippingBook>> current(Tx& tx);

 private:
  std::mutex mutex_;
  std::shared_ptr<const ShippingBook> book_;
};

}  // namespace zifa
