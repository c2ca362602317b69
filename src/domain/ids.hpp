// The identifiers of everything Zifa keeps. One number never passes for another.
#pragma once

#include "base/id.hpp"

namespace zifa {

using AccountId = Id<struct AccountTag>;      // a seller account: one Amazon authorisation, or a file-only shop
using OrderId = Id<struct OrderTag>;          // our own number of an order; Amazon's is `amazon_order_id`
using OrderItemId = Id<struct OrderItemTag>;
using ProductId = Id<struct ProductTag>;      // a stock SKU
using ListingId = Id<struct ListingTag>;
using WarehouseId = Id<struct WarehouseTag>;
using CartonId = Id<struct CartonTag>;
using ServiceId = Id<struct ServiceTag>;      // a shipping method of a carrier, as set up by the seller
using ParcelId = Id<struct ParcelTag>;        // also Amazon's packageReferenceId
using LabelId = Id<struct LabelTag>;
using WaveId = Id<struct WaveTag>;
using HandoverId = Id<struct HandoverTag>;
using UserId = Id<struct UserTag>;
using JobId = Id<struct JobTag>;

}  // namespace zifa
