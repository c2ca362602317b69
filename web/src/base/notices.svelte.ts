// Short messages in the corner; screen readers hear them too.
import { problemOf } from './api';

export type Notice = { id: number; kind: 'good' | 'bad' | 'info'; text: string };
let list = $state<Notice[]>([]);
let last = 0;

export const notices = {
  get list() {
    return list;
  },
  add(kind: Notice['kind'], text: string) {
    const id = ++last;
    list = [...list.slice(-3), { id, kind, text }];
    setTimeout(() => notices.drop(id), kind === 'bad' ? 12_000 : 4_500);
  },
  good: (text: string) => notices.add('good', text),
  bad: (error: unknown) => notices.add('bad', typeof error === 'string' ? error : problemOf(error).message),
  drop(id: number) {
    list = list.filter((notice) => notice.id !== id);
  },
};
