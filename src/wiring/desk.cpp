#include "wiring/desk.hpp"

#include <filesystem>
#include <mutex>

#include "adapters/amazon/marketplace.hpp"
#include "adapters/clock/clocks.hpp"
#include "adapters/clock/dice.hpp"
#include "adapters/documents/documents.hpp"
#include "adapters/amazon/flat_files/upload_files.hpp"
#include "adapters/files/open_files.hpp"
#include "adapters/http/client.hpp"
#include "adapters/runner/runner.hpp"
#include "adapters/secrets/sodium_secrets.hpp"
#include "adapters/store/store.hpp"

namespace zifa {

namespace {

class OpenDesk final : public Desk {
 public:
  static Result<std::unique_ptr<Desk>> open(const cli::DeskOptions& options, const std::string& key_file) {
    auto desk = std::unique_ptr<OpenDesk>(new OpenDesk());
    desk->clock_ = options.clock == nullptr ? &desk->machine_ : options.clock;
    if (options.http == nullptr) {
      desk->own_http_ = http::make_client();
      desk->http_ = desk->own_http_.get();
    } else {
      desk->http_ = options.http;
    }
    if (options.seed) desk->dice_ = std::make_unique<SeededDice>(*options.seed);
    else desk->dice_ = std::make_unique<SystemDice>();

    const bool postgres = is_postgres_url(options.db);
    // A file of no bytes is what a program leaves that was killed while it made its first database: nothing is in it yet.
    std::error_code unreadable;
    const bool exists = postgres || (std::filesystem::exists(options.db, unreadable) && (!std::filesystem::is_regular_file(options.db, unreadable) || std::filesystem::file_size(options.db, unreadable) > 0));
    if (options.must_exist && !exists) return not_found("store.no_database", "There is no database " + options.db + "; name it with --db, or start with `zifa serve`.");
    SecretsOptions secrets{.key_file = key_file, .may_create = postgres || !exists};
    // A new key is made for a new database only. For PostgreSQL nobody knows yet: one that is not its own is noticed below, before anything is sealed with it.
    desk->secrets_ = TRY(open_secrets(secrets));
    desk->store_ = TRY(open_store({.url = options.db}, *desk->secrets_));
    TRY(desk->store_->write([&](Tx& tx) -> Result<Done> {
      const std::string known = TRY(tx.setup.setting("key_name", ""));
      if (known.empty()) return tx.setup.set_setting("key_name", desk->secrets_->key_name());
      if (known != desk->secrets_->key_name())
        return corrupt("secrets.wrong_key_file", "The key file " + key_file + " does not belong to this database. Put the right key file there (it was made beside the database at first start), or name it with ZIFA_KEY_FILE.");
      return done;
    }));
    desk->marketplaces_ = std::make_unique<amazon::AmazonDirectory>(amazon::Services{.http = *desk->http_, .clock = *desk->clock_, .machine = desk->machine_, .dice = *desk->dice_},
                                                                    amazon::SenderOptions{.longest_wait_ms = options.never_wait ? 0 : 5'000});
    desk->files_ = make_seller_files();
    desk->uploads_ = make_upload_files();
    desk->services_.emplace(Services{.store = *desk->store_, .clock = *desk->clock_, .dice = *desk->dice_, .marketplaces = *desk->marketplaces_, .books = desk->books_, .uploads = desk->uploads_.get(), .files = desk->files_.get(), .tracking = nullptr});
    desk->tracking_ = make_parcel_tracking(*desk->store_, *desk->http_);
    desk->services_->tracking = desk->tracking_.get();
    return std::unique_ptr<Desk>(std::move(desk));
  }
  ~OpenDesk() override { stop_workers(); }

  Services& services() override { return *services_; }
  const Secrets& secrets() override { return *secrets_; }
  const SellerFiles& files() override { return *files_; }
  const UploadFiles& uploads() override { return *uploads_; }
  documents::Documents& documents() override {
    const std::lock_guard lock(mutex_);
    if (documents_ == nullptr) {
      auto opened = documents::open_documents();
      check(opened.has_value(), "the fonts for printing are missing");
      documents_ = std::move(*opened);
    }
    return *documents_;
  }
  http::Client& http() override { return *http_; }
  void start_workers(int threads) override {
    runner_ = std::make_unique<Runner>(*services_, RunnerOptions{.threads = threads});
    runner_->start();
  }
  void stop_workers() override { runner_.reset(); }
  Result<int> run_until_idle() override {
    if (alone_ == nullptr) alone_ = std::make_unique<Runner>(*services_, RunnerOptions{});
    return alone_->run_until_idle();
  }

 private:
  OpenDesk() = default;

  SystemClock machine_;
  Clock* clock_ = nullptr;
  std::unique_ptr<http::Client> own_http_;
  http::Client* http_ = nullptr;
  std::unique_ptr<Dice> dice_;
  std::unique_ptr<Secrets> secrets_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<MarketplaceDirectory> marketplaces_;
  std::unique_ptr<SellerFiles> files_;
  std::unique_ptr<UploadFiles> uploads_;
  std::unique_ptr<ParcelTracking> tracking_;
  ShippingBooks books_;
  std::optional<Services> services_;
  std::mutex mutex_;
  std::unique_ptr<documents::Documents> documents_;
  std::unique_ptr<Runner> runner_, alone_;
};

}  // namespace

Result<std::unique_ptr<Desk>> open_desk(const cli::DeskOptions& options, const std::string& key_file) { return OpenDesk::open(options, key_file); }

}  // namespace zifa
