-- Accounts, orders, products and stock, parcels, labels, confirmations, scans; events, jobs, users.
-- One text for both databases: @id, @int and @blob are spelt out by the driver. Instants are milliseconds since 1970 (UTC),
-- lengths micrometres, weights micrograms, money minor units beside its currency.

CREATE TABLE account (
  id @id,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,                    -- amazon, file
  region TEXT NOT NULL DEFAULT '',
  seller_id TEXT NOT NULL DEFAULT '',
  endpoint TEXT NOT NULL DEFAULT '',
  lwa_endpoint TEXT NOT NULL DEFAULT '',
  marketplaces TEXT NOT NULL DEFAULT '', -- ids, comma-separated; the first is the default
  credentials @blob,                     -- sealed: client id, client secret, refresh token
  status TEXT NOT NULL DEFAULT 'active', -- active, paused
  synced_until @int,                     -- orders are complete up to here; the next search starts a little before
  last_sync_at @int,
  last_error TEXT NOT NULL DEFAULT '',
  created_at @int NOT NULL
);

CREATE TABLE product (
  id @id,
  sku TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL DEFAULT '',
  barcode TEXT NOT NULL DEFAULT '',
  length_um @int NOT NULL DEFAULT 0,
  width_um @int NOT NULL DEFAULT 0,
  height_um @int NOT NULL DEFAULT 0,
  weight_ug @int NOT NULL DEFAULT 0,
  cargo TEXT NOT NULL DEFAULT 'general',
  turn TEXT NOT NULL DEFAULT 'any',      -- any, upright, fixed
  stackable @int NOT NULL DEFAULT 1,
  image_url TEXT NOT NULL DEFAULT '',
  declared_zh TEXT NOT NULL DEFAULT '',
  declared_en TEXT NOT NULL DEFAULT '',
  hs_code TEXT NOT NULL DEFAULT '',
  origin TEXT NOT NULL DEFAULT '',
  declared_value @int,
  declared_currency TEXT NOT NULL DEFAULT '',
  created_at @int NOT NULL,
  updated_at @int NOT NULL
);
CREATE INDEX product_barcode ON product (barcode);

CREATE TABLE listing (
  id @id,
  account_id @int NOT NULL REFERENCES account (id),
  marketplace_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  asin TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  image_url TEXT NOT NULL DEFAULT '',
  product_type TEXT NOT NULL DEFAULT '',
  price @int,
  currency TEXT NOT NULL DEFAULT '',
  quantity @int,                         -- as Amazon last told it
  handling_days @int,
  channel TEXT NOT NULL DEFAULT 'fbm',
  status TEXT NOT NULL DEFAULT '',
  issues TEXT NOT NULL DEFAULT '[]',
  product_id @int REFERENCES product (id),
  units_per @int NOT NULL DEFAULT 1,
  quantity_override @int,
  paused @int NOT NULL DEFAULT 0,
  pushed_quantity @int,
  last_pushed_at @int,
  last_synced_at @int,
  UNIQUE (account_id, marketplace_id, sku)
);
CREATE INDEX listing_product ON listing (product_id);

CREATE TABLE warehouse (
  id @id,
  name TEXT NOT NULL UNIQUE,
  country TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  address @blob,                         -- sealed like every address
  cutoff_minutes @int NOT NULL DEFAULT 960,
  active @int NOT NULL DEFAULT 1
);

CREATE TABLE stock_item (
  warehouse_id @int NOT NULL REFERENCES warehouse (id),
  product_id @int NOT NULL REFERENCES product (id),
  zone TEXT NOT NULL DEFAULT '',
  bin TEXT NOT NULL DEFAULT '',
  on_hand @int NOT NULL DEFAULT 0,       -- the sum of its movements
  reserved @int NOT NULL DEFAULT 0,      -- the sum of its open reservations
  PRIMARY KEY (warehouse_id, product_id)
);
CREATE INDEX stock_item_product ON stock_item (product_id);

