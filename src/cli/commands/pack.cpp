#include <algorithm>
#include <atomic>
#include <fstream>
#include <istream>
#include <ostream>
#include <thread>
#include <unordered_map>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/wiring.hpp"
#include "domain/packing/packing.hpp"

namespace zifa::cli {

namespace {

using namespace zifa::packing;

// Work that one millisecond pays for, on the slow side of what machines do: the answer then depends on the limit that was
// asked for, and not on how busy the machine is.
constexpr std::int64_t kWorkPerMs = 160'000;

struct Offer {
  std::vector<Carton> cartons;
  std::unordered_map<std::string, std::size_t> carton_of_id;
  std::optional<Freight> freight;
};

struct Settings {
  Objective objective = Objective::cost;
  Rules rules;
  std::int64_t limit_ms = 10;
};

struct Order {
  std::string id;  // as JSON
  std::vector<Item> items;
  std::optional<std::vector<std::size_t>> cartons;
};

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

Result<Offer> read_offer(std::string_view line) {
  const json::value from = TRY(json::parse(line));
  const json::array* cartons = json::find_array(from, "cartons");
  if (cartons == nullptr) return invalid("pack.no_cartons", "The first line must offer \"cartons\": [{\"id\":…,\"inner\":[…],…}].");
  Offer offer;
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

Result<Order> read_order(std::string_view line, const Offer& offer) {
  const json::value from = TRY(json::parse(line));
  Order order;
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

std::string answer(const Order& order, const Packing& packing, std::span<const Carton> cartons, const std::optional<Freight>& freight) {
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

Result<std::string> pack_line(std::string_view line, const Offer& offer, const Settings& settings, Wiring& wiring) {
  const Order order = TRY(read_order(line, offer));
  std::vector<Carton> some;
  if (order.cartons)
    for (const std::size_t c : *order.cartons) some.push_back(offer.cartons[c]);
  const std::span<const Carton> cartons = order.cartons ? std::span<const Carton>(some) : std::span<const Carton>(offer.cartons);
  const Effort effort{wiring.time_limit(settings.limit_ms), settings.limit_ms * kWorkPerMs};
  auto packing = packing::pack(order.items, cartons, settings.rules, settings.objective, price_of(cartons, offer.freight), effort);
  if (!packing) {
    Error error = std::move(packing).error();
    error.message = "Order " + order.id + ": " + error.message;
    return error;
  }
  return answer(order, *packing, cartons, offer.freight);
}

// Some lines at a time, on several threads, answered in their order.
class Batch {
 public:
  Batch(const Offer& offer, const Settings& settings, std::size_t threads, Wiring& wiring) : offer_(offer), settings_(settings), threads_(threads), wiring_(wiring) {}

  void add(std::string line, std::int64_t number) {
    lines_.push_back({std::move(line), number});
    if (lines_.size() >= 64 * threads_) flush();
  }
  void flush() {
    std::vector<std::optional<Result<std::string>>> answers(lines_.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < lines_.size(); i = next++) answers[i] = pack_line(lines_[i].first, offer_, settings_, wiring_);
    };
    {
      std::vector<std::jthread> helpers;
      for (std::size_t i = 1; i < std::min(threads_, lines_.size()); ++i) helpers.emplace_back(work);
      work();
    }
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (*answers[i]) {
        wiring_.out() << **answers[i];
      } else {
        any_refused_ = true;
        wiring_.err() << "line " << lines_[i].second << ": " << (*answers[i]).error().message << "\n";
      }
    }
    wiring_.out().flush();
    lines_.clear();
  }
  bool any_refused() const { return any_refused_; }

 private:
  const Offer& offer_;
  const Settings& settings_;
  std::size_t threads_;
  Wiring& wiring_;
  std::vector<std::pair<std::string, std::int64_t>> lines_;
  bool any_refused_ = false;
};

int usage(Wiring& wiring, const std::string& message) {
  wiring.err() << "zifa pack: " << message << "\n";
  return kUsage;
}

int pack_file(const Arguments& arguments, Wiring& wiring) {
  Settings settings;
  const std::string objective = arguments.text("--objective", "cost");
  if (objective == "boxes") settings.objective = Objective::boxes;
  else if (objective == "volume") settings.objective = Objective::volume;
  else if (objective != "cost") return usage(wiring, "--objective is boxes, volume or cost, not \"" + printable(objective, 40) + "\".");
  const auto limit = arguments.number("--time-limit-ms", 10, 1, 3'600'000);
  if (!limit) return usage(wiring, limit.error().message);
  settings.limit_ms = *limit;
  const auto support = arguments.number("--support", 0, 0, 100);
  if (!support) return usage(wiring, support.error().message);
  settings.rules.support_percent = *support;
  const auto threads = arguments.number("--threads", 1, 1, 256);
  if (!threads) return usage(wiring, threads.error().message);

  const auto path = arguments.get("--input");
  if (!path) return usage(wiring, "--input FILE is needed; - reads standard input.");
  std::ifstream file;
  if (*path != "-") {
    file.open(std::string(*path), std::ios::binary);
    if (!file) return usage(wiring, "the file " + printable(*path, 200) + " cannot be read; check its name and rights.");
  }
  std::istream& in = *path == "-" ? wiring.in() : file;

  std::string line;
  std::int64_t number = 0;
  std::optional<Offer> offer;
  std::optional<Batch> batch;
  while (std::getline(in, line)) {
    ++number;
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (trim(line).empty()) continue;
    if (!offer) {
      auto read = read_offer(line);
      if (!read) return usage(wiring, "line " + std::to_string(number) + ": " + read.error().message);
      offer = std::move(*read);
      batch.emplace(*offer, settings, static_cast<std::size_t>(*threads), wiring);
      continue;
    }
    batch->add(std::move(line), number);
    line.clear();
  }
  if (!offer) return usage(wiring, "the input is empty; its first line must offer the cartons.");
  batch->flush();
  return batch->any_refused() ? kRefused : kDone;
}

}  // namespace

extern const Command pack;
const Command pack{
    .name = "pack",
    .summary = "Choose cartons for orders and say where every unit lies.",
    .details =
        "The first line offers the cartons and, if freight counts, its table; every further line is an order (JSON lines):\n"
        "  {\"cartons\":[{\"id\":\"A\",\"inner\":[300,200,150],\"outer\":[306,206,160],\"max_weight_g\":10000,\"tare_g\":120,\"cost\":35,\"available\":null}],\n"
        "   \"freight\":{\"divisor\":5000,\"steps\":[[454,650],[908,745]]}}\n"
        "  {\"id\":\"1\",\"items\":[{\"sku\":\"MUG\",\"quantity\":2,\"size\":[100,80,60],\"weight_g\":250,\"turn\":\"any\",\"stackable\":true}]}\n"
        "Lengths are mm, weights g, money minor units; the third coordinate is vertical. max_weight_g is of the contents.\n"
        "turn: any, upright (the third side stays vertical) or fixed; vertical: [true,false,true] names the sides that may stand\n"
        "upright and goes before turn; stackable false: nothing lies above it. An order may name the \"cartons\" it is allowed.\n"
        "One answer a line, in the same order. Exit 0: all answered; 1: some lines refused, each named on standard error; 2: usage\n"
        "or unreadable input.",
    .options =
        {
            {"--input", "FILE", "JSON lines: cartons first, then one order a line; - is standard input."},
            {"--objective", "boxes|volume|cost", "What to make least: parcels, outer volume, or carton cost and freight (cost)."},
            {"--time-limit-ms", "N", "Time for one order (10); what is proven best stops earlier."},
            {"--support", "P", "Percent of every unit's base that must rest on something (0)."},
            {"--threads", "N", "Orders packed at the same time (1)."},
        },
    .run = pack_file,
};

}  // namespace zifa::cli
