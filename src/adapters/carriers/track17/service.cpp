#include "adapters/carriers/track17/service.hpp"

#include <algorithm>

namespace zifa::carriers::track17_api {

Service::Service(http::Client& client, std::string base_url, std::string key)
    : client_(client), base_url_(base_url.empty() ? std::string(kBaseUrl) : std::move(base_url)), key_(std::move(key)) {}

Result<TrackingAnswer> Service::ask(const std::vector<Registration>& numbers) {
  TrackingAnswer all;
  for (std::size_t start = 0; start < numbers.size(); start += kNumbersAtOnce) {
    const std::size_t end = std::min(start + kNumbersAtOnce, numbers.size());
    TrackingQuestion question{base_url_, key_, {}};
    for (std::size_t i = start; i < end; ++i) question.numbers.push_back(numbers[i].number);
    std::vector<std::string> strangers;
    const http::Response asked = TRY(client_.send(write_tracking(question)));
    TrackingAnswer some = TRY(read_tracking(asked, &strangers));
    if (!strangers.empty()) {
      std::vector<Registration> fresh;
      for (std::size_t i = start; i < end; ++i)
        if (std::find(strangers.begin(), strangers.end(), numbers[i].number) != strangers.end()) fresh.push_back(numbers[i]);
      const http::Response reply = TRY(client_.send(write_register(base_url_, key_, fresh)));
      const Registered registered = TRY(read_register(reply));
      for (const std::string& number : registered.accepted) {
        tracking::History history;
        history.number = number;
        history.state = tracking::State::not_found;
        some.numbers.push_back(std::move(history));
      }
      some.problems.insert(some.problems.end(), registered.problems.begin(), registered.problems.end());
    }
    std::move(some.numbers.begin(), some.numbers.end(), std::back_inserter(all.numbers));
    std::move(some.problems.begin(), some.problems.end(), std::back_inserter(all.problems));
  }
  return all;
}

}  // namespace zifa::carriers::track17_api
