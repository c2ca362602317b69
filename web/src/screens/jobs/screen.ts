import type { Screen } from '..';

export default {
  place: 70,
  group: 'watch',
  icon: 'question',
  title: { 'zh-CN': '人工复核', en: 'Needs a person' },
  roles: ['owner', 'operations'],
  pages: [{ path: '/jobs', load: () => import('./Jobs.svelte') }],
} satisfies Screen;
