// Requests a second over real sockets, and Amazon's orders read a second. Every answer is compared before it counts.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "adapters/amazon/operations/orders.hpp"
#include "adapters/http/server.hpp"
#include "base/json.hpp"

namespace {

using namespace zifa;

double wall() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
double cpu() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

[[noreturn]] void fail(const char* why) {
  std::fprintf(stderr, "bench_net: %s\n", why);
  std::exit(1);
}

// One kept connection that asks again as soon as it has the whole answer.
long ask_until(int port, double until, std::size_t answer_bytes) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) fail("cannot connect");
  static constexpr std::string_view kQuestion = "GET /api/orders?limit=50 HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nCookie: session=0123456789abcdef0123456789abcdef\r\n\r\n";
  std::string answer(answer_bytes + 4'096, '\0');
  long asked = 0;
  while (wall() < until) {
    if (::send(fd, kQuestion.data(), kQuestion.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(kQuestion.size())) fail("cannot ask");
    std::size_t got = 0;
    std::size_t wanted = 0;
    while (wanted == 0 || got < wanted) {
      const ssize_t n = ::recv(fd, answer.data() + got, answer.size() - got, 0);
      if (n <= 0) fail("the connection ended");
      got += static_cast<std::size_t>(n);
      if (const std::size_t end = std::string_view(answer.data(), got).find("\r\n\r\n"); wanted == 0 && end != std::string_view::npos) wanted = end + 4 + answer_bytes;
    }
    if (!answer.starts_with("HTTP/1.1 200 OK\r\n") || got != wanted) fail("an answer is wrong");
    ++asked;
  }
  ::close(fd);
  return asked;
}

void serve(const char* what, std::size_t bytes) {
  const std::string body = "\"" + std::string(bytes - 2, 'x') + "\"";
  auto server = http::Server::listen({}, [&](const http::Request&) { return http::Response::json(200, body); });
  if (!server.has_value()) fail("cannot listen");
  std::atomic<long> asked = 0;
  const double begin = wall();
  const double used = cpu();
  std::vector<std::thread> callers;
  for (int i = 0; i < 16; ++i) callers.emplace_back([&] { asked += ask_until((*server)->port(), begin + 3, bytes); });
  for (std::thread& caller : callers) caller.join();
  const double seconds = wall() - begin;
  std::printf("%-28s %8.0f requests/s, %8.0f per CPU-second (callers included)\n", what, static_cast<double>(asked) / seconds, static_cast<double>(asked) / (cpu() - used));
}

void read_orders() {
  json::array orders;
  for (int i = 0; i < 100; ++i) {
    const std::string n = std::to_string(1'000'000 + i);
    orders.push_back(json::parse(R"({"orderId":"113-)" + n + "-" + n + R"(","createdTime":"2026-11-20T01:00:00Z","lastUpdatedTime":"2026-11-21T01:00:00Z","programs":["PRIME"],
      "salesChannel":{"channelName":"AMAZON","marketplaceId":"ATVPDKIKX0DER","marketplaceName":"Amazon.com"},"buyer":{"buyerName":"Ann Example","buyerEmail":"x@marketplace.amazon.com"},
      "recipient":{"deliveryAddress":{"name":"Ann Example","addressLine1":"1 Main Street","addressLine2":"Apt 2","city":"Los Angeles","stateOrRegion":"CA","postalCode":"90001","countryCode":"US","phone":"+1 555 010 0000","addressType":"RESIDENTIAL"}},
      "proceeds":{"grandTotal":{"amount":"25.98","currencyCode":"USD"}},"fulfillment":{"fulfillmentStatus":"UNSHIPPED","fulfilledBy":"MERCHANT","fulfillmentServiceLevel":"STANDARD",
      "shipByWindow":{"earliestDateTime":"2026-11-20T08:00:00Z","latestDateTime":"2026-11-24T07:59:59Z"},"deliverByWindow":{"earliestDateTime":"2026-11-26T08:00:00Z","latestDateTime":"2026-11-29T07:59:59Z"}},
      "orderItems":[{"orderItemId":"11111111111111","quantityOrdered":2,"product":{"asin":"B000000000","title":"A mug","sellerSku":"MUG-01","price":{"unitPrice":{"amount":"12.99","currencyCode":"USD"}}},
      "proceeds":{"breakdowns":[{"type":"ITEM","subtotal":{"amount":"25.98","currencyCode":"USD"}}]},"fulfillment":{"quantityFulfilled":0,"quantityUnfulfilled":2}}],"packages":[]})").value());
  }
  const http::Response page = http::Response::json(200, json::text(json::object{{"orders", std::move(orders)}, {"lastUpdatedBefore", "2026-11-25T00:00:00Z"}}));
  const double used = cpu();
  long read = 0;
  while (cpu() - used < 2) {
    const auto orders_read = amazon::read_search_orders(page);
    if (!orders_read.has_value() || orders_read->orders.size() != 100 || orders_read->orders[99].items.at(0).unit_price->minor() != 1'299) fail("an order is wrong");
    read += 100;
  }
  std::printf("%-28s %8.0f orders per CPU-second (%zu bytes each)\n", "Amazon's orders, read", static_cast<double>(read) / (cpu() - used), page.body.size() / 100);
}

}  // namespace

int main() {
  serve("small answers", 16);
  serve("lists of 13.5 KB", 13'500);
  read_orders();
}
