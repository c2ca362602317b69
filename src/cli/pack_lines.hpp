// The JSON lines of `zifa pack`: the offer of cartons, the orders and their answers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/packing/packing.hpp"

namespace zifa::cli {

struct PackOffer {
  std::vector<packing::Carton> cartons;
  std::unordered_map<std::string, std::size_t> carton_of_id;
  std::optional<packing::Freight> freight;
};

struct PackOrder {
  std::string id;  // as JSON
  std::vector<packing::Item> items;
  std::optional<std::vector<std::size_t>> cartons;  // the only ones it may use, by index into the offer
};

// Refuses whatever is not as the command's help says, and the packer's own refusals of cartons.
Result<PackOffer> read_pack_offer(std::string_view line);
Result<PackOrder> read_pack_order(std::string_view line, const PackOffer& offer);

// One line of answer with its line end. `cartons` are those that the packing's numbers mean.
std::string write_packing(const PackOrder& order, const packing::Packing& packing, std::span<const packing::Carton> cartons, const std::optional<packing::Freight>& freight);

}  // namespace zifa::cli
