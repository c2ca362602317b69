import type { Screen } from '..';

export default {
  place: 80,
  group: 'setup',
  icon: 'stock',
  title: { 'zh-CN': '刊登与库存', en: 'Listings and stock' },
  roles: ['owner', 'operations', 'warehouse'],
  pages: [{ path: '/listings', load: () => import('./Listings.svelte') }],
} satisfies Screen;
