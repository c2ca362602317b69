// The order list as loaded so far. Rows never jump: what changes elsewhere is updated in place, and new orders wait
// behind a button until they are asked for.
import { api, type Query } from '../../base/api';
import type { Counts, OrderRow, Page } from '../../base/types';

const size = 50;

export class OrderList {
  rows = $state.raw<OrderRow[]>([]);
  next = $state<string | null>(null);
  counts = $state.raw<Counts>({});
  loading = $state(true);
  more = $state(false);
  error = $state.raw<unknown>(null);
  waiting = $state(0);
  // Orders that have left this list since it was loaded, shown in place but dimmed.
  moved = $state.raw<Set<string>>(new Set());
  #query: Query = {};
  #turn = 0;
  #controller: AbortController | undefined;

  async load(query: Query) {
    this.#query = query;
    const turn = ++this.#turn;
    this.#controller?.abort();
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    this.loading = true;
    this.loadCounts(turn);
    try {
      const page = await api.get<Page<OrderRow>>('/orders', { ...query, limit: size }, signal);
      if (turn !== this.#turn) return;
      this.rows = page.items;
      this.next = page.next;
      this.moved = new Set();
      this.waiting = 0;
      this.error = null;
    } catch (error) {
      if (turn !== this.#turn || signal.aborted) return;
      this.error = error;
    }
    this.loading = false;
  }

  async loadCounts(turn = this.#turn) {
    const { state: _state, on_hold: _held, sort: _sort, ...rest } = this.#query;
    try {
      const answer = await api.get<{ counts: Counts }>('/orders/counts', rest);
      if (turn === this.#turn) this.counts = answer.counts;
    } catch {
      // The list itself says what is wrong.
    }
  }

  async loadMore() {
    if (!this.next || this.more || this.loading) return;
    const turn = this.#turn;
    this.more = true;
    try {
      const page = await api.get<Page<OrderRow>>('/orders', { ...this.#query, limit: size, after: this.next });
      if (turn === this.#turn) {
        const known = new Set(this.rows.map((row) => row.id));
        this.rows = [...this.rows, ...page.items.filter((row) => !known.has(row.id))];
        this.next = page.next;
      }
    } catch (error) {
      this.error = error;
    }
    this.more = false;
  }

  // Something changed elsewhere: ask for what is on the screen again and lay it over the old rows.
  async refresh() {
    const turn = this.#turn;
    this.loadCounts(turn);
    if (this.loading) return;
    try {
      const limit = Math.min(200, Math.max(size, this.rows.length));
      const page = await api.get<Page<OrderRow>>('/orders', { ...this.#query, limit });
      if (turn !== this.#turn) return;
      if (this.rows.length === 0) {
        this.rows = page.items;
        this.next = page.next;
        return;
      }
      const fresh = new Map(page.items.map((row) => [row.id, row]));
      const known = new Set(this.rows.map((row) => row.id));
      const covered = this.rows.slice(0, limit);
      const gone = covered.filter((row) => !fresh.has(row.id) && page.items.length < limit);
      this.rows = this.rows.map((row) => fresh.get(row.id) ?? row);
      if (gone.length > 0) this.moved = new Set([...this.moved, ...gone.map((row) => row.id)]);
      this.waiting = page.items.filter((row) => !known.has(row.id)).length;
      this.error = null;
    } catch {
      // The next change asks again.
    }
  }

  // An action answered with the order as it is now.
  put(order: OrderRow) {
    const state = this.#query.state;
    this.rows = this.rows.map((row) => (row.id === order.id ? order : row));
    const left = (state && order.state !== state) || (this.#query.on_hold && !order.on_hold) || (state && order.on_hold);
    if (left) this.moved = new Set([...this.moved, order.id]);
    else if (this.moved.has(order.id)) this.moved = new Set([...this.moved].filter((id) => id !== order.id));
  }
}

// Numbers pasted from anywhere: separated by white space, commas (also Chinese ones), semicolons.
export function pastedNumbers(text: string): string[] {
  return [...new Set(text.split(/[\s,，;；、]+/u).filter(Boolean))];
}
