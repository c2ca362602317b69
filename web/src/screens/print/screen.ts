import type { Screen } from '..';

export default {
  place: 30,
  group: 'work',
  icon: 'print',
  title: { 'zh-CN': '打单发货', en: 'Print and ship' },
  roles: ['owner', 'operations', 'warehouse'],
  pages: [
    { path: '/print', load: () => import('./PrintAndShip.svelte') },
    { path: '/print/waves/:id', load: () => import('./Wave.svelte') },
    { path: '/print/handovers/:id', load: () => import('./Handover.svelte') },
  ],
} satisfies Screen;
