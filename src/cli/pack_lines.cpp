#include "cli/pack_lines.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::cli {

using namespace zifa::packing;

namespace {

Result<std::int64_t> whole(const json::value& from, std::string_view name, std::optional<std::int64_t> otherwise = std::nullopt) {
  const json::value* v = json::find(from, name);
  if ((v == nullptr || v->is_null()) && otherwise) return *otherwise;
  const auto number = json::get_int(from, name);
  if (!number) return invalid("pack.bad_number", "\"" + std::string(name) + "\" must be a whole number" + (v == nullptr ? ", and it is missing." : "."));
  return *number;
}

Result<Sides> sides(const json::value& from, std::string_view name) {
  const json::array* three = json::find_array(from, name);
  if (three == nullptr || three->size() != 3) return invalid("pack.bad_sides", "\"" + std::string(name) + "\" must be three whole numbers in mm.");
  std::array<std::int64_t, 3> side{};
  for (std::size_t i = 0; i < 3; ++i) {
    const json::value& v = (*three)[i];
    if (v.is_int64()) side[i] = v.get_int64();
    else if (v.is_uint64()) side[i] = INT64_MAX;
    else return invalid("pack.bad_sides", "\"" + std::string(name) + "\" must be three whole numbers in mm.");
  }
  return Sides{side[0], side[1], side[2]};
}

Result<bool> truth(const json::value& from, std::string_view name, bool otherwise) {
  const json::value* v = json::find(from, name);
  if (v == nullptr || v->is_null()) return otherwise;
  if (!v->is_bool()) return invalid("pack.bad_value", "\"" + std::string(name) + "\" must be true or false.");
  return v->get_bool();
}

Result<Carton> read_carton(const json::value& from) {
  Carton carton;
  carton.id = json::get_text(from, "id");
  if (carton.id.empty()) return invalid("pack.bad_carton", "A carton has no \"id\".");
  carton.inner_mm = TRY(sides(from, "inner"));
  carton.outer_mm = json::find(from, "outer") == nullptr ? carton.inner_mm : TRY(sides(from, "outer"));
  carton.max_weight_g = TRY(whole(from, "max_weight_g", INT64_MAX));
  carton.tare_g = TRY(whole(from, "tare_g", 0));
  carton.cost = TRY(whole(from, "cost", 0));
  const json::value* available = json::find(from, "available");
  if (available != nullptr && !available->is_null()) carton.available = TRY(whole(from, "available"));
  return carton;
}

Result<Freight> read_freight(const json::value& from) {
  Freight freight;
  freight.divisor = TRY(whole(from, "divisor", 0));
  if (freight.divisor < 0) return invalid("pack.bad_freight", "\"divisor\" must not be negative.");
  const json::array* steps = json::find_array(from, "steps");
  if (steps == nullptr) return invalid("pack.bad_freight", "\"freight\" needs \"steps\": [[weight in g, cost], ...].");
  for (const json::value& step : *steps) {
    const json::array* pair = step.if_array();
    if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_int64() || !(*pair)[1].is_int64() || (*pair)[1].get_int64() < 0 ||
        (*pair)[1].get_int64() > 1'000'000'000'000)
      return invalid("pack.bad_freight", "Each freight step is [weight in g, cost in minor units], both whole numbers, no cost below 0.");
    // The first step that is heavy enough counts, so one that comes after a heavier one never does.
    if (freight.steps.empty() || freight.steps.back().weight_g < (*pair)[0].get_int64()) freight.steps.push_back({(*pair)[0].get_int64(), (*pair)[1].get_int64()});
  }
  return freight;
}

Result<Item> read_item(const json::value& from) {
  Item item;
  item.sku = json::get_text(from, "sku");
  const auto about = [&](Error error) {
    error.message = "Item \"" + printable(item.sku, 60) + "\": " + error.message;
    return error;
  };
  const auto fill_in = [&]() -> Result<Done> {
    item.quantity = TRY(whole(from, "quantity", 1));
    item.size_mm = TRY(sides(from, "size"));
    item.weight_g = TRY(whole(from, "weight_g", 0));
    item.stackable = TRY(truth(from, "stackable", true));
    if (const json::value* turn = json::find(from, "turn"); turn != nullptr && !turn->is_null()) {
      const std::string word = json::get_text(from, "turn");
      if (word == "any") item.turn = Turn::any;
      else if (word == "upright") item.turn = Turn::upright;
      else if (word == "fixed") item.turn = Turn::fixed;
      else return invalid("pack.bad_turn", "\"turn\" is any, upright or fixed.");
    }
    if (const json::value* vertical = json::find(from, "vertical"); vertical != nullptr && !vertical->is_null()) {
      const json::array* flags = vertical->if_array();
      if (flags == nullptr || flags->size() != 3 || !std::all_of(flags->begin(), flags->end(), [](const json::value& v) { return v.is_bool(); }))
        return invalid("pack.bad_vertical", "\"vertical\" is three of true or false.");
      item.vertical = {(*flags)[0].get_bool(), (*flags)[1].get_bool(), (*flags)[2].get_bool()};
    }
    return done;
  };
  if (!from.is_object()) return invalid("pack.bad_item", "An item is not an object.");
  if (auto filled = fill_in(); !filled) return about(std::move(filled).error());
  return item;
}

