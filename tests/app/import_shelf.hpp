// A desk's database and file readers without anything around them, for tests of imports.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

#include "adapters/files/open_files.hpp"
#include "adapters/secrets/sodium_secrets.hpp"
#include "adapters/store/store.hpp"
#include "app/import_file.hpp"
#include "app/ports/return_store.hpp"
#include "app/ports/seller_files.hpp"
#include "app/run_import.hpp"
#include "base/text.hpp"

namespace import_test {

using namespace zifa;

template <class T>
T must(Result<T> result) {
  if (!result) FAIL_CHECK(result.error().code << ": " << result.error().message);
  REQUIRE(result.has_value());
  return std::move(*result);
}

// What came of a file: the summary, and the refusals as "3 file.bad_date, 7 file.wrong_columns".
struct Outcome {
  std::optional<Error> error;
  ImportReport report;
  std::string refused;
  std::string reasons;

  // "20 new", "19 new, 1 refused", "file.empty"
  std::string summary() const {
    if (error) return error->code;
    std::string text;
    const auto add = [&](std::int64_t count, const char* what) {
      if (count > 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + what;
    };
    add(report.created, "new");
    add(report.updated, "updated");
    add(report.unchanged, "unchanged");
    add(report.refused, "refused");
    if (report.broke_off) text += (text.empty() ? "" : ", ") + report.broke_off->code;
    return text.empty() ? "nothing" : text;
  }
};

class Shelf {
 public:
  Shelf() {
    static int count = 0;
    folder_ = std::filesystem::temp_directory_path() / ("zifa_import_" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()) + "_" + std::to_string(++count));
    std::filesystem::create_directories(folder_);
    secrets_ = must(open_secrets({.key_file = (folder_ / "key").string()}));
    store_ = must(open_store({.url = (folder_ / "desk.db").string()}, *secrets_));
  }
  ~Shelf() {
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  Store& store() { return *store_; }
  const SellerFiles& files() const { return *files_; }
  template <class F>
  auto read(F&& f) { return must(store_->read(std::forward<F>(f))); }
  template <class F>
  auto write(F&& f) { return must(store_->write(std::forward<F>(f))); }

  AccountId account(const std::string& name, std::vector<std::string> marketplaces) {
    return write([&](Tx& tx) { return tx.accounts.insert({.name = name, .kind = "file", .marketplaces = std::move(marketplaces), .created_at = now}); });
  }

  Outcome import(SellerFile kind, const OpenFile& open, ImportRequest request = {}) {
    request.kind = kind;
    if (!request.account) request.account = write([&](Tx& tx) { return only_account(tx, now); });
    Outcome outcome;
    auto report = import_file(*store_, *files_, open, request, now, [&](const LineRefusal& refusal) {
      outcome.refused += (outcome.refused.empty() ? "" : ", ") + std::to_string(refusal.line) + " " + refusal.code;
      outcome.reasons += refusal.reason + "\n";
    });
    if (!report) outcome.error = report.error();
    else outcome.report = std::move(*report);
    return outcome;
  }
  Outcome import(SellerFile kind, const std::string& text, ImportRequest request = {}) { return import(kind, open_in_memory(text), std::move(request)); }

  Instant now = Instant::from_ms(1'795'600'000'000);  // 2026-11-25

 private:
  std::filesystem::path folder_;
  std::unique_ptr<Secrets> secrets_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<SellerFiles> files_ = make_seller_files();
};

// Rows of "a|b|c" with another separator.
inline std::string table(const std::vector<std::string>& rows, char separator = '\t') {
  std::string out;
  for (std::string row : rows) {
    for (char& c : row)
      if (c == '|') c = separator;
    out += row + "\n";
  }
  return out;
}

}  // namespace import_test
