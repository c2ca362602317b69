// The clients of `@sp-api-sdk`: every address is written into them; axios takes the process's own agent.
import { SellingPartnerApiAuth } from '@sp-api-sdk/auth';
import { ListingsItemsApiClient } from '@sp-api-sdk/listings-items-api-2021-08-01';
import { OrdersApiClient } from '@sp-api-sdk/orders-api-2026-01-01';
import { OrdersApiClient as OrdersV0ApiClient } from '@sp-api-sdk/orders-api-v0';
import { ReportsApiClient } from '@sp-api-sdk/reports-api-2021-06-30';
import { gunzipSync } from 'node:zlib';
import { marketplace, walk } from './walk.mjs';

walk('@sp-api-sdk', (sandbox) => {
  const { account } = sandbox;
  const auth = new SellingPartnerApiAuth({ clientId: sandbox.client_id, clientSecret: sandbox.client_secret, refreshToken: account.refresh_token });
  const signedIn = { auth, region: 'na', rateLimiting: { retry: true } };
  const orders = new OrdersApiClient(signedIn), ordersV0 = new OrdersV0ApiClient(signedIn), listings = new ListingsItemsApiClient(signedIn), reports = new ReportsApiClient(signedIn);
  const item = (sku) => ({ sellerId: account.seller_id, sku, marketplaceIds: [marketplace] });
  return {
    // It publishes no client of the Sellers API; the token and a raw call stand in for it.
    participations: async () => (await (await fetch(`${sandbox.url}/sellers/v1/marketplaceParticipations`, { headers: { 'x-amz-access-token': await auth.getAccessToken() } })).json()).payload,
    page: async (asked) => (await orders.searchOrders(asked)).data,
    order: async (orderId, includedData) => (await orders.getOrder({ orderId, includedData })).data.order,
    confirm: (orderId, payload) => ordersV0.confirmShipment({ orderId, payload }),
    listing: async (sku) => (await listings.getListingsItem({ ...item(sku), includedData: ['summaries', 'fulfillmentAvailability'] })).data,
    patch: async (sku, body) => (await listings.patchListingsItem({ ...item(sku), body })).data,
    put: async (sku, body) => (await listings.putListingsItem({ ...item(sku), body })).data,
    createReport: async (body) => (await reports.createReport({ body })).data.reportId,
    report: async (reportId) => (await reports.getReport({ reportId })).data,
    documentLink: async (reportDocumentId) => (await reports.getReportDocument({ reportDocumentId })).data,
    document: async ({ url, compressionAlgorithm }) => {
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      return (compressionAlgorithm === 'GZIP' ? gunzipSync(bytes) : bytes).toString();
    },
  };
}, { repeat: true });