CREATE TABLE stock_movement (
  id @id,
  at @int NOT NULL,
  warehouse_id @int NOT NULL,
  product_id @int NOT NULL,
  kind TEXT NOT NULL,                    -- receipt, issue, count, adjust, return
  quantity @int NOT NULL,                -- signed
  parcel_id @int,
  reason TEXT NOT NULL DEFAULT '',
  actor TEXT NOT NULL DEFAULT ''
);
CREATE INDEX stock_movement_product ON stock_movement (product_id, warehouse_id);

CREATE TABLE orders (
  id @id,
  account_id @int NOT NULL REFERENCES account (id),
  amazon_order_id TEXT NOT NULL,
  marketplace_id TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL,
  exception_code TEXT NOT NULL DEFAULT '',
  exception_message TEXT NOT NULL DEFAULT '',
  on_hold @int NOT NULL DEFAULT 0,
  hold_reason TEXT NOT NULL DEFAULT '',
  amazon_status TEXT NOT NULL,
  by_amazon @int NOT NULL DEFAULT 0,
  purchased_at @int NOT NULL,
  earliest_ship @int,
  ship_by @int,
  due @int NOT NULL,                     -- ship_by, or the far future where Amazon has not said: what lists are sorted by
  earliest_delivery @int,
  deliver_by @int,
  service_level TEXT NOT NULL DEFAULT '',
  programs TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  shape TEXT NOT NULL DEFAULT 'single',
  units @int NOT NULL DEFAULT 0,
  total @int,
  currency TEXT NOT NULL DEFAULT '',
  personal @blob,                        -- sealed: address, buyer; emptied when Amazon's clock says so
  has_address @int NOT NULL DEFAULT 0,
  purchase_order_number TEXT NOT NULL DEFAULT '',
  cancel_requested_at @int,
  cancel_reason TEXT NOT NULL DEFAULT '',
  cancel_answered_at @int,               -- a person decided to ship anyway
  cancelled_at @int,
  cancelled_by TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  reviewed_at @int,
  confirmed_at @int,                     -- the last unit's confirmation
  printed @int NOT NULL DEFAULT 0,
  confirm_state TEXT NOT NULL DEFAULT 'none',
  warehouse_id @int,
  service_id @int,
  amazon_updated_at @int,
  imported_at @int NOT NULL,
  updated_at @int NOT NULL,
  UNIQUE (account_id, amazon_order_id)
);
CREATE INDEX orders_amazon_id ON orders (amazon_order_id);
CREATE INDEX orders_state ON orders (state, due, id);
CREATE INDEX orders_all_due ON orders (due, id);
CREATE INDEX orders_purchased ON orders (purchased_at);

CREATE TABLE order_item (
  id @id,
  order_id @int NOT NULL REFERENCES orders (id),
  amazon_item_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  asin TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  quantity @int NOT NULL,
  shipped @int NOT NULL DEFAULT 0,       -- as Amazon last told it
  unit_price @int,
  item_total @int,
  currency TEXT NOT NULL DEFAULT '',
  gift @int NOT NULL DEFAULT 0,
  gift_message @blob,
  customization_url TEXT NOT NULL DEFAULT '',
  ioss_number TEXT NOT NULL DEFAULT '',
  cancel_requested @int NOT NULL DEFAULT 0,
  cancelled @int NOT NULL DEFAULT 0,
  product_id @int,
  units_per @int NOT NULL DEFAULT 1,
  UNIQUE (order_id, amazon_item_id)
);
CREATE INDEX order_item_sku ON order_item (sku);

-- Who bought, findable without being readable: keyed hashes of the words of the name, the phone, the e-mail.
CREATE TABLE order_person (
  word @blob NOT NULL,
  order_id @int NOT NULL
);
CREATE INDEX order_person_word ON order_person (word);
CREATE INDEX order_person_order ON order_person (order_id);

CREATE TABLE order_tag (
  order_id @int NOT NULL REFERENCES orders (id),
  tag TEXT NOT NULL,
  PRIMARY KEY (order_id, tag)
);
CREATE INDEX order_tag_tag ON order_tag (tag);

