#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "adapters/secrets/key_file.hpp"
#include "adapters/secrets/sodium_secrets.hpp"
#include "base/encoding.hpp"

using namespace zifa;

namespace {

struct Folder {
  std::string path;
  Folder() {
    char name[] = "/tmp/zifa-secrets-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(const char* name = "zifa.key") const { return path + "/" + name; }
};

std::unique_ptr<Secrets> open(const std::string& file) { return std::move(*open_secrets({.key_file = file, .weak_passwords_for_tests = true})); }

std::string contents(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void overwrite(const std::string& file, const std::string& text) { std::ofstream(file) << text; }

}  // namespace

TEST_CASE("the key file is made at the first start, for its owner alone, and found again at the second") {
  const Folder folder;
  const std::string sealed = open(folder.file())->seal("Zhang Wei, 1 Main St", "order.address:1");
  struct stat about {};
  REQUIRE(::stat(folder.file().c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  CHECK(open(folder.file())->open(sealed, "order.address:1").value() == "Zhang Wei, 1 Main St");
  CHECK(sealed.find("Zhang") == std::string::npos);
}

TEST_CASE("a sealed value opens only unchanged and in its own place") {
  const Folder folder;
  const auto secrets = open(folder.file());
  const std::string sealed = secrets->seal("Atzr|token", "account.refresh_token:1");
  CHECK(sealed.size() == 10 + 49);
  CHECK(sealed != secrets->seal("Atzr|token", "account.refresh_token:1"));
  CHECK(secrets->open(sealed, "account.refresh_token:2").error().code == "secrets.damaged");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK(!secrets->open(changed, "account.refresh_token:1").has_value());
    CHECK(!secrets->open(sealed.substr(0, i), "account.refresh_token:1").has_value());
  }
  CHECK(secrets->open(secrets->seal("", ""), "").value() == "");
}

TEST_CASE("a key file others can read is refused, with the command that mends it") {
  const Folder folder;
  open(folder.file());
  for (const mode_t mode : {0640, 0604, 0660, 0620}) {
    ::chmod(folder.file().c_str(), mode);
    const Error error = open_secrets({.key_file = folder.file()}).error();
    CHECK(error.code == "secrets.key_file_open_to_others");
    CHECK(error.message.find("chmod 600 ") != std::string::npos);
  }
  ::chmod(folder.file().c_str(), 0600);
  CHECK(open_secrets({.key_file = folder.file()}).has_value());
}

TEST_CASE("the key file of another database is refused at the start") {
  const Folder folder;
  const std::string name = open(folder.file("a"))->key_name();
  CHECK(open_secrets({.key_file = folder.file("a"), .expected_key_name = name}).has_value());
  CHECK(open_secrets({.key_file = folder.file("b"), .expected_key_name = name}).error().code == "secrets.wrong_key_file");
  const std::string sealed = open(folder.file("a"))->seal("x", "");
  CHECK(open(folder.file("b"))->open(sealed, "").error().code == "secrets.other_key");
}

TEST_CASE("a missing or damaged key file is named, never replaced") {
  const Folder folder;
  CHECK(open_secrets({.key_file = folder.file(), .may_create = false}).error().code == "secrets.key_file_missing");
  CHECK(!std::filesystem::exists(folder.file()));
  CHECK(open_secrets({.key_file = folder.path + "/no/such/folder/key"}).error().code == "secrets.key_file_unreadable");
  CHECK(open_secrets({.key_file = folder.path}).error().kind == ErrorKind::unavailable);
  open(folder.file());
  const std::string good = contents(folder.file());
  for (const std::string& bad : {std::string(), std::string("zifa-keys 2\n"), good.substr(0, good.size() / 2), good.substr(0, good.find("seal")), good + "seal 00 AAAA\n", good + good.substr(12),
                                 std::string(100'000, 'x'), std::string("\0\0\0", 3)}) {
    overwrite(folder.file(), bad);
    CHECK(open_secrets({.key_file = folder.file()}).error().code == "secrets.key_file_bad");
    CHECK(contents(folder.file()) == bad);
  }
}

TEST_CASE("after a change of keys new values take the new key and old ones still open") {
  const Folder folder;
  const auto before = open(folder.file());
  const std::string old_value = before->seal("old", "c");
  CHECK(add_sealing_key(folder.file()).has_value());
  const auto after = open(folder.file());
  const std::string new_value = after->seal("new", "c");
  CHECK(after->open(old_value, "c").value() == "old");
  CHECK(after->open(new_value, "c").value() == "new");
  CHECK(before->open(new_value, "c").error().code == "secrets.other_key");
  CHECK(before->search_hash("zhang wei", "name") == after->search_hash("zhang wei", "name"));
  CHECK(before->key_name() == after->key_name());
}

TEST_CASE("a search hash is equal for equal text of one field and different otherwise") {
  const Folder folder;
  const auto secrets = open(folder.file("a"));
  CHECK(secrets->search_hash("zhang wei", "name") == secrets->search_hash("zhang wei", "name"));
  CHECK(secrets->search_hash("zhang wei", "name") != secrets->search_hash("zhang wei", "phone"));
  CHECK(secrets->search_hash("b", "namea") != secrets->search_hash("ab", "name"));
  CHECK(secrets->search_hash("zhang wei", "name") != open(folder.file("b"))->search_hash("zhang wei", "name"));
}

TEST_CASE("a password is known again by its hash and by nothing else") {
  const Folder folder;
  const auto secrets = open(folder.file());
  const std::string hash = secrets->hash_password("correct horse 9!");
  CHECK(hash.starts_with("$argon2id$"));
  CHECK(hash != secrets->hash_password("correct horse 9!"));
  CHECK(secrets->is_password("correct horse 9!", hash));
  CHECK(!secrets->is_password("correct horse 9", hash));
  CHECK(!secrets->is_password("", hash));
  for (const std::string& bad : {std::string(), std::string("x"), hash.substr(0, 20), std::string(5'000, '$')}) CHECK(!secrets->is_password("correct horse 9!", bad));
}

TEST_CASE("tokens are long, URL-safe and never the same") {
  const Folder folder;
  const auto secrets = open(folder.file());
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string token = secrets->token();
    CHECK(token.size() == 43);
    CHECK(token.find_first_of("+/=") == std::string::npos);
    CHECK(seen.insert(token).second);
  }
  CHECK(secrets->token(16).size() == 22);
  CHECK(to_hex(secrets->sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
