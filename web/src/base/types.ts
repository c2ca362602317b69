// What the API sends and takes: one type per thing of the trade, named as the API names it.

export type Money = { amount: number; currency: string };
export type Role = 'owner' | 'operations' | 'warehouse';
export type Language = 'zh-CN' | 'en';
export type Instant = string;
export type Day = string;
export type Size = [number, number, number];
export type Problem = { code: string; message: string };
export type Page<T> = { items: T[]; next: string | null };

export type User = {
  id: string;
  name: string;
  role: Role;
  language: Language;
  time_zone: string;
  active: boolean;
  last_seen_at: Instant | null;
};

export const orderStates = [
  'pending', 'to_review', 'exception', 'out_of_stock', 'to_plan', 'to_label', 'to_print', 'to_pack', 'to_ship',
  'shipped', 'delivered', 'cancelled',
] as const;
export type OrderState = (typeof orderStates)[number];
export type Shape = 'single' | 'multi_qty' | 'multi_line';
export type ConfirmState = 'none' | 'due' | 'confirmed' | 'unsure' | 'failed';

export type OrderRow = {
  id: string;
  amazon_order_id: string;
  account_id: string;
  account: string;
  marketplace: string;
  marketplace_id: string;
  state: OrderState;
  on_hold: boolean;
  hold_reason: string | null;
  exception: Problem | null;
  cancel_requested: boolean;
  cancel_reason: string | null;
  purchased_at: Instant;
  ship_by: Instant | null;
  deliver_by: Instant | null;
  marketplace_zone: string;
  country: string;
  shape: Shape;
  units: number;
  is_prime: boolean;
  is_business: boolean;
  gift: boolean;
  service_level: string;
  lines: { sku: string; title: string; quantity: number; image_url: string | null }[];
  total: Money | null;
  tags: string[];
  note: string | null;
  warehouse: string | null;
  service: string | null;
  carrier: string | null;
  tracking_numbers: string[];
  printed: boolean;
  confirm: ConfirmState;
  updated_at: Instant;
};

export type Address = {
  name: string | null;
  company: string | null;
  line1: string | null;
  line2: string | null;
  line3: string | null;
  city: string | null;
  district: string | null;
  state: string | null;
  postal_code: string | null;
  country: string | null;
  phone: string | null;
  masked?: boolean;
};

export type OrderItem = {
  id: string;
  amazon_item_id: string;
  sku: string;
  asin: string;
  title: string;
  image_url: string | null;
  quantity: number;
  shipped: number;
  unit_price: Money | null;
  item_total: Money | null;
  gift_message: string | null;
  customization_url: string | null;
  cancel_requested: boolean;
  product_id: string | null;
  product_sku: string | null;
  reserved: number;
  bins: { warehouse: string; bin: string; on_hand: number }[];
};

export type Placed = { sku: string; at: Size; size: Size };
export type ParcelState = 'planned' | 'packed' | 'dispatched' | 'delivered' | 'returned' | 'lost' | 'cancelled';

export type ParcelItem = {
  order_item_id: string;
  product_id: string | null;
  sku: string;
  title: string;
  image_url: string | null;
  quantity: number;
  verified: number;
  bin: string | null;
  barcode: string | null;
};

export type Label = {
  id: string;
  tracking_number: string;
  carrier: string;
  service: string;
  cost: Money | null;
  bought_at: Instant;
  printed_count: number;
  state: 'bought' | 'voided' | 'unsure';
  check: { verdict: string; amazon_code: string | null } | null;
};

export type Scan = { at: Instant; state: string; code: string; text: string; place: string };

