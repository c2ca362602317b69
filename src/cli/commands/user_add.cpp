#include <ostream>

#include "app/change_users.hpp"
#include "app/desk.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

int run(const Arguments& arguments, Wiring& wiring) {
  NewUser user{.name = arguments.positional()[0], .role = arguments.text("--role", ""), .language = arguments.text("--language", "zh-CN"), .time_zone = arguments.text("--time-zone", "Asia/Shanghai")};
  if (user.role.empty()) return failed(wiring, "user add", invalid("usage.missing", "name the role: --role owner, operations or warehouse."));
  const auto desk = wiring.open_desk({.db = database_of(arguments, wiring)});
  if (!desk) return failed(wiring, "user add", desk.error());
  user.password = wiring.environment("ZIFA_PASSWORD");
  if (user.password.empty()) user.password = wiring.ask_secret("Password for " + user.name).value_or("");
  if (user.password.empty()) return failed(wiring, "user add", invalid("usage.missing", "the password comes from ZIFA_PASSWORD, or is typed when asked."));
  if (const auto strong = strong_enough(user.password, user.name); !strong) return failed(wiring, "user add", strong.error());
  const std::string hash = (*desk)->secrets().hash_password(user.password);
  const auto added = (*desk)->store().write([&](Tx& tx) { return add_user(tx, user, hash, "console", (*desk)->clock().now()); });
  if (!added) return failed(wiring, "user add", added.error());
  wiring.err() << "User " << added->name << " (" << added->role << ") may sign in.\n";
  return kDone;
}

}  // namespace

extern const Command user_add;
const Command user_add{
    .name = "user add",
    .operands = "NAME",
    .summary = "Add somebody who may sign in.",
    .details = "The password comes from ZIFA_PASSWORD or is asked for at the terminal, never from arguments. It has at least 12 characters, with\n"
               "capital and small letters, digits and other signs, and does not hold the name.",
    .options = {{"--role", "ROLE", "owner (everything), operations (all but users and secrets) or warehouse (pack, print, hand over, count)."},
                {"--language", "zh-CN|en", "The language of their screens (zh-CN)."},
                {"--time-zone", "ZONE", "Their time zone (Asia/Shanghai)."},
                {"--db", "URL", "The database (else $ZIFA_DB, else zifa.db)."}},
    .least_operands = 1,
    .most_operands = 1,
    .run = run,
};

}  // namespace zifa::cli
