import type { Screen } from '..';

export default {
  place: 40,
  group: 'work',
  icon: 'pack',
  title: { 'zh-CN': '打包台', en: 'Pack station' },
  roles: ['owner', 'operations', 'warehouse'],
  pages: [{ path: '/pack', bare: true, load: () => import('./Pack.svelte') }],
} satisfies Screen;
