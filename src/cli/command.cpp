#include "cli/command.hpp"

#include <algorithm>
#include <ostream>

#include "base/text.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

bool Arguments::has(std::string_view option) const { return get(option).has_value(); }

std::optional<std::string_view> Arguments::get(std::string_view option) const {
  for (auto it = options_.rbegin(); it != options_.rend(); ++it)
    if (it->first == option) return it->second;
  return std::nullopt;
}

std::string Arguments::text(std::string_view option, std::string_view otherwise) const { return std::string(get(option).value_or(otherwise)); }

Result<std::int64_t> Arguments::number(std::string_view option, std::int64_t otherwise, std::int64_t least, std::int64_t most) const {
  const auto given = get(option);
  if (!given) return otherwise;
  const auto value = to_int(*given);
  if (!value || *value < least || *value > most)
    return invalid("usage.bad_number", std::string(option) + " takes a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ", not \"" + std::string(*given) + "\".");
  return *value;
}

namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t next = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = row[j];
      row[j] = next;
    }
  }
  return row[b.size()];
}

template <class Names>
std::string nearest(std::string_view typed, const Names& names) {
  std::string best;
  std::size_t least = std::max<std::size_t>(2, typed.size() / 3) + 1;
  for (const std::string_view name : names)
    if (const std::size_t d = distance(typed, name); d < least) {
      least = d;
      best = name;
    }
  return best.empty() ? "" : " Did you mean \"" + best + "\"?";
}

std::vector<std::string_view> words_of(const Command& command) { return split(command.name, ' '); }

const Command* command_named(const std::vector<std::string>& words, std::size_t& used) {
  const Command* best = nullptr;
  used = 0;
  for (const Command* command : commands()) {
    const auto name = words_of(*command);
    if (name.size() <= words.size() && std::equal(name.begin(), name.end(), words.begin()) && name.size() > used) {
      best = command;
      used = name.size();
    }
  }
  return best;
}

std::string all_commands() {
  std::size_t width = 0;
  for (const Command* command : commands()) width = std::max(width, command->name.size());
  std::string text = "Zifa 自发: the desk for Amazon orders that you ship yourself.\n\nzifa COMMAND [options]\n\n";
  for (const Command* command : commands())
    text += "  " + std::string(command->name) + std::string(width - command->name.size() + 2, ' ') + std::string(command->summary) + "\n";
  return text + "\n`zifa COMMAND --help` names every option.\n";
}

}  // namespace

std::string help_of(const Command& command) {
  std::string text = std::string(command.summary) + "\n\nzifa " + std::string(command.name);
  if (!command.options.empty()) text += " [options]";
  if (!command.operands.empty()) text += " " + std::string(command.operands);
  text += "\n";
  std::size_t width = 0;
  const auto left = [](const Option& o) { return std::string(o.name) + (o.value.empty() ? "" : " " + std::string(o.value)); };
  for (const Option& option : command.options) width = std::max(width, left(option).size());
  if (!command.options.empty()) text += "\n";
  for (const Option& option : command.options) text += "  " + left(option) + std::string(width - left(option).size() + 2, ' ') + std::string(option.help) + "\n";
  if (!command.details.empty()) text += "\n" + std::string(command.details) + "\n";
  return text;
}

int run(const std::vector<std::string>& words, Wiring& wiring) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    (words.empty() ? wiring.err() : wiring.out()) << all_commands();
    return words.empty() ? kUsage : kDone;
  }
  std::size_t used = 0;
  const Command* command = command_named(words, used);
  if (command == nullptr) {
    std::vector<std::string_view> names;
    for (const Command* known : commands()) names.push_back(known->name);
    std::string typed = words[0];
    if (words.size() > 1 && !words[1].starts_with("-")) typed += " " + words[1];
    std::string hint = nearest(typed, names);
    if (hint.empty()) hint = nearest(words[0], names);
    wiring.err() << "zifa: there is no command \"" << printable(typed, 60) << "\"." << hint << " `zifa --help` lists them.\n";
    return kUsage;
  }
  Arguments arguments;
  bool only_operands = false;
  for (std::size_t i = used; i < words.size(); ++i) {
    std::string word = words[i];
    if (only_operands || !word.starts_with("-") || word == "-") {
      arguments.positional_.push_back(std::move(word));
      continue;
    }
    if (word == "--") {
      only_operands = true;
      continue;
    }
    if (word == "--help" || word == "-h") {
      wiring.out() << help_of(*command);
      return kDone;
    }
    std::optional<std::string> inline_value;
    if (const std::size_t equals = word.find('='); equals != std::string::npos) {
      inline_value = word.substr(equals + 1);
      word.resize(equals);
    }
    const auto known = std::find_if(command->options.begin(), command->options.end(), [&](const Option& o) { return o.name == word; });
    if (known == command->options.end()) {
      std::vector<std::string_view> names;
      for (const Option& option : command->options) names.push_back(option.name);
      wiring.err() << "zifa " << command->name << ": there is no option " << printable(word, 60) << "." << nearest(word, names) << " `zifa " << command->name << " --help` names them.\n";
      return kUsage;
    }
    if (known->value.empty()) {
      if (inline_value) {
        wiring.err() << "zifa " << command->name << ": " << word << " takes no value.\n";
        return kUsage;
      }
      arguments.options_.emplace_back(word, "");
    } else {
      if (!inline_value) {
        if (i + 1 >= words.size()) {
          wiring.err() << "zifa " << command->name << ": " << word << " needs a value: " << known->value << ".\n";
          return kUsage;
        }
        inline_value = words[++i];
      }
      arguments.options_.emplace_back(word, *inline_value);
    }
  }
  if (arguments.positional_.size() < command->least_operands || arguments.positional_.size() > command->most_operands) {
    wiring.err() << "zifa " << command->name << ": " << (arguments.positional_.size() < command->least_operands ? "too few" : "too many") << " operands; call it as: zifa " << command->name
                 << (command->options.empty() ? "" : " [options]") << " " << command->operands << "\n";
    return kUsage;
  }
  return command->run(arguments, wiring);
}

}  // namespace zifa::cli
