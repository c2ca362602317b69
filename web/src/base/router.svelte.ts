// Addresses of the screens: history API, deep links, filters in the query so that a view can be sent to a colleague.
import { screens, type Page } from '../screens';

let path = $state(location.pathname);
let query = $state(new URLSearchParams(location.search));

export type Match = { page: Page; params: Record<string, string> };

function matchPath(pattern: string, actual: string): Record<string, string> | null {
  const want = pattern.split('/');
  const have = actual.replace(/\/+$/, '').split('/');
  if (actual === '/' || actual === '') return pattern === '/' ? {} : null;
  if (want.length !== have.length) return null;
  const params: Record<string, string> = {};
  for (let i = 0; i < want.length; i++) {
    const part = want[i]!;
    const value = have[i]!;
    if (part.startsWith(':')) {
      if (!value) return null;
      try {
        params[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return null;
      }
    } else if (part !== value) return null;
  }
  return params;
}

export function find(actual: string): Match | null {
  for (const screen of screens) {
    for (const page of screen.pages) {
      const params = matchPath(page.path, actual);
      if (params) return { page, params };
    }
  }
  return null;
}

function read() {
  path = location.pathname;
  query = new URLSearchParams(location.search);
}
addEventListener('popstate', read);

export const route = {
  get path() {
    return path;
  },
  get query() {
    return query;
  },
};

export function go(to: string, options: { replace?: boolean } = {}) {
  if (to === location.pathname + location.search) return;
  history[options.replace ? 'replaceState' : 'pushState'](null, '', to);
  read();
  if (!options.replace) scrollTo(0, 0);
}

export function setQuery(changes: Record<string, string | null | undefined>, replace = true) {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const text = next.toString();
  go(location.pathname + (text ? `?${text}` : ''), { replace });
}

// Plain links move between screens without loading the page again.
export function followLinks(event: MouseEvent) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.('a');
  if (!link || link.target || link.hasAttribute('download')) return;
  const url = new URL(link.href, location.href);
  if (url.origin !== location.origin || url.pathname.startsWith('/api')) return;
  event.preventDefault();
  go(url.pathname + url.search);
}
