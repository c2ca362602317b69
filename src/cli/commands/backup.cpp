#include <ostream>

#include "app/desk.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

extern const Command backup;
const Command backup{
    .name = "backup",
    .operands = "FILE",
    .summary = "Write a consistent copy of the database while work goes on.",
    .details = "The key file (DB.key) is not in the backup: personal data in it stays unreadable without the key. Keep a copy of the key elsewhere.\n"
               "A PostgreSQL database is backed up with pg_dump.",
    .options = {{"--db", "URL", "The database (else $ZIFA_DB, else zifa.db)."}},
    .least_operands = 1,
    .most_operands = 1,
    .run =
        [](const Arguments& arguments, Wiring& wiring) {
          const auto desk = wiring.open_desk({.db = database_of(arguments, wiring), .must_exist = true});
          if (!desk) return failed(wiring, "backup", desk.error());
          if (const auto written = (*desk)->store().backup_to(arguments.positional()[0]); !written) return failed(wiring, "backup", written.error());
          wiring.err() << "Backed up to " << arguments.positional()[0] << ".\n";
          return kDone;
        },
};

}  // namespace zifa::cli
