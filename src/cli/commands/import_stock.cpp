#include "cli/import_command.hpp"

namespace zifa::cli {

extern const Command import_stock;
const Command import_stock{
    .name = "import stock",
    .operands = "FILE",
    .summary = "Take in counted stock: a table with SKU and quantity, also place, bin, weight and size.",
    .details = kImportDetails,
    .options = import_options(),
    .least_operands = 1,
    .most_operands = 1,
    .run = [](const Arguments& arguments, Wiring& wiring) { return import_a_file(SellerFile::stock, arguments, wiring); },
};

}  // namespace zifa::cli
