// A command run on text: what it reads, prints and complains of, with no desk, clock or file behind it.
#pragma once

#include <sstream>
#include <string>

#include "cli/wiring.hpp"

namespace zifa::testing {

class Streams final : public cli::Wiring {
 public:
  explicit Streams(const std::string& input) : in_(input) {}
  std::istream& in() override { return in_; }
  std::ostream& out() override { return out_; }
  std::ostream& err() override { return err_; }

  std::istringstream in_;
  std::ostringstream out_, err_;
};

}  // namespace zifa::testing
