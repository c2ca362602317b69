// The words of a language, read from the screens' own file.
import { readFileSync } from 'node:fs';

export async function words(language) {
  const text = readFileSync(new URL(`../../web/src/words/${language}.ts`, import.meta.url), 'utf8');
  const found = {};
  for (const [, key, value] of text.matchAll(/^ {2}'([^']+)': '((?:[^'\\]|\\.)*)',$/gm)) found[key] = value.replace(/\\(.)/g, '$1');
  return found;
}
