// What changed while we look: one stream for the whole browser, shared by all screens of all its tabs. A browser opens six
// connections to one address and no more: a stream for each tab would leave none for the seventh tab to work with.
type Change = { orders: string[]; parcels: string[]; counts: boolean };
type Listener = (change: Change) => void;

const kName = 'zifa-live';
const listeners = new Set<Listener>();
const channel = new BroadcastChannel(kName);
let source: EventSource | null = null;
let stop: (() => void) | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;
let late: ReturnType<typeof setTimeout> | undefined;
let opened = false;

channel.onmessage = (event: MessageEvent<Change>) => tell(event.data);

function tell(change: Change) {
  for (const listener of listeners) listener(change);
}

// To the screens of this tab and of the others.
function spread(change: Change) {
  tell(change);
  channel.postMessage(change);
}

function listen() {
  source = new EventSource('/api/live');
  source.addEventListener('changed', (event) => {
    try {
      const data = JSON.parse((event as MessageEvent<string>).data) as Partial<Change>;
      spread({ orders: data.orders ?? [], parcels: data.parcels ?? [], counts: data.counts ?? false });
    } catch {
      // A message that cannot be read is no news.
    }
  });
  source.addEventListener('error', () => {
    // The browser gives up for good when the program answers with an error (it is starting, or we were signed out).
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(retry);
    retry = setTimeout(listen, 5000);
  });
  // Something may have changed while the line was down: at once. What changed between loading a screen and opening its first
  // stream is looked for a little later, so that a page that was just opened is not loaded twice before anybody has read it.
  source.addEventListener('open', () => {
    clearTimeout(late);
    late = setTimeout(() => spread({ orders: [], parcels: [], counts: true }), opened ? 0 : 3000);
    opened = true;
  });
}

function open() {
  if (stop) return;
  const end = () => {
    clearTimeout(retry);
    clearTimeout(late);
    source?.close();
    source = null;
  };
  // Only a page of this machine or one over HTTPS may ask for a lock; any other listens for itself.
  if (!navigator.locks) {
    listen();
    stop = end;
    return;
  }
  const waiting = new AbortController();
  let release: (() => void) | undefined;
  stop = () => {
    waiting.abort();
    release?.();
  };
  navigator.locks.request(kName, { signal: waiting.signal }, () => {
    if (waiting.signal.aborted) return;
    listen();
    return new Promise<void>((resolve) => (release = resolve)).finally(end);
  }).catch(() => {
    // We stopped before it was our turn.
  });
}

// Nothing named: something was missed, and everything may have changed.
export const missed = (change: Change) => change.counts && change.orders.length === 0 && change.parcels.length === 0;

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
      stop?.();
      stop = null;
    }
  };
}
