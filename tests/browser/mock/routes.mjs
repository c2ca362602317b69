// Every address of the API that the screens use.
import { bestWay, buyLabel, dice, iso, makeParcel, places, usd } from './data.mjs';

const hour = 3_600_000;
const roll = dice(99);
export const routes = [];
const on = (method, path, action) => routes.push([method, new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`), action]);

// ---- session
const shown = ({ password: _, ...user }) => user;
const open = (session, user) => {
  session.user = user;
  user.last_seen_at = iso(Date.now());
  return { user: shown(user), csrf: session.csrf };
};
on('GET', '/health', () => ({ ok: true, version: '0.1.0' }));
on('GET', '/session', ({ shop, session }) => ({ setup_needed: shop.users.length === 0, user: session.user ? shown(session.user) : null, csrf: session.csrf }));
on('POST', '/session/owner', ({ shop, session, body, Refusal }) => {
  if (body.setup_code !== 'ABCD-1234') throw new Refusal(403, 'setup.wrong_code', 'That is not the setup code on the console; copy it from there.', '设置码不正确，请从控制台复制。');
  const user = { id: '1', name: body.name, role: 'owner', language: body.language, time_zone: 'Asia/Shanghai', active: true, last_seen_at: null, password: body.password };
  shop.users.push(user);
  return open(session, user);
});
on('POST', '/session', ({ shop, session, body, Refusal }) => {
  const user = shop.users.find((one) => one.name === body.name && one.active);
  if (!user || user.password !== body.password) throw new Refusal(401, 'session.wrong', 'Name or password is wrong.', '用户名或密码不正确。');
  return open(session, user);
});
on('PATCH', '/session', ({ session, body, Refusal }) => {
  if (body.password && body.password.old !== session.user.password) throw new Refusal(422, 'session.wrong', 'The current password is wrong.', '当前密码不正确。');
  Object.assign(session.user, body.language && { language: body.language }, body.time_zone && { time_zone: body.time_zone });
  return { user: shown(session.user) };
});
on('DELETE', '/session', ({ session }) => { session.user = null; });

// ---- orders
const parcelsOf = (shop, order) => shop.parcels.filter((one) => one.order_id === order.id && one.state !== 'cancelled');
function row(shop, order) {
  const { items, ship_to, buyer, events, programs, earliest_ship, earliest_delivery, cancelled_by, ...rest } = order;
  const parcels = parcelsOf(shop, order);
  return { ...rest, lines: items.map(({ sku, title, quantity, image_url }) => ({ sku, title, quantity, image_url })), warehouse: parcels[0]?.warehouse ?? null, service: parcels[0]?.service ?? null, carrier: parcels[0]?.carrier ?? null, tracking_numbers: parcels.flatMap((one) => (one.label && one.label.state !== 'voided' ? [one.label.tracking_number] : [])) };
}
const allowedIn = { to_review: ['review', 'hold', 'cancel'], exception: ['plan', 'hold', 'cancel'], out_of_stock: ['plan', 'hold', 'cancel'], to_plan: ['plan', 'hold', 'cancel', 'split'], to_label: ['plan', 'buy_label', 'hold', 'cancel', 'split'], to_print: ['mark_printed', 'void_label', 'hold', 'cancel'], to_pack: ['void_label', 'hold', 'cancel'], to_ship: ['dispatch', 'void_label', 'hold', 'cancel'], shipped: ['confirm'] };
const detail = (shop, order, session) => ({
  ...row(shop, order), items: order.items.map(({ at, ...item }) => item), events: order.events, programs: order.programs, earliest_ship: order.earliest_ship, earliest_delivery: order.earliest_delivery, cancelled_by: order.cancelled_by, parcels: parcelsOf(shop, order), plan_options: null, last_updated_at: order.updated_at,
  ship_to: session.user.role === 'warehouse' ? { ...order.ship_to, name: '•••', line1: '•••', line2: null, phone: null, masked: true } : order.ship_to, buyer: session.user.role === 'warehouse' ? null : order.buyer,
  allowed: [...(order.on_hold ? ['unhold'] : (allowedIn[order.state] ?? [])), ...(order.cancel_requested ? ['keep'] : []), 'tag', 'note', ...(order.tags.length ? ['untag'] : [])].filter((one) => session.user.role !== 'warehouse' || ['dispatch', 'tag', 'untag', 'note', 'mark_printed'].includes(one)),
});
const numbers = (text) => text.split(/[\s,，;；、]+/).filter(Boolean).map((one) => one.toLowerCase());
function chosen(shop, query) {
  const get = (name) => query.get(name);
  const now = Date.now();
  const words = numbers(get('q') ?? '');
  return shop.orders.filter((order) => {
    const due = Date.parse(order.ship_by);
    const active = !['shipped', 'delivered', 'cancelled', 'pending'].includes(order.state);
    if (get('account') && order.account_id !== get('account')) return false;
    if (get('marketplace') && order.marketplace !== get('marketplace')) return false;
    if (get('country') && order.country !== get('country')) return false;
    if (get('shape') && order.shape !== get('shape')) return false;
    if (get('tag') && !order.tags.includes(get('tag'))) return false;
    if (get('printed') && String(order.printed) !== get('printed')) return false;
    if (get('cancel_requested') && !order.cancel_requested) return false;
    if (get('service') && !parcelsOf(shop, order).some((one) => one.service_id === get('service'))) return false;
    if (get('warehouse') && !parcelsOf(shop, order).some((one) => one.warehouse_id === get('warehouse'))) return false;
    if (get('due') && (!active || (get('due') === 'overdue' ? due > now : get('due') === 'in_24h' ? due < now || due > now + 24 * hour : due < now || due > now + 14 * hour))) return false;
    if (words.length) {
      const text = [order.amazon_order_id, order.id, ...order.items.map((item) => item.sku), order.ship_to.name, ...parcelsOf(shop, order).flatMap((one) => [one.parcel_no, one.label?.tracking_number ?? ''])].map((one) => one.toLowerCase());
      if (!words.some((word) => text.some((one) => one === word || one.includes(word)))) return false;
    }
    return true;
  });
}
const inState = (list, query) => list.filter((order) => (query.get('on_hold') ? order.on_hold : query.get('state') ? order.state === query.get('state') && !order.on_hold : true));
const sorters = { ship_by: (a, b) => Date.parse(a.ship_by) - Date.parse(b.ship_by), '-purchased_at': (a, b) => Date.parse(b.purchased_at) - Date.parse(a.purchased_at), '-updated_at': (a, b) => Date.parse(b.updated_at) - Date.parse(a.updated_at) };
on('GET', '/orders', ({ shop, query }) => {
  const limit = Math.min(200, Number(query.get('limit') ?? 50));
  const from = Number(query.get('after') ?? 0);
  const openFirst = (order) => (['shipped', 'delivered', 'cancelled', 'pending'].includes(order.state) ? 1 : 0);
  const all = inState(chosen(shop, query), query).sort((a, b) => openFirst(a) - openFirst(b) || sorters[query.get('sort') ?? 'ship_by'](a, b));
  return { items: all.slice(from, from + limit).map((order) => row(shop, order)), next: from + limit < all.length ? String(from + limit) : null };
});
const count = (list) => {
  const counts = Object.fromEntries(['pending', 'to_review', 'exception', 'out_of_stock', 'to_plan', 'to_label', 'to_print', 'to_pack', 'to_ship', 'shipped', 'delivered', 'cancelled', 'on_hold', 'cancel_requested'].map((one) => [one, 0]));
  for (const order of list) {
    if (order.on_hold) counts.on_hold += 1;
    else counts[order.state] += 1;
    if (order.cancel_requested) counts.cancel_requested += 1;
  }
  return counts;
};
on('GET', '/orders/counts', ({ shop, query }) => ({ counts: count(chosen(shop, query)) }));
on('GET', '/orders/export', ({ shop, query }) => ({ file: `amazon_order_id,state\n${inState(chosen(shop, query), query).map((one) => `${one.amazon_order_id},${one.state}`).join('\n')}\n`, type: 'text/csv', name: 'orders.csv' }));
const findOrder = (shop, id, Refusal) => {
  const order = shop.orders.find((one) => one.id === id);
  if (!order) throw new Refusal(404, 'not_found', `There is no order ${id}; it may belong to another store.`, `没有订单 ${id}，可能属于其他店铺。`);
  return order;
};
on('GET', '/orders/:id', ({ shop, params, session, Refusal }) => detail(shop, findOrder(shop, params[0], Refusal), session));
on('GET', '/orders/:id/offers', ({ shop, params, Refusal }) => {
  const order = findOrder(shop, params[0], Refusal);
  const best = bestWay(shop, order);
  const american = ['US', 'CA'].includes(order.marketplace);
  const ways = shop.services.filter((one) => (american ? ['1', '2', '3'] : ['4', '5']).includes(one.id));
  const due = Date.parse(order.deliver_by);
  return {
    offers: ways.map((one, index) => ({ warehouse_id: one.warehouse_id, warehouse: shop.warehouses.find((house) => house.id === one.warehouse_id).name, service_id: one.id, service: one.name, carrier: one.carrier_name, carton_ids: ['3'], cartons: ['M1 250×200×150'], cost: usd(512 + index * 187), on_time: 0.97 - index * 0.05, days: [3 + index * 2, 5 + index * 3], arrive: [iso(due - 3 * 24 * hour).slice(0, 10), iso(due - 24 * hour).slice(0, 10)], in_time: one.id !== '3' || Number(order.id) % 2 === 0, lines: [{ kind: 'base', amount: usd(430) }, { kind: 'fuel', amount: usd(82) }], chosen: one.id === best.id, why: one.id === best.id ? 'The cheapest that arrives before the latest delivery.' : '' })),
    refused: [{ service: american ? '燕文欧洲专线' : 'UPS Ground', reason: american ? 'Does not serve the United States.' : 'Starts from Ontario CA only; the goods lie in 深圳仓.' }],
  };
});
const event = (order, kind, text = '', actor = null) => order.events.push({ id: `${order.id}e${order.events.length + 1}x`, at: iso(Date.now()), kind, text, actor });
const act = {
  review: (shop, order, args, actor) => { if (order.state !== 'to_review') return ['order.wrong_state', `Order ${order.amazon_order_id} is not waiting for review.`, `订单 ${order.amazon_order_id} 不在待审核状态。`]; if (order.cancel_requested) return ['order.cancel_requested', `Order ${order.amazon_order_id}: the buyer asked to cancel; cancel or keep it first.`, `订单 ${order.amazon_order_id} 买家申请取消，请先决定取消或继续发货。`]; order.state = 'to_plan'; event(order, 'order_reviewed', '', actor); },
  plan: (shop, order, args, actor) => {
    if (order.state === 'out_of_stock') return ['stock.short', `${order.items[0].sku} is short by ${order.units}; receive stock or split the order.`, `${order.items[0].sku} 缺 ${order.units} 件，请补货或拆单。`];
    if (order.state === 'exception' && order.exception) return [order.exception.code, order.exception.message];
    shop.parcels = shop.parcels.filter((one) => one.order_id !== order.id);
    const parcel = makeParcel(shop, order, roll, 2, args);
    order.state = 'to_label';
    for (const item of order.items) item.reserved = item.quantity;
    event(order, 'order_planned', parcel.reason, actor);
  },
  hold: (shop, order, args, actor) => { order.on_hold = true; order.hold_reason = args.reason; event(order, 'order_held', args.reason, actor); },
  unhold: (shop, order, args, actor) => { order.on_hold = false; order.hold_reason = null; event(order, 'order_unheld', '', actor); },
  cancel: (shop, order, args, actor) => { order.state = 'cancelled'; order.cancel_reason = args.reason; order.cancelled_by = 'seller'; order.cancel_requested = false; event(order, 'order_cancelled', args.reason, actor); },
  keep: (shop, order, args, actor) => { order.cancel_requested = false; event(order, 'order_kept', '', actor); },
  tag: (shop, order, args, actor) => { if (!order.tags.includes(args.tag)) order.tags = [...order.tags, args.tag]; event(order, 'tag_added', args.tag, actor); },
  untag: (shop, order, args, actor) => { order.tags = order.tags.filter((one) => one !== args.tag); event(order, 'tag_removed', args.tag, actor); },
  note: (shop, order, args, actor) => { order.note = args.text || null; event(order, 'note_added', args.text, actor); },
  buy_label: (shop, order, args, actor) => { if (order.state !== 'to_label') return ['order.wrong_state', `Order ${order.amazon_order_id} is not waiting for a label.`]; if (Number(order.id) % 23 === 7) return ['carrier.address', `Order ${order.amazon_order_id}: the carrier does not know this post code; correct the address.`, `订单 ${order.amazon_order_id}：物流商不识别该邮编，请更正地址。`]; for (const parcel of parcelsOf(shop, order)) { buyLabel(shop, parcel); event(order, 'label_bought', parcel.label.tracking_number, actor); } order.state = 'to_print'; },
  void_label: (shop, order, args, actor) => { for (const parcel of parcelsOf(shop, order)) parcel.label = null; order.state = 'to_label'; order.printed = false; event(order, 'label_voided', '', actor); },
  mark_printed: (shop, order, args, actor) => { order.printed = true; order.state = 'to_pack'; event(order, 'label_printed', '', actor); },
  dispatch: (shop, order, args, actor) => { for (const parcel of parcelsOf(shop, order)) leave(shop, order, parcel, actor); },
  confirm: (shop, order, args, actor) => { for (const parcel of parcelsOf(shop, order)) Object.assign(parcel.confirm, { state: 'confirmed', confirmed_at: iso(Date.now()), last_error: null }); order.confirm = 'confirmed'; event(order, 'shipment_confirmed', '', actor); },
};
act.retry_confirm = act.confirm;
function leave(shop, order, parcel, actor) {
  Object.assign(parcel, { state: 'dispatched', dispatched_at: iso(Date.now()) });
  parcel.confirm.state = 'due';
  parcel.tracking = { state: 'not_found', first_scan_at: null, delivered_at: null, last_at: null, scans: [] };
  order.state = 'shipped';
  order.confirm = 'due';
  event(order, 'parcel_dispatched', '', actor);
  setTimeout(() => {
    if (shop.settings.write_stop || shop.settings.dry_run || order.confirm !== 'due') return;
    act.confirm(shop, order, {}, null);
    shop.tell({ orders: [order.id], parcels: [parcel.id] });
  }, 1200).unref();
}
on('POST', '/orders/actions', async ({ shop, body, session, language }) => {
  await new Promise((done) => setTimeout(done, 60));
  const results = body.ids.map((id) => {
    const order = shop.orders.find((one) => one.id === id);
    if (!order) return { id, ok: false, error: { code: 'not_found', message: `There is no order ${id}.` }, order: null };
    if (order.on_hold && !['unhold', 'tag', 'untag', 'note', 'cancel'].includes(body.action)) return { id, ok: false, error: { code: 'order.on_hold', message: language === 'zh-CN' ? `订单 ${order.amazon_order_id} 已搁置，请先取消搁置。` : `Order ${order.amazon_order_id} is on hold; release it first.` }, order: row(shop, order) };
    const refused = act[body.action](shop, order, body.args ?? {}, session.user.name);
    order.updated_at = iso(Date.now());
    if (refused) return { id, ok: false, error: { code: refused[0], message: (language === 'zh-CN' && refused[2]) || refused[1] }, order: row(shop, order) };
    return { id, ok: true, error: null, order: row(shop, order) };
  });
  shop.tell({ orders: body.ids });
  return { results };
});
on('POST', '/orders/:id/split', ({ shop, params, body, session, Refusal }) => {
  const order = findOrder(shop, params[0], Refusal);
  if (['UK', 'DE'].includes(order.marketplace)) throw new Refusal(422, 'split.import_rule', 'Goods that enter the UK or EU from outside must ship as one order in one shipment; this order cannot be split.', '从境外进入英国/欧盟的货物必须一单一票，此订单不能拆分。');
  shop.parcels = shop.parcels.filter((one) => one.order_id !== order.id);
  for (const part of body.parcels) {
    const items = part.items.map((one) => ({ ...order.items.find((item) => item.id === one.order_item_id), quantity: one.quantity }));
    makeParcel(shop, { ...order, items }, roll, 2);
  }
  order.state = 'to_label';
  event(order, 'order_split', `${body.parcels.length} parcels`, session.user.name);
  return detail(shop, order, session);
});
on('GET', '/views', ({ shop }) => shop.views);
on('POST', '/views', ({ shop, body }) => { const view = { id: String(Date.now()), ...body }; shop.views.push(view); return view; });
on('DELETE', '/views/:id', ({ shop, params }) => { shop.views = shop.views.filter((one) => one.id !== params[0]); });

// ---- import: Amazon's tab-separated order report, or a table whose columns somebody named
const layouts = new Map();
on('POST', '/imports/:kind', ({ shop, params, query, bytes }) => {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  const cut = (line) => line.split(lines[0].includes('\t') ? '\t' : ',').map((cell) => cell.replace(/^"|"$/g, '').trim());
  const columns = cut(lines[0] ?? '');
  const base = { rows: 0, new: 0, updated: 0, unchanged: 0, refused: 0, format: 'amazon orders report', encoding: 'UTF-8', refusals: [], mapping_needed: null };
  const amazon = { order_id: 'order-id', sku: 'sku', quantity: 'quantity-purchased', ship_by: 'latest-ship-date', recipient: 'recipient-name', title: 'product-name', purchased_at: 'purchase-date' };
  const fields = columns.includes('order-id') ? amazon : layouts.get(columns.join('|'));
  if (!fields) return { ...base, format: 'table', mapping_needed: { columns, sample: lines.slice(1, 6).map(cut), guess: Object.fromEntries(Object.entries({ order_id: /order|单号/i, sku: /sku|货号/i, quantity: /qty|quant|数量/i, recipient: /name|收件/i, country: /country|国家/i }).flatMap(([field, hint]) => { const found = columns.find((one) => hint.test(one)); return found ? [[field, found]] : []; })) } };
  const fresh = new Map();
  lines.slice(1).forEach((line, index) => {
    base.rows += 1;
    const cells = cut(line);
    const get = (field) => cells[columns.indexOf(fields[field])] ?? '';
    const quantity = Number(get('quantity'));
    if (!/^\d{3}-\d{7}-\d{7}$/.test(get('order_id'))) { base.refused += 1; base.refusals.push({ line: index + 2, reason: `"${get('order_id')}" is not an Amazon order ID.` }); return; }
    if (!(quantity > 0)) { base.refused += 1; base.refusals.push({ line: index + 2, reason: `Order ${get('order_id')}: the quantity "${get('quantity')}" is not a positive number.` }); return; }
    if (shop.orders.some((one) => one.amazon_order_id === get('order_id'))) { base.unchanged += 1; return; }
    base.new += 1;
    if (!fresh.has(get('order_id'))) fresh.set(get('order_id'), { get, items: [] });
    fresh.get(get('order_id')).items.push({ sku: get('sku'), quantity, title: get('title') });
  });
  if (query.get('dry_run') !== 'true' && params[0] === 'orders') for (const [id, { get, items }] of fresh) addOrder(shop, id, items, get);
  return base;
});
function addOrder(shop, amazon_order_id, lines, get) {
  const sample = shop.orders.find((one) => one.state === 'to_review' && one.marketplace === 'US');
  const id = String(shop.next++);
  const items = lines.map((line, n) => {
    const at = shop.products.findIndex((one) => one.sku === line.sku);
    const product = shop.products[at];
    return { ...sample.items[0], id: `${id}${n}`, sku: line.sku, title: line.title || product?.title || line.sku, quantity: line.quantity, product_id: product?.id ?? null, product_sku: product?.sku ?? null, image_url: product?.image_url ?? null, at, reserved: 0, cancel_requested: false, bins: product ? shop.bins(at) : [] };
  });
  shop.orders.push({ ...sample, id, amazon_order_id, state: 'to_review', cancel_requested: false, cancel_reason: null, on_hold: false, tags: [], note: null, printed: false, confirm: 'none', items, units: items.reduce((sum, one) => sum + one.quantity, 0), shape: items.length > 1 ? 'multi_line' : items[0].quantity > 1 ? 'multi_qty' : 'single', ship_by: get('ship_by') || iso(Date.now() + 20 * hour), purchased_at: get('purchased_at') || iso(Date.now()), updated_at: iso(Date.now()), ship_to: { ...sample.ship_to, name: get('recipient') }, events: [{ id: `${id}e1`, at: iso(Date.now()), kind: 'order_imported', text: '', actor: null }] });
}
on('GET', '/mappings', () => [...layouts].map(([signature, fields]) => ({ signature, fields })));
on('PUT', '/mappings', ({ body }) => { layouts.set(body.columns.join('|'), body.fields); return body; });
on('GET', '/exports/:kind', ({ params }) => ({ file: 'order-id\n', type: 'text/plain', name: `${params[0]}.txt` }));

// ---- today
const metric = (late, orders, limit = '<0.04') => ({ late, orders, rate: orders ? (late / orders).toFixed(4) : null, limit, met: orders ? 25 * late < orders : null, late_affordable: Math.max(0, Math.ceil((orders - 25 * late) / 24) - 1), on_time_needed: Math.max(0, 25 * late + 1 - orders), clears_on: orders && 25 * late >= orders ? iso(Date.now() + 6 * 24 * hour).slice(0, 10) : null });
on('GET', '/today', ({ shop }) => {
  const now = Date.now();
  const active = shop.orders.filter((one) => !['shipped', 'delivered', 'cancelled', 'pending'].includes(one.state));
  const left = (order) => Date.parse(order.ship_by) - now;
  const inTransit = shop.parcels.filter((one) => one.state === 'dispatched');
  return {
    now: iso(now), counts: count(shop.orders), due: { overdue: active.filter((one) => left(one) < 0).length, today: active.filter((one) => left(one) >= 0 && left(one) < 14 * hour).length, in_24h: active.filter((one) => left(one) >= 14 * hour && left(one) < 24 * hour).length, later: active.filter((one) => left(one) >= 24 * hour).length },
    confirm: { waiting: shop.parcels.filter((one) => one.confirm.state === 'due').length, oldest_at: iso(now - 47 * 60_000), failed: shop.parcels.filter((one) => one.confirm.state === 'failed').length, unsure: shop.parcels.filter((one) => one.confirm.state === 'unsure').length },
    parcels: { in_transit: inTransit.length, exception: inTransit.filter((one) => one.tracking?.state === 'exception').length, no_scan_48h: inTransit.filter((one) => !one.tracking?.first_scan_at && now - Date.parse(one.dispatched_at) > 48 * hour).length, delivered_today: 23 },
    accounts: shop.accounts.map(({ id, name, kind, last_sync_at, last_error }, index) => ({ id, name, kind, last_sync_at, last_error, backlog: index === 2 ? 31 : index })),
    health: [{ account_id: '1', marketplace: 'US', lsr_10: metric(3, 214), lsr_30: metric(14, 702) }, { account_id: '2', marketplace: 'UK', lsr_10: metric(2, 61), lsr_30: metric(9, 198) }, { account_id: '2', marketplace: 'DE', lsr_10: metric(0, 44), lsr_30: metric(2, 151) }, { account_id: '3', marketplace: 'JP', lsr_10: metric(0, 0), lsr_30: metric(1, 58) }],
    next_deadlines: active.filter((one) => !one.on_hold).sort(sorters.ship_by).slice(0, 10).map((one) => row(shop, one)), jobs: { unsure: shop.jobs.filter((one) => one.state === 'unsure').length, discarded: shop.jobs.filter((one) => one.state === 'discarded').length }, settings: { write_stop: shop.settings.write_stop, dry_run: shop.settings.dry_run },
    low_stock: shop.products.filter((one) => one.available < 5).slice(0, 10).map(({ id, sku, available }) => ({ product_id: id, sku, available })),
  };
});

// ---- print and ship
const findParcel = (shop, id, Refusal) => {
  const parcel = shop.parcels.find((one) => one.id === id);
  if (!parcel) throw new Refusal(404, 'not_found', `There is no parcel ${id}.`);
  return parcel;
};
const orderOf = (shop, parcel) => shop.orders.find((one) => one.id === parcel.order_id);
on('POST', '/waves', ({ shop, body, session, Refusal }) => {
  const ready = shop.orders.filter((order) => ['to_label', 'to_print', 'to_pack'].includes(order.state) && !order.on_hold && (!body.order_ids || body.order_ids.includes(order.id))).sort(sorters.ship_by);
  const parcels = ready.flatMap((order) => parcelsOf(shop, order)).filter((one) => !one.wave_id && one.warehouse_id === body.warehouse_id).slice(0, body.max ?? 50);
  if (!parcels.length) throw new Refusal(422, 'wave.nothing_ready', 'No order is ready in this warehouse; allocate some first.', '该仓库没有可拣货的订单，请先配货。');
  const wave = { id: String(shop.waves.length + 1), name: `W${shop.waves.length + 12}`, warehouse_id: body.warehouse_id, warehouse: shop.warehouses.find((one) => one.id === body.warehouse_id).name, state: 'open', created_at: iso(Date.now()), created_by: session.user.name, ids: parcels.map((one) => one.id), picked: {} };
  for (const parcel of parcels) parcel.wave_id = wave.id;
  shop.waves.unshift(wave);
  return waveView(shop, wave);
});
function waveView(shop, wave) {
  const parcels = wave.ids.map((id) => shop.parcels.find((one) => one.id === id)).filter(Boolean);
  const lines = new Map();
  for (const parcel of parcels) for (const item of parcel.items) {
    const key = `${item.bin}|${item.sku}`;
    if (!lines.has(key)) lines.set(key, { bin: item.bin, zone: item.bin?.split('-')[0] ?? null, sku: item.sku, title: item.title, image_url: item.image_url, quantity: 0, picked: 0, parcels: [] });
    const line = lines.get(key);
    line.quantity += item.quantity;
    line.parcels.push(parcel.parcel_no);
    line.picked = wave.picked[key] ?? 0;
  }
  const { ids, picked, ...rest } = wave;
  return { ...rest, orders: parcels.length, units: parcels.reduce((sum, one) => sum + one.items.reduce((all, item) => all + item.quantity, 0), 0), lines: [...lines.values()].sort((a, b) => String(a.bin).localeCompare(String(b.bin))), parcels: parcels.map((one) => ({ id: one.id, parcel_no: one.parcel_no, order_id: one.order_id, amazon_order_id: one.amazon_order_id, state: one.state, labeled: one.label !== null, printed: (one.label?.printed_count ?? 0) > 0, packed: one.packed_at !== null })) };
}
on('GET', '/waves', ({ shop, query }) => shop.waves.filter((one) => !query.get('state') || one.state === query.get('state')).map((one) => waveView(shop, one)));
const findWave = (shop, id, Refusal) => { const wave = shop.waves.find((one) => one.id === id); if (!wave) throw new Refusal(404, 'not_found', `There is no wave ${id}.`); return wave; };
on('GET', '/waves/:id', ({ shop, params, Refusal }) => waveView(shop, findWave(shop, params[0], Refusal)));
on('POST', '/waves/:id/close', ({ shop, params, Refusal }) => { const wave = findWave(shop, params[0], Refusal); wave.state = 'done'; return waveView(shop, wave); });
on('POST', '/waves/:id/pick', ({ shop, params, body, Refusal }) => { const wave = findWave(shop, params[0], Refusal); wave.picked[`${body.bin}|${body.sku}`] = body.quantity; return waveView(shop, wave); });
on('POST', '/prints', ({ shop, body, session, Refusal }) => {
  const wave = body.wave_id ? findWave(shop, body.wave_id, Refusal) : null;
  const handover = body.handover_id ? shop.handovers.find((one) => one.id === body.handover_id) : null;
  const ids = wave ? wave.ids : handover ? handover.ids : body.parcel_ids;
  const results = ids.map((id) => {
    const parcel = shop.parcels.find((one) => one.id === id);
    if (!parcel) return { parcel_id: id, ok: false, error: { code: 'not_found', message: 'No such parcel.' } };
    if (body.kind !== 'labels') return { parcel_id: id, ok: true, error: null };
    const order = orderOf(shop, parcel);
    if (!parcel.label && body.buy) { const refused = act.buy_label(shop, order, {}, session.user.name); if (refused) return { parcel_id: id, ok: false, error: { code: refused[0], message: refused[1] } }; }
    if (!parcel.label) return { parcel_id: id, ok: false, error: { code: 'label.none', message: `Parcel ${parcel.parcel_no} has no label; get the tracking number first.` } };
    return { parcel_id: id, ok: true, error: null };
  });
  const id = String(900 + shop.prints.size);
  const good = results.filter((one) => one.ok).map((one) => one.parcel_id);
  shop.prints.set(id, { kind: body.kind, format: body.format, ids: good });
  return { print_id: id, pages: body.kind === 'labels' ? good.length : Math.ceil(good.length / 12), url: `/api/prints/${id}/file`, results };
});
on('GET', '/prints/:id/file', ({ shop, params }) => {
  const print = shop.prints.get(params[0]);
  for (const id of print.ids) {
    const parcel = shop.parcels.find((one) => one.id === id);
    if (print.kind === 'labels' && parcel.label) {
      parcel.label.printed_count += 1;
      const order = orderOf(shop, parcel);
      order.printed = true;
      if (order.state === 'to_print') { order.state = 'to_pack'; event(order, 'label_printed', '', null); }
    }
  }
  shop.tell({ parcels: print.ids });
  if (print.format === 'zpl') return { file: '^XA^XZ', type: 'application/octet-stream', name: 'labels.zpl' };
  return { file: '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 283 425]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF', type: 'application/pdf' };
});
on('POST', '/parcels/:id/label', ({ shop, params, session, language, Refusal }) => { const parcel = findParcel(shop, params[0], Refusal); const refused = act.buy_label(shop, orderOf(shop, parcel), {}, session.user.name); if (refused) throw new Refusal(422, refused[0], refused[1], refused[2]); return parcel; });
on('DELETE', '/parcels/:id/label', ({ shop, params, session, Refusal }) => { const parcel = findParcel(shop, params[0], Refusal); act.void_label(shop, orderOf(shop, parcel), {}, session.user.name); return parcel; });
const handoverView = (shop, { ids, ...rest }) => ({ ...rest, parcels: ids.map((id) => shop.parcels.find((one) => one.id === id)).map((one) => ({ id: one.id, parcel_no: one.parcel_no, amazon_order_id: one.amazon_order_id, tracking_number: one.label?.tracking_number ?? null, weight_g: one.actual_weight_g })) });
on('GET', '/handovers', ({ shop, query }) => shop.handovers.filter((one) => !query.get('state') || one.state === query.get('state')).map((one) => handoverView(shop, one)));
on('GET', '/handovers/:id', ({ shop, params, Refusal }) => { const found = shop.handovers.find((one) => one.id === params[0]); if (!found) throw new Refusal(404, 'not_found', 'There is no such hand-over.'); return handoverView(shop, found); });
on('POST', '/handovers', ({ shop, body }) => { const handover = { id: String(shop.handovers.length + 1), carrier: shop.carriers.find((one) => one.id === body.carrier)?.name ?? body.carrier, warehouse_id: body.warehouse_id, warehouse: shop.warehouses.find((one) => one.id === body.warehouse_id).name, state: 'open', opened_at: iso(Date.now()), closed_at: null, ids: [] }; shop.handovers.unshift(handover); return handoverView(shop, handover); });
const byCode = (shop, code) => { const text = code.trim().toLowerCase(); return shop.parcels.find((one) => [one.parcel_no, one.label?.tracking_number, one.amazon_order_id, one.order_id].some((name) => name?.toLowerCase() === text)); };
on('POST', '/handovers/:id/scan', ({ shop, params, body, Refusal }) => {
  const handover = shop.handovers.find((one) => one.id === params[0]);
  const parcel = byCode(shop, body.code);
  if (!parcel) throw new Refusal(404, 'parcel.unknown', `Nothing here carries the number ${body.code}.`, `没有包裹使用单号 ${body.code}。`);
  if (parcel.carrier !== handover.carrier) throw new Refusal(422, 'handover.other_carrier', `Parcel ${parcel.parcel_no} goes with ${parcel.carrier}, not with ${handover.carrier}.`, `包裹 ${parcel.parcel_no} 属于 ${parcel.carrier}，不是 ${handover.carrier}。`);
  if (parcel.state !== 'packed') throw new Refusal(422, 'handover.not_packed', `Parcel ${parcel.parcel_no} is not packed yet; pack it first.`, `包裹 ${parcel.parcel_no} 尚未包装，请先包装。`);
  if (handover.ids.includes(parcel.id)) throw new Refusal(409, 'handover.twice', `Parcel ${parcel.parcel_no} is already on this list.`, `包裹 ${parcel.parcel_no} 已在此交接单中。`);
  handover.ids.push(parcel.id);
  parcel.handover_id = handover.id;
  return { parcel };
});
on('DELETE', '/handovers/:id/parcels/:parcel', ({ shop, params }) => { const handover = shop.handovers.find((one) => one.id === params[0]); handover.ids = handover.ids.filter((one) => one !== params[1]); return handoverView(shop, handover); });
on('POST', '/handovers/:id/close', ({ shop, params, session }) => { const handover = shop.handovers.find((one) => one.id === params[0]); Object.assign(handover, { state: 'closed', closed_at: iso(Date.now()) }); for (const id of handover.ids) { const parcel = shop.parcels.find((one) => one.id === id); leave(shop, orderOf(shop, parcel), parcel, session.user.name); } shop.tell({}); return handoverView(shop, handover); });

// ---- pack station
const packable = (shop) => shop.parcels.filter((one) => one.state === 'planned' && one.label && ['to_pack', 'to_print'].includes(orderOf(shop, one).state));
on('POST', '/pack/open', ({ shop, body, Refusal }) => {
  const text = body.code.trim().toLowerCase();
  let parcel = byCode(shop, body.code);
  parcel ??= packable(shop).sort((a, b) => Date.parse(orderOf(shop, a).ship_by) - Date.parse(orderOf(shop, b).ship_by)).find((one) => one.items.some((item) => item.sku.toLowerCase() === text || item.barcode === text));
  if (!parcel) throw new Refusal(404, 'pack.unknown_code', `Nothing to pack for “${body.code}”: scan an order, a parcel, a label or an item.`, `“${body.code}” 没有可包装的订单：请扫描订单号、包裹号、面单或商品。`);
  if (parcel.state !== 'planned') throw new Refusal(409, 'pack.already_packed', `Parcel ${parcel.parcel_no} is packed already.`, `包裹 ${parcel.parcel_no} 已包装。`);
  const order = orderOf(shop, parcel);
  return { parcel, order: row(shop, order), cartons: shop.cartons, question: order.cancel_requested ? { kind: 'cancel_requested', message: 'The buyer asked to cancel this order.' } : order.on_hold ? { kind: 'on_hold', message: order.hold_reason } : null };
});
on('POST', '/pack/:id/scan', ({ shop, params, body, Refusal }) => {
  const parcel = findParcel(shop, params[0], Refusal);
  const text = body.code.trim().toLowerCase();
  const item = parcel.items.find((one) => (one.sku.toLowerCase() === text || one.barcode === text) && one.verified < one.quantity) ?? parcel.items.find((one) => one.sku.toLowerCase() === text || one.barcode === text);
  if (!item && !shop.products.some((one) => one.sku.toLowerCase() === text || one.barcode === text)) throw new Refusal(422, 'pack.unknown_code', `“${body.code}” is no SKU or barcode known here.`, `未知条码（“${body.code}” is no SKU or barcode known here.）`);
  if (!item) throw new Refusal(422, 'pack.wrong_item', `${body.code} does not belong in this parcel; put it back.`, `${body.code} 不属于此包裹，请放回。`);
  if (item.verified + (body.quantity ?? 1) > item.quantity) throw new Refusal(422, 'pack.too_many', `${item.sku}: only ${item.quantity} belong in this parcel.`, `${item.sku}：此包裹只需 ${item.quantity} 件。`);
  item.verified += body.quantity ?? 1;
  return { ok: true, item: { order_item_id: item.order_item_id, sku: item.sku, verified: item.verified, quantity: item.quantity }, parcel, complete: parcel.items.every((one) => one.verified >= one.quantity) };
});
on('POST', '/pack/:id/weigh', ({ shop, params, body, Refusal }) => {
  const parcel = findParcel(shop, params[0], Refusal);
  parcel.actual_weight_g = body.grams;
  const allowed = Math.max(shop.settings.weight_tolerance_g, (parcel.est_weight_g * shop.settings.weight_tolerance_percent) / 100);
  return { parcel, expected_g: parcel.est_weight_g, difference_g: body.grams - parcel.est_weight_g, within: Math.abs(body.grams - parcel.est_weight_g) <= allowed };
});
on('POST', '/pack/:id/finish', ({ shop, params, body, session, Refusal }) => {
  const parcel = findParcel(shop, params[0], Refusal);
  if (parcel.items.some((one) => one.verified < one.quantity) && !body.override) throw new Refusal(422, 'pack.not_verified', `Parcel ${parcel.parcel_no}: scan every item first.`, `包裹 ${parcel.parcel_no}：请先扫描全部商品。`);
  const allowed = Math.max(shop.settings.weight_tolerance_g, (parcel.est_weight_g * shop.settings.weight_tolerance_percent) / 100);
  if (body.grams) parcel.actual_weight_g = body.grams;
  if (parcel.actual_weight_g !== null && Math.abs(parcel.actual_weight_g - parcel.est_weight_g) > allowed && !body.override) throw new Refusal(422, 'pack.weight_off', `Parcel ${parcel.parcel_no} weighs ${parcel.actual_weight_g} g, expected ${parcel.est_weight_g} g: check what is inside.`, `包裹 ${parcel.parcel_no} 实重 ${parcel.actual_weight_g} g，估重 ${parcel.est_weight_g} g：请检查内容。`);
  if (body.carton_id) { const carton = shop.cartons.find((one) => one.id === body.carton_id); Object.assign(parcel, { carton_id: carton.id, carton: carton.name }); }
  Object.assign(parcel, { state: 'packed', packed_at: iso(Date.now()), packed_by: session.user.name });
  const order = orderOf(shop, parcel);
  order.state = 'to_ship';
  event(order, 'parcel_packed', parcel.carton, session.user.name);
  const id = String(900 + shop.prints.size);
  shop.prints.set(id, { kind: 'labels', format: shop.settings.default_label, ids: [parcel.id] });
  const next = packable(shop).sort((a, b) => Date.parse(orderOf(shop, a).ship_by) - Date.parse(orderOf(shop, b).ship_by))[0];
  shop.tell({ orders: [order.id], parcels: [parcel.id] });
  return { parcel, next: next ? { parcel_no: next.parcel_no } : null, label_url: `/api/prints/${id}/file` };
});
on('POST', '/pack/:id/reset', ({ shop, params, Refusal }) => { const parcel = findParcel(shop, params[0], Refusal); for (const item of parcel.items) item.verified = 0; parcel.actual_weight_g = null; return { parcel }; });

// ---- tracking, health
on('GET', '/parcels', ({ shop, query }) => {
  const now = Date.now();
  const kind = query.get('tracking') ?? 'all';
  const words = numbers(query.get('q') ?? '');
  const limit = Number(query.get('limit') ?? 50);
  const from = Number(query.get('after') ?? 0);
  const all = shop.parcels.filter((one) => one.tracking && (kind === 'all' || (kind === 'exception' ? ['exception', 'delivery_failed', 'returning'].includes(one.tracking.state) : kind === 'no_scan' ? !one.tracking.first_scan_at && now - Date.parse(one.dispatched_at) > 12 * hour : kind === 'delivered' ? one.state === 'delivered' : one.state === 'dispatched')) && (!query.get('carrier') || one.carrier === shop.carriers.find((c) => c.id === query.get('carrier'))?.name) && (!words.length || words.some((word) => [one.parcel_no, one.amazon_order_id, one.label?.tracking_number ?? ''].some((text) => text.toLowerCase().includes(word)))));
  return { items: all.slice(from, from + limit), next: from + limit < all.length ? String(from + limit) : null };
});
on('POST', '/tracking/check', ({ body }) => ({ results: body.numbers.map((input) => { const number = input.replace(/\s/g, '').toUpperCase(); const ups = /^1Z[A-Z0-9]{16}$/.test(number); const s10 = /^[A-Z]{2}\d{9}[A-Z]{2}$/.test(number); const yun = /^YT\d{16}$/.test(number); const carrier = ups ? 'ups' : s10 ? 's10' : yun ? 'yunexpress' : null; return { input, number, verdict: number.length < 6 ? 'malformed' : carrier ? (number.endsWith('9') ? 'suspect' : 'valid') : 'unknown', matches: carrier ? [{ carrier, format: carrier, check: 'ok' }] : [], amazon_code: ups ? 'UPS' : null, named: body.carrier ? { carrier: body.carrier, fits: carrier === body.carrier } : null }; }) }));
on('GET', '/account-health', ({ shop, query }) => {
  const bad = query.get('marketplace') === 'UK';
  const now = Date.now();
  // Late orders leave the window one by one, the others a little every day.
  const days = (late, orders, width) => Array.from({ length: 61 }, (_, n) => { const more = Math.max(0, late - Math.floor(n / (width / (late + 1)))); const total = n >= width ? 0 : Math.round(orders * (1 - (n / width) * 0.85)); return { day: iso(now + n * 24 * hour).slice(0, 10), late: total ? more : 0, orders: total, rate: total ? (more / total).toFixed(4) : null }; });
  const one = (id, late, orders, limit, extra = {}) => ({ id, ...metric(late, orders, limit), ...extra });
  const [l10, o10, l30, o30] = bad ? [2, 61, 9, 198] : [3, 214, 14, 702];
  const lates = shop.orders.filter((order) => order.state === 'delivered').slice(0, bad ? 9 : 8);
  return {
    account_id: query.get('account') ?? '1', marketplace: query.get('marketplace') ?? 'US', as_of: iso(now), basis: 'ship_by',
    metrics: [one('lsr_10', l10, o10, '<0.04', { by_day: days(l10, o10, 10) }), one('lsr_30', l30, o30, '<0.04', { by_day: days(l30, o30, 30) }), one('cancel_7', 2, 161, '<0.025', { met: true }), { id: 'vtr_30', late: 11, orders: 640, rate: '0.9828', limit: '>=0.95', met: true, late_affordable: 21, on_time_needed: 0, clears_on: null }, { id: 'otdr_14', late: 29, orders: 310, rate: '0.9065', limit: '>=0.90', met: true, late_affordable: 2, on_time_needed: 0, clears_on: null }, one('odr_60', 5, 1290, '<0.01', { met: true }), { id: 'idr_7', late: 0, orders: 0, rate: null, limit: '<0.05', met: null, late_affordable: 0, on_time_needed: 0, clears_on: null }, { id: 'response_24h', late: 1, orders: 48, rate: '0.0208', limit: '<0.10', met: true, late_affordable: 4, on_time_needed: 0, clears_on: null }],
    reported: { at: iso(now - 20 * hour), lateShipmentRate: { rate: bad ? 0.0412 : 0.0196, orderCount: o30 - 11, lateShipmentCount: l30 - 1 } },
    late_orders: lates.map((order, index) => ({ order_id: order.id, amazon_order_id: order.amazon_order_id, ship_by: order.ship_by, confirmed_at: iso(Date.parse(order.ship_by) + (index + 1) * 3 * hour), leaves_30_on: iso(Date.parse(order.ship_by) + 30 * 24 * hour).slice(0, 10) })),
    at_risk: shop.orders.filter((order) => ['to_label', 'to_print', 'to_pack'].includes(order.state)).sort(sorters.ship_by).slice(0, 6).map((order) => row(shop, order)),
  };
});

// ---- listings, stock, set-up
on('GET', '/listings', ({ shop, query }) => { const words = numbers(query.get('q') ?? ''); return shop.listings.filter((one) => (!query.get('account') || one.account_id === query.get('account')) && (!query.get('unmapped') || !one.product_id) && (!words.length || words.some((word) => `${one.sku} ${one.asin} ${one.title}`.toLowerCase().includes(word)))); });
on('PATCH', '/listings/:id', ({ shop, params, body }) => { const listing = shop.listings.find((one) => one.id === params[0]); Object.assign(listing, body); listing.product_sku = shop.products.find((one) => one.id === listing.product_id)?.sku ?? null; return listing; });
on('POST', '/listings/push', ({ shop, body }) => ({ results: body.ids.map((id) => { const listing = shop.listings.find((one) => one.id === id); if (!listing.product_id) return { id, ok: false, error: { code: 'listing.unmapped', message: `${listing.sku} is not mapped; choose its stock SKU first.` } }; Object.assign(listing, { quantity: listing.pushed_quantity, last_pushed_at: iso(Date.now()) }); return { id, ok: true, error: null }; }) }));
on('POST', '/listings/refresh', ({ shop, body }) => ({ count: shop.listings.filter((one) => one.account_id === body.account_id).length }));
on('GET', '/products', ({ shop, query }) => { const words = numbers(query.get('q') ?? ''); return shop.products.filter((one) => !words.length || words.some((word) => `${one.sku} ${one.title} ${one.barcode}`.toLowerCase().includes(word))); });
on('GET', '/stock', ({ shop, query }) => { const words = numbers(query.get('q') ?? ''); return shop.stock.filter((one) => (!query.get('warehouse') || one.warehouse_id === query.get('warehouse')) && (!words.length || words.some((word) => `${one.sku} ${one.title} ${one.bin}`.toLowerCase().includes(word)))); });
on('POST', '/stock/adjust', ({ shop, body, session }) => { const found = shop.stock.find((one) => one.product_id === body.product_id && one.warehouse_id === body.warehouse_id); const change = body.counted !== undefined ? body.counted - found.on_hand : body.quantity; found.on_hand += change; found.available += change; shop.movements.unshift({ id: String(Date.now()), at: iso(Date.now()), product_id: body.product_id, warehouse: found.warehouse, bin: found.bin, quantity: change, reason: body.reason, actor: session.user.name }); return found; });
on('GET', '/stock/movements', ({ shop, query }) => shop.movements.filter((one) => !query.get('product') || one.product_id === query.get('product')));
on('GET', '/carriers', ({ shop }) => shop.carriers);
for (const [path, list] of [['warehouses', 'warehouses'], ['cartons', 'cartons'], ['services', 'services'], ['accounts', 'accounts'], ['users', 'users'], ['products', 'products'], ['tokens', 'tokens'], ['rate-cards', 'rateCards']]) {
  const clean = (one) => (path === 'users' ? shown(one) : one);
  if (path !== 'products') on('GET', `/${path}`, ({ shop }) => shop[list].map(clean));
  if (path !== 'rate-cards') on('POST', `/${path}`, ({ shop, body, Refusal }) => {
    if (!body.name && !body.sku) throw new Refusal(400, 'name.missing', 'Give it a name.', '请填写名称。');
    const carrier = shop.carriers.find((one) => one.id === body.carrier_id);
    const made = { ...{ accounts: { region: null, seller_id: null, marketplaces: [], endpoint: body.sandbox_url ?? null, status: 'ok', last_sync_at: null, last_error: null, orders: 0, secret_expires_on: null }, products: { on_hand: 0, reserved: 0, available: 0, image_url: null }, users: { time_zone: 'Asia/Shanghai', active: true, last_seen_at: null } }[path], id: String(Date.now()), ...body, ...(carrier ? { carrier_name: carrier.name } : {}) };
    if (path === 'accounts' && body.marketplaces) made.marketplaces = body.marketplaces.map((one) => Object.values(places).map((p) => ({ id: p.id, country: p.country, currency: p.currency })).find((p) => p.id === one || p.country === one) ?? { id: one, country: one, currency: 'USD' });
    shop[list].push(made);
    return path === 'tokens' ? { ...made, token: 'zifa_7f3a9c0e5b8d4412a6' } : clean(made);
  });
  on('PATCH', `/${path}/:id`, ({ shop, params, body }) => { const found = shop[list].find((one) => one.id === params[0]); Object.assign(found, body); return clean(found); });
  on('DELETE', `/${path}/:id`, ({ shop, params }) => { shop[list] = shop[list].filter((one) => one.id !== params[0]); });
}
on('POST', '/rate-cards', ({ shop, query, bytes }) => {
  const lines = bytes.toString().split(/\r?\n/).filter((line) => line && !line.startsWith('#'));
  const errors = [];
  lines.slice(1).forEach((line, index) => { const cells = line.split(','); if (cells.length < 4) errors.push({ line: index + 2, reason: `has ${cells.length} columns, at least 4 are needed` }); else if (Number.isNaN(Number(cells[3]))) errors.push({ line: index + 2, reason: `"${cells[3]}" in column 4 is not a price` }); });
  const rows = lines.length - 1;
  const dry = query.get('dry_run') === 'true';
  const card = dry || errors.length ? null : { id: String(Date.now()), name: query.get('name'), file: 'upload.csv', services: ['CN-US-STD'], rows, currency: 'CNY', valid_from: iso(Date.now()).slice(0, 10), imported_at: iso(Date.now()) };
  if (card) shop.rateCards.push(card);
  return { rows, accepted: rows - errors.length, errors, warnings: rows > 3 ? ['CN-US-STD, zone 2: nothing covers 2 000 g to 2 500 g.'] : [], card };
});
on('GET', '/rate-cards/:id/file', () => ({ file: 'service,zone,to_g,price\n', type: 'text/csv', name: 'card.csv' }));
on('POST', '/accounts/:id/sync', ({ shop, params }) => { const found = shop.accounts.find((one) => one.id === params[0]); found.last_sync_at = iso(Date.now()); return found; });
on('POST', '/accounts/:id/check', ({ shop, params }) => { const bad = shop.accounts.find((one) => one.id === params[0]).status !== 'ok'; return { operations: [['searchOrders', true], ['getOrder', true], ['confirmShipment', true], ['getListingsItem', !bad], ['patchListingsItem', !bad], ['createReport', true]].map(([operation, ok]) => ({ operation, status: ok ? 200 : 403, ok, problem: ok ? null : 'The role “Product Listing” is missing; add it to the app, then authorise again.' })) }; });
on('GET', '/settings', ({ shop }) => shop.settings);
on('PATCH', '/settings', ({ shop, body }) => Object.assign(shop.settings, body));
on('GET', '/jobs', ({ shop, query }) => shop.jobs.filter((one) => !query.get('state') || one.state === query.get('state')));
on('POST', '/jobs/:id/retry', ({ shop, params }) => { const job = shop.jobs.find((one) => one.id === params[0]); job.state = 'running'; shop.tell({}); return job; });
on('POST', '/jobs/:id/resolve', ({ shop, params }) => { shop.jobs = shop.jobs.filter((one) => one.id !== params[0]); shop.tell({}); return { id: params[0], state: 'completed' }; });
on('POST', '/jobs/:id/cancel', ({ shop, params }) => { shop.jobs = shop.jobs.filter((one) => one.id !== params[0]); shop.tell({}); return { id: params[0], state: 'cancelled' }; });
