import type { Screen } from '..';

export default {
  place: 20,
  group: 'work',
  icon: 'orders',
  title: { 'zh-CN': '订单处理', en: 'Orders' },
  roles: ['owner', 'operations', 'warehouse'],
  pages: [
    { path: '/orders', load: () => import('./Orders.svelte') },
    { path: '/orders/:id', load: () => import('./Order.svelte') },
  ],
} satisfies Screen;
