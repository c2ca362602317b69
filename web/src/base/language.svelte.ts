// The words on the screen. One file of words per language, only the one in use is loaded.
import type { Words } from '../words/en';
import type { Language } from './types';

export type Key = keyof Words;
export const languages: Language[] = ['zh-CN', 'en'];

const files: Record<Language, () => Promise<Words>> = {
  en: async () => (await import('../words/en')).words,
  'zh-CN': async () => (await import('../words/zh-CN')).words,
};

const remembered = 'zifa.language';
let current = $state<Language>('en');
let wanted: Language = 'en';
let words = $state.raw<Words>({} as Words);

function isLanguage(value: string | null | undefined): value is Language {
  return value === 'zh-CN' || value === 'en';
}

// Read once, when the page opens: the language in the address holds for as long as this page is open.
export const asked = ((): Language | null => {
  const value = new URLSearchParams(location.search).get('lang');
  return isLanguage(value) ? value : null;
})();

export function firstLanguage(): Language {
  const stored = localStorage.getItem(remembered);
  if (asked) return asked;
  if (isLanguage(stored)) return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export const language = {
  get current() {
    return current;
  },
  get words() {
    return words;
  },
  // What was asked for last, also while its words are still on their way.
  get wanted() {
    return wanted;
  },
  async use(next: Language) {
    wanted = next;
    const loaded = await files[next]();
    if (wanted !== next) return;
    words = loaded;
    current = next;
    document.documentElement.lang = next;
    localStorage.setItem(remembered, next);
  },
};

export type Params = Record<string, string | number>;

// t('orders.selected', {n: 3}). A word may carry a plural: "{n} order{n||s}" shows the first form for 1, else the second.
export function t(key: Key, params?: Params): string {
  const text = words[key] ?? key;
  if (!params) return text;
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (one !== undefined) return Number(value) === 1 ? one : (many ?? '');
    return typeof value === 'number' ? number(value) : String(value ?? '');
  });
}

// For names that come from the program: the word if we know it, else what was sent.
export function word(prefix: string, name: string | null | undefined): string {
  if (!name) return '';
  const found = (words as Record<string, string>)[`${prefix}.${name}`];
  return found ?? name.replaceAll('_', ' ');
}

export function number(value: number): string {
  return value.toLocaleString(current === 'zh-CN' ? 'zh-CN' : 'en-US');
}
