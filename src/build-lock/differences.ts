import { printable } from '../system/printable.ts';
import { sameData, strangeIn } from './text.ts';
import type { BuildLock } from './types.ts';

/** Entries that a sentence names. */
const SHOWN = 5;

/**
 * How a build lock differs from the right one, as a sentence's end: which entries, and what is right.
 * @param text the build lock as it is written
 */
export function differences(text: string, written: BuildLock, right: BuildLock): string {
  const entries = compared(written, right, '');
  // Of the same data there can be another text, which another reader takes for other data.
  const strange = entries.length > 0 ? undefined : strangeIn(text, JSON.parse(text) as BuildLock);
  const found = strange === undefined ? entries : [strange];
  const more = found.length > SHOWN ? `; and ${found.length - SHOWN} more` : '';
  return printable(found.slice(0, SHOWN).join('; ') + more);
}

function compared(left: unknown, right: unknown, at: string): string[] {
  if (sameData(left, right)) return [];
  if (!isTable(left) || !isTable(right)) return [`${at} is ${shown(left)} and has to be ${shown(right)}`];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return keys.flatMap((key) => {
    const place = at === '' ? key : `${at}.${key}`;
    if (!Object.hasOwn(right, key)) return [`${place} has to go`];
    if (!Object.hasOwn(left, key)) return [`${place} is missing, which is ${shown(right[key])}`];
    return compared(left[key], right[key], place);
  });
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
