import type { Screen } from '..';

export default {
  place: 110,
  group: 'setup',
  icon: 'users',
  title: { 'zh-CN': '用户', en: 'Users' },
  roles: ['owner'],
  pages: [{ path: '/users', load: () => import('./Users.svelte') }],
} satisfies Screen;
