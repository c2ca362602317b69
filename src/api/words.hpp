// What errors are called in the reader's language.
#pragma once

#include <string>

#include "base/result.hpp"

namespace zifa::api {

// The error's message in Chinese where data/error_words.csv knows its code (the particulars, such as order ids, stay), else as it is.
std::string in_language(const Error& error, const std::string& language);

}  // namespace zifa::api
