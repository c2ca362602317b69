import type { Screen } from '..';

export default {
  place: 60,
  group: 'watch',
  icon: 'health',
  title: { 'zh-CN': '账户状况', en: 'Account health' },
  roles: ['owner', 'operations'],
  pages: [{ path: '/health', load: () => import('./Health.svelte') }],
} satisfies Screen;
