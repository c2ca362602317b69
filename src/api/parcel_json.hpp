// Parcels as the API shows them, with what belongs to them, in a fixed number of queries for a page.
#pragma once

#include "api/resource.hpp"

namespace zifa::api {

Result<json::array> parcels_json(Tx& tx, const std::vector<Parcel>& parcels);
Result<json::value> parcel_json(Tx& tx, const Parcel& parcel);
Result<json::value> parcel_json(Tx& tx, ParcelId id);

json::object carton_json(const Carton& carton);

}  // namespace zifa::api