CREATE TABLE reservation (
  id @id,
  order_item_id @int NOT NULL REFERENCES order_item (id),
  order_id @int NOT NULL,
  warehouse_id @int NOT NULL,
  product_id @int NOT NULL,
  quantity @int NOT NULL,                -- stock units
  state TEXT NOT NULL                    -- open, issued, released
);
CREATE INDEX reservation_order ON reservation (order_id);
CREATE INDEX reservation_open ON reservation (product_id, warehouse_id) WHERE state = 'open';

CREATE TABLE carton (
  id @id,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL DEFAULT 'box',
  inner_length_um @int NOT NULL, inner_width_um @int NOT NULL, inner_height_um @int NOT NULL,
  outer_length_um @int NOT NULL, outer_width_um @int NOT NULL, outer_height_um @int NOT NULL,
  tare_ug @int NOT NULL,
  max_weight_ug @int NOT NULL,
  cost @int NOT NULL DEFAULT 0,
  currency TEXT NOT NULL DEFAULT 'USD',
  active @int NOT NULL DEFAULT 1
);

CREATE TABLE rate_card (
  id @id,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,                    -- card, zones, surcharges, remote
  content TEXT NOT NULL,                 -- the file as it was imported, bad rows left out
  rows_read @int NOT NULL,
  imported_at @int NOT NULL
);

CREATE TABLE service (
  id @id,
  name TEXT NOT NULL UNIQUE,
  carrier_id TEXT NOT NULL,
  carrier_name TEXT NOT NULL DEFAULT '',
  warehouse_id @int REFERENCES warehouse (id),
  card_service TEXT NOT NULL DEFAULT '', -- the service's name in the rate cards
  number_source TEXT NOT NULL DEFAULT 'typed',
  range_prefix TEXT NOT NULL DEFAULT '',
  range_suffix TEXT NOT NULL DEFAULT '',
  range_width @int NOT NULL DEFAULT 0,
  range_check TEXT NOT NULL DEFAULT 'none',
  range_next @int NOT NULL DEFAULT 0,
  range_last @int NOT NULL DEFAULT 0,
  amazon_code TEXT NOT NULL DEFAULT '',
  amazon_name TEXT NOT NULL DEFAULT '',
  amazon_method TEXT NOT NULL DEFAULT '',
  pickup_minutes TEXT NOT NULL DEFAULT '', -- minutes of the warehouse's day, comma-separated
  cargo TEXT NOT NULL DEFAULT 'general',
  active @int NOT NULL DEFAULT 1
);

CREATE TABLE parcel (
  id @id,
  account_id @int NOT NULL,
  order_id @int NOT NULL REFERENCES orders (id),
  warehouse_id @int NOT NULL REFERENCES warehouse (id),
  state TEXT NOT NULL,                   -- planned, packed, dispatched, delivered, returned, lost, cancelled
  service_id @int,
  carton_id @int,
  layout TEXT NOT NULL DEFAULT '[]',
  length_um @int NOT NULL DEFAULT 0, width_um @int NOT NULL DEFAULT 0, height_um @int NOT NULL DEFAULT 0,
  estimated_ug @int NOT NULL DEFAULT 0,
  actual_ug @int,
  cost @int,
  currency TEXT NOT NULL DEFAULT '',
  on_time_ppm @int,
  reason TEXT NOT NULL DEFAULT '',
  ready_by @int,                         -- the pickup it is planned for
  arrive_from @int, arrive_to @int,      -- days
  wave_id @int,
  handover_id @int,
  picked_at @int,
  packed_at @int,
  packed_by TEXT NOT NULL DEFAULT '',
  override_reason TEXT NOT NULL DEFAULT '',
  dispatched_at @int,
  delivered_at @int,
  first_scan_at @int,
  last_scan_at @int,
  tracking_state TEXT NOT NULL DEFAULT 'none',
  tracked_at @int,                       -- when the carrier was last asked
  confirm_state TEXT NOT NULL DEFAULT 'none', -- none, due, confirmed, unsure, failed
  confirm_error TEXT NOT NULL DEFAULT '',
  confirmed_at @int,
  created_at @int NOT NULL,
  updated_at @int NOT NULL
);
CREATE INDEX parcel_order ON parcel (order_id);
CREATE INDEX parcel_tracking ON parcel (tracking_state, tracked_at);
CREATE INDEX parcel_wave ON parcel (wave_id);
CREATE INDEX parcel_handover ON parcel (handover_id);

