#include "cli/import_command.hpp"

namespace zifa::cli {

extern const Command import_returns;
const Command import_returns{
    .name = "import returns",
    .operands = "FILE",
    .summary = "Take in Amazon's returns report, or a table of returns.",
    .details = kImportDetails,
    .options = import_options(),
    .least_operands = 1,
    .most_operands = 1,
    .run = [](const Arguments& arguments, Wiring& wiring) { return import_a_file(SellerFile::returns, arguments, wiring); },
};

}  // namespace zifa::cli
