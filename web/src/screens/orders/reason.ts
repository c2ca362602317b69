// Why a parcel goes the way it goes, in the language of the screen. The program keeps the sentence in English, put together
// by why_this() in app/plan_shipment.cpp; its parts are taken out here. A sentence of another form is shown as it was kept.
import { language, t } from '../../base/language.svelte';

const whole = /^(?<service>.+), carton (?<cartons>.+?): (?<cost>[\d.]+ [A-Z]{3})(?:, arrives (?<from>\S+) to (?<to>[\d-]+))?(?:, (?<share>\d+ %) by (?<day>[\d-]+))?(?:; (?<why>.+))?\.$/;

function whyText(why: string): string {
  const cheapest = /^the cheapest of (\d+) services that keep the promise$/.exec(why);
  if (cheapest) return t('reason.cheapest', { n: Number(cheapest[1]) });
  const likeliest = /^no service keeps the promised day with (\d+ %), this one is the most likely$/.exec(why);
  if (likeliest) return t('reason.likeliest', { share: likeliest[1]! });
  if (why === 'the only service that keeps the promise') return t('reason.only');
  if (why.startsWith('no pickup is left before ship-by')) return t('reason.late');
  return why;
}

export function reasonText(text: string): string {
  const parts = language.current === 'en' ? null : whole.exec(text)?.groups;
  if (!parts) return text;
  const said = [t('reason.parts', { service: parts.service!, cartons: parts.cartons!, cost: parts.cost! })];
  if (parts.from) said.push(t('reason.arrives', { from: parts.from, to: parts.to! }));
  if (parts.share) said.push(t('reason.chance', { share: parts.share, day: parts.day! }));
  if (parts.why) said.push(whyText(parts.why));
  return said.join('；') + '。';
}