CREATE TABLE parcel_item (
  parcel_id @int NOT NULL REFERENCES parcel (id),
  order_item_id @int NOT NULL REFERENCES order_item (id),
  product_id @int NOT NULL,
  quantity @int NOT NULL,                -- units the buyer ordered
  units @int NOT NULL,                   -- stock units
  verified @int NOT NULL DEFAULT 0,      -- stock units scanned at the pack station
  PRIMARY KEY (parcel_id, order_item_id)
);

CREATE TABLE label (
  id @id,
  parcel_id @int NOT NULL REFERENCES parcel (id),
  order_id @int NOT NULL,
  attempt @int NOT NULL,
  state TEXT NOT NULL,                   -- bought, voided
  service_id @int NOT NULL,
  carrier_id TEXT NOT NULL,
  carrier_name TEXT NOT NULL DEFAULT '',
  service_name TEXT NOT NULL DEFAULT '',
  tracking_number TEXT NOT NULL,
  verdict TEXT NOT NULL DEFAULT '',
  cost @int,
  currency TEXT NOT NULL DEFAULT '',
  bought_at @int NOT NULL,
  voided_at @int,
  printed_at @int,
  print_count @int NOT NULL DEFAULT 0,
  UNIQUE (parcel_id, attempt)
);
CREATE UNIQUE INDEX label_live ON label (parcel_id) WHERE state = 'bought';
CREATE UNIQUE INDEX label_number ON label (carrier_id, tracking_number) WHERE state = 'bought';
CREATE INDEX label_tracking ON label (tracking_number);
CREATE INDEX label_order ON label (order_id);

-- What Amazon was told about a parcel. One row a parcel: the reference is the parcel's id, a repeat is an edit.
CREATE TABLE confirmation (
  parcel_id @int PRIMARY KEY REFERENCES parcel (id),
  account_id @int NOT NULL,
  order_id @int NOT NULL,
  label_id @int NOT NULL,
  state TEXT NOT NULL,                   -- asked, confirmed
  via TEXT NOT NULL DEFAULT 'api',       -- api, file
  carrier_code TEXT NOT NULL,
  carrier_name TEXT NOT NULL DEFAULT '',
  method TEXT NOT NULL DEFAULT '',
  tracking_number TEXT NOT NULL,
  asked_at @int NOT NULL,
  confirmed_at @int,
  first_confirmed_at @int,
  edits @int NOT NULL DEFAULT 0,
  request_id TEXT NOT NULL DEFAULT ''
);
CREATE INDEX confirmation_order ON confirmation (order_id);

CREATE TABLE scan (
  id @id,
  parcel_id @int NOT NULL REFERENCES parcel (id),
  at @int NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  seen_at @int NOT NULL,
  UNIQUE (parcel_id, at, code, text)
);

CREATE TABLE wave (
  id @id,
  warehouse_id @int NOT NULL,
  state TEXT NOT NULL,
  created_at @int NOT NULL,
  created_by TEXT NOT NULL DEFAULT '',
  closed_at @int
);

CREATE TABLE wave_pick (
  wave_id @int NOT NULL,
  product_id @int NOT NULL,
  picked @int NOT NULL DEFAULT 0,
  short_reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (wave_id, product_id)
);

CREATE TABLE handover (
  id @id,
  warehouse_id @int NOT NULL,
  carrier_id TEXT NOT NULL,
  state TEXT NOT NULL,
  opened_at @int NOT NULL,
  opened_by TEXT NOT NULL DEFAULT '',
  closed_at @int
);

