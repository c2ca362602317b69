#include "adapters/store/rows.hpp"
#include "base/text.hpp"

namespace zifa::sql {

namespace {

constexpr const char* kUserColumns = "id, name, password, role, language, time_zone, active, failed_sign_ins, locked_until, last_seen_at, created_at";

User user_at(const Statement& s) {
  User u{.id = s.id<UserId>(0), .name = s.text(1), .password_hash = s.text(2), .role = s.text(3), .language = s.text(4), .time_zone = s.text(5), .active = s.boolean(6)};
  u.failed_sign_ins = static_cast<int>(s.integer(7));
  u.locked_until = s.instant_if(8);
  u.last_seen_at = s.instant_if(9);
  u.created_at = s.instant(10);
  return u;
}

class SqlPeople final : public PeopleStore {
 public:
  explicit SqlPeople(Connection& c) : c_(c) {}

  Result<std::int64_t> count_users() override {
    Statement s = TRY(c_.prepare("SELECT count(*) FROM users"));
    if (!TRY(s.step())) return std::int64_t{0};
    return s.integer(0);
  }
  Result<UserId> insert_user(const User& u) override {
    Statement s = TRY(c_.prepare("INSERT INTO users (name, password, role, language, time_zone, active, created_at) VALUES (?,?,?,?,?,?,?) RETURNING id"));
    s.with(u.name, u.password_hash, u.role, u.language, u.time_zone, u.active, u.created_at);
    const Result<bool> row = c_.attempt([&] { return s.step(); });
    if (!row && row.error().code == "store.constraint") return conflict("user.name_taken", "There is a user named \"" + printable(u.name, 60) + "\" already; choose another name.");
    if (!row) return row.error();
    return s.id<UserId>(0);
  }
  Result<Done> update_user(const User& u) override {
    TRY(c_.execute("UPDATE users SET password=?, role=?, language=?, time_zone=?, active=?, failed_sign_ins=?, locked_until=?, last_seen_at=? WHERE id=?", u.password_hash, u.role, u.language, u.time_zone, u.active, u.failed_sign_ins,
                   u.locked_until, u.last_seen_at, u.id));
    return done;
  }
  Result<User> user(UserId id) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kUserColumns + " FROM users WHERE id=?"));
    s.add(id);
    if (!TRY(s.step())) return not_found("user.unknown", "There is no user " + std::to_string(id.value()) + ".");
    return user_at(s);
  }
  Result<std::optional<User>> user_named(std::string_view name) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kUserColumns + " FROM users WHERE name=?"));
    s.add(name);
    if (!TRY(s.step())) return std::optional<User>();
    return std::optional(user_at(s));
  }
  Result<std::vector<User>> users() override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kUserColumns + " FROM users ORDER BY id"));
    std::vector<User> all;
    while (TRY(s.step())) all.push_back(user_at(s));
    return all;
  }
  Result<Done> insert_session(const Session& x) override {
    Statement s = TRY(c_.prepare("INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at) VALUES (?,?,?,?,?)"));
    s.add_blob(x.token_hash).with(x.user, x.csrf, x.created_at, x.expires_at);
    TRY(s.run());
    return done;
  }
  Result<std::optional<Session>> session(std::string_view token_hash) override {
    Statement s = TRY(c_.prepare("SELECT token_hash, csrf, user_id, created_at, expires_at FROM session WHERE token_hash=?"));
    s.add_blob(token_hash);
    if (!TRY(s.step())) return std::optional<Session>();
    return std::optional(Session{s.blob(0), s.text(1), s.id<UserId>(2), s.instant(3), s.instant(4)});
  }
  Result<Done> delete_session(std::string_view token_hash) override {
    Statement s = TRY(c_.prepare("DELETE FROM session WHERE token_hash=?"));
    s.add_blob(token_hash);
    TRY(s.run());
    return done;
  }
  Result<Done> delete_sessions_of(UserId user) override {
    TRY(c_.execute("DELETE FROM session WHERE user_id=?", user));
    return done;
  }
  Result<std::int64_t> insert_token(const ApiToken& t) override {
    Statement s = TRY(c_.prepare("INSERT INTO api_token (name, token_hash, role, created_at) VALUES (?,?,?,?) RETURNING id"));
    s.add(t.name).add_blob(t.token_hash).with(t.role, t.created_at);
    if (!TRY(s.step())) return corrupt("store.failed", "The token was not stored.");
    return s.integer(0);
  }
  Result<std::optional<ApiToken>> token(std::string_view token_hash) override {
    Statement s = TRY(c_.prepare("SELECT id, name, token_hash, role, created_at, last_used_at FROM api_token WHERE token_hash=?"));
    s.add_blob(token_hash);
    if (!TRY(s.step())) return std::optional<ApiToken>();
    return std::optional(token_at(s));
  }
  Result<std::vector<ApiToken>> tokens() override {
    Statement s = TRY(c_.prepare("SELECT id, name, token_hash, role, created_at, last_used_at FROM api_token ORDER BY id"));
    std::vector<ApiToken> all;
    while (TRY(s.step())) all.push_back(token_at(s));
    return all;
  }
  Result<Done> delete_token(std::int64_t id) override {
    TRY(c_.execute("DELETE FROM api_token WHERE id=?", id));
    return done;
  }
  Result<std::int64_t> insert_view(const SavedView& v) override {
    Statement s = TRY(c_.prepare("INSERT INTO saved_view (user_id, name, screen, query, shared) VALUES (?,?,?,?,?) RETURNING id"));
    s.with(v.user, v.name, v.screen, v.query, v.shared);
    if (!TRY(s.step())) return corrupt("store.failed", "The view was not stored.");
    return s.integer(0);
  }
  Result<std::vector<SavedView>> views(UserId user) override {
    Statement s = TRY(c_.prepare("SELECT id, user_id, name, screen, query, shared FROM saved_view WHERE user_id=? OR shared=1 ORDER BY name, id"));
    s.add(user);
    std::vector<SavedView> all;
    while (TRY(s.step())) all.push_back({s.integer(0), s.id<UserId>(1), s.text(2), s.text(3), s.text(4), s.boolean(5)});
    return all;
  }
  Result<Done> delete_view(std::int64_t id, UserId user) override {
    const std::int64_t gone = TRY(c_.execute("DELETE FROM saved_view WHERE id=? AND user_id=?", id, user));
    if (gone == 0) return not_found("view.unknown", "There is no saved view " + std::to_string(id) + " of yours.");
    return done;
  }
  Result<std::optional<StoredMapping>> mapping(std::string_view signature, std::string_view kind, AccountId account) override {
    Statement s = TRY(c_.prepare("SELECT signature, kind, account_id, name, fields, updated_at FROM column_mapping WHERE signature=? AND kind IN (?, '') AND account_id IN (?, 0) ORDER BY account_id DESC, kind DESC LIMIT 1"));
    s.add(signature).add(kind).add(account);
    if (!TRY(s.step())) return std::optional<StoredMapping>();
    return std::optional(mapping_at(s));
  }
  Result<Done> save_mapping(const StoredMapping& m) override {
    TRY(c_.execute("INSERT INTO column_mapping (signature, kind, account_id, name, fields, updated_at) VALUES (?,?,?,?,?,?) ON CONFLICT (signature, kind, account_id) DO UPDATE SET name=excluded.name, fields=excluded.fields, updated_at=excluded.updated_at",
                   m.signature, m.kind, m.account, m.name, m.fields, m.updated_at));
    return done;
  }
  Result<std::vector<StoredMapping>> mappings() override {
    Statement s = TRY(c_.prepare("SELECT signature, kind, account_id, name, fields, updated_at FROM column_mapping ORDER BY name, signature, kind, account_id"));
    std::vector<StoredMapping> all;
    while (TRY(s.step())) all.push_back(mapping_at(s));
    return all;
  }
  Result<bool> delete_mapping(std::string_view signature, std::string_view kind, AccountId account) override {
    return TRY(c_.execute("DELETE FROM column_mapping WHERE signature=? AND kind=? AND account_id=?", signature, kind, account)) > 0;
  }

 private:
  static StoredMapping mapping_at(const Statement& s) { return {s.text(0), s.text(1), s.id<AccountId>(2), s.text(3), s.text(4), s.instant(5)}; }
  static ApiToken token_at(const Statement& s) { return {s.integer(0), s.text(1), s.blob(2), s.text(3), s.instant(4), s.instant_if(5)}; }

  Connection& c_;
};

}  // namespace

std::unique_ptr<PeopleStore> people_store(Connection& connection) { return std::make_unique<SqlPeople>(connection); }

}  // namespace zifa::sql
