// An open database with everything that works on it: what the doors (api, cli) are handed.
#pragma once

#include "app/jobs.hpp"
#include "app/ports/documents.hpp"
#include "app/ports/http.hpp"
#include "app/ports/secrets.hpp"
#include "app/ports/seller_files.hpp"
#include "app/ports/upload_file.hpp"

namespace zifa {

class Desk {
 public:
  virtual ~Desk() = default;
  virtual Services& services() = 0;
  Store& store() { return services().store; }
  Clock& clock() { return services().clock; }
  virtual const Secrets& secrets() = 0;
  virtual const SellerFiles& files() = 0;
  virtual const UploadFiles& uploads() = 0;
  virtual documents::Documents& documents() = 0;
  virtual http::Client& http() = 0;
  virtual void start_workers(int threads) = 0;
  virtual void stop_workers() = 0;
  // Runs what is due on this thread, until nothing is. Says how many jobs ran.
  virtual Result<int> run_until_idle() = 0;
};

}  // namespace zifa
