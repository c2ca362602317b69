// Emergency stop and dry run are on every screen, so they are kept here.
import { api } from './api';
import type { Settings } from './types';

let writeStop = $state(false);
let dryRun = $state(false);
let attention = $state(0);

export const switches = {
  get writeStop() {
    return writeStop;
  },
  get dryRun() {
    return dryRun;
  },
  // Jobs that wait for a person's answer.
  get attention() {
    return attention;
  },
  heard(settings: { write_stop: boolean; dry_run: boolean }) {
    writeStop = settings.write_stop;
    dryRun = settings.dry_run;
  },
  setAttention(count: number) {
    attention = count;
  },
  async load() {
    const answer = await api.get<Settings>('/settings');
    switches.heard(answer);
  },
  async set(changes: Partial<Pick<Settings, 'write_stop' | 'dry_run'>>) {
    switches.heard(await api.patch<Settings>('/settings', changes));
  },
};
