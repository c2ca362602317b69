// What carriers' event codes mean: data/tracking_codes.csv.
#pragma once

#include <string_view>

#include "domain/tracking/history.hpp"

namespace zifa {

// `reader`: the id of the part that reads the answer ("usps"). The longest entry wins; unknown where none fits.
tracking::State state_of_code(std::string_view reader, std::string_view code);

}  // namespace zifa
