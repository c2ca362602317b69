#include "app/reference/pattern.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>

namespace zifa {

namespace {

constexpr std::uint32_t kGroupLimit = 64;

struct ScratchDeleter {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};

// One per thread: patterns are shared, the place for an answer is not.
pcre2_match_data* scratch() {
  thread_local const std::unique_ptr<pcre2_match_data, ScratchDeleter> data(pcre2_match_data_create(kGroupLimit, nullptr));
  return data.get();
}

}  // namespace

struct Pattern::Code {
  explicit Code(pcre2_code* compiled) : code(compiled) {}
  Code(const Code&) = delete;
  Code& operator=(const Code&) = delete;
  ~Code() { pcre2_code_free(code); }
  pcre2_code* code;
  std::array<bool, 256> first{};
};

Pattern::Pattern(std::shared_ptr<const Code> code) : code_(std::move(code)) {}

Result<Pattern> Pattern::whole(std::string_view expression) {
  int problem = 0;
  PCRE2_SIZE at = 0;
  pcre2_code* compiled = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(), PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_DOLLAR_ENDONLY, &problem, &at, nullptr);
  if (compiled == nullptr) {
    std::array<PCRE2_UCHAR, 200> text{};
    pcre2_get_error_message(problem, text.data(), text.size());
    return invalid("pattern.bad", "The pattern cannot be read at character " + std::to_string(at + 1) + ": " + reinterpret_cast<const char*>(text.data()) + ".");
  }
  // Without the just-in-time compiler the interpreter answers the same, slower.
  pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE);
  auto code = std::make_shared<Code>(compiled);

  std::uint32_t shortest = 0;
  pcre2_pattern_info(compiled, PCRE2_INFO_MINLENGTH, &shortest);
  std::uint32_t first_kind = 0;
  pcre2_pattern_info(compiled, PCRE2_INFO_FIRSTCODETYPE, &first_kind);
  const std::uint8_t* bits = nullptr;
  pcre2_pattern_info(compiled, PCRE2_INFO_FIRSTBITMAP, &bits);
  if (first_kind == 1) {
    std::uint32_t unit = 0;
    pcre2_pattern_info(compiled, PCRE2_INFO_FIRSTCODEUNIT, &unit);
    code->first[unit & 0xFFU] = true;
  } else {
    for (std::size_t c = 0; c < 256; ++c) code->first[c] = bits == nullptr || ((bits[c / 8] >> (c % 8)) & 1U) != 0;
  }
  Pattern pattern(std::move(code));
  pattern.shortest_ = shortest;
  return pattern;
}

bool Pattern::may_start_with(unsigned char c) const { return code_->first[c]; }

bool Pattern::matches(std::string_view text) const { return static_cast<bool>(match(text)); }

std::optional<unsigned> Pattern::group_named(std::string_view name) const {
  const int number = pcre2_substring_number_from_name(code_->code, reinterpret_cast<PCRE2_SPTR>(std::string(name).c_str()));
  if (number <= 0) return std::nullopt;
  return static_cast<unsigned>(number);
}

Pattern::Groups Pattern::match(std::string_view text) const {
  Groups groups;
  groups.text_ = text;
  groups.matched_ = pcre2_match(code_->code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0, 0, scratch(), nullptr) >= 0;
  return groups;
}

std::string_view Pattern::Groups::group(unsigned number) const {
  if (!matched_ || number >= pcre2_get_ovector_count(scratch())) return {};
  const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(scratch());
  const PCRE2_SIZE from = ends[2 * number], to = ends[2 * number + 1];
  if (from == PCRE2_UNSET || to == PCRE2_UNSET || from > to || to > text_.size()) return {};
  return text_.substr(from, to - from);
}

}  // namespace zifa
