#include "sandbox/amazon/listing_submissions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "base/text.hpp"

namespace zifa::sandbox {

namespace {

using namespace std::chrono_literals;

constexpr auto kUntilVisible = 60s;
constexpr std::array<std::string_view, 4> kSelectors{"fulfillment_channel_code", "marketplace_id", "language_tag", "audience"};

std::optional<std::int64_t> minor_of(const json::value& value, Currency currency) {
  if (value.is_string()) {
    Result<Money> money = Money::parse(std::string_view(value.get_string()), currency);
    return money ? std::optional(money->minor()) : std::nullopt;
  }
  if (!value.is_number()) return std::nullopt;
  double scaled = value.to_number<double>();
  for (int i = 0; i < currency.decimals(); ++i) scaled *= 10;
  if (!(std::abs(scaled) < 1e12)) return std::nullopt;
  return std::llround(scaled);
}

const json::array* list_of(const json::object& attributes, std::string_view name) {
  const json::value* found = attributes.if_contains(name);
  return found == nullptr ? nullptr : found->if_array();
}

// The instance of an attribute that speaks of the marketplace, or the first one.
const json::value* instance_for(const json::object& attributes, std::string_view name, std::string_view marketplace) {
  const json::array* list = list_of(attributes, name);
  if (list == nullptr || list->empty()) return nullptr;
  for (const json::value& each : *list)
    if (json::get_text(each, "marketplace_id") == marketplace) return &each;
  return &list->front();
}

const json::value* seller_stock(const json::object& attributes) {
  const json::array* list = list_of(attributes, "fulfillment_availability");
  if (list == nullptr) return nullptr;
  for (const json::value& each : *list)
    if (json::get_text(each, "fulfillment_channel_code") == "DEFAULT") return &each;
  return nullptr;
}

const json::value* price_value(const json::object& attributes, const Marketplace& marketplace) {
  const json::value* offer = instance_for(attributes, "purchasable_offer", marketplace.id);
  const json::array* prices = offer == nullptr ? nullptr : json::find_array(*offer, "our_price");
  const json::array* schedule = prices == nullptr || prices->empty() ? nullptr : json::find_array(prices->front(), "schedule");
  return schedule == nullptr || schedule->empty() ? nullptr : json::find(schedule->front(), "value_with_tax");
}

// Takes over what the world needs to know from a listing's attributes.
void read_attributes(Listing& listing, const json::object& attributes, const Marketplace& marketplace) {
  auto product = std::make_shared<Product>(*listing.product);
  if (const json::value* name = instance_for(attributes, "item_name", marketplace.id)) product->title = json::get_text(*name, "value");
  if (const json::value* weight = instance_for(attributes, "item_package_weight", marketplace.id)) {
    const std::int64_t value = json::get_int(*weight, "value").value_or(0);
    const std::string unit = json::get_text(*weight, "unit");
    if (value > 0 && value < 1'000'000) product->weight_g = static_cast<int>(unit == "kilograms" ? value * 1000 : unit == "pounds" ? value * 454 : unit == "ounces" ? value * 28 : value);
  }
  listing.product = std::move(product);
  if (const json::value* condition = instance_for(attributes, "condition_type", marketplace.id))
    if (const std::string value = json::get_text(*condition, "value"); !value.empty()) listing.condition = value;
  listing.price.reset();
  if (const json::value* price = price_value(attributes, marketplace))
    if (const std::optional<std::int64_t> minor = minor_of(*price, marketplace.currency)) listing.price = Money(*minor, marketplace.currency);
  listing.quantity.reset();
  if (const json::value* stock = seller_stock(attributes)) {
    listing.quantity = json::get_int(*stock, "quantity").value_or(0);
    listing.handling_days = static_cast<int>(std::clamp<std::int64_t>(json::get_int(*stock, "lead_time_to_ship_max_days").value_or(2), 0, 30));
  }
  listing.attributes = json::text(attributes);
}

void check_values(const json::object& attributes, std::vector<ListingIssue>& issues) {
  for (const auto& [name, value] : attributes) {
    const json::array* list = value.if_array();
    const bool good = list != nullptr && std::all_of(list->begin(), list->end(), [](const json::value& each) { return each.is_object(); });
    if (!good) issues.push_back({"4000003", "The value of '" + std::string(name) + "' must be a list of objects.", std::string(name)});
  }
  if (const json::array* stock = list_of(attributes, "fulfillment_availability"))
    for (const json::value& each : *stock) {
      if (json::get_text(each, "fulfillment_channel_code").empty()) issues.push_back({"90220", "'fulfillment_channel_code' is required but missing.", "fulfillment_availability"});
      const json::value* quantity = json::find(each, "quantity");
      if (quantity == nullptr) continue;
      const std::optional<std::int64_t> units = json::get_int(each, "quantity");
      if (!units || *units < 0 || *units > 10'000'000) issues.push_back({"99022", "'quantity' must be a whole number of 0 or more.", "fulfillment_availability"});
    }
  if (const json::array* offers = list_of(attributes, "purchasable_offer"))
    for (const json::value& each : *offers) {
      const json::array* prices = json::find_array(each, "our_price");
      const json::array* schedule = prices == nullptr || prices->empty() ? nullptr : json::find_array(prices->front(), "schedule");
      const json::value* amount = schedule == nullptr || schedule->empty() ? nullptr : json::find(schedule->front(), "value_with_tax");
      if (amount == nullptr) continue;
      const std::optional<std::int64_t> minor = minor_of(*amount, Currency::of("USD"));
      if (!minor || *minor <= 0) issues.push_back({"99022", "'value_with_tax' must be a price above 0.", "purchasable_offer"});
    }
}

bool same_selectors(const json::value& a, const json::value& b) {
  return std::all_of(kSelectors.begin(), kSelectors.end(), [&](std::string_view name) {
    const std::string left = json::get_text(a, name), right = json::get_text(b, name);
    return left.empty() || right.empty() || left == right;
  });
}

void put_values(json::object& attributes, std::string_view name, const json::array& values, std::string_view marketplace) {
  // Values of other marketplaces stay; this one's are replaced.
  json::array kept;
  if (const json::array* old = list_of(attributes, name))
    for (const json::value& each : *old)
      if (const std::string other = json::get_text(each, "marketplace_id"); !other.empty() && other != marketplace) kept.push_back(each);
  for (const json::value& each : values) kept.push_back(each);
  attributes[name] = std::move(kept);
}

void apply_patch(json::object& attributes, const json::value& patch, std::string_view marketplace) {
  const std::string op = json::get_text(patch, "op");
  const std::string name = json::get_text(patch, "path").substr(std::string_view("/attributes/").size());
  static const json::array kNone;
  const json::array* sent = json::find_array(patch, "value");
  const json::array& values = sent == nullptr ? kNone : *sent;
  if (op == "add" || op == "replace") {
    put_values(attributes, name, values, marketplace);
  } else if (op == "merge") {
    if (list_of(attributes, name) == nullptr) attributes[name] = json::array{};
    json::array& list = attributes[name].as_array();
    for (const json::value& each : values) {
      const auto known = std::find_if(list.begin(), list.end(), [&](const json::value& old) { return same_selectors(old, each); });
      if (known == list.end()) {
        list.push_back(each);
        continue;
      }
      for (const auto& [key, value] : each.get_object()) known->as_object()[key] = value;
    }
  } else if (values.empty()) {
    attributes.erase(name);
  } else if (list_of(attributes, name) != nullptr) {
    json::array left;
    for (const json::value& old : attributes[name].as_array())
      if (std::none_of(values.begin(), values.end(), [&](const json::value& each) { return same_selectors(old, each); })) left.push_back(old);
    if (left.empty()) attributes.erase(name);
    else attributes[name] = std::move(left);
  }
}

std::string made_up_asin(std::uint64_t seed) {
  static constexpr std::string_view kLetters = "0123456789BCDFGHJKLMNPQRSTVWXYZ";
  SplitMix random(seed);
  std::string asin = "B0";
  while (asin.size() < 10) asin += kLetters[random.next() % kLetters.size()];
  return asin;
}

void later(World& world, const ListingTarget& target, std::function<void(World&, const ListingTarget&)> what) {
  world.schedule(world.now() + kUntilVisible, [target, what = std::move(what)](World& then) { what(then, target); });
}

void change(World& world, const ListingTarget& target, const std::function<void(json::object&)>& edit) {
  const auto found = target.account->listings.find(target.sku);
  if (found == target.account->listings.end()) return;  // deleted in the meantime
  json::object attributes = current_attributes(found->second);
  edit(attributes);
  read_attributes(found->second, attributes, *target.marketplace);
  found->second.marketplaces.insert(target.marketplace->id);
  found->second.updated = world.now();
}

}  // namespace

bool Submission::refused() const {
  return std::any_of(issues.begin(), issues.end(), [](const ListingIssue& issue) { return issue.is_error; });
}

json::object current_attributes(const Listing& listing) {
  Result<json::value> parsed = json::parse(listing.attributes);
  json::object attributes = parsed && parsed->is_object() ? std::move(parsed->get_object()) : json::object{};
  if (listing.quantity && attributes.contains("fulfillment_availability") && attributes["fulfillment_availability"].is_array())
    for (json::value& each : attributes["fulfillment_availability"].get_array())
      if (json::get_text(each, "fulfillment_channel_code") == "DEFAULT") each.as_object()["quantity"] = *listing.quantity;
  return attributes;
}

std::string patch_problem(const json::value& patches) {
  const json::array* list = patches.if_array();
  if (list == nullptr || list->empty()) return "patches must be a list with at least one patch.";
  for (const json::value& patch : *list) {
    const std::string op = json::get_text(patch, "op"), path = json::get_text(patch, "path");
    if (op != "add" && op != "replace" && op != "merge" && op != "delete") return "op must be add, replace, merge or delete.";
    if (!path.starts_with("/attributes/") || path.size() <= std::string_view("/attributes/").size() || path.find('/', std::string_view("/attributes/").size()) != std::string::npos)
      return "path " + printable(path, 100) + " is not supported; only top-level attributes, as /attributes/<name>.";
    const json::value* value = json::find(patch, "value");
    if (value == nullptr && op == "delete") continue;
    const json::array* values = value == nullptr ? nullptr : value->if_array();
    if (values == nullptr || !std::all_of(values->begin(), values->end(), [](const json::value& each) { return each.is_object(); }))
      return "value of " + printable(path, 100) + " must be a list of objects.";
  }
  return "";
}

Submission submit_put(World& world, const ListingTarget& target, std::string_view product_type, std::string_view requirements, const json::value& attributes, bool apply) {
  Submission submission;
  const json::object& sent = attributes.get_object();
  check_values(sent, submission.issues);
  if (requirements != "LISTING_OFFER_ONLY" && !sent.contains("item_name")) submission.issues.push_back({"90220", "'item_name' is required but missing.", "item_name"});
  if (submission.refused() || !apply) return submission;
  target.account->known_skus.insert(target.sku);
  later(world, target, [sent, type = std::string(product_type)](World& then, const ListingTarget& at) {
    Listing& listing = at.account->listings[at.sku];
    if (!listing.product) {
      Product product{.sku = at.sku, .asin = "", .title = at.sku, .product_type = type, .cargo = "general", .weight_g = 0, .size_mm = {0, 0, 0}};
      const json::value* asin = instance_for(sent, "merchant_suggested_asin", at.marketplace->id);
      product.asin = asin == nullptr ? "" : json::get_text(*asin, "value");
      if (product.asin.empty()) product.asin = made_up_asin(mix(then.options().seed, at.sku));
      listing.product = std::make_shared<const Product>(std::move(product));
      listing.created = then.now();
    } else if (listing.product->product_type != type && type != "PRODUCT") {
      auto product = std::make_shared<Product>(*listing.product);
      product->product_type = type;
      listing.product = std::move(product);
    }
    read_attributes(listing, sent, *at.marketplace);
    listing.marketplaces.insert(at.marketplace->id);
    listing.updated = then.now();
  });
  return submission;
}

Submission submit_partial(World& world, const ListingTarget& target, const json::value& attributes, bool apply) {
  Submission submission;
  const json::object& sent = attributes.get_object();
  check_values(sent, submission.issues);
  if (submission.refused() || !apply) return submission;
  later(world, target, [sent](World& then, const ListingTarget& at) {
    change(then, at, [&](json::object& stored) {
      for (const auto& [name, value] : sent) put_values(stored, name, value.get_array(), at.marketplace->id);
    });
  });
  return submission;
}

Submission submit_patches(World& world, const ListingTarget& target, const json::array& patches, bool apply) {
  Submission submission;
  for (const json::value& patch : patches) {
    if (json::get_text(patch, "op") == "delete") continue;
    json::object one;
    one[json::get_text(patch, "path").substr(std::string_view("/attributes/").size())] = *json::find(patch, "value");
    check_values(one, submission.issues);
  }
  if (submission.refused() || !apply) return submission;
  later(world, target, [patches](World& then, const ListingTarget& at) {
    change(then, at, [&](json::object& stored) {
      for (const json::value& patch : patches) apply_patch(stored, patch, at.marketplace->id);
    });
  });
  return submission;
}

void submit_delete(World& world, const ListingTarget& target) {
  later(world, target, [](World&, const ListingTarget& at) {
    const auto found = at.account->listings.find(at.sku);
    if (found == at.account->listings.end()) return;
    found->second.marketplaces.erase(at.marketplace->id);
    if (!found->second.marketplaces.empty()) return;
    at.account->listings.erase(found);
    at.account->known_skus.erase(at.sku);
  });
}

}  // namespace zifa::sandbox
