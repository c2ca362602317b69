#include "adapters/store/rows.hpp"
#include "base/text.hpp"

namespace zifa::sql {

namespace {

constexpr const char* kColumns = "id, name, kind, region, seller_id, endpoint, lwa_endpoint, marketplaces, status, synced_until, last_sync_at, last_error, created_at";

Account account_at(const Statement& s) {
  Account account{.id = s.id<AccountId>(0), .name = s.text(1), .kind = s.text(2), .region = s.text(3), .seller_id = s.text(4), .endpoint = s.text(5), .lwa_endpoint = s.text(6)};
  for (const std::string_view id : split(s.view(7), ','))
    if (!id.empty()) account.marketplaces.emplace_back(id);
  account.status = s.text(8);
  account.synced_until = s.instant_if(9);
  account.last_sync_at = s.instant_if(10);
  account.last_error = s.text(11);
  account.created_at = s.instant(12);
  return account;
}

class SqlAccounts final : public AccountStore {
 public:
  SqlAccounts(Connection& c, const Secrets& secrets) : c_(c), secrets_(secrets) {}

  Result<AccountId> insert(const Account& a) override {
    Statement s = TRY(c_.prepare("INSERT INTO account (name, kind, region, seller_id, endpoint, lwa_endpoint, marketplaces, status, created_at) VALUES (?,?,?,?,?,?,?,?,?) RETURNING id"));
    s.with(a.name, a.kind, a.region, a.seller_id, a.endpoint, a.lwa_endpoint, join(a.marketplaces, ","), a.status, a.created_at);
    const Result<bool> row = c_.attempt([&] { return s.step(); });
    if (!row && row.error().code == "store.constraint") return conflict("account.name_taken", "There is an account named \"" + a.name + "\" already; choose another name.");
    if (!row) return row.error();
    return s.id<AccountId>(0);
  }
  Result<Done> update(const Account& a) override {
    TRY(c_.execute("UPDATE account SET name=?, region=?, seller_id=?, endpoint=?, lwa_endpoint=?, marketplaces=?, status=?, synced_until=?, last_sync_at=?, last_error=? WHERE id=?", a.name, a.region, a.seller_id,
                   a.endpoint, a.lwa_endpoint, join(a.marketplaces, ","), a.status, a.synced_until, a.last_sync_at, a.last_error, a.id));
    return done;
  }
  Result<Account> find(AccountId id) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kColumns + " FROM account WHERE id=?"));
    s.add(id);
    if (!TRY(s.step())) return not_found("account.unknown", "There is no account " + std::to_string(id.value()) + ".");
    return account_at(s);
  }
  Result<Account> named(std::string_view name) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kColumns + " FROM account WHERE name=?"));
    s.add(name);
    if (!TRY(s.step())) return not_found("account.unknown", "There is no account named \"" + printable(name, 60) + "\"; `zifa account list` shows them.");
    return account_at(s);
  }
  Result<std::vector<Account>> all() override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kColumns + " FROM account ORDER BY id"));
    std::vector<Account> accounts;
    while (TRY(s.step())) accounts.push_back(account_at(s));
    return accounts;
  }
  Result<Done> set_credentials(AccountId id, const Credentials& k) override {
    const std::string plain = k.client_id + "\n" + k.client_secret + "\n" + k.refresh_token;
    Statement s = TRY(c_.prepare("UPDATE account SET credentials=? WHERE id=?"));
    s.add_blob(secrets_.seal(plain, "account")).add(id);
    TRY(s.run());
    return done;
  }
  Result<Credentials> credentials(AccountId id) override {
    Statement s = TRY(c_.prepare("SELECT credentials FROM account WHERE id=?"));
    s.add(id);
    if (!TRY(s.step()) || s.is_null(0)) return conflict("account.no_credentials", "This account has no Amazon credentials; add them in Accounts.");
    const std::string plain = TRY(secrets_.open(s.blob(0), "account"));
    const auto parts = split(plain, '\n');
    if (parts.size() != 3) return corrupt("account.bad_credentials", "The stored credentials of this account cannot be read; enter them again.");
    return Credentials{std::string(parts[0]), std::string(parts[1]), std::string(parts[2])};
  }

 private:
  Connection& c_;
  const Secrets& secrets_;
};

}  // namespace

std::unique_ptr<AccountStore> account_store(Connection& connection, const Secrets& secrets) { return std::make_unique<SqlAccounts>(connection, secrets); }

}  // namespace zifa::sql
