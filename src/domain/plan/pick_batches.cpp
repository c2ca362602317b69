#include "domain/plan/pick_batches.hpp"

#include <algorithm>
#include <bit>

#include "base/splitmix.hpp"

namespace zifa::plan {

namespace {

constexpr std::size_t kMostMerged = 1'500;  // orders; above, carts are filled from neighbours first

// An exponentially distributed length with the mean `heat`, in whole numbers: how much longer a walk may become.
std::int64_t patience(std::uint64_t random, std::int64_t heat) {
  // -log2 of a uniform number: its leading zeros, and between two powers of two a straight line.
  const int zeros = std::countl_zero(random | 1);
  const std::uint64_t fraction = zeros >= 48 ? 0 : (random << (zeros + 1)) >> 48;
  const auto log2 = static_cast<std::int64_t>((static_cast<std::uint64_t>(zeros) + 1) * 65'536 - fraction);
  return heat * log2 / 65'536 * 693 / 1'000;
}

class Batches {
 public:
  Batches(const PickArea& area, std::span<const std::vector<Stop>> orders, std::size_t capacity) : meter_(area), orders_(orders), capacity_(capacity) {}

  std::int64_t length(const Batch& batch) {
    meter_.clear();
    for (const std::uint32_t order : batch) meter_.add(orders_[order]);
    return meter_.length_mm();
  }

  void merge_by_savings() {
    for (std::uint32_t i = 0; i < orders_.size(); ++i) batches_.push_back({i});
    for (const Batch& batch : batches_) lengths_.push_back(length(batch));
    // saving[i][j], j < i: metres less when walked together; renewed for a merged batch only.
    std::vector<std::vector<std::int64_t>> saving(batches_.size());
    const auto renew = [&](std::size_t i, std::size_t j) {
      if (i < j) std::swap(i, j);
      std::int64_t& value = saving[i][j];
      value = -1;
      if (batches_[i].empty() || batches_[j].empty() || batches_[i].size() + batches_[j].size() > capacity_) return;
      Batch both = batches_[i];
      both.insert(both.end(), batches_[j].begin(), batches_[j].end());
      value = lengths_[i] + lengths_[j] - length(both);
    };
    for (std::size_t i = 0; i < batches_.size(); ++i) {
      saving[i].resize(i);
      for (std::size_t j = 0; j < i; ++j) renew(i, j);
    }
    for (;;) {
      std::int64_t most = 0;
      std::size_t a = 0, b = 0;
      for (std::size_t i = 0; i < saving.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
          if (saving[i][j] > most) {
            most = saving[i][j];
            a = i;
            b = j;
          }
      if (most == 0) break;
      batches_[a].insert(batches_[a].end(), batches_[b].begin(), batches_[b].end());
      lengths_[a] += lengths_[b] - most;
      batches_[b].clear();
      lengths_[b] = 0;
      for (std::size_t i = 0; i < batches_.size(); ++i) {
        if (i != a) renew(a, i);
        if (i != b) saving[std::max(i, b)][std::min(i, b)] = -1;
      }
    }
    drop_empty();
  }

  void fill_from_neighbours() {
    std::vector<std::uint32_t> order(orders_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return orders_[a] < orders_[b]; });
    for (const std::uint32_t i : order) {
      if (batches_.empty() || batches_.back().size() == capacity_) batches_.emplace_back();
      batches_.back().push_back(i);
    }
    for (const Batch& batch : batches_) lengths_.push_back(length(batch));
  }

  // Moves and swaps between two batches; a longer walk is accepted with a chance that falls with time.
  void exchange(std::int64_t effort) {
    if (batches_.size() < 2) return;
    SplitMix random(8);
    const auto pick = [&](std::size_t count) { return static_cast<std::size_t>(random.next() % count); };
    std::vector<Batch> best = batches_;
    std::int64_t total = 0;
    for (const std::int64_t length : lengths_) total += length;
    std::int64_t least = total;
    const std::int64_t warm = total / static_cast<std::int64_t>(batches_.size()) / 60;
    Batch a, b;
    for (std::int64_t move = 0; move < effort; ++move) {
      const std::size_t i = pick(batches_.size());
      const std::size_t j = pick(batches_.size());
      if (i == j || batches_[i].empty()) continue;
      a = batches_[i];
      b = batches_[j];
      const std::size_t from = pick(a.size());
      const bool room = b.size() < capacity_;
      if (room && (b.empty() || random.next() % 2 == 0)) {
        b.push_back(a[from]);
        a.erase(a.begin() + static_cast<std::ptrdiff_t>(from));
      } else if (!b.empty()) {
        std::swap(a[from], b[pick(b.size())]);
      } else {
        continue;
      }
      const std::int64_t length_a = a.empty() ? 0 : length(a);
      const std::int64_t length_b = length(b);
      const std::int64_t longer = length_a + length_b - lengths_[i] - lengths_[j];
      const std::int64_t heat = warm * (effort - move) / effort;
      if (longer > 0 && longer >= patience(random.next(), heat)) continue;
      batches_[i].swap(a);
      batches_[j].swap(b);
      lengths_[i] = length_a;
      lengths_[j] = length_b;
      total += longer;
      if (total < least) {
        least = total;
        best = batches_;
      }
    }
    batches_ = std::move(best);
    drop_empty();
  }

  std::vector<Batch> take() { return std::move(batches_); }

 private:
  void drop_empty() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < batches_.size(); ++i)
      if (!batches_[i].empty()) {
        std::swap(batches_[kept], batches_[i]);
        std::swap(lengths_[kept], lengths_[i]);
        ++kept;
      }
    batches_.resize(kept);
    lengths_.resize(kept);
  }

  WalkMeter meter_;
  std::span<const std::vector<Stop>> orders_;
  std::size_t capacity_;
  std::vector<Batch> batches_;
  std::vector<std::int64_t> lengths_;
};

}  // namespace

std::vector<Batch> batch_orders(const PickArea& area, std::span<const std::vector<Stop>> orders, std::size_t capacity, std::int64_t effort) {
  if (orders.empty() || capacity == 0) return {};
  Batches batches(area, orders, capacity);
  if (orders.size() <= kMostMerged) batches.merge_by_savings();
  else batches.fill_from_neighbours();
  batches.exchange(effort);
  return batches.take();
}

}  // namespace zifa::plan
