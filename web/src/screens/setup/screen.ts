import type { Screen } from '..';

export default {
  place: 90,
  group: 'setup',
  icon: 'ship',
  title: { 'zh-CN': '物流设置', en: 'Shipping setup' },
  roles: ['owner', 'operations'],
  pages: [{ path: '/setup', load: () => import('./Setup.svelte') }],
} satisfies Screen;
