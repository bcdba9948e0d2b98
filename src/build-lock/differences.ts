import { printable, someOf } from '../system/printable.ts';
import type { BuildLock } from './schema.ts';
import { sameData, unexpectedIn } from './text.ts';

/** Maximum number of entries in a message. */
const SHOWN = 5;

/**
 * Differences of a build lock from the expected one, as the end of a sentence.
 * @param text the file of the build lock
 */
export function differences(text: string, written: BuildLock, right: BuildLock): string {
  const entries = compared(written, right, '');
  // The same data can have a text that other parsers read differently.
  const unexpected = entries.length > 0 ? undefined : unexpectedIn(text, JSON.parse(text) as BuildLock);
  const found = unexpected === undefined ? entries : [unexpected];
  return printable(someOf(found, SHOWN, '; '));
}

function compared(left: unknown, right: unknown, at: string): string[] {
  if (sameData(left, right)) return [];
  if (!isTable(left) || !isTable(right)) return [`${at} is ${shown(left)}, expected ${shown(right)}`];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return keys.flatMap((key) => {
    const place = at === '' ? key : `${at}.${key}`;
    if (!Object.hasOwn(right, key)) return [`${place} is unexpected`];
    if (!Object.hasOwn(left, key)) return [`${place} is missing, expected ${shown(right[key])}`];
    return compared(left[key], right[key], place);
  });
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
