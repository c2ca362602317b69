// A made-up shop, the same one every time: orders in every state, two warehouses, carriers of two countries.
const mask = (1n << 64n) - 1n;

export function dice(seed) {
  let state = BigInt(seed);
  const next = () => {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    return z ^ (z >> 31n);
  };
  const between = (from, to) => from + Number(next() % BigInt(to - from + 1));
  return { between, pick: (list) => list[between(0, list.length - 1)], chance: (percent) => between(1, 100) <= percent };
}

const hour = 3_600_000;
const day = 24 * hour;
export const iso = (at) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
export const usd = (amount) => ({ amount, currency: 'USD' });

export const places = {
  US: { id: 'ATVPDKIKX0DER', zone: 'America/Los_Angeles', currency: 'USD', country: 'US' },
  CA: { id: 'A2EUQ1WTGCTBG2', zone: 'America/Los_Angeles', currency: 'CAD', country: 'CA' },
  UK: { id: 'A1F83G8C2ARO7P', zone: 'Europe/London', currency: 'GBP', country: 'GB' },
  DE: { id: 'A1PA6795UKMFR9', zone: 'Europe/Berlin', currency: 'EUR', country: 'DE' },
  JP: { id: 'A1VC38T7YXB528', zone: 'Asia/Tokyo', currency: 'JPY', country: 'JP' },
};

const things = [
  ['MUG-WHT-01', 'Stoneware mug, 350 ml, white', 'mug', 420, [110, 110, 105], 1599],
  ['MUG-BLU-01', 'Stoneware mug, 350 ml, ocean blue', 'mug', 420, [110, 110, 105], 1599],
  ['LAMP-DSK-02', 'LED desk lamp with USB-C, dimmable', 'lamp', 980, [320, 140, 110], 3499],
  ['LAMP-NGT-03', 'Night light, motion sensor, 2-pack', 'lamp', 240, [160, 90, 80], 1899],
  ['CBL-USBC-2M', 'USB-C cable 2 m, braided, 100 W', 'cable', 85, [120, 90, 25], 999],
  ['CBL-HDMI-3M', 'HDMI 2.1 cable 3 m, 8K', 'cable', 160, [180, 150, 35], 1499],
  ['BTL-STL-750', 'Insulated bottle 750 ml, steel', 'bottle', 390, [280, 80, 80], 2499],
  ['BTL-KID-400', 'Kids bottle 400 ml, dinosaur', 'bottle', 230, [200, 70, 70], 1799],
  ['YGA-MAT-06', 'Yoga mat 6 mm, non-slip', 'mat', 1150, [620, 130, 130], 2999],
  ['YGA-BLK-02', 'Yoga block, cork, set of 2', 'mat', 860, [230, 150, 160], 2299],
  ['TOY-BLK-120', 'Wooden blocks, 120 pieces', 'toy', 1680, [340, 260, 120], 3999],
  ['TOY-CAR-04', 'Die-cast cars, set of 4', 'toy', 340, [220, 160, 50], 1999],
  ['ORG-DRW-08', 'Drawer organiser, 8 pieces', 'box', 640, [330, 240, 70], 1899],
  ['ORG-CBL-05', 'Cable box, bamboo lid', 'box', 720, [320, 140, 130], 2799],
  ['PET-BWL-02', 'Slow feeder bowl, 2-pack', 'bowl', 480, [210, 210, 70], 1699],
  ['PET-BRS-01', 'Pet brush, self-cleaning', 'bowl', 190, [190, 110, 60], 1299],
  ['GRD-GLV-L', 'Garden gloves with claws, L', 'glove', 150, [260, 120, 40], 1199],
  ['GRD-SPR-01', 'Pressure sprayer 2 l', 'bottle', 610, [300, 160, 150], 2199],
];

