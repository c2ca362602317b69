// Numbered migrations, each run once in a transaction, its checksum kept beside it.
#pragma once

#include "adapters/store/sql.hpp"

namespace zifa::sql {

Result<Done> migrate(Connection& connection);

}  // namespace zifa::sql
