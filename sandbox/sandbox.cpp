#include "sandbox/sandbox.hpp"

#include <exception>
#include <mutex>

#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/gate.hpp"
#include "sandbox/amazon/notifications.hpp"
#include "sandbox/amazon/reports.hpp"
#include "sandbox/control/control.hpp"
#include "sandbox/world/buyers.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

class Sandbox::Impl {
 public:
  explicit Impl(const Options& options) : world(options), gate(world) {
    world.on_order_change = notify_order_change;
    let_amazon_settle(world);
    let_buyers_order(world);
  }

  std::mutex mutex;
  World world;
  Gate gate;
};

Sandbox::Sandbox(Options options) : impl_(std::make_unique<Impl>(options)) {}
Sandbox::~Sandbox() = default;

http::Response Sandbox::handle(const http::Request& request) {
  const std::lock_guard lock(impl_->mutex);
  try {
    impl_->world.catch_up();
    const std::string_view path = request.path();
    if (path == kControlPath || path.starts_with(std::string(kControlPath) + "/")) return serve_control(impl_->world, impl_->gate, request);
    return impl_->gate.handle(request);
  } catch (const std::exception& problem) {
    return refuse(500, "InternalFailure", "The sandbox failed on this call.", problem.what());
  }
}

Instant Sandbox::now() {
  const std::lock_guard lock(impl_->mutex);
  impl_->world.catch_up();
  return impl_->world.now();
}

void Sandbox::advance_to(Instant to) {
  const std::lock_guard lock(impl_->mutex);
  impl_->world.catch_up();
  impl_->world.advance_to(to);
}

std::string Sandbox::ready_line() {
  const std::lock_guard lock(impl_->mutex);
  impl_->world.catch_up();
  return sandbox::ready_line(impl_->world);
}

void Sandbox::set_url(std::string url) {
  const std::lock_guard lock(impl_->mutex);
  impl_->world.url = std::move(url);
}

}  // namespace zifa::sandbox