const names = ['Olivia Parker', 'James Whitfield', 'Sophie Clarke', 'Lukas Brandt', 'Emma Fischer', '佐藤 健', '田中 美咲', 'Noah Tremblay', 'Ava Martinez', 'Ethan Brooks', 'Grace Kim', 'Harper Nguyen', 'Mia Schneider', 'William Hughes', 'Chloe Dubois', 'Daniel Reyes'];
const streets = ['1420 Maple Ave', '77 Harbor View Dr', '5 Rosebery Road', 'Lindenstraße 14', 'Kastanienallee 8', '渋谷区神南1-2-3', '902 Elm St Apt 4B', '31 Queen St W', '2650 Sunset Blvd', '18 Kings Parade'];
const towns = { US: [['Austin', 'TX', '78704'], ['Portland', 'OR', '97205'], ['San Jose', 'CA', '95112'], ['Columbus', 'OH', '43215'], ['Tampa', 'FL', '33602']], CA: [['Toronto', 'ON', 'M5H 2M9']], UK: [['Bristol', '', 'BS1 4DJ'], ['Leeds', '', 'LS1 5AS']], DE: [['Berlin', '', '10435'], ['Köln', '', '50667']], JP: [['東京', '東京都', '150-0041']] };

export function makeShop(seed = 7) {
  const now = Date.now();
  const roll = dice(seed);
  const shop = { now, next: 20000 };

  shop.users = [
    { id: '1', name: 'lin', role: 'owner', language: 'en', time_zone: 'Asia/Shanghai', active: true, last_seen_at: iso(now - 60_000), password: 'correct horse' },
    { id: '2', name: 'mei', role: 'operations', language: 'zh-CN', time_zone: 'Asia/Shanghai', active: true, last_seen_at: iso(now - 12 * 60_000), password: 'correct horse' },
    { id: '3', name: 'carlos', role: 'warehouse', language: 'en', time_zone: 'America/Los_Angeles', active: true, last_seen_at: iso(now - 3 * hour), password: 'correct horse' },
    { id: '4', name: 'wei', role: 'warehouse', language: 'zh-CN', time_zone: 'Asia/Shanghai', active: false, last_seen_at: iso(now - 40 * day), password: 'correct horse' },
  ];
  shop.tokens = [{ id: '1', name: 'BI export', role: 'operations', created_at: iso(now - 30 * day), last_used_at: iso(now - 2 * hour) }];
  shop.settings = { write_stop: false, dry_run: false, auto_plan: true, auto_review: false, confirm_on: 'handover', weight_tolerance_percent: 5, weight_tolerance_g: 30, default_label: 'pdf', auto_label: false, wanted_on_time_percent: 90, stock_buffer: 2, store_name: 'Lumen Home', tracking_url: '', tracking_token_set: false };
  shop.accounts = [
    { id: '1', name: 'Lumen Home', kind: 'amazon', region: 'na', seller_id: 'A1LUMENHOME01', marketplaces: ['US', 'CA'].map(place), endpoint: 'sellingpartnerapi-na.amazon.com', status: 'ok', last_sync_at: iso(now - 95_000), last_error: null, orders: 8412, secret_expires_on: iso(now + 41 * day).slice(0, 10) },
    { id: '2', name: 'Lumen Home EU', kind: 'amazon', region: 'eu', seller_id: 'A2LUMENEU0002', marketplaces: ['UK', 'DE'].map(place), endpoint: 'sellingpartnerapi-eu.amazon.com', status: 'ok', last_sync_at: iso(now - 130_000), last_error: null, orders: 2209, secret_expires_on: iso(now + 163 * day).slice(0, 10) },
    { id: '3', name: '青空商店', kind: 'amazon', region: 'fe', seller_id: 'A3AOZORA00003', marketplaces: ['JP'].map(place), endpoint: 'sellingpartnerapi-fe.amazon.com', status: 'error', last_sync_at: iso(now - 5 * hour), last_error: 'Access to orders was refused (403): authorise the app again in Seller Central.', orders: 640, secret_expires_on: iso(now + 9 * day).slice(0, 10) },
  ];
  function place(name) {
    return { id: places[name].id, country: places[name].country, currency: places[name].currency };
  }
  shop.warehouses = [
    { id: '1', name: '深圳仓', country: 'CN', time_zone: 'Asia/Shanghai', address: { name: 'Lumen Trading', company: null, line1: '宝安区福海街道 18 号', line2: null, line3: null, city: '深圳', district: '宝安区', state: '广东', postal_code: '518103', country: 'CN', phone: '+86 755 2300 1188' }, cutoff: '18:00', active: true },
    { id: '2', name: 'Ontario CA', country: 'US', time_zone: 'America/Los_Angeles', address: { name: 'Lumen Home Inc', company: null, line1: '1801 E Jay St', line2: 'Dock 4', line3: null, city: 'Ontario', district: null, state: 'CA', postal_code: '91764', country: 'US', phone: '+1 909 555 0131' }, cutoff: '15:30', active: true },
  ];
  shop.cartons = [
    ['S1 150×110×80', [150, 110, 80], 45, 5000, 28, 'box'], ['S2 200×150×100', [200, 150, 100], 70, 8000, 36, 'box'], ['M1 250×200×150', [250, 200, 150], 130, 12000, 55, 'box'],
    ['M2 350×250×150', [350, 250, 150], 190, 15000, 78, 'box'], ['L1 400×300×250', [400, 300, 250], 320, 22000, 124, 'box'], ['L2 650×200×200', [650, 200, 200], 340, 20000, 139, 'box'], ['Mailer A4', [320, 230, 30], 18, 1000, 12, 'mailer'],
  ].map(([name, inner, tare_g, max, cost, kind], index) => ({ id: String(index + 1), name, inner, outer: inner.map((side) => side + (kind === 'box' ? 6 : 2)), tare_g, max_weight_g: max, cost: usd(cost), kind, active: true }));
  shop.carriers = [['ups', 'UPS', 'UPS'], ['usps', 'USPS', 'USPS'], ['fedex', 'FedEx', 'FedEx'], ['yunexpress', 'YunExpress 云途', 'Yun Express'], ['yanwen', 'Yanwen 燕文', 'Yanwen'], ['4px', '4PX 递四方', '4PX'], ['royal_mail', 'Royal Mail', 'Royal Mail'], ['dhl', 'DHL', 'DHL']].map(([id, name, amazon_code]) => ({ id, name, amazon_code }));
  const service = (id, name, carrier, warehouse_id, card, prefix, width, suffix, check, pickup, cargo) => {
    const found = shop.carriers.find((one) => one.id === carrier);
    return { id, name, carrier_id: carrier, carrier_name: found.name, warehouse_id, card, number_source: 'range', range: { prefix, next: 10_000 + Number(id) * 1000, last: 99_999, width, suffix, check }, amazon: { carrier_code: found.amazon_code, carrier_name: found.amazon_code, method: name }, pickup, cargo, active: true };
  };
  shop.services = [
    service('1', 'UPS Ground', 'ups', '2', 'US-UPS-GROUND', '1Z999AA1', 10, '', 'none', ['16:00'], ['general']),
    service('2', 'USPS Ground Advantage', 'usps', '2', 'US-USPS-GA', '94001', 17, '', 'mod10', ['15:30'], ['general', 'battery']),
    service('3', '云途美国专线', 'yunexpress', '1', 'CN-US-STD', 'YT26', 12, '', 'none', ['18:30'], ['general', 'battery']),
    service('4', '燕文欧洲专线', 'yanwen', '1', 'CN-EU-STD', 'UG', 9, 'YP', 's10', ['18:30'], ['general']),
    service('5', '4PX 日本专线', '4px', '1', 'CN-JP-STD', '4PX', 12, 'CN', 'none', ['17:00'], ['general']),
  ];
  shop.rateCards = [
    { id: '1', name: 'UPS/USPS 2026', file: 'us-domestic-2026.csv', services: ['US-UPS-GROUND', 'US-USPS-GA'], rows: 1184, currency: 'USD', valid_from: '2026-01-05', imported_at: iso(now - 60 * day) },
    { id: '2', name: '云途 十一月', file: 'yunexpress-2026-11.csv', services: ['CN-US-STD'], rows: 212, currency: 'CNY', valid_from: '2026-11-01', imported_at: iso(now - 22 * day) },
    { id: '3', name: '燕文欧洲', file: 'yanwen-eu.csv', services: ['CN-EU-STD'], rows: 318, currency: 'CNY', valid_from: '2026-10-15', imported_at: iso(now - 35 * day) },
  ];
  shop.products = things.map(([sku, title, kind, weight_g, size], index) => {
    const on_hand = index % 7 === 4 ? 3 : roll.between(18, 420);
    const reserved = Math.min(on_hand, roll.between(0, 16));
    return { id: String(index + 1), sku, title, barcode: String(6_901_234_000_000 + index * 17), size, weight_g, cargo: kind === 'lamp' ? 'battery' : 'general', turn: kind === 'bottle' ? 'upright' : 'any', image_url: `/api/pictures/${kind}-${index % 5}.svg`, declared: { name_zh: title, name_en: title.split(',')[0], hs_code: '6911.10', value: usd(500), origin: 'CN' }, on_hand, reserved, available: on_hand - reserved };
  });
  const bins = (index) => [{ warehouse: '深圳仓', bin: `A-0${1 + (index % 6)}-${10 + index}`, on_hand: Math.ceil(shop.products[index].on_hand / 2) }, { warehouse: 'Ontario CA', bin: `R${1 + (index % 4)}-${20 + index}`, on_hand: Math.floor(shop.products[index].on_hand / 2) }];
  shop.stock = shop.products.flatMap((product, index) => bins(index).map((bin, at) => ({ product_id: product.id, sku: product.sku, title: product.title, warehouse_id: String(at + 1), warehouse: bin.warehouse, bin: bin.bin, on_hand: bin.on_hand, reserved: at ? 0 : Math.min(product.reserved, bin.on_hand), available: bin.on_hand - (at ? 0 : Math.min(product.reserved, bin.on_hand)) })));
  shop.movements = shop.stock.slice(0, 12).map((row, index) => ({ id: String(index), at: iso(now - index * 5 * hour), product_id: row.product_id, warehouse: row.warehouse, bin: row.bin, quantity: index % 3 ? -1 : 24, reason: index % 3 ? 'dispatch' : 'receipt', actor: index % 3 ? 'carlos' : 'mei' }));
  shop.bins = bins;

  const plan = [['pending', 9], ['to_review', 34], ['exception', 6], ['out_of_stock', 5], ['to_plan', 22], ['to_label', 41], ['to_print', 38], ['to_pack', 27], ['to_ship', 31], ['shipped', 96], ['delivered', 74], ['cancelled', 8]];
  shop.orders = [];
  shop.parcels = [];
  let number = 0;
  for (const [state, count] of plan) for (let i = 0; i < count; i++) shop.orders.push(makeOrder(state, number++));

  function makeOrder(state, index) {
    const marketplace = roll.pick(['US', 'US', 'US', 'US', 'US', 'CA', 'UK', 'UK', 'DE', 'DE', 'JP']);
    const where = places[marketplace];
    const account = shop.accounts[marketplace === 'JP' ? 2 : ['UK', 'DE'].includes(marketplace) ? 1 : 0];
    const early = ['shipped', 'delivered'].includes(state);
    const late = !early && index % 41 === 3 && state !== 'pending';
    const ship_by = early ? now - roll.between(5, 200) * hour : late ? now - roll.between(1, 7) * hour : now + roll.between(2 * 60, 70 * 60) * 60_000;
    const purchased = ship_by - roll.between(38, 60) * hour;
    const lines = roll.between(1, 10) <= 7 ? 1 : roll.between(2, 3);
    const chosen = [...new Set(Array.from({ length: lines }, () => roll.between(0, things.length - 1)))];
    const id = String(10001 + index);
    const items = chosen.map((at, n) => {
      const [sku, title, , , , price] = things[at];
      const quantity = roll.chance(22) ? roll.between(2, 4) : 1;
      const unit = { amount: where.currency === 'JPY' ? price + 300 : price, currency: where.currency };
      return { id: `${id}${n + 1}`, amazon_item_id: String(41_000_000_000_000 + index * 31 + n), sku: `${sku}${marketplace === 'US' ? '' : `-${marketplace}`}`, asin: `B0${(9_000_000 + at * 7919).toString(36).toUpperCase().padStart(8, 'C')}`, title, image_url: shop.products[at].image_url, quantity, shipped: early ? quantity : 0, unit_price: unit, item_total: { amount: unit.amount * quantity, currency: unit.currency }, gift_message: null, customization_url: null, cancel_requested: false, product_id: shop.products[at].id, product_sku: sku, reserved: ['to_plan', 'to_label', 'to_print', 'to_pack', 'to_ship'].includes(state) ? quantity : 0, bins: bins(at), at };
    });
    const units = items.reduce((sum, item) => sum + item.quantity, 0);
    const town = roll.pick(towns[marketplace]);
    const order = {
      id, amazon_order_id: `${roll.pick(['113', '114', '702', '206', '305', '249'])}-${String(1_000_000 + ((index * 7_654_321) % 8_999_999))}-${String(1_000_000 + ((index * 3_917_353) % 8_999_999))}`,
      account_id: account.id, account: account.name, marketplace, marketplace_id: where.id, state, on_hold: false, hold_reason: null, exception: null, cancel_requested: false, cancel_reason: null,
      purchased_at: iso(purchased), ship_by: iso(Math.floor(ship_by / 3_600_000) * 3_600_000 + 59 * 60_000), deliver_by: iso(ship_by + 6 * day), marketplace_zone: where.zone, country: where.country, shape: items.length > 1 ? 'multi_line' : units > 1 ? 'multi_qty' : 'single', units,
      is_prime: roll.chance(6), is_business: roll.chance(9), gift: roll.chance(5), service_level: roll.pick(['Standard', 'Standard', 'Standard', 'Expedited', 'SecondDay']), items,
      total: { amount: items.reduce((sum, item) => sum + item.item_total.amount, 0), currency: where.currency }, tags: [], note: null, printed: false, confirm: 'none', updated_at: iso(purchased + hour),
      ship_to: { name: roll.pick(names), company: null, line1: roll.pick(streets), line2: null, line3: null, city: town[0], district: null, state: town[1], postal_code: town[2], country: where.country, phone: '+1 555 0100', masked: false },
      buyer: { name: null, email: `${(index * 48271).toString(36)}@marketplace.amazon.com` }, earliest_ship: iso(purchased + 6 * hour), earliest_delivery: iso(ship_by + 3 * day), programs: [], cancelled_by: null,
      events: [{ id: `${id}e1`, at: iso(purchased + 200_000), kind: 'order_imported', text: '', actor: null }],
    };
    if (order.gift) items[0].gift_message = 'Happy birthday!';
    if (state === 'to_review' && index % 11 === 2) Object.assign(order, { cancel_requested: true, cancel_reason: 'Ordered by mistake' });
    if (state === 'exception') order.exception = [{ code: 'listing.unmapped', message: `Seller SKU ${items[0].sku} is not mapped to a stock SKU; map it under Listings.` }, { code: 'address.incomplete', message: 'The address has no house number; ask the buyer or correct it.' }, { code: 'carrier.no_service', message: 'No shipping method carries batteries to this country; choose one or change the warehouse.' }][index % 3];
    if (order.exception?.code === 'listing.unmapped') Object.assign(items[0], { product_id: null, product_sku: null, bins: [] });
    if (state === 'to_plan' && index % 9 === 1) Object.assign(order, { on_hold: true, hold_reason: 'Buyer asked to wait until Friday' });
    if (index % 13 === 5) order.tags.push(roll.pick(['VIP', '易碎', 'priority']));
    if (index % 29 === 7) order.note = 'Leave at the side door; call before delivery.';
    if (state === 'cancelled') Object.assign(order, { cancelled_by: 'buyer', cancel_reason: 'Ordered by mistake' });
    const events = { to_plan: 1, to_label: 2, to_print: 3, to_pack: 4, to_ship: 5, shipped: 6, delivered: 7 }[state] ?? 0;
    const steps = [['order_reviewed', '', 'mei'], ['order_planned', '', null], ['label_bought', '', null], ['label_printed', '', 'carlos'], ['parcel_packed', '', 'carlos'], ['parcel_dispatched', '', 'carlos'], ['parcel_delivered', '', null]];
    for (let n = 0; n < events; n++) order.events.push({ id: `${id}e${n + 2}`, at: iso(Math.min(now - 60_000, purchased + (n + 1) * 2.5 * hour)), kind: steps[n][0], text: steps[n][1], actor: steps[n][2] });
    if (events >= 2) makeParcel(shop, order, roll, events);
    return order;
  }

  shop.waves = [];
  shop.handovers = [];
  shop.prints = new Map();
  shop.views = [
    { id: '1', name: 'UK + DE, due in 24 h', screen: 'orders', query: { due: 'in_24h', account: '2' }, shared: true },
    { id: '2', name: '多品多件 待包装', screen: 'orders', query: { state: 'to_pack', shape: 'multi_line' }, shared: false },
  ];
  shop.listings = shop.products.flatMap((product, index) => ['US', 'UK', 'DE'].slice(0, 1 + (index % 3)).map((market, n) => ({ id: `${index * 3 + n + 1}`, account_id: market === 'US' ? '1' : '2', marketplace: market, sku: `${product.sku}${market === 'US' ? '' : `-${market}`}`, asin: `B0${(9_000_000 + index * 7919).toString(36).toUpperCase().padStart(8, 'C')}`, title: product.title, image_url: product.image_url, price: { amount: things[index][5], currency: places[market].currency }, quantity: product.available - (index % 5 === 0 && n === 0 ? 4 : 0), pushed_quantity: product.available, handling_days: 1 + (index % 3), channel: index % 8 === 6 ? 'fba' : 'fbm', product_id: index % 9 === 8 ? null : product.id, product_sku: index % 9 === 8 ? null : product.sku, units_per: 1, status: index % 10 === 9 ? 'inactive' : 'active', issues: index % 6 === 5 ? ['Amazon shows a handling time of 1 day; ours is 3.'] : [], last_synced_at: iso(now - 9 * 60_000), last_pushed_at: iso(now - (index + 3) * 60_000), paused: false, quantity_override: null })));
  shop.jobs = [
    { id: '71', kind: 'confirm_shipment', key: 'P100021', state: 'unsure', attempt: 1, run_at: iso(now - 44 * 60_000), last_error: 'No answer within 30 s; the read-back did not find the package yet.', order_id: shop.orders.find((one) => one.state === 'shipped').id },
    { id: '72', kind: 'buy_label', key: 'P100054/1', state: 'unsure', attempt: 1, run_at: iso(now - 18 * 60_000), last_error: 'Connection reset after the request was sent.', order_id: shop.orders.find((one) => one.state === 'to_label').id },
    { id: '66', kind: 'push_quantity', key: '1/CBL-USBC-2M', state: 'discarded', attempt: 9, run_at: iso(now - 5 * hour), last_error: 'Amazon refused the listing: the SKU does not exist (400).', order_id: null },
    { id: '80', kind: 'confirm_shipment', key: 'P100088', state: 'retryable', attempt: 2, run_at: iso(now + 40_000), last_error: 'QuotaExceeded (429).', order_id: null },
  ];
  const confirmBad = shop.parcels.filter((one) => one.state === 'dispatched');
  Object.assign(confirmBad[0].confirm, { state: 'unsure', last_error: shop.jobs[0].last_error });
  Object.assign(confirmBad[1].confirm, { state: 'failed', last_error: 'PackageToUpdateNotFound: Amazon knows no such package; check the order items.' });
  for (const parcel of confirmBad.slice(2, 9)) Object.assign(parcel.confirm, { state: 'due', confirmed_at: null });
  return shop;
}

