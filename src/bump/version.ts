import path from 'node:path';
import type { VersionPlace } from '../config/types.ts';
import type { Edits } from '../nix/edits.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import { type PackageFacts, packageFacts, stringFacts } from './facts.ts';
import { findJson, findLiteral } from './place.ts';

/** A version, and its tag and revision. */
export interface Names {
  readonly version: string;
  readonly tag?: string | undefined;
  readonly revision?: string | undefined;
}

export interface VersionBump {
  readonly derivation: DerivationRef;
  /** Folder outside of which nothing is changed. */
  readonly root: string;
  readonly facts: PackageFacts;
  readonly places: readonly VersionPlace[];
  readonly before: Names;
  readonly after: Names;
}

/**
 * Writes the new version everywhere: where Nix reports that the derivation's own is bound, and at
 * the places that the configuration names. Then Nix must see it.
 *
 * @throws UserError `literal-missing`, `literal-ambiguous`, `version-not-seen`
 */
export async function bumpVersion(bump: VersionBump, run: Run, edits: Edits): Promise<void> {
  for (const place of bump.places) await bumpPlace(place, bump, run, edits);
  const { version } = bump.after;
  if ((await packageFacts(bump.derivation, run)).version !== version) await bumpOwn(bump, edits);
  const seen = (await packageFacts(bump.derivation, run)).version;
  if (seen === version) return;
  throw new UserError(
    'version-not-seen',
    `The version was changed to ${version}, but Nix still says that '${bump.derivation.attribute}' is ${seen || 'of no version'}. Name the place where it stands under 'version-files' in the configuration.`,
  );
}

async function bumpOwn({ derivation, root, facts, before, after }: VersionBump, edits: Edits): Promise<void> {
  const place = await findLiteral(
    {
      what: `the version of '${derivation.attribute}'`,
      value: before.version,
      positions: [facts.position],
      files: [facts.file, derivation.file],
      key: 'version-files',
    },
    root,
    edits,
  );
  await place.replace(after.version);
}

async function bumpPlace(place: VersionPlace, bump: VersionBump, run: Run, edits: Edits): Promise<void> {
  const { root, derivation, before, after, facts } = bump;
  if (place.kind === 'text') return bumpText(path.join(root, place.file), place.pattern, bump, edits);
  const [old, now] = [fill(place.value, before), fill(place.value, after)];
  if (place.kind === 'json') {
    const file = path.join(root, place.file);
    return (await findJson(file, place.pointer, { what: 'the version', value: old }, edits)).replace(now);
  }
  const { value, position } = await stringFacts(derivation, place.attribute, run);
  if (value === now) return;
  const sought = {
    what: `'${place.attribute}'`,
    value: old,
    positions: [position],
    files: [facts.file, facts.position?.file, derivation.file],
    key: 'version-files',
  };
  return (await findLiteral(sought, root, edits)).replace(now);
}

async function bumpText(
  file: string,
  pattern: string,
  { before, after }: VersionBump,
  edits: Edits,
): Promise<void> {
  const text = await edits.read(file);
  const old = fill(pattern, before);
  const parts = text.split(old);
  if (parts.length === 2) return edits.write(file, parts.join(fill(pattern, after)));
  throw new UserError(
    parts.length === 1 ? 'literal-missing' : 'literal-ambiguous',
    `${file} should have '${old}' once, for the pattern '${pattern}' of the configuration, but has it ${parts.length === 1 ? 'not at all' : `${parts.length - 1} times`}. Write more of its surroundings into the pattern, or correct the file.`,
    { at: { file } },
  );
}

/** Fills in a template. */
function fill(template: string, names: Names): string {
  return template.replace(/\{(version|tag|revision)\}/g, (_, name: keyof Names) => {
    const value = names[name];
    if (value !== undefined) return value;
    throw new UserError(
      'version-place',
      `'${template}' in the configuration asks for a ${name}, which this package's releases do not have; use {version}, or releases with a ${name}.`,
    );
  });
}
