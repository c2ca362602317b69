#include <ostream>

#include "app/desk.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

extern const Command restore;
const Command restore{
    .name = "restore",
    .operands = "FILE",
    .summary = "Put a backup in the place of the database.",
    .details = "Stop Zifa first. The present database is kept beside it as DB.before-restore. The backup is checked before anything is touched.",
    .options = {{"--db", "URL", "The database file (else $ZIFA_DB, else zifa.db)."}},
    .least_operands = 1,
    .most_operands = 1,
    .run =
        [](const Arguments& arguments, Wiring& wiring) {
          const std::string db = database_of(arguments, wiring);
          if (const auto restored = wiring.restore_database(arguments.positional()[0], db); !restored) return failed(wiring, "restore", restored.error());
          wiring.err() << "Restored " << db << " from " << arguments.positional()[0] << ".\n";
          return kDone;
        },
};

}  // namespace zifa::cli
