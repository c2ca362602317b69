// The screens, collected from their folders: dropping a folder with a screen.ts in adds a screen.
import type { Icon } from '../parts/icons';
import type { Language, Role } from '../base/types';

// Every screen is given the parts of its address; most need none.
export type View = import('svelte').Component<any>;

export type Page = {
  path: string;
  load: () => Promise<{ default: View }>;
  // Takes the whole window: no side bar, for the packing table.
  bare?: boolean;
};

export type Screen = {
  // Where it stands in the side bar; screens without a place are reached from others.
  place: number;
  group: 'work' | 'watch' | 'setup';
  icon: Icon;
  title: Record<Language, string>;
  roles: Role[];
  pages: [Page, ...Page[]];
};

const found = import.meta.glob<{ default: Screen }>('./*/screen.ts', { eager: true });
export const screens: Screen[] = Object.values(found)
  .map((file) => file.default)
  .sort((a, b) => a.place - b.place);
