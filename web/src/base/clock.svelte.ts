// The program's time, not this computer's: a desk clock that runs ten minutes fast must not hide a deadline.
let offset = 0;
let pinned = false;
let now = $state(Date.now());
let timer: ReturnType<typeof setInterval> | undefined;

export const clock = {
  // Ticks once a second for everything that counts down.
  get now() {
    return now;
  },
  start() {
    timer ??= setInterval(() => (now = Date.now() + offset), 1000);
  },
  // The Date header has whole seconds: small differences are noise, not a wrong clock.
  heard(date: string | null) {
    if (!date || pinned) return;
    const difference = Date.parse(date) - Date.now();
    if (Number.isFinite(difference) && Math.abs(difference - offset) > 5000) offset = difference;
  },
  // The program said what time it is (its clock may be simulated).
  tell(instant: string) {
    const difference = Date.parse(instant) - Date.now();
    if (!Number.isFinite(difference)) return;
    pinned = true;
    if (Math.abs(difference - offset) > 2000) offset = difference;
    now = Date.now() + offset;
  },
};
