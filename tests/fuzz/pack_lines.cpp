#include <cstddef>
#include <cstdint>
#include <sstream>

#include "base/check.hpp"
#include "cli/wiring.hpp"

namespace {

class Streams final : public zifa::cli::Wiring {
 public:
  explicit Streams(const std::string& input) : in_(input) {}
  std::istream& in() override { return in_; }
  std::ostream& out() override { return out_; }
  std::ostream& err() override { return err_; }

  std::istringstream in_;
  std::ostringstream out_, err_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Streams streams(std::string(reinterpret_cast<const char*>(data), size));
  const int code = zifa::cli::run({"pack", "--input", "-", "--time-limit-ms", "1"}, streams);
  zifa::check(code == 0 || !streams.err_.str().empty(), "what was refused is named");
  return 0;
}
