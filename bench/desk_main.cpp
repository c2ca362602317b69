// The program itself under a shop's load: order lines taken in a processor second and in how much memory, beside `sqlite3 .import`
// with three indexes on the same rows; then the order list and its search over HTTP. Every answer is looked at before it counts.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace fs = std::filesystem;

double wall() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "bench_desk: %s\n", why.c_str());
  std::exit(1);
}

std::string read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

pid_t start(const std::vector<std::string>& words, const fs::path& out) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  const int file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(file, 1);
  ::dup2(file, 2);
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
  std::_Exit(127);
}

struct Spent {
  double processor_seconds;
  double seconds;
  double peak_mb;
};

Spent run(const std::vector<std::string>& words, const fs::path& out) {
  const double from = wall();
  const pid_t child = start(words, out);
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) fail(words[0] + " " + words[1] + " failed: " + read_all(out));
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return {seconds(usage.ru_utime) + seconds(usage.ru_stime), wall() - from, static_cast<double>(usage.ru_maxrss) / 1024.0};
}

std::string digits(int n) { return std::to_string(10'000'000 + n).substr(1); }

// One line an order, as Amazon's report of unshipped orders has them.
void write_orders(const fs::path& path, int orders) {
  std::FILE* out = std::fopen(path.c_str(), "wb");
  if (out == nullptr) fail("cannot write " + path.string());
  std::fputs("order-id\torder-item-id\tpurchase-date\tpayments-date\treporting-date\tpromise-date\tdays-past-promise\tbuyer-email\tbuyer-name\tbuyer-phone-number\tsku\tproduct-name\tquantity-purchased\tquantity-shipped\tquantity-to-ship\t"
             "ship-service-level\trecipient-name\tship-address-1\tship-address-2\tship-address-3\tship-city\tship-state\tship-postal-code\tship-country\tis-business-order\tpurchase-order-number\tprice-designation\tis-prime\n",
             out);
  static constexpr const char* kNames[] = {"Ada Example", "José Müller", "Grace Sample", "Wei Chen"};
  for (int n = 0; n < orders; ++n) {
    const std::string id = digits(n);
    const std::string name = std::string(kNames[n % 4]) + " Family" + std::to_string(n % 9973);
    std::fprintf(out, "113-%s-%s\t1000000%s\t2026-11-%02dT%02d:%02d:00+00:00\t2026-11-24T17:00:00+00:00\t2026-11-25T00:30:00+00:00\t2026-11-%02dT%02d:59:59+00:00\t-2\tk%sq@marketplace.amazon.com\t%s\t+1 555 %s\tSKU-%d\t"
                      "A fine mug of stoneware, 12\" tall, blue\t%d\t0\t%d\tStandard\t%s\t%d Main Street\tApt 2\t\tLos Angeles\tCA\t90001\tUS\tfalse\t\t\ttrue\n",
                 id.c_str(), id.c_str(), id.c_str(), 1 + n % 24, n % 24, n % 60, 26 + n % 4, n % 24, id.c_str(), name.c_str(), id.c_str(), n % 5'000, n % 3 + 1, n % 3 + 1, name.c_str(), n % 999);
  }
  std::fclose(out);
}

struct Answer {
  std::string head, body;
};

// One kept connection to the desk.
class Line {
 public:
  explicit Line(int port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) fail("cannot connect to the desk");
  }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line() { ::close(fd_); }

  Answer ask(const std::string& request) {
    if (::send(fd_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) fail("cannot ask the desk");
    std::string got;
    std::size_t head = std::string::npos;
    std::size_t wanted = 0;
    char piece[65'536];
    while (head == std::string::npos || got.size() < wanted) {
      const ssize_t n = ::recv(fd_, piece, sizeof piece, 0);
      if (n <= 0) fail("the desk ended the connection");
      got.append(piece, static_cast<std::size_t>(n));
      if (head != std::string::npos) continue;
      head = got.find("\r\n\r\n");
      if (head == std::string::npos) continue;
      const std::size_t length = got.find("Content-Length: ");
      if (length > head) fail("an answer without a length:\n" + got.substr(0, head));
      wanted = head + 4 + static_cast<std::size_t>(std::atol(got.c_str() + length + 16));
    }
    return {got.substr(0, head), got.substr(head + 4)};
  }

 private:
  int fd_;
};

std::string get(const std::string& target, const std::string& cookie) { return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nCookie: " + cookie + "\r\n\r\n"; }

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

// What a question is called, how it is asked, how many orders answer it.
struct Question {
  const char* what;
  std::string target;
  std::size_t orders;
};

void must_answer(const Answer& answer, const Question& question) {
  const std::size_t orders = count_of(answer.body, "\"amazon_order_id\":");
  if (!answer.head.starts_with("HTTP/1.1 200") || orders != question.orders)
    fail(std::string(question.what) + ": " + std::to_string(orders) + " orders instead of " + std::to_string(question.orders) + ": " + answer.head.substr(0, 60) + "\n" + answer.body.substr(0, 300));
}

double resident_mb(pid_t child) {
  std::ifstream in("/proc/" + std::to_string(child) + "/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6) / 1024.0;
  return 0;
}

void serve(const std::string& zifa, const std::string& db, const fs::path& folder, int orders) {
  const pid_t child = start({zifa, "serve", "--db", db, "--port", "0"}, folder / "serve.log");
  int port = 0;
  for (int i = 0; i < 600 && port == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const std::string log = read_all(folder / "serve.log");
    if (const std::size_t at = log.find("http://127.0.0.1:"); at != std::string::npos && log.find('\n', at) != std::string::npos) port = std::atoi(log.c_str() + at + 17);
  }
  if (port == 0) fail("the desk does not serve: " + read_all(folder / "serve.log"));
  Line line(port);
  const std::string who = R"({"name":"bench","password":"Long-Enough-2026"})";
  const Answer in = line.ask("POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(who.size()) + "\r\n\r\n" + who);
  const std::size_t cookie_at = in.head.find("zifa_session=");
  if (cookie_at == std::string::npos) fail("cannot sign in: " + in.body);
  const std::string cookie = in.head.substr(cookie_at, in.head.find(';', cookie_at) - cookie_at);
  std::printf("%-52s %8.1f MB\n", "memory of the desk at rest", resident_mb(child));

  const std::string one = digits(orders / 2);
  const Question questions[] = {
      {"first 50 unshipped by ship-by, with their lines", "/api/orders?sort=ship_by&limit=50", 50},
      {"search: an order number", "/api/orders?q=113-" + one + "-" + one, 1},
      {"search: ten pasted order numbers", "", 10},
      {"search: a buyer's e-mail address", "/api/orders?q=k" + one + "q@marketplace.amazon.com", 1},
      {"search: a SKU", "/api/orders?q=SKU-4977", std::min<std::size_t>(50, static_cast<std::size_t>((orders + 22) / 5'000))},
      {"search: a word of a buyer's name", "/api/orders?q=family77", std::min<std::size_t>(50, static_cast<std::size_t>((orders + 9'895) / 9'973))},
      {"search: a word of nobody", "/api/orders?q=zzyzx", 0},
  };
  for (Question question : questions) {
    if (question.target.empty()) {
      question.target = "/api/orders?q=";
      for (int n = 0; n < 10; ++n) question.target += (n == 0 ? "113-" : "%20113-") + digits(n * 7) + "-" + digits(n * 7);
    }
    const std::string request = get(question.target, cookie);
    for (int n = 0; n < 20; ++n) must_answer(line.ask(request), question);
    std::vector<double> times;
    for (int n = 0; n < 400; ++n) {
      const double from = wall();
      const Answer answer = line.ask(request);
      times.push_back(wall() - from);
      must_answer(answer, question);
    }
    std::sort(times.begin(), times.end());
    std::printf("%-52s p50 %6.2f ms   p99 %6.2f ms\n", question.what, times[200] * 1e3, times[396] * 1e3);
  }
  constexpr int kClients = 8;
  std::vector<long> asked(kClients);
  const double until = wall() + 3.0;
  {
    std::vector<std::thread> clients;
    for (int c = 0; c < kClients; ++c)
      clients.emplace_back([&, c] {
        Line mine(port);
        while (wall() < until) {
          must_answer(mine.ask(get(questions[0].target, cookie)), questions[0]);
          ++asked[static_cast<std::size_t>(c)];
        }
      });
    for (std::thread& client : clients) client.join();
  }
  long sum = 0;
  for (const long n : asked) sum += n;
  std::printf("%-52s %8.0f requests/s\n", "that list, eight clients at once", static_cast<double>(sum) / 3.0);
  std::printf("%-52s %8.1f MB\n", "memory of the desk after it", resident_mb(child));
  ::kill(child, SIGTERM);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) fail("the desk does not end well");
}

}  // namespace

int main(int count, char** words) {
  const int orders = count > 1 ? std::atoi(words[1]) : 100'000;
  if (orders < 100 || orders > 9'000'000) fail("orders: 100 to 9000000");
  const std::string zifa = (fs::canonical("/proc/self/exe").parent_path().parent_path() / "zifa").string();
  const fs::path folder = fs::temp_directory_path() / ("zifa_bench_desk_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const fs::path file = folder / "orders.txt";
  write_orders(file, orders);
  // SQLite, or the database that ZIFA_BENCH_DB names (empty, of its own).
  const char* named = std::getenv("ZIFA_BENCH_DB");
  const std::string db = named != nullptr ? named : (folder / "desk.db").string();

  const Spent took = run({zifa, "import", "orders", file.string(), "--db", db}, folder / "out");
  if (read_all(folder / "out").find("\"new\":" + std::to_string(orders)) == std::string::npos) fail("not every order is new: " + read_all(folder / "out"));
  std::printf("%-52s %8.0f orders/processor-s  (%.2f s by the wall clock)  peak %.0f MB\n", "a file of orders taken in", orders / took.processor_seconds, took.seconds, took.peak_mb);
  const Spent again = run({zifa, "import", "orders", file.string(), "--db", db}, folder / "out");
  if (read_all(folder / "out").find("\"unchanged\":" + std::to_string(orders)) == std::string::npos) fail("not every order is unchanged: " + read_all(folder / "out"));
  std::printf("%-52s %8.0f orders/processor-s  (%.2f s by the wall clock)  peak %.0f MB\n", "the same file once more", orders / again.processor_seconds, again.seconds, again.peak_mb);
  if (std::system("command -v sqlite3 >/dev/null") == 0) {
    const Spent bare = run({"sqlite3", (folder / "bare.db").string(), "-cmd", ".mode tabs", "-cmd", ".import \"" + file.string() + "\" o", "CREATE INDEX a ON o(\"order-id\"); CREATE INDEX b ON o(\"promise-date\"); CREATE INDEX c ON o(sku);"}, folder / "out");
    std::printf("%-52s %8.0f orders/processor-s\n", "sqlite3 .import and three indexes, the same file", orders / bare.processor_seconds);
  } else {
    std::printf("sqlite3 .import: skipped, no sqlite3\n");
  }
  ::setenv("ZIFA_PASSWORD", "Long-Enough-2026", 1);
  run({zifa, "user", "add", "bench", "--role", "owner", "--db", db}, folder / "out");
  serve(zifa, db, folder, orders);
  if (named == nullptr) std::printf("%-52s %8.1f MB\n", "the database", static_cast<double>(fs::file_size(folder / "desk.db")) / 1048576.0);
  fs::remove_all(folder);
  return 0;
}
