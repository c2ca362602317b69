// Puts the adapters together into a desk. Part of main.cpp's job, kept in files of its own so that tests can open a desk too.
#pragma once

#include <memory>

#include "cli/wiring.hpp"

namespace zifa {

Result<std::unique_ptr<Desk>> open_desk(const DeskOptions& options, const std::string& key_file);
Result<std::unique_ptr<cli::PlayedAmazon>> play_amazon(const cli::PlayOptions& options);
Result<std::unique_ptr<cli::Listening>> listen(const std::string& host, int port, http::Handler handler, Desk* live);
std::unique_ptr<http::Client> client_of(http::Handler handler);

}  // namespace zifa
