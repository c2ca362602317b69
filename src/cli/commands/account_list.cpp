#include <ostream>

#include "base/text.hpp"
#include "app/desk.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

extern const Command account_list;
const Command account_list{
    .name = "account list",
    .summary = "List the seller accounts.",
    .options = {{"--db", "URL", "The database (else $ZIFA_DB, else zifa.db)."}},
    .run =
        [](const Arguments& arguments, Wiring& wiring) {
          const auto desk = wiring.open_desk({.db = database_of(arguments, wiring), .must_exist = true});
          if (!desk) return failed(wiring, "account list", desk.error());
          const auto accounts = (*desk)->store().read([](Tx& tx) { return tx.accounts.all(); });
          if (!accounts) return failed(wiring, "account list", accounts.error());
          for (const Account& account : *accounts)
            wiring.out() << account.name << "\t" << account.kind << "\t" << account.region << "\t" << account.seller_id << "\t" << join(account.marketplaces, ",") << "\t"
                         << (account.last_sync_at ? account.last_sync_at->iso() : "never synced") << "\n";
          return kDone;
        },
};

}  // namespace zifa::cli
