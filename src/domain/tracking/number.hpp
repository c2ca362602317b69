// Is this a parcel number, and whose?
//
// A number may fit several carriers, so all candidates are kept, best first, and the carrier that the seller or the
// label named goes before the others. What shape and check digit cannot tell: a well-formed number may never be
// scanned. So a wrong shape refuses, a wrong check digit warns, and only a scan is proof.
//
// Source: docs/rules/tracking_numbers.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zifa::tracking {

// One way in which a carrier writes its numbers.
struct NumberFormat {
  std::string id;            // "fedex_ground_96"
  std::string carrier;       // our carrier id
  std::string family;        // a wider id that also stands for it ("dhl" for dhl_express); may be empty
  std::string name;          // for people
  std::string tracking_url;  // with %s for the number; may be empty
  char grade = 'A';          // how well the format is known: A published or tested, B second-hand, C hearsay
  // The shape alone says too little (twelve digits fit a dozen carriers): considered only when this carrier is named.
  bool named_only = false;
  int rank = 0;              // lower goes first among equals
};

enum class CheckOutcome : std::uint8_t { ok, none, failed };
std::string_view name_of(CheckOutcome outcome);

struct NumberMatch {
  const NumberFormat* format = nullptr;
  CheckOutcome check = CheckOutcome::none;
};

// All formats known, as something that can be asked; app/reference has the one made from the tables.
class NumberFormats {
 public:
  virtual ~NumberFormats() = default;
  // Appends every format that the whole number fits.
  virtual void find(std::string_view number, std::vector<NumberMatch>& matches) const = 0;
};

enum class Verdict : std::uint8_t {
  valid,      // a format fits and its check digit, if it has one, is right; with a named carrier: a format of that carrier
  suspect,    // formats fit, but every check digit fails or the named carrier is not among them
  unknown,    // no format known
  malformed,  // cannot be a tracking number: empty, longer than 64 characters, other signs than letters and digits, all zeros
};
std::string_view name_of(Verdict verdict);

struct NumberCheck {
  std::string number;  // as it is stored, printed and sent; for a malformed one the typed text
  Verdict verdict = Verdict::malformed;
  std::vector<NumberMatch> matches;  // best first
  std::optional<bool> named_fits;    // whether some format of the named carrier fits; nothing when none was named
};

inline constexpr std::size_t kNumberLimit = 64;

// Upper case, compatibility forms (full-width, circled, superscript, mathematical) as plain letters and digits, without
// spaces, hyphens and invisible marks. Nothing when what remains cannot be a tracking number.
std::optional<std::string> normal_number(std::string_view typed);

// `named_carrier` is a carrier id or a family, or "" when nobody named one.
NumberCheck judge_number(const NumberFormats& formats, std::string_view typed, std::string_view named_carrier);

}  // namespace zifa::tracking
