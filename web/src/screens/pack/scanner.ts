// Tells a scanner, a scale and a finger apart. Scanners and scales type a whole code and Enter within milliseconds;
// a person presses one key and pauses. So a single key that nothing follows is a command, everything else is a code.
export type Keyed = { kind: 'code'; text: string } | { kind: 'weight'; grams: number } | { kind: 'command'; key: string } | { kind: 'enter' } | { kind: 'escape' };

const pause = 180;

// 523, 523 g, 0.523 kg, as scales send them.
export function weightOf(text: string): number | null {
  const found = /^([0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*(kg|g)?$/i.exec(text.trim().replace(/^[+]?\s*/, ''));
  if (!found) return null;
  const value = Number(found[1]!.replace(',', '.'));
  const grams = found[2]?.toLowerCase() === 'kg' ? value * 1000 : value;
  return grams > 0 && grams < 1_000_000 ? Math.round(grams) : null;
}

export class Scanner {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly field: () => HTMLInputElement | undefined,
    private readonly heard: (keyed: Keyed) => void,
    // A bare number is a weight only when the parcel waits to be weighed.
    private readonly weighing: () => boolean,
  ) {}

  key(event: KeyboardEvent) {
    const field = this.field();
    if (!field) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      clearTimeout(this.#timer);
      const text = field.value.trim();
      field.value = '';
      if (!text) return this.heard({ kind: 'enter' });
      // A quick "2, Enter" is a box and a confirmation: no parcel weighs two grams.
      if (/^[1-9]$/.test(text) && this.weighing()) {
        this.heard({ kind: 'command', key: text });
        return this.heard({ kind: 'enter' });
      }
      const grams = weightOf(text);
      const unit = /g$/i.test(text);
      if (grams !== null && (unit || (this.weighing() && text.length <= 6))) return this.heard({ kind: 'weight', grams });
      return this.heard({ kind: 'code', text });
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      clearTimeout(this.#timer);
      if (field.value) field.value = '';
      else this.heard({ kind: 'escape' });
    }
  }

  // Called after every typed character, while the field is not in typing mode.
  typed() {
    clearTimeout(this.#timer);
    const field = this.field();
    if (!field || field.value.length !== 1) return;
    const key = field.value.toLowerCase();
    if (!/[1-9psw/?]/.test(key)) return;
    this.#timer = setTimeout(() => {
      if (field.value.toLowerCase() !== key) return;
      field.value = '';
      this.heard({ kind: 'command', key });
    }, pause);
  }
}
