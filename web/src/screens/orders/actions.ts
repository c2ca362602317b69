// What can be done with orders, in the order people know it from their work.
import type { Key } from '../../base/language.svelte';
import type { OrderRow, OrderState, Role } from '../../base/types';

export type Action = {
  id: string;
  word: Key;
  // Asks for something before it runs.
  asks?: boolean;
  // Offered for orders for which this holds; the program has the last word on every row.
  fits: (order: OrderRow) => boolean;
  roles: Role[];
  danger?: boolean;
};

const before: OrderState[] = ['to_review', 'exception', 'out_of_stock', 'to_plan', 'to_label', 'to_print', 'to_pack', 'to_ship'];
const open = (order: OrderRow) => before.includes(order.state);
const office: Role[] = ['owner', 'operations'];
const everybody: Role[] = ['owner', 'operations', 'warehouse'];
const labeled = (order: OrderRow) => ['to_print', 'to_pack', 'to_ship'].includes(order.state);

export const actions: Action[] = [
  { id: 'review', word: 'act.review', fits: (order) => order.state === 'to_review' && !order.on_hold, roles: office },
  { id: 'plan', word: 'act.plan', fits: (order) => ['to_plan', 'out_of_stock', 'exception'].includes(order.state), roles: office },
  { id: 'change_warehouse', word: 'act.change_warehouse', asks: true, fits: (order) => ['to_plan', 'to_label'].includes(order.state), roles: office },
  { id: 'change_method', word: 'act.change_method', asks: true, fits: (order) => ['to_plan', 'to_label'].includes(order.state), roles: office },
  { id: 'buy_label', word: 'act.buy_label', fits: (order) => order.state === 'to_label', roles: office },
  { id: 'print', word: 'act.print', asks: true, fits: (order) => labeled(order) || order.state === 'to_label', roles: everybody },
  { id: 'dispatch', word: 'act.dispatch', fits: (order) => order.state === 'to_ship', roles: everybody },
  { id: 'confirm', word: 'act.confirm', fits: (order) => order.state === 'shipped' && order.confirm === 'due', roles: office },
  { id: 'retry_confirm', word: 'act.retry_confirm', fits: (order) => order.confirm === 'failed', roles: office },
  { id: 'hold', word: 'act.hold', asks: true, fits: (order) => open(order) && !order.on_hold, roles: office },
  { id: 'unhold', word: 'act.unhold', fits: (order) => order.on_hold, roles: office },
  { id: 'keep', word: 'act.keep', fits: (order) => order.cancel_requested && open(order), roles: office },
  { id: 'cancel', word: 'act.cancel', asks: true, fits: open, roles: office, danger: true },
  { id: 'void_label', word: 'act.void_label', asks: true, fits: labeled, roles: office },
  { id: 'mark_printed', word: 'act.mark_printed', fits: (order) => order.state === 'to_print', roles: everybody },
  { id: 'tag', word: 'act.tag', asks: true, fits: () => true, roles: everybody },
  { id: 'untag', word: 'act.untag', asks: true, fits: (order) => order.tags.length > 0, roles: everybody },
  { id: 'note', word: 'act.note', asks: true, fits: () => true, roles: everybody },
];

// The action that moves an order on from where it stands.
export const mainAction: Partial<Record<OrderState, string>> = {
  to_review: 'review', exception: 'plan', out_of_stock: 'plan', to_plan: 'plan', to_label: 'buy_label', to_print: 'print', to_ship: 'dispatch',
  shipped: 'confirm',
};

// "Change method" is allocating again with a wish.
export const sentAs = (id: string) => (id === 'change_method' || id === 'change_warehouse' ? 'plan' : id);
