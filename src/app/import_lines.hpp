// How lines of any kind of file go in: many to a transaction, in the order of the file, a bad one refused alone.
#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/import_file.hpp"

namespace zifa {

// What came of the lines of one transaction.
struct LinesTaken {
  std::int64_t created = 0, updated = 0, unchanged = 0;
  std::vector<LineRefusal> refusals;
};

// Takes lines in, inside one transaction.
template <class Line>
class LineTaker {
 public:
  virtual ~LineTaker() = default;
  // `lines` belong together (one line, or those of one order); every one is counted or refused in `taken`. A refusal as an error
  // undoes what was done for them; they are then refused with its reason.
  virtual Result<Done> take(std::span<const Line> lines, std::span<const std::size_t> numbers, LinesTaken& taken) = 0;
  virtual Result<Done> finish() { return done; }
};

template <class Line>
struct LinesOfAKind {
  std::size_t at_once = 500;
  std::function<std::unique_ptr<LineTaker<Line>>(Tx&)> open;
  // How many lines from the first on belong together; empty = 1.
  std::function<std::size_t(std::span<const Line>)> together = nullptr;
  // What lines that belong together have in common; empty = nothing. They need not stand together in the file.
  std::function<std::string_view(const Line&)> key = nullptr;
};

// Business said no to a line, as against a database that failed.
inline bool is_of_a_line(const Error& error) {
  return error.kind == ErrorKind::invalid || error.kind == ErrorKind::not_found || error.kind == ErrorKind::conflict || error.kind == ErrorKind::refused;
}

template <class Line>
class LineImport {
 public:
  LineImport(Store& store, LineFileReader<Line>& reader, const ImportRequest& request, const HearRefusal& refuse, const LinesOfAKind<Line>& kind)
      : store_(store), reader_(reader), request_(request), refuse_(refuse), kind_(kind) {}

  Result<ImportReport> run() {
    bool more = true;
    while (more && !report_.broke_off) {
      more = read();
      const std::size_t end = more ? complete() : lines_.size();
      const std::size_t line = end < lines_.size() ? numbers_[end] - 1 : last_line_;
      gather(end);
      // One bad line does not undo its neighbours: they are taken in again one by one.
      Result<Done> taken = take(0, end, line);
      if (!taken && stopped_) {
        report_.broke_off = taken.error();
        break;
      }
      if (!taken && is_of_a_line(taken.error())) TRY(one_by_one(end, line));
      else if (!taken) return taken.error();
      if (!stopped_) forget(end);
    }
    if (broken_ && !report_.broke_off) report_.broke_off = broken_;
    report_.amounts_left_out = reader_.facts().amounts_left_out;
    report_.format = reader_.facts().format;
    report_.encoding = reader_.facts().encoding;
    return std::move(report_);
  }

 private:
  // Fills up to `at_once` more lines; false at the end of the file.
  bool read() {
    for (std::size_t n = 0; n < kind_.at_once;) {
      LineRefusal refusal;
      Line& line = lines_.emplace_back();
      const Result<FileStep> step = reader_.next(line, refusal);
      const bool is_line = step && *step == FileStep::line;
      const std::size_t number = is_line ? reader_.line_number() : refusal.line;
      const bool known = step && *step != FileStep::end && number <= request_.behind_line;
      if (is_line && !known) numbers_.push_back(number);
      else lines_.pop_back();
      if (!step) broken_ = step.error();
      if (!step || *step == FileStep::end) return false;
      if (known) continue;
      last_line_ = std::max(last_line_, number);
      if (!is_line) refused_.push_back(std::move(refusal));
      ++n;
    }
    return true;
  }

  // The last lines may go on in the next batch; they wait for it.
  std::size_t complete() const {
    std::size_t end = lines_.size();
    if (!kind_.key || end == 0) return end;
    const std::string_view last = kind_.key(lines_.back());
    while (end > 0 && kind_.key(lines_[end - 1]) == last) --end;
    return end == 0 ? lines_.size() : end;
  }

