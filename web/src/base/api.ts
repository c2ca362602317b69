// The one door to the program: JSON over /api, the session's token on every write, problems as sentences.
import { clock } from './clock.svelte';
import { language } from './language.svelte';
import type { Problem } from './types';

// A refusal of the program, in its own words. `status` 0 means that no answer came.
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
  get problem(): Problem {
    return { code: this.code, message: this.message };
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;
type Options = { query?: Query; body?: unknown; bytes?: Blob | ArrayBuffer; signal?: AbortSignal };

let csrf = '';
let signedOut: () => void = () => {};

export const door = {
  setCsrf(token: string) {
    csrf = token;
  },
  onSignedOut(action: () => void) {
    signedOut = action;
  },
};

export function queryText(query: Query | undefined): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== '') parts.set(name, String(value));
  }
  const text = parts.toString();
  return text ? `?${text}` : '';
}

// A key that names one intention. Not randomUUID: that one is missing when the page is opened over plain HTTP.
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language.current };
  let body: BodyInit | undefined;
  if (options.bytes !== undefined) {
    headers['Content-Type'] = 'application/octet-stream';
    body = options.bytes;
  } else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(options.body);
  }
  if (method !== 'GET') {
    headers['X-CSRF-Token'] = csrf;
    headers['Idempotency-Key'] = newKey();
  }
  const send = () =>
    fetch(`/api${path}${queryText(options.query)}`, {
      method, headers, body, signal: options.signal, credentials: 'same-origin',
      // A small write arrives even when the page is left the moment after (browsers carry at most 64 KB that way).
      keepalive: method !== 'GET' && options.bytes === undefined && (typeof body !== 'string' || body.length < 8_000),
    });
  let response: Response;
  try {
    response = await send();
  } catch (error) {
    if (options.signal?.aborted) throw error;
    // The line broke. A write carries its key, so asking once more cannot do it twice.
    try {
      await new Promise((done) => setTimeout(done, 400));
      response = await send();
    } catch {
      throw new ApiError(0, 'network', language.words['error.network']);
    }
  }
  clock.heard(response.headers.get('Date'));
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  let answer: unknown;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    answer = null;
  }
  if (response.ok) return answer as T;
  const problem = (answer as { error?: Problem } | null)?.error;
  if (response.status === 401 && !path.startsWith('/session')) signedOut();
  const after = Number(response.headers.get('Retry-After'));
  throw new ApiError(
    response.status,
    problem?.code ?? `http.${response.status}`,
    problem?.message ?? language.words['error.unreadable'].replace('{status}', String(response.status)),
    Number.isFinite(after) && after > 0 ? after : null,
  );
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>('GET', path, { query, signal }),
  post: <T>(path: string, body?: unknown, query?: Query) => call<T>('POST', path, { body, query }),
  put: <T>(path: string, body: unknown) => call<T>('PUT', path, { body }),
  patch: <T>(path: string, body: unknown) => call<T>('PATCH', path, { body }),
  delete: <T>(path: string) => call<T>('DELETE', path),
  send: <T>(path: string, bytes: Blob, query?: Query) => call<T>('POST', path, { bytes, query }),
};

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}

// Some lists come bare, some as a page: both read the same.
export function itemsOf<T>(answer: T[] | { items: T[] }): T[] {
  return Array.isArray(answer) ? answer : answer.items;
}

// The program's Chinese sentence carries the English one, with the number or the name, in brackets: the first says what is wrong.
export function twoLines(message: string): [string, string] {
  const found = /^([^（]+)（(.+)）$/s.exec(message);
  return found ? [found[1]!, found[2]!] : [message, ''];
}
