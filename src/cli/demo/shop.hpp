// A shop to look at: two warehouses, boxes, four shipping lines with invented prices, stock for every listing of the played accounts.
#pragma once

#include <string>
#include <vector>

#include "app/desk.hpp"

namespace zifa::cli {

struct DemoAccount {
  AccountId id;
  std::string name, marketplace_id;  // the first marketplace, where its listings are
};

// Connects the sandbox's accounts (again, with its present credentials, if they are there already), and sets the shop up if it is not.
Result<std::vector<DemoAccount>> set_up_demo_shop(Desk& desk, const std::string& sandbox_url);

// A product for every listing that has none, with stock in both warehouses.
Result<Done> stock_demo_shop(Desk& desk);

}  // namespace zifa::cli
