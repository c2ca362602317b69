// Changes of listings: checked and accepted now, visible a minute later. Included in .cpp files only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

struct ListingIssue {
  std::string code, message, attribute;
  bool is_error = true;
};

// What Amazon says at once about a change. With an error nothing will happen.
struct Submission {
  std::vector<ListingIssue> issues;
  bool refused() const;
};

struct ListingTarget {
  Account* account = nullptr;
  std::string sku;
  const Marketplace* marketplace = nullptr;
};

// `apply` false: only look (VALIDATION_PREVIEW). A put replaces every attribute of the listing in the marketplace.
Submission submit_put(World& world, const ListingTarget& target, std::string_view product_type, std::string_view requirements, const json::value& attributes, bool apply);
// Adds and replaces some attributes only (operationType PARTIAL_UPDATE of the feed).
Submission submit_partial(World& world, const ListingTarget& target, const json::value& attributes, bool apply);
Submission submit_patches(World& world, const ListingTarget& target, const json::array& patches, bool apply);
void submit_delete(World& world, const ListingTarget& target);

// The first thing wrong with a list of patches that makes the whole call a bad one; "" if none.
std::string patch_problem(const json::value& patches);

// The listing's attributes with the quantity of this moment.
json::object current_attributes(const Listing& listing);

}  // namespace zifa::sandbox
