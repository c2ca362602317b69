// The people of the desk, and the programs that speak for them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ports/secrets.hpp"
#include "app/ports/store.hpp"

namespace zifa {

// Refuses `user.weak_password`: at least 12 characters of upper and lower case letters, digits and signs, without the name.
Result<Done> strong_enough(std::string_view password, std::string_view name);

struct NewUser {
  std::string name, password, role;
  std::string language = "zh-CN", time_zone = "Asia/Shanghai";
};
// Hashing takes its time on purpose, so it is done before a transaction is opened: `password_hash`.
// Refuses `user.bad_name`, `user.name_taken` (whatever the capitals), `user.bad_role`, `user.bad_language`, `time.unknown_zone`.
Result<User> add_user(Tx& tx, const NewUser& user, std::string_view password_hash, std::string_view actor, Instant now);

struct UserChange {
  std::optional<std::string> role;
  std::optional<bool> active;
  std::optional<std::string> password_hash;  // ends every session of the user
};
// One active owner always stays: refuses `user.last_owner`. Also `user.unknown`, `user.bad_role`.
Result<User> change_user(Tx& tx, UserId id, const UserChange& change, std::string_view actor, Instant now);

// A key for a program. It may do no more than its maker: refuses `token.role_above_maker`. The text is known here and nowhere later.
struct NewToken {
  ApiToken stored;
  std::string text;
};
Result<NewToken> make_token(Tx& tx, const Secrets& secrets, std::string_view name, std::string_view role, std::string_view maker_role, std::string_view actor, Instant now);
// Refuses `token.unknown`.
Result<Done> remove_token(Tx& tx, std::int64_t id, std::string_view actor, Instant now);

}  // namespace zifa