CREATE TABLE event (
  id @id,
  account_id @int NOT NULL DEFAULT 0,
  at @int NOT NULL,
  kind TEXT NOT NULL,
  order_id @int,
  parcel_id @int,
  actor TEXT NOT NULL DEFAULT '',
  data TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX event_order ON event (order_id);

CREATE TABLE job (
  id @id,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  args TEXT NOT NULL DEFAULT '{}',
  state TEXT NOT NULL,                   -- available, scheduled, running, retryable, completed, discarded, cancelled, unsure
  priority @int NOT NULL DEFAULT 0,      -- smaller goes first: deadlines as milliseconds, or 0
  run_at @int NOT NULL,
  attempt @int NOT NULL DEFAULT 0,
  lease_until @int,
  lease_owner TEXT NOT NULL DEFAULT '',
  last_error TEXT NOT NULL DEFAULT '',
  order_id @int,
  created_at @int NOT NULL,
  finished_at @int
);
CREATE UNIQUE INDEX job_unfinished ON job (kind, key) WHERE state IN ('available', 'scheduled', 'running', 'retryable', 'unsure');
CREATE INDEX job_ready ON job (priority, run_at) WHERE state IN ('available', 'scheduled', 'retryable');
CREATE INDEX job_leased ON job (lease_until) WHERE state = 'running';
CREATE INDEX job_state ON job (state);

CREATE TABLE idempotency (
  key TEXT PRIMARY KEY,
  body_hash @blob NOT NULL,
  status @int NOT NULL,
  response TEXT NOT NULL,
  created_at @int NOT NULL
);

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE users (
  id @id,
  name TEXT NOT NULL UNIQUE,
  password TEXT NOT NULL,
  role TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT 'zh-CN',
  time_zone TEXT NOT NULL DEFAULT 'Asia/Shanghai',
  active @int NOT NULL DEFAULT 1,
  failed_sign_ins @int NOT NULL DEFAULT 0,
  locked_until @int,
  last_seen_at @int,
  created_at @int NOT NULL
);

CREATE TABLE session (
  token_hash @blob PRIMARY KEY,
  user_id @int NOT NULL REFERENCES users (id),
  csrf TEXT NOT NULL,
  created_at @int NOT NULL,
  expires_at @int NOT NULL
);

CREATE TABLE api_token (
  id @id,
  name TEXT NOT NULL,
  token_hash @blob NOT NULL UNIQUE,
  role TEXT NOT NULL,
  created_at @int NOT NULL,
  last_used_at @int
);

CREATE TABLE saved_view (
  id @id,
  user_id @int NOT NULL,
  name TEXT NOT NULL,
  screen TEXT NOT NULL,
  query TEXT NOT NULL,
  shared @int NOT NULL DEFAULT 0
);

CREATE TABLE column_mapping (
  signature TEXT PRIMARY KEY,            -- hash of the file's header
  name TEXT NOT NULL DEFAULT '',
  fields TEXT NOT NULL,                  -- JSON: field -> column, date format
  updated_at @int NOT NULL
);

CREATE TABLE print_run (
  id @id,
  kind TEXT NOT NULL,
  format TEXT NOT NULL,
  size TEXT NOT NULL DEFAULT '100x150',
  language TEXT NOT NULL DEFAULT 'zh-CN',
  parcels TEXT NOT NULL,                 -- ids in printing order
  subject_id @int,                       -- wave or handover
  pages @int NOT NULL DEFAULT 0,
  fetched @int NOT NULL DEFAULT 0,
  created_at @int NOT NULL,
  created_by TEXT NOT NULL DEFAULT ''
);

CREATE TABLE health_report (
  id @id,
  account_id @int NOT NULL,
  marketplace_id TEXT NOT NULL,
  at @int NOT NULL,
  content TEXT NOT NULL
);
CREATE INDEX health_report_account ON health_report (account_id, marketplace_id, at);

CREATE TABLE outage (
  id @id,
  account_id @int NOT NULL,
  operation TEXT NOT NULL,
  started_at @int NOT NULL,
  ended_at @int,
  failures @int NOT NULL DEFAULT 1,
  last_error TEXT NOT NULL DEFAULT ''
);
