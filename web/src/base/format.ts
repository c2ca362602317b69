// Money, weights, sizes and shares as people read them. Always with a unit.
import { language } from './language.svelte';
import type { Money, Size } from './types';

const whole = new Set(['JPY', 'KRW', 'CLP', 'VND']);
const formats = new Map<string, Intl.NumberFormat>();

export function money(value: Money | null | undefined): string {
  if (!value) return '–';
  const digits = whole.has(value.currency) ? 0 : 2;
  const key = `${language.current}|${value.currency}`;
  let format = formats.get(key);
  if (!format) {
    try {
      format = new Intl.NumberFormat(language.current === 'zh-CN' ? 'zh-CN' : 'en-US', {
        style: 'currency', currency: value.currency, currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: digits, maximumFractionDigits: digits,
      });
    } catch {
      return `${(value.amount / 10 ** digits).toFixed(digits)} ${value.currency}`;
    }
    formats.set(key, format);
  }
  return format.format(value.amount / 10 ** digits);
}

// "12.50" typed by a person to minor units; null when it is not an amount.
export function minorUnits(text: string, currency: string): number | null {
  const digits = whole.has(currency) ? 0 : 2;
  if (!/^\d+([.,]\d+)?$/.test(text.trim())) return null;
  return Math.round(Number(text.trim().replace(',', '.')) * 10 ** digits);
}

export function majorUnits(value: Money | null | undefined): string {
  if (!value) return '';
  const digits = whole.has(value.currency) ? 0 : 2;
  return (value.amount / 10 ** digits).toFixed(digits);
}

export function grams(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${value.toLocaleString('en-US')}\u00a0g`;
}

export function size(value: Size | null | undefined): string {
  return value ? `${value.join(' × ')} mm` : '–';
}

// The chance to arrive in time. Rounded down: what is not certain never reads 100 %.
export function chance(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : `${Math.floor(share * 100 + 1e-9)}\u00a0%`;
}

export function percent(share: number | string | null | undefined, digits = 1): string {
  if (share === null || share === undefined || share === '') return '–';
  return `${(Number(share) * 100).toFixed(digits)}\u00a0%`;
}
