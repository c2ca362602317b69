// Amazon's own JavaScript SDK. The endpoint is the option of its ApiClient; the token's host is written into it.
import { FeedsSpApi, ListingsitemsSpApi, Orders_v2026SpApi, OrdersSpApi, ReportsSpApi, SellersSpApi, TokensSpApi } from '@amazon-sp-api-release/amazon-sp-api-sdk-js';
import { gunzipSync } from 'node:zlib';
import { marketplace, walk } from './walk.mjs';

walk('@amazon-sp-api-release/amazon-sp-api-sdk-js', (sandbox) => {
  const { account } = sandbox;
  const signedIn = (api) => new api.ApiClient(sandbox.url).enableAutoRetrievalAccessToken(sandbox.client_id, sandbox.client_secret, account.refresh_token, null);
  const sellers = new SellersSpApi.SellersApi(signedIn(SellersSpApi));
  const search = new Orders_v2026SpApi.SearchOrdersApi(signedIn(Orders_v2026SpApi));
  const orders = new Orders_v2026SpApi.GetOrderApi(signedIn(Orders_v2026SpApi));
  const ordersV0 = new OrdersSpApi.OrdersV0Api(signedIn(OrdersSpApi));
  const listings = new ListingsitemsSpApi.ListingsApi(signedIn(ListingsitemsSpApi));
  const reports = new ReportsSpApi.ReportsApi(signedIn(ReportsSpApi));
  const feeds = new FeedsSpApi.FeedsApi(signedIn(FeedsSpApi));
  const tokens = new TokensSpApi.TokensApi(signedIn(TokensSpApi));
  const dated = ({ createdAfter, ...asked }) => ({ ...asked, createdAfter: new Date(createdAfter) });
  const download = async ({ url, compressionAlgorithm }) => {
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    return (compressionAlgorithm === 'GZIP' ? gunzipSync(bytes) : bytes).toString();
  };
  return {
    participations: async () => (await sellers.getMarketplaceParticipations()).payload,
    page: (asked) => search.searchOrders(dated(asked)),
    order: async (id, includedData) => (await orders.getOrder(id, { includedData })).order,
    confirm: (id, body) => ordersV0.confirmShipment(id, OrdersSpApi.ConfirmShipmentRequest.constructFromObject(body)),
    listing: (sku) => listings.getListingsItem(account.seller_id, sku, [marketplace], { includedData: ['summaries', 'fulfillmentAvailability'] }),
    patch: (sku, body) => listings.patchListingsItem(account.seller_id, sku, [marketplace], ListingsitemsSpApi.ListingsItemPatchRequest.constructFromObject(body)),
    put: (sku, body) => listings.putListingsItem(account.seller_id, sku, [marketplace], ListingsitemsSpApi.ListingsItemPutRequest.constructFromObject(body)),
    createReport: async (body) => (await reports.createReport(ReportsSpApi.CreateReportSpecification.constructFromObject(body))).reportId,
    report: (id) => reports.getReport(id),
    documentLink: (id, token) => (token ? new ReportsSpApi.ReportsApi(new ReportsSpApi.ApiClient(sandbox.url).applyRestrictedDataToken(token)) : reports).getReportDocument(id),
    document: download,
    restrictedToken: async (restrictedResources) => (await tokens.createRestrictedDataToken(TokensSpApi.CreateRestrictedDataTokenRequest.constructFromObject({ restrictedResources }))).restrictedDataToken,
    feed: async (feedType, contentType, file) => {
      const document = await feeds.createFeedDocument(FeedsSpApi.CreateFeedDocumentSpecification.constructFromObject({ contentType }));
      await fetch(document.url, { method: 'PUT', headers: { 'content-type': contentType }, body: Buffer.from(file) });
      const { feedId } = await feeds.createFeed(FeedsSpApi.CreateFeedSpecification.constructFromObject({ feedType, marketplaceIds: [marketplace], inputFeedDocumentId: document.feedDocumentId }));
      let feed;
      do feed = await feeds.getFeed(feedId); while (feed.processingStatus !== 'DONE');
      return download(await feeds.getFeedDocument(feed.resultFeedDocumentId));
    },
  };
}, { tokens: true, feeds: true });
