import type { Screen } from '..';

export default {
  place: 50,
  group: 'watch',
  icon: 'track',
  title: { 'zh-CN': '物流跟踪', en: 'Tracking' },
  roles: ['owner', 'operations', 'warehouse'],
  pages: [{ path: '/tracking', load: () => import('./Tracking.svelte') }],
} satisfies Screen;
