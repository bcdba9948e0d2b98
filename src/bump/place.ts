import { pointerPath } from '../nix/data-literals.ts';
import { type LiteralPlace, placeText, replaced } from '../nix/literal-candidates.ts';
import { findLiterals, type LiteralProblem, namedPlace, type SoughtLiteral } from '../nix/literal-places.ts';
import type { DerivationRef } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import type { BumpContext } from './context.ts';

/** A value other than a hash, in files of the checkout. */
interface SoughtText extends Pick<SoughtLiteral, 'what' | 'value' | 'positions'> {
  readonly next: string;
  /** Files that may have it. Files outside of the checkout, such as a library, are ignored. */
  readonly files: readonly (string | null | undefined)[];
}

/**
 * Replaces a value where it is written. If several literals have the value, only the one whose
 * change Nix sees is replaced.
 *
 * @param evaluated evaluates the value with Nix, also in a copy of the code
 * @throws UserError `literal-missing`, `literal-ambiguous`, `version-not-seen`
 */
export async function replaceSeen(
  sought: SoughtText,
  evaluated: (derivation: DerivationRef) => Promise<string>,
  { derivation, root, edits, run, scratch }: BumpContext,
): Promise<void> {
  const files = [...new Set(sought.files)].filter(
    (file): file is string => typeof file === 'string' && pathBelow(root, file) !== undefined,
  );
  const context = { run, scratch, read: edits.read.bind(edits) };
  const all = async (copied: DerivationRef) => [await evaluated(copied)];
  const [found] = await findLiterals(derivation, [{ ...sought, files }], all, context);
  if (!found?.place)
    throw unplaced(found?.problem, `version-files = [{ file = "…", pattern = "… {version} …" }]`);
  await writeAt(found.place, sought.next, edits);
  if ((await evaluated(derivation)) !== sought.next) throw unseen(found.place, sought.what, false);
}

export async function writeAt(
  place: LiteralPlace,
  value: string,
  edits: BumpContext['edits'],
): Promise<void> {
  const { file } = place;
  await edits.write(file, replaced(file, await edits.read(file), [{ place, value }]));
}

/** The error for a literal whose change Nix does not see. */
export const unseen = (place: LiteralPlace, what: string, isHash: boolean): UserError =>
  new UserError(
    isHash ? 'hash-not-seen' : 'version-not-seen',
    `${placeText(place)} has ${what}, but when it is changed there, Nix does not see it. Write it once, as a literal. Nothing was changed.`,
    { at: place },
  );

/** @param setting the configuration that would name the place */
export const unplaced = (problem: LiteralProblem | undefined, setting: string): UserError =>
  new UserError(
    problem?.code ?? 'literal-missing',
    `${problem?.why}. Write it as a literal that nothing else is made of, or name the file that has it in the configuration: ${setting}. Nothing was changed.`,
    { at: problem?.at },
  );

/**
 * Replaces the version at a JSON pointer.
 * @throws UserError `literal-missing` if the value is not `before`; `json-syntax`
 */
export async function replaceInJson(
  file: string,
  pointer: string,
  { before, after }: { readonly before: string; readonly after: string },
  { edits }: Pick<BumpContext, 'edits'>,
): Promise<void> {
  const place = await namedPlace(file, pointerPath(pointer), 'the version', { read: edits.read.bind(edits) });
  if (place.value === before) return writeAt(place, after, edits);
  throw new UserError(
    'literal-missing',
    `${file} should have the version, '${before}', at ${pointer}, but there is '${place.value.slice(0, 100)}'. Correct the pointer in the configuration, or the file.`,
    { at: { file } },
  );
}
