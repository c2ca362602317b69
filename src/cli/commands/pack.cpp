#include <algorithm>
#include <atomic>
#include <fstream>
#include <istream>
#include <ostream>
#include <thread>

#include "base/text.hpp"
#include "cli/pack_lines.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

using namespace zifa::packing;

// Work that one millisecond pays for, on the slow side of what machines do: the answer then depends on the limit that was
// asked for, and not on how busy the machine is.
constexpr std::int64_t kWorkPerMs = 160'000;

struct Settings {
  Objective objective = Objective::cost;
  Rules rules;
  std::int64_t limit_ms = 10;
};

Result<std::string> pack_line(std::string_view line, const PackOffer& offer, const Settings& settings, Wiring& wiring) {
  const PackOrder order = TRY(read_pack_order(line, offer));
  std::vector<Carton> some;
  if (order.cartons)
    for (const std::size_t c : *order.cartons) some.push_back(offer.cartons[c]);
  const std::span<const Carton> cartons = order.cartons ? std::span<const Carton>(some) : std::span<const Carton>(offer.cartons);
  Rules rules = settings.rules;
  rules.prices_rise = !offer.freight || offer.freight->rises();
  const Effort effort{wiring.time_limit(settings.limit_ms), settings.limit_ms * kWorkPerMs};
  auto packing = packing::pack(order.items, cartons, rules, settings.objective, price_of(cartons, offer.freight), effort);
  if (!packing) {
    Error error = std::move(packing).error();
    error.message = "Order " + order.id + ": " + error.message;
    return error;
  }
  return write_packing(order, *packing, cartons, offer.freight);
}

// Some lines at a time, on several threads, answered in their order.
class Batch {
 public:
  Batch(const PackOffer& offer, const Settings& settings, std::size_t threads, Wiring& wiring, std::ostream& out)
      : offer_(offer), settings_(settings), threads_(threads), wiring_(wiring), out_(out) {}

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
        out_ << **answers[i];
      } else {
        any_refused_ = true;
        wiring_.err() << "line " << lines_[i].second << ": " << (*answers[i]).error().message << "\n";
      }
    }
    out_.flush();
    lines_.clear();
  }
  bool any_refused() const { return any_refused_; }

 private:
  const PackOffer& offer_;
  const Settings& settings_;
  std::size_t threads_;
  Wiring& wiring_;
  std::ostream& out_;
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

  std::ofstream target;
  if (const auto name = arguments.get("--out")) {
    target.open(std::string(*name), std::ios::binary);
    if (!target) return usage(wiring, "the file " + printable(*name, 200) + " cannot be written; check its folder and rights.");
  }
  std::ostream& out = target.is_open() ? target : wiring.out();

  std::string line;
  std::int64_t number = 0;
  std::optional<PackOffer> offer;
  std::optional<Batch> batch;
  while (std::getline(in, line)) {
    ++number;
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (trim(line).empty()) continue;
    if (!offer) {
      auto read = read_pack_offer(line);
      if (!read) return usage(wiring, "line " + std::to_string(number) + ": " + read.error().message);
      offer = std::move(*read);
      batch.emplace(*offer, settings, static_cast<std::size_t>(*threads), wiring, out);
      continue;
    }
    batch->add(std::move(line), number);
    line.clear();
  }
  if (!offer) return usage(wiring, "the input is empty; its first line must offer the cartons.");
  batch->flush();
  if (target.is_open() && !target) return usage(wiring, "the answers could not all be written; is the disk full?");
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
            {"--out", "FILE", "Write the answers there instead of standard output."},
            {"--objective", "boxes|volume|cost", "What to make least: parcels, outer volume, or carton cost and freight (cost)."},
            {"--time-limit-ms", "N", "Time for one order (10); what is proven best stops earlier."},
            {"--support", "P", "Percent of every unit's base that must rest on something (0)."},
            {"--threads", "N", "Orders packed at the same time (1)."},
        },
    .run = pack_file,
};

}  // namespace zifa::cli
