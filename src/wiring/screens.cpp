#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "api/api.hpp"
#include "wiring/desk.hpp"

namespace zifa {

http::Handler screens_of(Desk& desk, const std::string& setup_code) {
  auto api = std::make_shared<api::Api>(desk, api::ApiOptions{.setup_code = setup_code});
  return [api](const http::Request& request) { return api->handle(request); };
}

namespace {

// Tells listening screens what changed: once a second the new events of the log, as the ids they are about.
class LiveChanges {
 public:
  explicit LiveChanges(Desk& desk) : desk_(desk), thread_([this] { run(); }) {}
  ~LiveChanges() {
    stopping_ = true;
    thread_.join();
  }
  void add(const std::shared_ptr<http::Stream>& stream) {
    const std::lock_guard lock(mutex_);
    // From here on nothing is missed: the first listener starts the reading of the log, not the next tick.
    if (seen_ < 0) seen_ = last_event();
    streams_.push_back(stream);
  }

 private:
  std::int64_t last_event() {
    const auto last = desk_.store().read([](Tx& tx) { return tx.work.last_event(); });
    return last.value_or(0);
  }
  void run() {
    for (int tick = 0; !stopping_; ++tick) {
      std::this_thread::sleep_for(std::chrono::milliseconds(250));
      if (tick % 4 != 0) continue;
      std::vector<std::shared_ptr<http::Stream>> streams;
      {
        const std::lock_guard lock(mutex_);
        std::erase_if(streams_, [](const auto& s) { return !s->is_open(); });
        streams = streams_;
        if (streams.empty()) seen_ = -1;
      }
      if (streams.empty()) continue;
      const std::int64_t seen = seen_;
      const auto events = desk_.store().read([&](Tx& tx) { return tx.work.events_after(seen, 500); });
      std::string text;
      if (events && !events->empty()) {
        {
          const std::lock_guard lock(mutex_);
          seen_ = events->back().id;
        }
        std::set<std::int64_t> orders, parcels;
        for (const Event& event : *events) {
          if (event.order.value() != 0) orders.insert(event.order.value());
          if (event.parcel.value() != 0) parcels.insert(event.parcel.value());
        }
        // Ids are text everywhere in the API.
        const auto list = [](const std::set<std::int64_t>& ids) {
          std::string out;
          for (const std::int64_t id : ids) out += (out.empty() ? "\"" : ",\"") + std::to_string(id) + "\"";
          return "[" + out + "]";
        };
        text = "event: changed\ndata: {\"orders\":" + list(orders) + ",\"parcels\":" + list(parcels) + ",\"counts\":true}\n\n";
      } else if (tick % 60 == 0) {
        text = ": still here\n\n";
      }
      if (!text.empty())
        for (const auto& stream : streams) stream->write(text);
    }
  }

  Desk& desk_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::vector<std::shared_ptr<http::Stream>> streams_;
  std::atomic<std::int64_t> seen_ = -1;  // the last event told; none while nobody listens
  std::thread thread_;
};

}  // namespace

http::StreamHandler live_changes_of(Desk& desk) {
  auto changes = std::make_shared<LiveChanges>(desk);
  auto api = std::make_shared<api::Api>(desk, api::ApiOptions{});
  return [changes, api](const http::Request& request, const std::shared_ptr<http::Stream>& stream) -> std::optional<http::Response> {
    if (request.path() != "/api/live") return std::nullopt;
    if (auto refused_answer = api->may_listen(request)) return refused_answer;
    changes->add(stream);
    http::Response response;
    response.headers.set("Content-Type", "text/event-stream");
    response.headers.set("Cache-Control", "no-store");
    response.body = ": listening\n\n";
    return response;
  };
}

}  // namespace zifa
