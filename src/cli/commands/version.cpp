#include <ostream>

#include "cli/wiring.hpp"

namespace zifa::cli {

extern const Command version;
const Command version{
    .name = "version",
    .summary = "Print the version of this program.",
    .options = {},
    .run =
        [](const Arguments&, Wiring& wiring) {
          wiring.out() << "zifa " << ZIFA_VERSION << "\n";
          return kDone;
        },
};

}  // namespace zifa::cli
