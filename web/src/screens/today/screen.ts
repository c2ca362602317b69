import type { Screen } from '..';

export default {
  place: 10,
  group: 'work',
  icon: 'today',
  title: { 'zh-CN': '今日看板', en: 'Today' },
  roles: ['owner', 'operations', 'warehouse'],
  pages: [{ path: '/', load: () => import('./Today.svelte') }],
} satisfies Screen;
