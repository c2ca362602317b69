// An order's life and what goes with it, walked by any client of the Selling Partner API against the sandbox.
//
// A client is handed in as the handful of things a seller's tool does, each written the way that package wants to be called.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { playAmazonHosts } from './amazon_hosts.mjs';
import { startSandbox } from './sandbox.mjs';

export const marketplace = 'ATVPDKIKX0DER';
const mug = 'YC-MUG-STEEL-16';
// What a path does to a SKU, and a SKU to a path.
const awkward = 'A/B C&D%1+2 (3)';

// connect(sandbox, hosts) gives { participations, page, order, confirm, listing, patch, put, createReport, report, documentLink, document }.
// `can` names what not every package has: tokens and feeds (then also { restrictedToken, feed }), renewing a dead token, repeating a throttled call.
// `refuses` says how its errors name a refusal, an absence and a closed door.
export function walk(name, connect, can = {}, refuses = { by: (error) => error.status ?? error.response?.status, invalid: 400, absent: 404, forbidden: 403 }) {
  let sandbox, hosts, client;
  before(async () => {
    sandbox = await startSandbox();
    hosts = await playAmazonHosts(sandbox.url);
    client = await connect(sandbox, hosts);
  });
  after(async () => {
    await hosts?.stop();
    await sandbox?.stop();
  });

  const confirmation = (order, reference, number, item, quantity) => ({
    marketplaceId: marketplace,
    packageDetail: {
      packageReferenceId: reference, carrierCode: 'UPS', shippingMethod: 'UPS Ground', trackingNumber: number, shipDate: order.now,
      orderItems: [{ orderItemId: item, quantity }],
    },
  });
  const finished = async (reportType, more = {}) => {
    const id = await client.createReport({ reportType, marketplaceIds: [marketplace], ...more });
    for (let reads = 0; reads < 5; ++reads) {
      const report = await client.report(id);
      if (!['IN_QUEUE', 'IN_PROGRESS'].includes(report.processingStatus)) return report;
    }
    throw new Error(`report ${id} is never done`);
  };
  const rows = (text) => {
    const [head, ...lines] = text.trim().split(/\r?\n/).map((line) => line.split('\t'));
    return lines.map((line) => Object.fromEntries(head.map((column, i) => [column, line[i]])));
  };

  test(`${name}: the first call fetches a token and finds the seller's marketplaces`, async () => {
    const found = await client.participations();
    const america = found.find((one) => one.marketplace.id === marketplace);
    assert.equal(america.marketplace.countryCode, 'US');
    assert.equal(america.participation.isParticipating, true);
    assert.ok(hosts.hosts.has('api.amazon.com'), 'the token came from the host that is written into the client');
  });

  test(`${name}: an order is found, read, sent in two parcels, and reads back as shipped`, async () => {
    const placed = await sandbox.order({ lines: [{ sku: mug, quantity: 2 }, { sku: 'YC-USBC-HUB-7', quantity: 1 }], service: 'Expedited' });
    await sandbox.wait(180);
    const { orders: found } = await client.page({ createdAfter: '2026-03-01T00:00:00Z', marketplaceIds: [marketplace], fulfillmentStatuses: ['UNSHIPPED', 'PARTIALLY_SHIPPED'], includedData: ['BUYER', 'RECIPIENT', 'FULFILLMENT'] });
    assert.deepEqual(found.map((order) => order.orderId), [placed.order_id]);

    const order = await client.order(placed.order_id, ['RECIPIENT', 'FULFILLMENT', 'PACKAGES']);
    assert.equal(order.fulfillment.fulfillmentStatus, 'UNSHIPPED');
    assert.equal(new Date(order.fulfillment.shipByWindow.latestDateTime).toISOString(), new Date(placed.ship_by).toISOString());
    assert.equal(order.recipient.deliveryAddress.countryCode, 'US');
    assert.deepEqual(order.orderItems.map((item) => [item.product.sellerSku, item.quantityOrdered]), [[mug, 2], ['YC-USBC-HUB-7', 1]]);

    placed.now = await sandbox.now();
    const [mugs, hub] = order.orderItems.map((item) => item.orderItemId);
    await client.confirm(placed.order_id, confirmation(placed, '1', '1Z999AA10123456784', mugs, 2));
    assert.equal((await client.order(placed.order_id, ['FULFILLMENT'])).fulfillment.fulfillmentStatus, 'PARTIALLY_SHIPPED');
    await client.confirm(placed.order_id, confirmation(placed, '2', '1Z12345E0205271688', hub, 1));

    const shipped = await client.order(placed.order_id, ['FULFILLMENT', 'PACKAGES']);
    assert.equal(shipped.fulfillment.fulfillmentStatus, 'SHIPPED');
    assert.deepEqual(shipped.packages.map((parcel) => [parcel.packageReferenceId, parcel.trackingNumber]), [['1', '1Z999AA10123456784'], ['2', '1Z12345E0205271688']]);
    const truth = await sandbox.truth(placed.order_id);
    assert.equal(truth.status, 'SHIPPED');
    assert.equal(truth.late, false);
    assert.deepEqual(truth.packages.map((parcel) => parcel.tracking_number), ['1Z999AA10123456784', '1Z12345E0205271688']);
  });

  test(`${name}: what Amazon refuses arrives as the client's own error and changes nothing`, async () => {
    const placed = await sandbox.order();
    placed.now = await sandbox.now();
    const wrong = await client.confirm(placed.order_id, confirmation(placed, '1', '1Z999AA10123456784', '99999999999999', 1)).then(() => null, (error) => error);
    assert.equal(refuses.by(wrong), refuses.invalid);
    const nobody = await client.order('111-0000000-0000000', ['FULFILLMENT']).then(() => null, (error) => error);
    assert.equal(refuses.by(nobody), refuses.absent);
    assert.deepEqual((await sandbox.truth(placed.order_id)).packages, []);
  });

  test(`${name}: pages of orders follow one another`, async () => {
    await sandbox.control('POST', 'orders', { count: 12, lines: [{ sku: 'YC-CASE-15P-CLR', quantity: 1 }] });
    await sandbox.wait(180);
    const seen = new Set();
    let next;
    do {
      const asked = { createdAfter: '2026-03-01T00:00:00Z', marketplaceIds: [marketplace], maxResultsPerPage: 5 };
      const page = await client.page(next ? { ...asked, paginationToken: next } : asked);
      for (const order of page.orders) { assert.ok(!seen.has(order.orderId)); seen.add(order.orderId); }
      next = page.pagination?.nextToken;
    } while (next);
    assert.equal(seen.size, 14);
  });

  test(`${name}: a quantity is read, patched, and read back a minute later`, async () => {
    const quantity = (item) => item.fulfillmentAvailability.find((one) => one.fulfillmentChannelCode === 'DEFAULT').quantity;
    const before = quantity(await client.listing(mug));
    const answer = await client.patch(mug, { productType: 'PRODUCT', patches: [{ op: 'replace', path: '/attributes/fulfillment_availability', value: [{ fulfillment_channel_code: 'DEFAULT', quantity: 77 }] }] });
    assert.equal(answer.status, 'ACCEPTED');
    assert.equal(quantity(await client.listing(mug)), before);
    await sandbox.wait(61);
    assert.equal(quantity(await client.listing(mug)), 77);
  });

  test(`${name}: a SKU of slashes, spaces and signs is put and found`, async () => {
    const answer = await client.put(awkward, { productType: 'DRINKING_CUP', requirements: 'LISTING', attributes: { item_name: [{ value: 'Cup', marketplace_id: marketplace }], fulfillment_availability: [{ fulfillment_channel_code: 'DEFAULT', quantity: 5 }] } });
    assert.equal(answer.status, 'ACCEPTED', JSON.stringify(answer.issues));
    await sandbox.wait(61);
    assert.equal((await client.listing(awkward)).sku, awkward);
  });

  test(`${name}: a report is made, waited for and read`, async () => {
    const report = await finished('GET_MERCHANT_LISTINGS_ALL_DATA');
    assert.equal(report.processingStatus, 'DONE');
    const listings = rows(await client.document(await client.documentLink(report.reportDocumentId)));
    assert.equal(listings.length, 21);
    assert.equal(listings.find((row) => row['seller-sku'] === mug).quantity, '77');
    assert.ok(listings.some((row) => row['seller-sku'] === awkward));
  });

  test(`${name}: a report without data is cancelled, not broken`, async () => {
    assert.equal((await finished('GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE')).processingStatus, 'CANCELLED');
  });

  if (can.tokens) test(`${name}: buyers' data opens with a restricted data token alone`, async () => {
    const report = await finished('GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING');
    assert.equal(refuses.by(await client.documentLink(report.reportDocumentId).then(() => null, (error) => error)), refuses.forbidden);
    const token = await client.restrictedToken([{ method: 'GET', path: `/reports/2021-06-30/documents/${report.reportDocumentId}` }]);
    const open = rows(await client.document(await client.documentLink(report.reportDocumentId, token)));
    assert.equal(new Set(open.map((row) => row['order-id'])).size, 13);
    assert.ok(open[0]['recipient-name']);
  });

  if (can.feeds) test(`${name}: a feed confirms an order, and its report says so`, async () => {
    const placed = await sandbox.order({ lines: [{ sku: mug, quantity: 1 }] });
    const file = 'order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method\n'
      + `${placed.order_id}\t\t\t${(await sandbox.now()).slice(0, 10)}\tUSPS\t\t9400111899223817576194\tGround Advantage\n`;
    const report = await client.feed('POST_FLAT_FILE_FULFILLMENT_DATA', 'text/tab-separated-values; charset=UTF-8', file);
    assert.match(report, /Number of records successful\t\t1/);
    assert.equal((await sandbox.truth(placed.order_id)).status, 'SHIPPED');
  });

  if (can.renewTokens) test(`${name}: a token that died is replaced`, async () => {
    await sandbox.fault({ operation: '*', kind: 'token_expired' });
    assert.ok((await client.participations()).length > 0);
  });

  if (can.repeat) test(`${name}: a throttled call is repeated`, async () => {
    await sandbox.fault({ operation: 'getListingsItem', kind: 'throttle' });
    assert.equal((await client.listing(mug)).sku, mug);
    assert.equal((await sandbox.answers('getListingsItem'))['429'], 1);
  });
}