void write(std::string& to, std::int64_t number) { to += std::to_string(number); }
void write(std::string& to, const Sides& s) {
  to += '[';
  write(to, s.x);
  to += ',';
  write(to, s.y);
  to += ',';
  write(to, s.z);
  to += ']';
}

// The share of the carton that is filled, with four decimals.
void write_fill(std::string& to, const Draft& draft) {
  __extension__ using Wide = __int128;
  const auto parts = static_cast<std::int64_t>((Wide{draft.contents_mm3} * 20'000 + draft.inner_mm3) / (Wide{draft.inner_mm3} * 2));
  std::string digits = std::to_string(parts % 10'000);
  digits.insert(0, 4 - digits.size(), '0');
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  to += std::to_string(parts / 10'000) + "." + digits;
}

}  // namespace

Result<PackOffer> read_pack_offer(std::string_view line) {
  const json::value from = TRY(json::parse(line));
  const json::array* cartons = json::find_array(from, "cartons");
  if (cartons == nullptr) return invalid("pack.no_cartons", "The first line must offer \"cartons\": [{\"id\":…,\"inner\":[…],…}].");
  PackOffer offer;
  for (const json::value& v : *cartons) {
    Carton carton = TRY(read_carton(v));
    if (!offer.carton_of_id.emplace(carton.id, offer.cartons.size()).second)
      return invalid("pack.carton_twice", "Carton \"" + printable(carton.id, 60) + "\" is offered twice; give each its own id.");
    offer.cartons.push_back(std::move(carton));
  }
  if (const json::value* freight = json::find(from, "freight"); freight != nullptr && !freight->is_null()) offer.freight = TRY(read_freight(*freight));
  // Whatever is wrong with a carton is wrong for every order.
  TRY(packing::pack({}, offer.cartons, {}, Objective::boxes, {}, {}));
  return offer;
}

Result<PackOrder> read_pack_order(std::string_view line, const PackOffer& offer) {
  const json::value from = TRY(json::parse(line));
  PackOrder order;
  const json::value* id = json::find(from, "id");
  if (id == nullptr || !(id->is_string() || id->is_int64())) return invalid("pack.no_id", "The order has no \"id\".");
  order.id = json::text(*id);
  const json::array* items = json::find_array(from, "items");
  if (items == nullptr) return invalid("pack.no_items", "Order " + order.id + " has no \"items\".");
  for (const json::value& v : *items) {
    auto item = read_item(v);
    if (!item) {
      Error error = std::move(item).error();
      error.message = "Order " + order.id + ": " + error.message;
      return error;
    }
    order.items.push_back(std::move(*item));
  }
  const json::value* only = json::find(from, "cartons");
  if (only == nullptr || only->is_null()) return order;
  if (!only->is_array()) return invalid("pack.bad_cartons", "Order " + order.id + ": \"cartons\" is a list of carton ids.");
  order.cartons.emplace();
  for (const json::value& v : only->get_array()) {
    const auto known = v.is_string() ? offer.carton_of_id.find(std::string(v.get_string())) : offer.carton_of_id.end();
    if (known == offer.carton_of_id.end()) return invalid("pack.unknown_carton", "Order " + order.id + " asks for carton " + json::text(v) + ", which is not offered.");
    if (std::find(order.cartons->begin(), order.cartons->end(), known->second) == order.cartons->end()) order.cartons->push_back(known->second);
  }
  std::sort(order.cartons->begin(), order.cartons->end());
  return order;
}

std::string write_packing(const PackOrder& order, const Packing& packing, std::span<const Carton> cartons, const std::optional<Freight>& freight) {
  std::vector<std::string> skus;
  for (const Item& item : order.items) skus.push_back(json::text(json::value(boost::json::string(item.sku))));
  std::string to = "{\"id\":" + order.id + ",\"parcels\":[";
  for (const Parcel& parcel : packing.parcels) {
    if (to.back() != '[') to += ',';
    to += "{\"carton\":" + json::text(json::value(boost::json::string(cartons[parcel.carton].id))) + ",\"weight_g\":";
    write(to, parcel.draft.gross_g);
    to += ",\"fill\":";
    write_fill(to, parcel.draft);
    if (freight) {
      to += ",\"cost\":";
      write(to, *parcel.price);
      to += ",\"charged_g\":";
      write(to, freight->charged_g(parcel.draft));
    }
    to += ",\"items\":[";
    for (const Placement& p : parcel.placements) {
      if (to.back() != '[') to += ',';
      to += "{\"sku\":" + skus[p.item] + ",\"at\":";
      write(to, p.at);
      to += ",\"size\":";
      write(to, p.size);
      to += '}';
    }
    to += "]}";
  }
  to += "],\"refused\":[";
  for (const Refusal& r : packing.refused) {
    if (to.back() != '[') to += ',';
    to += "{\"sku\":" + skus[r.item] + ",\"quantity\":";
    write(to, r.quantity);
    to += ",\"reason\":\"" + std::string(text_of(r.why)) + "\"}";
  }
  return to + "]}\n";
}

}  // namespace zifa::cli
