// The client `amazon-sp-api`: every address is written into it; its option `https_proxy_agent` names the way there.
import SellingPartner from 'amazon-sp-api';
import { marketplace, walk } from './walk.mjs';

walk('amazon-sp-api', (sandbox, hosts) => {
  const { account } = sandbox;
  const amazon = new SellingPartner({
    region: 'na',
    refresh_token: account.refresh_token,
    credentials: { SELLING_PARTNER_APP_CLIENT_ID: sandbox.client_id, SELLING_PARTNER_APP_CLIENT_SECRET: sandbox.client_secret },
    endpoints_versions: { orders: '2026-01-01', listingsItems: '2021-08-01', reports: '2021-06-30', feeds: '2021-06-30' },
    options: { https_proxy_agent: hosts.agent },
  });
  const call = (operation, more = {}) => amazon.callAPI({ operation, ...more });
  const item = (sku, body) => ({ path: { sellerId: account.seller_id, sku }, query: { marketplaceIds: [marketplace], ...(body ? {} : { includedData: ['summaries', 'fulfillmentAvailability'] }) }, body });
  return {
    participations: () => call('sellers.getMarketplaceParticipations'),
    page: (query) => call('orders.searchOrders', { query }),
    order: async (orderId, includedData) => (await call('orders.getOrder', { path: { orderId }, query: { includedData } })).order,
    confirm: (orderId, body) => call('orders.confirmShipment', { path: { orderId }, body, options: { version: 'v0' } }),
    listing: (sku) => call('listingsItems.getListingsItem', item(sku)),
    patch: (sku, body) => call('listingsItems.patchListingsItem', item(sku, body)),
    put: (sku, body) => call('listingsItems.putListingsItem', item(sku, body)),
    createReport: async (body) => (await call('reports.createReport', { body })).reportId,
    report: (reportId) => call('reports.getReport', { path: { reportId } }),
    documentLink: (reportDocumentId, token) => call('reports.getReportDocument', { path: { reportDocumentId }, ...(token ? { restricted_data_token: token } : {}) }),
    document: (link) => amazon.download(link),
    restrictedToken: async (restrictedResources) => (await call('tokens.createRestrictedDataToken', { body: { restrictedResources } })).restrictedDataToken,
    feed: async (feedType, contentType, content) => {
      const document = await call('feeds.createFeedDocument', { body: { contentType } });
      await amazon.upload(document, { content, contentType });
      const { feedId } = await call('feeds.createFeed', { body: { feedType, marketplaceIds: [marketplace], inputFeedDocumentId: document.feedDocumentId } });
      let feed;
      do feed = await call('feeds.getFeed', { path: { feedId } }); while (feed.processingStatus !== 'DONE');
      return amazon.download(await call('feeds.getFeedDocument', { path: { feedDocumentId: feed.resultFeedDocumentId } }));
    },
  };
}, { tokens: true, feeds: true, renewTokens: true, repeat: true }, { by: (error) => error.code, invalid: 'InvalidInput', absent: 'NotFound', forbidden: 'Unauthorized' });  // its errors carry Amazon's code, not the status