export function bestWay(shop, order) {
  const market = order.marketplace;
  if (market === 'UK' || market === 'DE') return shop.services[3];
  if (market === 'JP') return shop.services[4];
  const chinese = Number(order.id) % 3 === 0;
  return chinese ? shop.services[2] : shop.services[Number(order.id) % 2];
}

export function makeParcel(shop, order, roll, level = 2, wish = {}) {
  const service = wish.service_id ? shop.services.find((one) => one.id === wish.service_id) : bestWay(shop, order);
  const warehouse = shop.warehouses.find((one) => one.id === (wish.warehouse_id ?? service.warehouse_id)) ?? shop.warehouses[0];
  const { layout, carton } = packOf(shop, order.items, wish.carton_id);
  const id = String(50_000 + shop.parcels.length + 1);
  const weight = carton.tare_g + order.items.reduce((sum, item) => sum + (shop.products[item.at]?.weight_g ?? 300) * item.quantity, 0);
  const shipBy = Date.parse(order.ship_by);
  const cost = usd(420 + Math.round(weight / 4));
  const done = (step) => level >= step;
  const parcel = {
    id, parcel_no: `P${100000 + shop.parcels.length + 1}`, order_id: order.id, amazon_order_id: order.amazon_order_id, state: done(7) ? 'delivered' : done(6) ? 'dispatched' : done(5) ? 'packed' : 'planned',
    warehouse_id: warehouse.id, warehouse: warehouse.name, service_id: service.id, service: service.name, carrier: service.carrier_name, carton_id: carton.id, carton: carton.name, size: carton.inner, est_weight_g: weight, actual_weight_g: done(5) ? weight + roll.between(-12, 14) : null, cost, on_time: 0.94 + roll.between(0, 5) / 100,
    reason: `${carton.name.split(' ')[0]} is the smallest carton that holds everything; ${service.name} is the cheapest that arrives in time.`,
    promised: { ship_at: iso(shipBy - 5 * hour), arrive_from: iso(shipBy + 3 * day), arrive_to: iso(shipBy + 5 * day) },
    items: order.items.map((item) => ({ order_item_id: item.id, product_id: item.product_id, sku: item.product_sku ?? item.sku, title: item.title, image_url: item.image_url, quantity: item.quantity, verified: done(5) ? item.quantity : 0, bin: item.bins.find((bin) => bin.warehouse === warehouse.name)?.bin ?? null, barcode: shop.products[item.at]?.barcode ?? null })),
    layout, label: null, confirm: { state: done(6) ? 'confirmed' : 'none', due_at: order.ship_by, confirmed_at: done(6) ? iso(shipBy - roll.between(1, 9) * hour) : null, carrier_code: service.amazon.carrier_code, carrier_name: service.amazon.carrier_name, last_error: null },
    tracking: null, wave_id: null, handover_id: null, packed_at: done(5) ? iso(shop.now - 3 * hour) : null, packed_by: done(5) ? 'carlos' : null, dispatched_at: done(6) ? iso(shipBy - 9 * hour) : null,
  };
  shop.parcels.push(parcel);
  if (done(3)) buyLabel(shop, parcel);
  if (parcel.label && done(4)) parcel.label.printed_count = 1;
  order.printed = done(4);
  order.confirm = done(6) ? parcel.confirm.state : 'none';
  if (done(6)) track(shop, order, parcel, roll);
  return parcel;
}

