// The order list as it was last seen, so that one order leads to the next.
let ids: string[] = [];

export function remember(list: string[]) {
  ids = list;
}

export function neighbours(id: string): { previous: string | null; next: string | null } {
  const at = ids.indexOf(id);
  return at < 0 ? { previous: null, next: null } : { previous: ids[at - 1] ?? null, next: ids[at + 1] ?? null };
}
