import path from 'node:path';
import type { VersionPlace } from '../config/types.ts';
import type { NixAnswer } from '../nix/answers.ts';
import { ask } from '../nix/expression.ts';
import type { DerivationRef } from '../nix/target.ts';
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

type NixPlace = Extract<VersionPlace, { readonly kind: 'nix' }>;

const ownVersion: NixPlace = { kind: 'nix', attribute: '.version', value: '{version}' };

/**
 * Writes the new version at the places that the configuration names. Then replaces the derivation's
 * own `version`, unless Nix already evaluates it to the new one.
 * @throws UserError `literal-missing`, `literal-ambiguous`, `version-not-seen`
 */
export async function bumpVersion(bump: VersionBump, context: BumpContext): Promise<void> {
  const later: NixPlace[] = [];
  for (const place of bump.places) {
    if (place.kind !== 'nix') await bumpPlace(place, bump, context);
    else
      await bumpAttribute(place, bump, context).catch((error: unknown) => {
        if (!(error instanceof UserError) || error.code !== 'literal-missing') throw error;
        // The value is computed (`rev = "v${version}"`), and may change with the other places.
        later.push(place);
      });
  }
  for (const place of [ownVersion, ...later]) await bumpAttribute(place, bump, context);
}

async function bumpPlace(
  place: Exclude<VersionPlace, NixPlace>,
  { before, after }: VersionBump,
  context: BumpContext,
): Promise<void> {
  const file = path.join(context.root, place.file);
  const template = place.kind === 'text' ? place.pattern : place.value;
  const [old, now] = [fill(template, before), fill(template, after)];
  if (place.kind === 'text') await bumpText(file, old, now, context);
  else await replaceInJson(file, place.pointer, { before: old, after: now }, context);
}

/** Changes the string at an attribute path, unless it already has the new value. */
async function bumpAttribute(
  { attribute, value: template }: NixPlace,
  { before, after, facts }: VersionBump,
  context: BumpContext,
): Promise<void> {
  const { derivation, run } = context;
  const factsOf = (of: DerivationRef) => ask(of, 'stringFacts', run, { given: { path: attribute } });
  const [old, next] = [fill(template, before), fill(template, after)];
  const { value, position } = await factsOf(derivation);
  if (value === next) return;
  const what = attribute === ownVersion.attribute ? 'the version' : `'${attribute}'`;
  const sought = {
    ...{ what: `${what} of '${derivation.attribute}'`, value: old, next, positions: [position] },
    files: [facts.position?.file, facts.file, derivation.file, position?.file],
  };
  await replaceSeen(sought, async (copied) => (await factsOf(copied)).value, context);
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