function track(shop, order, parcel, roll) {
  const out = Date.parse(parcel.dispatched_at);
  const lag = shop.now - out;
  const silent = order.state === 'shipped' && Number(parcel.id) % 17 === 3;
  const trouble = order.state === 'shipped' && Number(parcel.id) % 19 === 5;
  const scans = silent ? [] : [[4, 'info_received', 'Shipment information received', parcel.warehouse], [9, 'collected', 'Picked up', parcel.warehouse], [30, 'in_transit', 'Departed facility', 'Ontario, CA'], [58, 'in_transit', 'Arrived at sorting centre', 'Louisville, KY'], [80, 'out_for_delivery', 'Out for delivery', order.ship_to.city], [86, 'delivered', 'Delivered, front door', order.ship_to.city]]
    .filter(([at]) => at * hour < lag && (order.state === 'delivered' || at < 80)).map(([at, state, text, place]) => ({ at: iso(out + at * hour), state, code: state.slice(0, 2).toUpperCase(), text, place }));
  if (order.state === 'delivered' && scans.at(-1)?.state !== 'delivered') scans.push({ at: iso(shop.now - roll.between(1, 30) * hour), state: 'delivered', code: 'DE', text: 'Delivered, front door', place: order.ship_to.city });
  if (trouble) scans.push({ at: iso(shop.now - 7 * hour), state: 'exception', code: 'EX', text: 'Address insufficient, contact sender', place: order.ship_to.city });
  const last = scans.at(-1);
  parcel.tracking = { state: last?.state ?? 'not_found', first_scan_at: scans.find((one) => one.state !== 'info_received')?.at ?? null, delivered_at: order.state === 'delivered' ? last.at : null, last_at: last?.at ?? null, scans };
}

