#include <ostream>

#include "app/desk.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

extern const Command user_list;
const Command user_list{
    .name = "user list",
    .summary = "List who may sign in.",
    .details = "One line each: name, role, language, time zone, active or off, last seen; separated by tabs.",
    .options = {{"--db", "URL", "The database (else $ZIFA_DB, else zifa.db)."}},
    .run =
        [](const Arguments& arguments, Wiring& wiring) {
          const auto desk = wiring.open_desk({.db = database_of(arguments, wiring), .must_exist = true});
          if (!desk) return failed(wiring, "user list", desk.error());
          const auto users = (*desk)->store().read([](Tx& tx) { return tx.people.users(); });
          if (!users) return failed(wiring, "user list", users.error());
          for (const User& user : *users)
            wiring.out() << user.name << "\t" << user.role << "\t" << user.language << "\t" << user.time_zone << "\t" << (user.active ? "active" : "off") << "\t" << (user.last_seen_at ? user.last_seen_at->iso() : "never seen") << "\n";
          return kDone;
        },
};

}  // namespace zifa::cli
