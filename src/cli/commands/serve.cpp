#include <ostream>

#include "app/desk.hpp"
#include "cli/serving.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

int run(const Arguments& arguments, Wiring& wiring) {
  const auto port = arguments.number("--port", 8787, 0, 65'535);
  if (!port) return failed(wiring, "serve", port.error());
  const auto desk = wiring.open_desk({.db = database_of(arguments, wiring)});
  if (!desk) return failed(wiring, "serve", desk.error());
  return serve_desk(wiring, **desk, arguments.text("--host", "127.0.0.1"), static_cast<int>(*port), "serve");
}

}  // namespace

extern const Command serve;
const Command serve{
    .name = "serve",
    .summary = "Serve the screens, the REST API and the workers in one process.",
    .details = "Prints the address on a line of its own. Several processes may serve one PostgreSQL. SIGTERM: exit 0.\n"
               "Reached from other machines only through a proxy that speaks HTTPS, or on a trusted network with --host.",
    .options = {{"--db", "URL", "The database: a file (SQLite) or postgresql://… (else $ZIFA_DB, else zifa.db)."}, {"--port", "PORT", "Port to listen on (8787); 0 = any free one."}, {"--host", "ADDRESS", "Address to listen on (127.0.0.1)."}},
    .run = run,
};

}  // namespace zifa::cli