// Items side by side, row by row, layer by layer: enough for a drawing.
function packOf(shop, items, wish) {
  const units = items.flatMap((item) => Array.from({ length: item.quantity }, () => ({ sku: item.product_sku ?? item.sku, size: [...(shop.products[item.at]?.size ?? [100, 100, 100])].sort((a, b) => b - a) }))).sort((a, b) => b.size[0] * b.size[1] - a.size[0] * a.size[1]);
  const cartons = wish ? shop.cartons.filter((one) => one.id === wish) : shop.cartons.filter((one) => one.kind === 'box').sort((a, b) => a.inner[0] * a.inner[1] * a.inner[2] - b.inner[0] * b.inner[1] * b.inner[2]);
  for (const carton of cartons) {
    const layout = place(units, carton.inner);
    if (layout) return { carton, layout };
  }
  return { carton: shop.cartons[4], layout: null };
}

function place(units, [length, width, height]) {
  const layout = [];
  let [x, y, z, deep, high] = [0, 0, 0, 0, 0];
  for (const unit of units) {
    const [l, w, h] = unit.size;
    if (x + l > length) [x, y, deep] = [0, y + deep, 0];
    if (y + w > width) [x, y, z, deep, high] = [0, 0, z + high, 0, 0];
    if (l > length || w > width || z + h > height) return null;
    layout.push({ sku: unit.sku, at: [x, y, z], size: [l, w, h] });
    [x, deep, high] = [x + l, Math.max(deep, w), Math.max(high, h)];
  }
  return layout;
}

