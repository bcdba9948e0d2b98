import path from 'node:path';
import type { VersionPlace } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import type { BumpContext } from './context.ts';
import { type PackageFacts, packageFacts, stringFacts } from './facts.ts';
import { jsonPlace, placesOf, replaceSeen } from './place.ts';

/** A version, and its tag and revision. */
export interface Names {
  readonly version: string;
  readonly tag?: string | undefined;
  readonly revision?: string | undefined;
}

export interface VersionBump {
  readonly facts: PackageFacts;
  readonly places: readonly VersionPlace[];
  readonly before: Names;
  readonly after: Names;
}

/**
 * Writes the new version everywhere: at the places that the configuration names, and, unless Nix
 * sees it then, where the derivation's own is bound.
 * @throws UserError `literal-missing`, `literal-ambiguous`, `version-not-seen`
 */
export async function bumpVersion(bump: VersionBump, context: BumpContext): Promise<void> {
  const { facts, before, after, places } = bump;
  const { derivation, run } = context;
  const later: Later[] = [];
  for (const place of places) later.push(...(await bumpPlace(place, bump, context)));
  const seen = async (): Promise<true | undefined> =>
    (await packageFacts(derivation, run)).version === after.version || undefined;
  if (!(await seen())) {
    const sought = {
      what: `the version of '${derivation.attribute}'`,
      value: before.version,
      positions: [facts.position],
      files: context.files,
    } as const;
    await replaceSeen(sought, await placesOf(sought, context), after.version, seen);
  }
  for (const { attribute, value, error } of later)
    if ((await stringFacts(derivation, attribute, run)).value !== value) throw error;
}

/**
 * An attribute that is put together (`rev = "v${version}"`): it may follow from the other places.
 */
interface Later {
  readonly attribute: string;
  readonly value: string;
  /** Thrown if it does not. */
  readonly error: UserError;
}

async function bumpPlace(
  place: VersionPlace,
  { before, after }: VersionBump,
  context: BumpContext,
): Promise<Later[]> {
  const { root, edits } = context;
  if (place.kind === 'text') {
    const [old, now] = [fill(place.pattern, before), fill(place.pattern, after)];
    await bumpText(path.join(root, place.file), old, now, context);
    return [];
  }
  const [old, now] = [fill(place.value, before), fill(place.value, after)];
  if (place.kind === 'nix') return bumpAttribute(place.attribute, old, now, context);
  const what = { what: 'the version', value: old };
  await (await jsonPlace(path.join(root, place.file), place.pointer, what, edits)).replace(now);
  return [];
}

async function bumpAttribute(
  attribute: string,
  old: string,
  now: string,
  context: BumpContext,
): Promise<Later[]> {
  const { derivation, run, files } = context;
  const { value, position } = await stringFacts(derivation, attribute, run);
  if (value === now) return [];
  const sought = {
    what: `'${attribute}'`,
    value: old,
    positions: [position],
    files,
  } as const;
  try {
    await replaceSeen(sought, await placesOf(sought, context), now, async () => {
      const changed = await stringFacts(derivation, attribute, run);
      return changed.value === now || undefined;
    });
    return [];
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'literal-missing') throw error;
    return [{ attribute, value: now, error }];
  }
}

async function bumpText(file: string, old: string, now: string, { edits }: BumpContext): Promise<void> {
  const parts = (await edits.read(file)).split(old);
  if (parts.length === 2) return edits.write(file, parts.join(now));
  throw new UserError(
    parts.length === 1 ? 'literal-missing' : 'literal-ambiguous',
    `${file} should have '${old}' once, for a pattern of the configuration, but has it ${parts.length === 1 ? 'not at all' : `${parts.length - 1} times`}. Write more of its surroundings into the pattern, or correct the file.`,
    { at: { file } },
  );
}

/** Fills in a template. */
export function fill(template: string, names: Names): string {
  return template.replace(/\{(version|tag|revision)\}/g, (_, name: keyof Names) => {
    const value = names[name];
    if (value !== undefined) return value;
    throw new UserError(
      'version-place',
      `'${template}' in the configuration requires a ${name}, which this package's releases do not have; use {version}, or releases with a ${name}.`,
    );
  });
}
