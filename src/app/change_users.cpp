#include "app/change_users.hpp"

#include <algorithm>
#include <array>

#include "app/reactions.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr std::array<std::string_view, 3> kRoles{"warehouse", "operations", "owner"};  // each may do what the ones before it may

Result<std::size_t> rank(std::string_view role) {
  const auto found = std::find(kRoles.begin(), kRoles.end(), role);
  if (found == kRoles.end()) return invalid("user.bad_role", "The role is owner, operations or warehouse, not \"" + printable(role, 40) + "\".");
  return static_cast<std::size_t>(found - kRoles.begin());
}

Result<Done> tell(Tx& tx, std::string_view kind, const std::string& name, std::string_view role, std::string_view actor, Instant now) {
  return happen(tx, {.at = now, .kind = std::string(kind), .actor = std::string(actor), .data = "{\"name\":" + json_quoted(name) + ",\"role\":" + json_quoted(role) + "}"});
}

bool good_name(std::string_view name) { return !name.empty() && utf8_length(name) <= 60 && is_utf8(name) && std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }); }

}  // namespace

Result<Done> strong_enough(std::string_view password, std::string_view name) {
  bool up = false, low = false, digit = false, sign = false;
  for (const char c : password) {
    if (c >= 'A' && c <= 'Z') up = true;
    else if (c >= 'a' && c <= 'z') low = true;
    else if (c >= '0' && c <= '9') digit = true;
    else sign = true;
  }
  const bool has_name = name.size() >= 3 && lower(password).find(lower(name)) != std::string::npos;
  if (password.size() < 12 || password.size() > 200 || !up || !low || !digit || !sign || has_name)
    return invalid("user.weak_password", "A password has at least 12 characters, with capital and small letters, digits and other signs, and does not hold the name.");
  return done;
}

Result<User> add_user(Tx& tx, const NewUser& in, std::string_view password_hash, std::string_view actor, Instant now) {
  User user{.name = std::string(trim(in.name)), .password_hash = std::string(password_hash), .role = in.role, .language = in.language, .time_zone = in.time_zone, .created_at = now};
  if (!good_name(user.name)) return invalid("user.bad_name", "Give the user a name of 1 to 60 characters.");
  TRY(rank(user.role));
  if (user.language != "zh-CN" && user.language != "en") return invalid("user.bad_language", "The language is zh-CN or en.");
  TRY(TimeZone::named(user.time_zone));
  for (const User& other : TRY(tx.people.users()))
    if (lower(other.name) == lower(user.name)) return conflict("user.name_taken", "There is a user named \"" + printable(other.name, 60) + "\" already; choose another name.");
  user.id = TRY(tx.people.insert_user(user));
  TRY(tell(tx, "user_added", user.name, user.role, actor, now));
  return user;
}

Result<User> change_user(Tx& tx, UserId id, const UserChange& change, std::string_view actor, Instant now) {
  User user = TRY(tx.people.user(id));
  const bool was_owner = user.role == "owner" && user.active;
  if (change.role) {
    TRY(rank(*change.role));
    user.role = *change.role;
  }
  if (change.active) user.active = *change.active;
  if (was_owner && (user.role != "owner" || !user.active)) {
    const std::vector<User> all = TRY(tx.people.users());
    if (std::none_of(all.begin(), all.end(), [&](const User& other) { return other.id != id && other.role == "owner" && other.active; }))
      return conflict("user.last_owner", "\"" + printable(user.name, 60) + "\" is the only active owner; make somebody else an owner first.");
  }
  if (change.password_hash) {
    user.password_hash = *change.password_hash;
    user.failed_sign_ins = 0;
    user.locked_until.reset();
  }
  TRY(tx.people.update_user(user));
  if (change.password_hash || !user.active) TRY(tx.people.delete_sessions_of(id));
  TRY(tell(tx, change.password_hash ? "user_password_set" : !user.active ? "user_switched_off" : "user_changed", user.name, user.role, actor, now));
  return user;
}

Result<NewToken> make_token(Tx& tx, const Secrets& secrets, std::string_view name, std::string_view role, std::string_view maker_role, std::string_view actor, Instant now) {
  if (!good_name(trim(name))) return invalid("token.bad_name", "Give the token a name of 1 to 60 characters, such as the program that will use it.");
  if (TRY(rank(role)) > TRY(rank(maker_role))) return refused("token.role_above_maker", "A token may do no more than you may (" + std::string(maker_role) + "); choose a lower role.");
  NewToken token{.text = "zifa_" + secrets.token(32)};
  token.stored = {.name = std::string(trim(name)), .token_hash = secrets.sha256(token.text), .role = std::string(role), .created_at = now};
  token.stored.id = TRY(tx.people.insert_token(token.stored));
  TRY(tell(tx, "token_made", token.stored.name, role, actor, now));
  return token;
}

Result<Done> remove_token(Tx& tx, std::int64_t id, std::string_view actor, Instant now) {
  const std::vector<ApiToken> tokens = TRY(tx.people.tokens());
  const auto token = std::find_if(tokens.begin(), tokens.end(), [&](const ApiToken& t) { return t.id == id; });
  if (token == tokens.end()) return not_found("token.unknown", "There is no token " + std::to_string(id) + ".");
  TRY(tx.people.delete_token(id));
  return tell(tx, "token_removed", token->name, token->role, actor, now);
}

}  // namespace zifa
