import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { codeLiterals, type Literal } from '../nix/code-literals.ts';
import { lineOf } from '../nix/literal.ts';
import { isSystem, type LiteralPlace, literalsOf, placeAt, replaced } from '../nix/literal-candidates.ts';
import { UserError } from '../system/errors.ts';
import { someOf } from '../system/printable.ts';
import { algorithmOf, fakeHash, sriOf } from '../system/sri.ts';
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

/** Warns where a hash changed that is one of several, one for each system, and others did not. */
export async function warnOfOtherSystems(
  hashes: readonly FixedHash[],
  { root, log, edits }: Pick<BumpContext, 'root' | 'log' | 'edits'>,
): Promise<void> {
  const isDone = ({ file, line, value }: LiteralPlace): boolean =>
    hashes.some((one) => one.file === file && one.line === line && one.after === value);
  for (const one of hashes) {
    if (one.before === one.after) continue;
    const beside = besideOf(one, await edits.read(one.file));
    const old = beside.filter((other) => !isDone(other));
    if (old.length === 0) continue;
    const places = old.map(({ name, file, line }) => `${name} (${path.relative(root, file)}:${line})`);
    const systems = beside.map(({ name }) => `"${name}"`).join(', ');
    log.warning(
      `'${one.attribute}' has a hash for each system, and only one was recomputed; old: ${places.join(', ')}. Make it an attribute for each system, and list these: { attribute = "….{system}", systems = [${systems}] }.`,
    );
  }
}

/** All hashes of the set of systems that this one is in. @param text of its file */
function besideOf({ file, line, after }: FixedHash, text: string): LiteralPlace[] {
  const sets: LiteralPlace[][] = [];
  for (const literal of literalsOf(file, text)) {
    if (!isSystem(literal.name ?? '') || !sriOf(literal.value, algorithmOf(after))) continue;
    const [place, last] = [placeAt(file, text, literal), sets.at(-1)];
    // Only separators are between those of one set.
    if (last === undefined || /[{}]/.test(text.slice(last.at(-1)?.end, literal.start))) sets.push([place]);
    else last.push(place);
  }
  return sets.find((set) => set.some((one) => one.line === line && one.value === after)) ?? [];
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
  if (fresh.length === 0) return [];
  const computed = new Set(hashes.flatMap(({ after, lacking }) => (lacking ? [] : [after])));
  const lacking = hashes.filter((one) => one.lacking);
  const systems = new Set(lacking.map(({ system, attribute }) => system ?? attribute));
  const reset = async (file: string, stale: (text: string) => readonly Literal[]): Promise<void> => {
    const text = await edits.read(file);
    const changes = stale(text).map((place) => ({ place, value: fakeHash }));
    await edits.write(file, replaced(file, text, changes));
  };
  for (const one of fresh)
    await reset(one.file, (text) => {
      const stale = besideOf(one, text).filter(({ value }) => !computed.has(value));
      for (const { name = '' } of stale) systems.add(name);
      return stale;
    });
  for (const { file, line, before } of lacking)
    await reset(file, (text) =>
      literalsOf(file, text).filter((one) => one.value === before && lineOf(text, one.start) === line),
    );
  return [...systems].sort();
}
