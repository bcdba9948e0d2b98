import path from 'node:path';
import type { VersionPlace } from '../config/types.ts';
import type { NixAnswer } from '../nix/answers.ts';
import { ask } from '../nix/expression.ts';
import { UserError } from '../system/errors.ts';
import type { BumpContext } from './context.ts';
import { replaceInJson, replaceSeen } from './place.ts';

/** A version, and its tag and revision. */
export interface Names {
  readonly version: string;
  readonly tag?: string | undefined;
  readonly revision?: string | undefined;
}

export interface VersionBump {
  readonly facts: NixAnswer<'packageFacts'>;
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
  const files = [facts.position?.file, facts.file, derivation.file];
  const later: Later[] = [];
  for (const place of places) later.push(...(await bumpPlace(place, bump, files, context)));
  const seen = async () => (await ask(derivation, 'packageFacts', run)).version === after.version;
  const what = `the version of '${derivation.attribute}'`;
  if (!(await seen())) {
    const sought = { what, value: before.version, position: facts.position, files };
    await replaceSeen(sought, after.version, context, seen);
  }
  for (const { attribute, value, error } of later)
    if ((await stringFacts(attribute, context)).value !== value) throw error;
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
  files: NixFiles,
  context: BumpContext,
): Promise<Later[]> {
  const { root } = context;
  if (place.kind === 'text') {
    const [old, now] = [fill(place.pattern, before), fill(place.pattern, after)];
    await bumpText(path.join(root, place.file), old, now, context);
    return [];
  }
  const [old, now] = [fill(place.value, before), fill(place.value, after)];
  if (place.kind === 'nix') return bumpAttribute(place.attribute, old, now, files, context);
  await replaceInJson(path.join(root, place.file), place.pointer, { before: old, after: now }, context);
  return [];
}

/** The value of the attribute at a path, and where it is bound. */
const stringFacts = (path: string, { derivation, run }: BumpContext): Promise<NixAnswer<'stringFacts'>> =>
  ask(derivation, 'stringFacts', run, { given: { path } });

/** Nix files that may have the version, the likeliest first. */
type NixFiles = readonly (string | null | undefined)[];

async function bumpAttribute(
  attribute: string,
  old: string,
  now: string,
  files: NixFiles,
  context: BumpContext,
): Promise<Later[]> {
  const facts = () => stringFacts(attribute, context);
  const { value, position } = await facts();
  if (value === now) return [];
  try {
    const sought = { what: `'${attribute}'`, value: old, position, files };
    await replaceSeen(sought, now, context, async () => (await facts()).value === now);
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