  // Brings lines of one key together that stand apart, each where the first of them stands: otherwise an order would be read and
  // written anew for every one of its lines.
  void gather(std::size_t end) {
    gathered_ = false;
    if (!kind_.key) return;
    std::unordered_map<std::string_view, std::size_t> first;
    std::vector<std::size_t> place(end), order(end);
    for (std::size_t i = 0; i < end; ++i) {
      const std::string_view key = kind_.key(lines_[i]);
      place[i] = first.try_emplace(key, i).first->second;
      gathered_ |= place[i] != i && kind_.key(lines_[i - 1]) != key;
      order[i] = i;
    }
    if (!gathered_) return;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return place[a] < place[b]; });
    std::vector<Line> lines;
    std::vector<std::size_t> numbers;
    lines.reserve(lines_.size());
    numbers.reserve(lines_.size());
    for (const std::size_t i : order) {
      lines.push_back(std::move(lines_[i]));
      numbers.push_back(numbers_[i]);
    }
    std::move(lines_.begin() + static_cast<std::ptrdiff_t>(end), lines_.end(), std::back_inserter(lines));
    numbers.insert(numbers.end(), numbers_.begin() + static_cast<std::ptrdiff_t>(end), numbers_.end());
    lines_ = std::move(lines);
    numbers_ = std::move(numbers);
  }

  std::size_t together(std::size_t from, std::size_t end) const {
    return kind_.together ? kind_.together(std::span<const Line>(lines_).subspan(from, end - from)) : 1;
  }

  // The lines [from, end) in one transaction, with the refusals of reading up to `line`.
  Result<Done> take(std::size_t from, std::size_t end, std::size_t line) {
    LinesTaken taken;
    ImportReport next;
    TRY(write_unless_dry(store_, request_.dry_run, [&](Tx& tx) -> Result<Done> {
      taken = {};  // a database may try again
      const std::unique_ptr<LineTaker<Line>> taker = kind_.open(tx);
      for (std::size_t at = from; at < end;) {
        const std::size_t count = together(at, end);
        TRY(taker->take(std::span<const Line>(lines_).subspan(at, count), std::span<const std::size_t>(numbers_).subspan(at, count), taken));
        at += count;
      }
      TRY(taker->finish());
      for (const LineRefusal& refusal : refused_)
        if (refusal.line <= line) taken.refusals.push_back(refusal);
      return tell(tx, taken, line, next);
    }));
    accept(taken, line, std::move(next));
    return done;
  }

  Result<Done> one_by_one(std::size_t end, std::size_t line) {
    for (std::size_t at = 0; at < end && !stopped_;) {
      const std::size_t count = together(at, end);
      // Lines that were brought together are over only with the last of them.
      const std::size_t up_to = at + count >= end ? line : gathered_ ? taken_line_ : numbers_[at + count] - 1;
      Result<Done> taken = take(at, at + count, up_to);
      if (!taken && !stopped_ && is_of_a_line(taken.error())) taken = refuse_lines(at, count, up_to, taken.error());
      if (!taken && stopped_) {
        report_.broke_off = taken.error();
        return done;
      }
      TRY(std::move(taken));
      at += count;
    }
    return done;
  }

  Result<Done> refuse_lines(std::size_t at, std::size_t count, std::size_t line, const Error& why) {
    LinesTaken taken;
    ImportReport next;
    for (std::size_t i = at; i < at + count; ++i) taken.refusals.push_back({numbers_[i], why.code, why.message});
    for (const LineRefusal& refusal : refused_)
      if (refusal.line <= line) taken.refusals.push_back(refusal);
    TRY(write_unless_dry(store_, request_.dry_run, [&](Tx& tx) { return tell(tx, taken, line, next); }));
    accept(taken, line, std::move(next));
    return done;
  }

  Result<Done> tell(Tx& tx, LinesTaken& taken, std::size_t line, ImportReport& next) {
    std::stable_sort(taken.refusals.begin(), taken.refusals.end(), [](const LineRefusal& a, const LineRefusal& b) { return a.line < b.line; });
    next = report_;
    next.created += taken.created;
    next.updated += taken.updated;
    next.unchanged += taken.unchanged;
    next.refused += static_cast<std::int64_t>(taken.refusals.size());
    next.rows = next.created + next.updated + next.unchanged + next.refused;
    next.format = reader_.facts().format;
    next.encoding = reader_.facts().encoding;
    if (!request_.progress) return done;
    const Result<Done> goes_on = request_.progress({.tx = tx, .so_far = next, .refusals = taken.refusals, .line = line});
    stopped_ = !goes_on;
    return goes_on;
  }

  void accept(const LinesTaken& taken, std::size_t line, ImportReport next) {
    report_ = std::move(next);
    taken_line_ = std::max(taken_line_, line);
    for (const LineRefusal& refusal : taken.refusals) refuse_(refusal);
    std::erase_if(refused_, [&](const LineRefusal& refusal) { return refusal.line <= line; });
  }

  void forget(std::size_t end) {
    lines_.erase(lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(end));
    numbers_.erase(numbers_.begin(), numbers_.begin() + static_cast<std::ptrdiff_t>(end));
  }

  Store& store_;
  LineFileReader<Line>& reader_;
  const ImportRequest& request_;
  const HearRefusal& refuse_;
  const LinesOfAKind<Line>& kind_;

  ImportReport report_;
  std::vector<Line> lines_;
  std::vector<std::size_t> numbers_;    // beside lines_
  std::vector<LineRefusal> refused_;    // by the reader, not told of yet
  std::size_t last_line_ = 0;           // that was read
  std::size_t taken_line_ = 0;          // up to which all are in or refused
  bool gathered_ = false;               // numbers_ do not rise
  std::optional<Error> broken_;         // the file ends here, badly
  bool stopped_ = false;                // by who hears the progress
};

}  // namespace zifa
