// What changed while we look: one stream for the whole page, shared by all screens.
type Change = { orders: string[]; parcels: string[]; counts: boolean };
type Listener = (change: Change) => void;

const listeners = new Set<Listener>();
let source: EventSource | null = null;
let lost = false;
let retry: ReturnType<typeof setTimeout> | undefined;

function open() {
  if (source) return;
  source = new EventSource('/api/live');
  source.addEventListener('changed', (event) => {
    try {
      const data = JSON.parse((event as MessageEvent<string>).data) as Partial<Change>;
      tell({ orders: data.orders ?? [], parcels: data.parcels ?? [], counts: data.counts ?? false });
    } catch {
      // A message that cannot be read is no news.
    }
  });
  source.addEventListener('error', () => {
    lost = true;
    // The browser gives up for good when the program answers with an error (it is starting, or we were signed out).
    if (source?.readyState === EventSource.CLOSED) {
      source = null;
      clearTimeout(retry);
      retry = setTimeout(() => { if (listeners.size > 0) open(); }, 5000);
    }
  });
  source.addEventListener('open', () => {
    // We may have missed something while the line was down.
    if (lost) tell({ orders: [], parcels: [], counts: true });
    lost = false;
  });
}

function tell(change: Change) {
  for (const listener of listeners) listener(change);
}

// Calls back at most every `gap` milliseconds with everything that changed meanwhile. Returns the way to stop.
export function follow(listener: Listener, gap = 700): () => void {
  let waiting: Change | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const gather: Listener = (change) => {
    if (waiting) {
      waiting.orders.push(...change.orders);
      waiting.parcels.push(...change.parcels);
      waiting.counts ||= change.counts;
    } else {
      waiting = { orders: [...change.orders], parcels: [...change.parcels], counts: change.counts };
    }
    timer ??= setTimeout(() => {
      timer = undefined;
      const all = waiting!;
      waiting = null;
      listener(all);
    }, gap);
  };
  listeners.add(gather);
  open();
  return () => {
    listeners.delete(gather);
    clearTimeout(timer);
    if (listeners.size === 0) {
      clearTimeout(retry);
      source?.close();
      source = null;
    }
  };
}
