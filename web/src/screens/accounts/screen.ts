import type { Screen } from '..';

export default {
  place: 100,
  group: 'setup',
  icon: 'accounts',
  title: { 'zh-CN': '店铺', en: 'Accounts' },
  roles: ['owner', 'operations'],
  pages: [{ path: '/accounts', load: () => import('./Accounts.svelte') }],
} satisfies Screen;
