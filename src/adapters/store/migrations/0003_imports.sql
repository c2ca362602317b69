-- What buyers send back, imports that run behind the screens, and columns remembered for an account and a kind of file.

CREATE TABLE return_line (
  id @id,
  account_id @int NOT NULL REFERENCES account (id),
  amazon_order_id TEXT NOT NULL,         -- the order may be older than this desk
  sku TEXT NOT NULL,
  request TEXT NOT NULL,                 -- tells two returns of the same line apart: Amazon's RMA id, else the seller's, else the moment of the request
  amazon_rma_id TEXT NOT NULL DEFAULT '',
  merchant_rma_id TEXT NOT NULL DEFAULT '',
  asin TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  quantity @int NOT NULL,
  order_quantity @int,
  ordered_at @int,
  requested_at @int NOT NULL,
  delivered_at @int,                     -- when it came back, as the carrier says
  status TEXT NOT NULL DEFAULT '',       -- as Amazon writes it, like the next ones
  reason TEXT NOT NULL DEFAULT '',
  return_type TEXT NOT NULL DEFAULT '',
  resolution TEXT NOT NULL DEFAULT '',
  in_policy @int,
  a_to_z @int NOT NULL DEFAULT 0,
  is_prime @int NOT NULL DEFAULT 0,
  currency TEXT NOT NULL DEFAULT '',
  order_amount @int,
  refunded_amount @int,
  label_cost @int,
  label_type TEXT NOT NULL DEFAULT '',
  label_paid_by TEXT NOT NULL DEFAULT '',
  carrier TEXT NOT NULL DEFAULT '',
  tracking_number TEXT NOT NULL DEFAULT '',
  invoice_number TEXT NOT NULL DEFAULT '',
  safe_t_claim_id TEXT NOT NULL DEFAULT '',
  safe_t_claim_state TEXT NOT NULL DEFAULT '',
  imported_at @int NOT NULL,
  updated_at @int NOT NULL,
  UNIQUE (account_id, amazon_order_id, sku, request)
);
CREATE INDEX return_line_requested ON return_line (requested_at, id);
CREATE INDEX return_line_tracking ON return_line (tracking_number) WHERE tracking_number <> '';

CREATE TABLE import_run (
  id @id,
  kind TEXT NOT NULL,
  account_id @int,
  file_name TEXT NOT NULL DEFAULT '',
  wanted_format TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL,                   -- waiting, running, done, cancelled, failed
  cancel_wanted @int NOT NULL DEFAULT 0,
  bytes @int NOT NULL,
  bytes_read @int NOT NULL DEFAULT 0,
  line @int NOT NULL DEFAULT 0,          -- written with what these lines hold: an import that broke off goes on behind it
  row_count @int NOT NULL DEFAULT 0,
  created @int NOT NULL DEFAULT 0,
  updated @int NOT NULL DEFAULT 0,
  unchanged @int NOT NULL DEFAULT 0,
  refused @int NOT NULL DEFAULT 0,
  format TEXT NOT NULL DEFAULT '',
  encoding TEXT NOT NULL DEFAULT '',
  refusals TEXT NOT NULL DEFAULT '[]',   -- JSON: the first few
  error_code TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT '',
  created_by TEXT NOT NULL DEFAULT '',
  created_at @int NOT NULL,
  started_at @int,
  ended_at @int
);

CREATE TABLE import_content (
  import_id @int PRIMARY KEY REFERENCES import_run (id),
  content @blob NOT NULL                 -- sealed; gone once the import is over
);

CREATE TABLE column_choice (
  signature TEXT NOT NULL,               -- hash of the file's header
  kind TEXT NOT NULL,                    -- orders, listings, stock, returns; '' = every kind
  account_id @int NOT NULL,              -- 0 = every account
  name TEXT NOT NULL DEFAULT '',
  fields TEXT NOT NULL,                  -- JSON: field -> column, date format
  updated_at @int NOT NULL,
  PRIMARY KEY (signature, kind, account_id)
);
INSERT INTO column_choice (signature, kind, account_id, name, fields, updated_at) SELECT signature, '', 0, name, fields, updated_at FROM column_mapping;
DROP TABLE column_mapping;
ALTER TABLE column_choice RENAME TO column_mapping;
