// Puts the adapters together into a desk. Part of main.cpp's job, kept in files of its own so that tests can open a desk too.
#pragma once

#include <memory>

#include "adapters/http/server.hpp"
#include "app/desk.hpp"
#include "cli/wiring.hpp"

namespace zifa {

Result<std::unique_ptr<Desk>> open_desk(const cli::DeskOptions& options, const std::string& key_file);
Result<std::unique_ptr<cli::PlayedAmazon>> play_amazon(const cli::PlayOptions& options);
Result<std::unique_ptr<cli::Listening>> listen(const std::string& host, int port, http::Handler handler, Desk* live);
std::unique_ptr<http::Client> client_of(http::Handler handler);
http::Handler screens_of(Desk& desk, const std::string& setup_code);
// The live changes of a desk, for `listen`.
http::StreamHandler live_changes_of(Desk& desk);
// A tracking service as the settings name it (`tracking_url`, `tracking_token`); asked again for every question.
std::unique_ptr<ParcelTracking> make_parcel_tracking(Store& store, http::Client& http);

}  // namespace zifa
