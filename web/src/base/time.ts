// Moments in two zones: a deadline is never shown without saying whose clock it is on.
import { language, t } from './language.svelte';

type Parts = { year: string; month: string; day: string; hour: string; minute: string; weekday: string };
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    try {
      format = make(zone);
    } catch {
      format = make('UTC');
    }
    formats.set(zone, format);
  }
  return format;
}

function make(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit',
    minute: '2-digit', weekday: 'short',
  });
}

function partsOf(instant: string | number, zone: string): Parts | null {
  const at = typeof instant === 'number' ? instant : Date.parse(instant);
  if (!Number.isFinite(at)) return null;
  const parts: Record<string, string> = {};
  for (const part of formatFor(zone).formatToParts(at)) parts[part.type] = part.value;
  return parts as unknown as Parts;
}

// 11-26 23:59
export function shortTime(instant: string | number | null | undefined, zone: string): string {
  if (instant === null || instant === undefined) return '–';
  const p = partsOf(instant, zone);
  return p ? `${p.month}-${p.day} ${p.hour}:${p.minute}` : '–';
}

// 2026-11-26 23:59
export function fullTime(instant: string | number | null | undefined, zone: string): string {
  if (instant === null || instant === undefined) return '–';
  const p = partsOf(instant, zone);
  return p ? `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}` : '–';
}

export function dayOf(instant: string | number, zone: string): string {
  const p = partsOf(instant, zone);
  return p ? `${p.year}-${p.month}-${p.day}` : '';
}

export function clockTime(instant: string | number, zone: string): string {
  const p = partsOf(instant, zone);
  return p ? `${p.hour}:${p.minute}` : '';
}

const zoneNames: Record<string, { 'zh-CN': string; en: string }> = {
  'Asia/Shanghai': { 'zh-CN': '北京', en: 'Beijing' },
  'Asia/Hong_Kong': { 'zh-CN': '香港', en: 'Hong Kong' },
  'Asia/Taipei': { 'zh-CN': '台北', en: 'Taipei' },
  'Asia/Tokyo': { 'zh-CN': '东京', en: 'Tokyo' },
  'Asia/Singapore': { 'zh-CN': '新加坡', en: 'Singapore' },
  'Asia/Dubai': { 'zh-CN': '迪拜', en: 'Dubai' },
  'Asia/Riyadh': { 'zh-CN': '利雅得', en: 'Riyadh' },
  'Asia/Kolkata': { 'zh-CN': '印度', en: 'India' },
  UTC: { 'zh-CN': 'UTC', en: 'UTC' },
  'Etc/UTC': { 'zh-CN': 'UTC', en: 'UTC' },
};
const shortNames = new Map<string, string>();

// PST, CET, 北京: short enough for a table, and always there.
export function zoneName(zone: string, instant: string | number = Date.now()): string {
  const known = zoneNames[zone];
  if (known) return known[language.current];
  const at = typeof instant === 'number' ? instant : Date.parse(instant);
  const month = Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : '';
  const key = `${zone}|${month}`;
  let name = shortNames.get(key);
  if (name === undefined) {
    name = zone;
    // American abbreviations are known to en-US, European ones to en-GB.
    for (const locale of zone.startsWith('Europe/') ? ['en-GB'] : ['en-US', 'en-AU']) {
      try {
        const found = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' })
          .formatToParts(Number.isFinite(at) ? at : Date.now())
          .find((part) => part.type === 'timeZoneName')?.value;
        if (found && (name === zone || !found.startsWith('GMT'))) name = found;
        if (found && !/^(GMT|UTC)[+-]/.test(found)) break;
      } catch {
        break;
      }
    }
    shortNames.set(key, name);
  }
  return name;
}

export type Urgency = 'over' | 'soon' | 'today' | 'later';

export function urgency(deadline: string, now: number): Urgency {
  const left = Date.parse(deadline) - now;
  if (left < 0) return 'over';
  if (left < 4 * 3_600_000) return 'soon';
  return left < 24 * 3_600_000 ? 'today' : 'later';
}

// 05:12:44 within two days, then days and hours. The text always has about the same width, so nothing jumps.
export function countdown(deadline: string, now: number): string {
  const left = Date.parse(deadline) - now;
  if (!Number.isFinite(left)) return '–';
  const seconds = Math.floor(Math.abs(left) / 1000);
  const sign = left < 0 ? '−' : '';
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 172_800) {
    return `${sign}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  return language.current === 'zh-CN' ? `${sign}${days} 天 ${two(hours)} 时` : `${sign}${days} d ${two(hours)} h`;
}

// 3 min, 5 h, 2 d: how long something has been so.
export function age(instant: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(instant)) / 60_000));
  const zh = language.current === 'zh-CN';
  if (minutes < 1) return zh ? '刚刚' : 'now';
  if (minutes < 60) return zh ? `${minutes} 分钟` : `${minutes} min`;
  if (minutes < 2880) return zh ? `${Math.floor(minutes / 60)} 小时` : `${Math.floor(minutes / 60)} h`;
  return zh ? `${Math.floor(minutes / 1440)} 天` : `${Math.floor(minutes / 1440)} d`;
}

// 3 min ago, or just now.
export function ago(instant: string, now: number): string {
  return now - Date.parse(instant) < 60_000 ? t('say.just_now') : t('say.ago', { age: age(instant, now) });
}

export const commonZones = [
  'Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Tokyo', 'Asia/Singapore', 'Asia/Dubai', 'Asia/Kolkata',
  'Europe/London', 'Europe/Berlin', 'Europe/Paris', 'Europe/Madrid', 'Europe/Rome', 'Europe/Warsaw', 'Europe/Stockholm',
  'America/Los_Angeles', 'America/Denver', 'America/Chicago', 'America/New_York', 'America/Toronto',
  'America/Mexico_City', 'America/Sao_Paulo', 'Australia/Sydney', 'UTC',
];
