import type { Screen } from '..';

export default {
  place: 120,
  group: 'setup',
  icon: 'settings',
  title: { 'zh-CN': '设置', en: 'Settings' },
  roles: ['owner', 'operations'],
  pages: [{ path: '/settings', load: () => import('./Settings.svelte') }],
} satisfies Screen;