export type Parcel = {
  id: string;
  parcel_no: string;
  order_id: string;
  amazon_order_id: string;
  state: ParcelState;
  warehouse_id: string | null;
  warehouse: string | null;
  service_id: string | null;
  service: string | null;
  carrier: string | null;
  carton_id: string | null;
  carton: string | null;
  size: Size | null;
  est_weight_g: number | null;
  actual_weight_g: number | null;
  cost: Money | null;
  on_time: number | null;
  reason: string;
  promised: { ship_at: Instant | null; arrive_from: Instant | null; arrive_to: Instant | null } | null;
  items: ParcelItem[];
  layout: Placed[] | null;
  label: Label | null;
  confirm: {
    state: ConfirmState;
    due_at: Instant | null;
    confirmed_at: Instant | null;
    carrier_code: string | null;
    carrier_name: string | null;
    last_error: string | null;
  };
  tracking: {
    state: string;
    first_scan_at: Instant | null;
    delivered_at: Instant | null;
    last_at: Instant | null;
    scans: Scan[];
  } | null;
  wave_id: string | null;
  handover_id: string | null;
  packed_at: Instant | null;
  packed_by: string | null;
  dispatched_at: Instant | null;
};

export type OrderEvent = { id: string; at: Instant; kind: string; text: string; actor: string | null };

export type Order = OrderRow & {
  ship_to: Address | null;
  buyer: { name: string | null; email: string | null } | null;
  items: OrderItem[];
  parcels: Parcel[];
  events: OrderEvent[];
  last_updated_at: Instant | null;
  programs: string[];
  earliest_ship: Instant | null;
  earliest_delivery: Instant | null;
  cancelled_by: string | null;
  allowed: string[];
};

export type Offer = {
  warehouse_id: string;
  warehouse: string;
  service_id: string;
  service: string;
  carrier: string;
  carton_ids: string[];
  cartons: string[];
  cost: Money | null;
  on_time: number | null;
  days: [number, number] | null;
  arrive: [Day, Day] | null;
  in_time: boolean;
  lines: { kind: string; amount: Money }[];
  chosen: boolean;
  why: string;
};

export type RowResult = { id: string; ok: boolean; error: Problem | null; order?: OrderRow | null };
export type Counts = Partial<Record<OrderState | 'on_hold' | 'cancel_requested', number>>;

export type Metric = {
  late: number;
  orders: number;
  rate: string | null;
  limit: string;
  met: boolean | null;
  late_affordable: number;
  on_time_needed: number;
  clears_on: Day | null;
};
export type FullMetric = Metric & {
  id: string;
  by_day?: { day: Day; late: number; orders: number; rate: string | null }[];
};

export type Today = {
  now: Instant;
  counts: Counts;
  due: { overdue: number; today: number; in_24h: number; later: number };
  confirm: { waiting: number; oldest_at: Instant | null; failed: number; unsure: number };
  parcels: { in_transit: number; exception: number; no_scan_48h: number; delivered_today: number };
  accounts: {
    id: string; name: string; kind: 'amazon' | 'file'; last_sync_at: Instant | null; last_error: string | null;
    backlog: number;
  }[];
  health: { account_id: string; marketplace: string; lsr_10: Metric; lsr_30: Metric }[];
  next_deadlines: OrderRow[];
  jobs: { unsure: number; discarded: number };
  settings: { write_stop: boolean; dry_run: boolean };
  low_stock: { product_id: string; sku: string; available: number }[];
};

export type View = { id: string; name: string; screen: string; query: Record<string, string>; shared: boolean };

export type ImportAnswer = {
  rows: number;
  new: number;
  updated: number;
  unchanged: number;
  refused: number;
  format: string;
  encoding: string;
  refusals: { line: number; reason: string }[];
  mapping_needed: null | { columns: string[]; sample: string[][]; guess: Record<string, string> };
};

// A long import that runs behind the screens.
export type ImportRun = Omit<ImportAnswer, 'mapping_needed'> & {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
  progress: number;
  error: Problem | null;
};

export type WaveParcel = {
  id: string; parcel_no: string; order_id: string; amazon_order_id: string; state: ParcelState; labeled: boolean;
  printed: boolean; packed: boolean;
};
export type WaveLine = {
  bin: string | null; zone: string | null; sku: string; title: string; image_url: string | null; quantity: number;
  picked: number; parcels: string[];
};
export type Wave = {
  id: string; name: string; warehouse_id: string; warehouse: string; state: 'open' | 'done'; created_at: Instant;
  created_by: string; orders: number; units: number; lines: WaveLine[]; parcels: WaveParcel[];
};

export type PrintAnswer = {
  print_id: string; pages: number; url: string;
  results: { parcel_id: string; ok: boolean; error: Problem | null }[];
};

