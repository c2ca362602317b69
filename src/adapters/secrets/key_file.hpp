// The key file: a few lines of text beside the database, readable by its owner alone.
//
//   zifa-keys 1
//   index <base64>           for search hashes; never changes
//   seal <id> <base64>       the newest sealing key first; older ones stay to open what they sealed
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace zifa {

struct Keys {
  std::string index;                                       // 32 bytes
  std::vector<std::pair<std::string, std::string>> seals;  // id of 8 bytes, key of 32; the first seals
};

// Reads the file; makes it, with mode 0600 and fresh keys, when there is none and `may_create`.
//
// Refuses `secrets.key_file_missing`, `secrets.key_file_open_to_others` (any right for group or others),
// `secrets.key_file_bad`, `secrets.key_file_unreadable`; each message says what to do.
Result<Keys> read_or_make_keys(const std::string& path, bool may_create);

// Adds a new sealing key in front. What older keys sealed still opens. The file is replaced in one step.
Result<Done> add_sealing_key(const std::string& path);

}  // namespace zifa
