#include "cli/import_command.hpp"

namespace zifa::cli {

extern const Command import_listings;
const Command import_listings{
    .name = "import listings",
    .operands = "FILE",
    .summary = "Take in what is offered: Amazon's listing reports, or a table with SKU and price.",
    .details = kImportDetails,
    .options = import_options(),
    .least_operands = 1,
    .most_operands = 1,
    .run = [](const Arguments& arguments, Wiring& wiring) { return import_a_file(SellerFile::listings, arguments, wiring); },
};

}  // namespace zifa::cli
