// One action over many orders, in small steps: progress is seen, the rest can be called off, every row answers.
import { api, problemOf } from './api';
import type { OrderRow, RowResult } from './types';

const step = 20;

export class Batch {
  done = $state(0);
  running = $state(false);
  stopped = $state(false);
  results = $state.raw<RowResult[]>([]);
  #stop = false;

  constructor(
    readonly action: string,
    readonly ids: string[],
    readonly args: Record<string, unknown>,
    readonly names: Map<string, string>,
  ) {}

  get total() {
    return this.ids.length;
  }
  get failed() {
    return this.results.filter((result) => !result.ok);
  }

  cancel() {
    this.#stop = true;
  }

  async run(changed: (order: OrderRow) => void) {
    this.running = true;
    for (let from = 0; from < this.ids.length && !this.#stop; from += step) {
      const ids = this.ids.slice(from, from + step);
      let results: RowResult[];
      try {
        const answer = await api.post<{ results: RowResult[] }>('/orders/actions', {
          action: this.action, ids, args: this.args,
        });
        results = answer.results;
      } catch (error) {
        const problem = problemOf(error);
        results = ids.map((id) => ({ id, ok: false, error: problem }));
      }
      for (const result of results) if (result.order) changed(result.order);
      this.results = [...this.results, ...results];
      this.done = this.results.length;
    }
    this.stopped = this.#stop && this.done < this.total;
    this.running = false;
  }
}
