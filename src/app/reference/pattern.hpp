// A compiled regular expression (PCRE2) that is asked often: compiled once, matched from any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace zifa {

class Pattern {
 public:
  // The pattern must match the whole text. Refuses `pattern.bad` with the place and the reason.
  static Result<Pattern> whole(std::string_view expression);

  bool matches(std::string_view text) const;
  // The number of a named group, to be asked once; nothing when the pattern has no such group.
  std::optional<unsigned> group_named(std::string_view name) const;

  // Matches, and hands out the text of groups.
  class Groups {
   public:
    explicit operator bool() const { return matched_; }
    // The text of a group, empty where it took no part.
    std::string_view group(unsigned number) const;

   private:
    friend class Pattern;
    bool matched_ = false;
    std::string_view text_;
  };
  // Valid until the next match on this thread.
  Groups match(std::string_view text) const;

  // What a text must at least have to be worth trying.
  std::size_t shortest() const { return shortest_; }
  bool may_start_with(unsigned char c) const;

 private:
  struct Code;
  explicit Pattern(std::shared_ptr<const Code> code);
  std::shared_ptr<const Code> code_;
  std::size_t shortest_ = 0;
};

}  // namespace zifa
