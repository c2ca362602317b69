#include "adapters/secrets/key_file.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/encoding.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kMostBytes = 64U * 1024;

std::string random_bytes(std::size_t n) {
  std::string bytes(n, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string system_says() { return std::strerror(errno); }

struct File {
  int fd = -1;
  ~File() {
    if (fd >= 0) ::close(fd);
  }
};

std::string text_of(const Keys& keys) {
  std::string text = "zifa-keys 1\nindex " + to_base64(keys.index) + "\n";
  for (const auto& [id, key] : keys.seals) text += "seal " + to_hex(id) + " " + to_base64(key) + "\n";
  return text;
}

// Whole and on disk, or not at all: half a key file would lock everything away.
Result<Done> write_new(const std::string& path, const std::string& text) {
  const auto failed = [&](const std::string& at) {
    return unavailable("secrets.key_file_unreadable", "Cannot write the key file " + at + ": " + system_says() + ". Check the folder's rights and the free space.");
  };
  File file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.fd < 0) return failed(path);
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t n = ::write(file.fd, text.data() + at, text.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      const Error error = failed(path);
      ::unlink(path.c_str());
      return error;
    }
    at += static_cast<std::size_t>(n);
  }
  if (::fsync(file.fd) != 0) return failed(path);
  const std::size_t slash = path.rfind('/');
  const File folder{::open(slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (folder.fd >= 0) ::fsync(folder.fd);
  return done;
}

Result<Keys> parse(const std::string& path, std::string_view text) {
  const auto bad = [&](const std::string& why) {
    return corrupt("secrets.key_file_bad", "The key file " + path + " is damaged: " + why + ". Put back a copy of it; without it, sealed data cannot be read.");
  };
  const auto lines = split(text, '\n');
  if (trim(lines[0]) != "zifa-keys 1") return bad("its first line is not \"zifa-keys 1\"");
  Keys keys;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::string_view line = trim(lines[i]);
    if (line.empty() || line.front() == '#') continue;
    const auto words = split(line, ' ');
    const auto key = from_base64(words.back());
    const bool is_index = words.size() == 2 && words[0] == "index";
    const auto id = words.size() == 3 && words[0] == "seal" ? from_hex(words[1]) : std::nullopt;
    if (!key || key->size() != kKeyBytes || (!is_index && (!id || id->size() != kIdBytes))) return bad("line " + std::to_string(i + 1) + " is not a key");
    if (is_index) {
      if (!keys.index.empty()) return bad("it holds two index keys");
      keys.index = *key;
    } else {
      keys.seals.emplace_back(*id, *key);
    }
  }
  if (keys.index.empty() || keys.seals.empty()) return bad("a key is missing");
  return keys;
}

Result<Keys> read(const std::string& path) {
  const File file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) {
    if (errno == ENOENT) return not_found("secrets.key_file_missing", "There is no key file at " + path + ". Put back the copy that belongs to this database; sealed data cannot be read without it.");
    return unavailable("secrets.key_file_unreadable", "Cannot read the key file " + path + ": " + system_says() + ".");
  }
  struct stat about {};
  if (::fstat(file.fd, &about) != 0 || !S_ISREG(about.st_mode)) return unavailable("secrets.key_file_unreadable", "The key file " + path + " is not a file.");
  if ((about.st_mode & 077) != 0)
    return refused("secrets.key_file_open_to_others", "Others can read the key file " + path + ". Take their rights away with: chmod 600 " + path);
  std::string text;
  char part[4096];
  for (;;) {
    const ssize_t n = ::read(file.fd, part, sizeof part);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return unavailable("secrets.key_file_unreadable", "Cannot read the key file " + path + ": " + system_says() + ".");
    if (n == 0) break;
    text.append(part, static_cast<std::size_t>(n));
    if (text.size() > kMostBytes) return corrupt("secrets.key_file_bad", "The key file " + path + " is damaged: it is too long.");
  }
  auto keys = parse(path, text);
  sodium_memzero(text.data(), text.size());
  return keys;
}

}  // namespace

Result<Keys> read_or_make_keys(const std::string& path, bool may_create) {
  auto found = read(path);
  if (found.has_value() || found.error().kind != ErrorKind::not_found || !may_create) return found;
  const Keys fresh{random_bytes(kKeyBytes), {{random_bytes(kIdBytes), random_bytes(kKeyBytes)}}};
  // Written beside and then given its name in one step: nobody ever reads half a file. Another process may have made
  // one in this moment; then its keys are the ones.
  const std::string beside = path + "." + std::to_string(::getpid()) + ".new";
  ::unlink(beside.c_str());
  TRY(write_new(beside, text_of(fresh)));
  const bool named = ::link(beside.c_str(), path.c_str()) == 0 || errno == EEXIST;
  const std::string problem = named ? "" : system_says();
  ::unlink(beside.c_str());
  if (!named) return unavailable("secrets.key_file_unreadable", "Cannot make the key file " + path + ": " + problem + ".");
  return read(path);
}

Result<Done> add_sealing_key(const std::string& path) {
  Keys keys = TRY(read(path));
  keys.seals.insert(keys.seals.begin(), {random_bytes(kIdBytes), random_bytes(kKeyBytes)});
  const std::string beside = path + ".new";
  ::unlink(beside.c_str());
  TRY(write_new(beside, text_of(keys)));
  if (::rename(beside.c_str(), path.c_str()) != 0)
    return unavailable("secrets.key_file_unreadable", "Cannot replace the key file " + path + ": " + system_says() + ".");
  return done;
}

}  // namespace zifa
