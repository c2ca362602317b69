// What the four commands `zifa import …` have in common.
#pragma once

#include <vector>

#include "app/ports/seller_files.hpp"
#include "cli/command.hpp"

namespace zifa::cli {

int import_a_file(SellerFile kind, const Arguments& arguments, Wiring& wiring);

inline constexpr std::string_view kImportDetails =
    "Prints {\"rows\",\"new\",\"updated\",\"unchanged\",\"refused\"}, counted by line; refused lines are named on standard error, the others are taken in.\n"
    "Importing again changes nothing. With no account stored and none named, one for files is made.\n"
    "CSV, tab-separated text and .xlsx; UTF-8, UTF-16, Shift_JIS, GB18030, windows-1252: recognised.";
std::vector<Option> import_options();

}  // namespace zifa::cli
