// The packing benchmarks' cases: generated ones, and files read from a folder given on the command line.
#pragma once

#include <string>
#include <vector>

#include "domain/packing/packing.hpp"

namespace zifa::bench {

struct PackCase {
  std::vector<packing::Item> items;
  std::vector<packing::Carton> cartons;
};

// CARTON-1: orders of one to eight units out of 400 products, 16 cartons.
std::vector<PackCase> carton_orders(int orders);
packing::Price carton_price(const std::vector<packing::Carton>& cartons);

// Random three-dimensional bin packing after Martello, Pisinger and Vigo (2000), class 1 to 8; v = 1 to 10.
PackCase bin_packing(int kind, int items, int v);

// Container loading, Bischoff and Ratcliff's layout. Empty if the file cannot be read.
std::vector<PackCase> container_loading(const std::string& file);

// Real orders: a folder with boxes.csv and items.csv.
std::vector<PackCase> real_orders(const std::string& folder);

}  // namespace zifa::bench
