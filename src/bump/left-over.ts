import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { codeLiterals } from '../nix/code-literals.ts';
import { lineOf } from '../nix/literal.ts';
import { UserError } from '../system/errors.ts';
import { someOf } from '../system/printable.ts';
import { fakeHash } from '../system/sri.ts';
import type { BumpContext } from './context.ts';
import type { FixedHash } from './fixed-output.ts';

// What a bump may have missed. It can't know, so these are warnings.

/** Most places that a warning names. */
const SHOWN = 5;

/**
 * Warns where the Nix files beside those that changed still have the old version.
 * @param changed absolute paths
 */
export async function warnOfOldVersion(
  version: string,
  changed: readonly string[],
  context: Pick<BumpContext, 'root' | 'log' | 'edits'>,
): Promise<void> {
  const { root, log } = context;
  const escaped = version.replace(/[^\w]/g, '\\$&');
  const whole = new RegExp(`(?<!\\d|\\d\\.)${escaped}(?!\\.?\\d)`);
  const places: string[] = [];
  for (const folder of new Set(changed.map((file) => path.dirname(file)))) {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.nix'));
    for (const file of names.map(({ name }) => path.join(folder, name)).sort()) {
      const text = await textOf(file, context);
      for (const { value, start } of codeLiterals(text))
        if (whole.test(value)) places.push(`${path.relative(root, file)}:${lineOf(text, start)}`);
    }
  }
  if (places.length === 0) return;
  log.warning(
    `The old version, ${version}, is still written in ${someOf(places, SHOWN)}. If it has to change with the package, list it under 'version-files' in the configuration.`,
  );
}

/** Files that are too large or can't be read have no version. */
async function textOf(file: string, { edits }: Pick<BumpContext, 'edits'>): Promise<string> {
  try {
    return await edits.read(file);
  } catch (error) {
    if (error instanceof UserError) return '';
    throw error;
  }
}

/** A hash that is bound to the name of a system, in Nix or JSON. */
const OF_SYSTEM = /"?\b(\w+-(?:linux|darwin))"?\s*[=:]\s*"((?:sha\d+-|[0-9a-z]{32})[^"]*)"/g;

export interface WrittenHash {
  readonly system: string;
  readonly hash: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Warns where a hash changed that is one of several, one for each system, and others did not. */
export async function warnOfOtherSystems(
  hashes: readonly FixedHash[],
  { root, log, edits }: Pick<BumpContext, 'root' | 'log' | 'edits'>,
): Promise<void> {
  const isDone = (file: string, { line, hash }: WrittenHash): boolean =>
    hashes.some((one) => one.file === file && one.line === line && one.after === hash);
  for (const { attribute, file, line, before, after } of hashes) {
    if (before === after) continue;
    const beside = besideOf(await edits.read(file), line, after);
    const old = beside.filter((one) => !isDone(file, one));
    if (old.length === 0) continue;
    const places = old.map(({ system, line }) => `${system} (${path.relative(root, file)}:${line})`);
    const systems = beside.map(({ system }) => `"${system}"`).join(', ');
    log.warning(
      `'${attribute}' has a hash for each system, and only one was recomputed; old: ${places.join(', ')}. Make it an attribute for each system, and list these: { attribute = "….{system}", systems = [${systems}] }.`,
    );
  }
}

/** All hashes of the set that has this one; only separators may be between them. */
export function besideOf(text: string, line: number, hash: string): WrittenHash[] {
  const all = [...text.matchAll(OF_SYSTEM)].map(
    ({ 0: whole, 1: system = '', 2: value = '', index }): WrittenHash => {
      const end = index + whole.length;
      return { system, hash: value, start: index, end, line: lineOf(text, end) };
    },
  );
  const at = all.findIndex((one) => one.line === line && one.hash === hash);
  if (at < 0) return [];
  const isJoined = (index: number): boolean =>
    !/[{}]/.test(text.slice(all[index]?.end, all[index + 1]?.start));
  let [first, last] = [at, at];
  while (first > 0 && isJoined(first - 1)) first--;
  while (last < all.length - 1 && isJoined(last)) last++;
  return all.slice(first, last + 1);
}

/**
 * Gives hashes of other systems a placeholder if one of this system is new: those that stand beside
 * it, and those of the configuration that no machine here builds. A stale one would go unnoticed.
 * @returns systems whose hash is a placeholder then
 */
export async function resetOthers(
  hashes: readonly FixedHash[],
  { edits }: Pick<BumpContext, 'edits'>,
): Promise<string[]> {
  const fresh = hashes.filter(({ before, after }) => before !== after);
  const computed = new Set(hashes.flatMap(({ after, lacking }) => (lacking ? [] : [after])));
  const systems = new Set<string>();
  const reset = async (file: string, change: (text: string) => string): Promise<void> =>
    edits.write(file, change(await edits.read(file)));
  for (const { file, line, after } of fresh)
    await reset(file, (text) =>
      besideOf(text, line, after)
        .filter(({ hash }) => !computed.has(hash))
        .reduceRight((now, { system, hash, start, end }) => {
          systems.add(system);
          return now.slice(0, start) + now.slice(start, end).replace(hash, fakeHash) + now.slice(end);
        }, text),
    );
  for (const { attribute, system, file, line, before } of hashes.filter(({ lacking }) => lacking)) {
    if (fresh.length === 0) break;
    systems.add(system ?? attribute);
    await reset(file, (text) =>
      text
        .split('\n')
        .map((one, index) => (index === line - 1 ? one.replace(before, fakeHash) : one))
        .join('\n'),
    );
  }
  return [...systems].sort();
}
