// A stock SKU as the packer, the carton and customs see it.
#pragma once

#include "app/ports/store.hpp"

namespace zifa {

// Stores a new product (id 0) or a changed one.
//
// A new one is linked to listings and open orders with the same SKU. Orders that stood still because the product was not measured are
// planned again. Refuses `product.sku_taken`, `product.unknown`.
Result<Product> save_product(Tx& tx, const Product& product, std::string_view actor, Instant now);

}  // namespace zifa