export function buyLabel(shop, parcel) {
  const service = shop.services.find((one) => one.id === parcel.service_id);
  const number = `${service.range.prefix}${String(service.range.next++).padStart(service.range.width, '0')}${service.range.suffix}`;
  parcel.label = { id: `L${parcel.id}`, tracking_number: number, carrier: parcel.carrier, service: parcel.service, cost: parcel.cost, bought_at: iso(Date.now() - 5 * hour), printed_count: 0, state: 'bought', check: { verdict: 'valid', amazon_code: service.amazon.carrier_code } };
}

const shapes = {
  mug: '<path d="M18 20h22v22a6 6 0 0 1-6 6H24a6 6 0 0 1-6-6z"/><path d="M40 25h5a5 5 0 0 1 0 14h-5" class="l"/>',
  lamp: '<path d="M22 14l18-3 5 14-22 6z"/><path d="M33 29l-4 20M20 49h20" class="l"/>',
  cable: '<path d="M16 42c0-24 30 4 30-20" class="l"/><path d="M12 40h9v9h-9zM42 14h9v9h-9z"/>',
  bottle: '<path d="M28 12h8v6l4 7v25H24V25l4-7z"/>', mat: '<path d="M14 24h30v16H14z"/><path d="M44 32a8 8 0 1 1 0 .1M44 32a3 3 0 1 1 0 .1" class="l"/>',
  toy: '<path d="M14 34h16v16H14zM32 34h16v16H32zM23 16h16v16H23z"/>', box: '<path d="M14 24l18-8 18 8v18l-18 8-18-8z"/><path d="M14 24l18 8 18-8M32 32v18" class="l"/>',
  bowl: '<path d="M12 28h40c0 12-8 20-20 20s-20-8-20-20z"/>', glove: '<path d="M22 50V34l-6-8 4-3 6 6V14h6v14-16h6v18l4-8 4 2-4 14v12z"/>',
};
const shades = ['#7a9cc6', '#8bb59a', '#d4a76a', '#b48bb8', '#c98b80'];
export function picture(name) {
  const [kind, shade] = name.replace('.svg', '').split('-');
  const colour = shades[Number(shade) % 5];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><style>path{fill:${colour}}.l{fill:none;stroke:${colour};stroke-width:4;stroke-linecap:round}</style><rect width="64" height="64" fill="#f5f6f8"/>${shapes[kind] ?? shapes.box}</svg>`;
}