export type Handover = {
  id: string; carrier: string; warehouse_id: string; warehouse: string; state: 'open' | 'closed'; opened_at: Instant;
  closed_at: Instant | null;
  parcels: {
    id: string; parcel_no: string; amazon_order_id: string; tracking_number: string | null; weight_g: number | null;
  }[];
};

export type Carton = {
  id: string; name: string; inner: Size; outer: Size; tare_g: number; max_weight_g: number | null; cost: Money | null;
  kind: 'box' | 'mailer'; active: boolean;
};

export type PackOpen = {
  parcel: Parcel; order: OrderRow; cartons: Carton[];
  question: null | { kind: 'cancel_requested' | 'on_hold' | 'address_changed'; message: string };
};

export type Health = {
  account_id: string; marketplace: string; as_of: Instant; basis: string; metrics: FullMetric[];
  reported: null | { at: Instant; [metric: string]: unknown };
  late_orders: {
    order_id: string; amazon_order_id: string; ship_by: Instant | null; confirmed_at: Instant | null; leaves_30_on: Day | null;
  }[];
  at_risk: OrderRow[];
};

export type Listing = {
  id: string; account_id: string; marketplace: string; sku: string; asin: string; title: string;
  image_url: string | null; price: Money | null; quantity: number | null; pushed_quantity: number | null;
  handling_days: number | null; channel: 'fbm' | 'fba'; product_id: string | null; product_sku: string | null;
  units_per: number; status: string; issues: (string | Problem)[]; last_synced_at: Instant | null;
  last_pushed_at: Instant | null; paused?: boolean; quantity_override?: number | null;
};

export type Product = {
  id: string; sku: string; title: string; barcode: string | null; size: Size | null; weight_g: number | null;
  cargo: string; turn: 'any' | 'upright' | 'fixed'; image_url: string | null;
  declared: { name_zh: string | null; name_en: string | null; hs_code: string | null; value: Money | null; origin: string | null } | null;
  on_hand: number; reserved: number; available: number;
};

export type StockRow = {
  product_id: string; sku: string; title: string; warehouse_id: string; warehouse: string; bin: string | null;
  on_hand: number; reserved: number; available: number;
};

export type Warehouse = {
  id: string; name: string; country: string; time_zone: string; address: Address; cutoff: string; active: boolean;
};

export type Service = {
  id: string; name: string; carrier_id: string; carrier_name: string; warehouse_id: string | null; card: string | null;
  number_source: 'range' | 'typed';
  range: null | { prefix: string; next: number; last: number; width: number; suffix: string; check: 'none' | 's10' | 'mod10' };
  amazon: { carrier_code: string; carrier_name: string; method: string };
  pickup: string[]; cargo: string[]; active: boolean;
};

export type Carrier = { id: string; name: string; amazon_code: string | null };
export type RateCard = {
  id: string; name: string; file: string; services: string[]; rows: number; currency: string; valid_from: Day | null;
  imported_at: Instant;
};
export type RateImport = {
  rows: number; accepted: number; errors: { line: number; reason: string }[]; warnings: (string | { line?: number; reason: string })[];
  card: RateCard | null;
};

export type Account = {
  id: string; name: string; kind: 'amazon' | 'file'; region: string | null; seller_id: string | null;
  marketplaces: { id: string; country: string; currency: string }[]; endpoint: string | null; status: string;
  last_sync_at: Instant | null; last_error: string | null; orders: number; secret_expires_on: Day | null;
};

export type Settings = {
  write_stop: boolean; dry_run: boolean; auto_plan: boolean; auto_review: boolean; confirm_on: string;
  weight_tolerance_percent: number; weight_tolerance_g: number; default_label: 'pdf' | 'zpl';
  auto_label?: boolean; wanted_on_time_percent?: number; stock_buffer?: number; store_name?: string; tracking_url?: string;
  tracking_token_set?: boolean; currency?: string;
};

export type Job = {
  id: string; kind: string; key: string; state: string; attempt: number; run_at: Instant | null;
  last_error: string | null; order_id: string | null;
};

export type Token = { id: string; name: string; role: Role; created_at?: Instant; last_used_at?: Instant | null };
