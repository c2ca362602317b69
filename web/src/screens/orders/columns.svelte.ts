// Which columns the order list shows; kept in this browser, per person.
import type { Key } from '../../base/language.svelte';
import { session } from '../../base/session.svelte';

export type Column = { id: string; word: Key; width: string; always?: boolean; hidden?: boolean };

export const allColumns: Column[] = [
  { id: 'product', word: 'fact.product', width: 'minmax(184px, 1.9fr)', always: true },
  { id: 'order', word: 'fact.amazon_order_id', width: 'minmax(188px, 1fr)', always: true },
  { id: 'ship_by', word: 'fact.time_left', width: '212px', always: true },
  { id: 'state', word: 'fact.state', width: 'minmax(112px, .9fr)' },
  { id: 'method', word: 'fact.service', width: 'minmax(184px, 1.2fr)' },
  { id: 'total', word: 'fact.total', width: '82px' },
  { id: 'country', word: 'fact.country', width: '64px', hidden: true },
  { id: 'ship_option', word: 'fact.ship_option', width: '96px', hidden: true },
  { id: 'purchased', word: 'fact.purchased_at', width: '112px', hidden: true },
  { id: 'tags', word: 'fact.tags', width: 'minmax(92px, .7fr)' },
];

const key = () => `zifa.columns.${session.user?.id ?? ''}`;

function stored(): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key()) ?? 'null');
    if (Array.isArray(list)) return list.map(String);
  } catch {
    // Unreadable settings are as good as none.
  }
  return allColumns.filter((column) => column.hidden).map((column) => column.id);
}

let hidden = $state<string[]>([]);
let owner: string | null = null;

// Read when the list opens: this file may be loaded before we know who is here.
export function readColumns() {
  if (owner === key()) return;
  owner = key();
  hidden = stored();
}

export const columns = {
  get shown() {
    return allColumns.filter((column) => column.always || !hidden.includes(column.id));
  },
  isShown: (id: string) => !hidden.includes(id),
  toggle(id: string) {
    hidden = hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id];
    localStorage.setItem(key(), JSON.stringify(hidden));
  },
  // What a narrow window can carry without scrolling sideways.
  template(list: Column[]) {
    return ['34px', ...list.map((column) => column.width)].join(' ');
  },
};
