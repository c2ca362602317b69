// Who is at the desk.
import { api, door } from './api';
import { asked, language } from './language.svelte';
import type { Language, Role, User } from './types';

type Answer = { setup_needed?: boolean; user: User | null; csrf?: string };

let user = $state.raw<User | null>(null);
let setupNeeded = $state(false);
let known = $state(false);

async function accept(answer: Answer) {
  if (answer.csrf) door.setCsrf(answer.csrf);
  setupNeeded = answer.setup_needed ?? false;
  if (answer.user && !asked && answer.user.language !== language.wanted) await language.use(answer.user.language);
  user = answer.user;
  known = true;
}

door.onSignedOut(() => {
  user = null;
});

export const session = {
  get user() {
    return user;
  },
  get zone() {
    return user?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  },
  get setupNeeded() {
    return setupNeeded;
  },
  get known() {
    return known;
  },
  may(...roles: Role[]) {
    return user !== null && (user.role === 'owner' || roles.includes(user.role));
  },
  async load() {
    await accept(await api.get<Answer>('/session'));
  },
  async signIn(name: string, password: string) {
    await accept(await api.post<Answer>('/session', { name, password }));
  },
  async createOwner(code: string, name: string, password: string, chosen: Language) {
    await accept(await api.post<Answer>('/session/owner', { setup_code: code, name, password, language: chosen }));
  },
  async change(changes: { language?: Language; time_zone?: string; password?: { old: string; new: string } }) {
    const answer = await api.patch<{ user: User }>('/session', changes);
    user = answer.user;
  },
  async signOut() {
    await api.delete('/session');
    user = null;
    // A new session needs a new token.
    await session.load();
  },
};
