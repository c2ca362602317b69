#include <thread>

#include "tests/store/database.hpp"

using namespace zifa;
using namespace zifa::store_tests;

TEST_CASE("a database opens again, and its migrations run once") {
  Database db;
  Shop shop(db);
  db.close();
  CHECK(db.read([](Tx& tx) { return tx.accounts.all(); }).size() == 1);
}

TEST_CASE("a database whose migration is not ours is refused") {
  Database db;
  db.store();
  db.close();
  db.run("UPDATE migration SET checksum='0' WHERE number=1");
  const auto opened = open_store({.url = db.url()}, db.secrets());
  CHECK(code_of(opened) == "store.changed_migration");
}

TEST_CASE("a database of a later version is refused, and nothing is done to it") {
  Database db;
  db.store();
  db.close();
  db.run("INSERT INTO migration (number, checksum) VALUES (9999, 'later')");
  const auto opened = open_store({.url = db.url()}, db.secrets());
  CHECK(code_of(opened) == "store.newer");
}

TEST_CASE("programs that start at once on a new database make it once") {
  Database db;
  std::vector<std::string> codes(4, "not run");
  std::vector<std::thread> threads;
  for (std::string& code : codes) threads.emplace_back([&db, &code] { code = code_of(open_store({.url = db.url()}, db.secrets())); });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& code : codes) CHECK(code == "");
}

TEST_CASE("what is not there is named") {
  if (postgres_url() != nullptr) {
    const Database db;
    CHECK(code_of(open_store({.url = "postgresql://zifa@127.0.0.1:1/nowhere"}, db.secrets())) == "store.no_connection");
  } else {
    const Database db;
    CHECK(code_of(open_store({.url = (db.folder() / "no" / "such" / "folder.db").string()}, db.secrets())) == "store.cannot_open");
  }
}
