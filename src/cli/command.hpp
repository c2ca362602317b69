// One file in cli/commands is one command of the program: its name, its options (each documented, or a test fails)
// and what it does. The build collects them; `zifa --help` and the guide are made from this table.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace zifa::cli {

// How a command ends. Fixed by the public contract.
inline constexpr int kDone = 0;     // everything asked for was done
inline constexpr int kRefused = 1;  // some rows or checks were refused, each named on standard error; the rest was done
inline constexpr int kUsage = 2;    // the call is wrong or the input cannot be read; nothing was done

struct Option {
  std::string_view name;   // "--carrier"
  std::string_view value;  // "ID"; "" for a switch
  std::string_view help;   // one sentence
};

class Arguments {
 public:
  bool has(std::string_view option) const;
  // The value of an option, the last one if it was given twice; nothing if it was not given.
  std::optional<std::string_view> get(std::string_view option) const;
  std::string text(std::string_view option, std::string_view otherwise) const;
  // Refuses `usage.bad_number` for text that is not a whole number between the bounds.
  Result<std::int64_t> number(std::string_view option, std::int64_t otherwise, std::int64_t least, std::int64_t most) const;
  const std::vector<std::string>& positional() const { return positional_; }

  std::vector<std::pair<std::string, std::string>> options_;
  std::vector<std::string> positional_;
};

// Everything a command may reach outside itself; main.cpp supplies it. See cli/wiring.hpp.
class Wiring;

struct Command {
  std::string_view name;     // the words typed: "tracking check"
  std::string_view operands; // "[NUMBER...]", for the usage line
  std::string_view summary;  // one line for `zifa --help`
  std::string_view details;  // paragraphs below the usage: formats, columns, exit codes
  std::vector<Option> options;
  std::size_t least_operands = 0;
  std::size_t most_operands = 0;
  int (*run)(const Arguments& arguments, Wiring& wiring) = nullptr;
};

std::span<const Command* const> commands();

// Finds the command by its longest matching words, checks the options against its table, answers --help, runs it.
// Unknown commands and options name the nearest known one. Returns the exit code.
int run(const std::vector<std::string>& words, Wiring& wiring);

// `zifa NAME --help` as text.
std::string help_of(const Command& command);

}  // namespace zifa::cli
