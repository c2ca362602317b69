#include "cli/import_command.hpp"

namespace zifa::cli {

extern const Command import_orders;
const Command import_orders{
    .name = "import orders",
    .operands = "FILE",
    .summary = "Take in an order file: Amazon's reports, or any table with recognisable columns.",
    .details = kImportDetails,
    .options = import_options(),
    .least_operands = 1,
    .most_operands = 1,
    .run = [](const Arguments& arguments, Wiring& wiring) { return import_a_file(SellerFile::orders, arguments, wiring); },
};

}  // namespace zifa::cli
