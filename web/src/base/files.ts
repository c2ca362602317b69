// Printing and saving what the program made.
import { ApiError, queryText, type Query } from './api';
import { language } from './language.svelte';

// Opens the document in a hidden frame and asks the browser to print it; a browser that will not shows it instead.
export function printFile(url: string, afterwards: () => void = () => {}) {
  document.querySelectorAll('iframe.print-frame').forEach((old) => old.remove());
  const frame = document.createElement('iframe');
  frame.className = 'print-frame';
  frame.title = 'print';
  frame.addEventListener('load', () => {
    try {
      frame.contentWindow?.print();
    } catch {
      open(url, '_blank');
    }
    afterwards();
  });
  frame.src = url;
  document.body.append(frame);
}

// Asks for the file first, so that a refusal is shown and not saved. Says how many rows could not stand in it.
export async function takeFile(path: string, query: Query): Promise<number> {
  let answer: Response;
  try {
    answer = await fetch(`/api${path}${queryText(query)}`, { credentials: 'same-origin', headers: { 'Accept-Language': language.current } });
  } catch {
    throw new ApiError(0, 'network', language.words['error.network']);
  }
  if (!answer.ok) {
    const problem = await answer.json().then((body) => body.error, () => null);
    throw new ApiError(answer.status, problem?.code ?? 'http', problem?.message ?? answer.statusText);
  }
  const named = /filename="?([^";]+)/.exec(answer.headers.get('Content-Disposition') ?? '');
  const url = URL.createObjectURL(await answer.blob());
  saveFile(url, named?.[1] ?? 'file');
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return Number(answer.headers.get('X-Zifa-Refused') ?? 0);
}

export function saveFile(url: string, name = '') {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

// The clipboard API is missing over plain HTTP, where most warehouses run.
export async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // fall through to the old way
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
