import path from 'node:path';
import type { Position } from '../nix/answers.ts';
import { codeLiterals } from '../nix/code-literals.ts';
import { pointerPath } from '../nix/data-literals.ts';
import { type HashPlace, placeAt, replaced } from '../nix/hash-candidates.ts';
import { namedPlace } from '../nix/hash-places.ts';
import { literalAt } from '../nix/literal.ts';
import { ifUserError, UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import type { BumpContext } from './context.ts';

/** Most literals that are tried. */
const MAX_PLACES = 24;

/** A value that is written in files of the checkout. */
interface Sought {
  /** What messages call it: `the version of 'small'`. */
  readonly what: string;
  readonly value: string;
  /** Where Nix reports that it is bound. */
  readonly position: Position | null;
  /** Other files that may have it, the likeliest first. */
  readonly files: readonly (string | null | undefined)[];
}

/**
 * Replaces a value where it is written. Of several literals it is the one whose change Nix sees;
 * the others stay.
 *
 * @param seen whether Nix evaluates the new value
 * @throws UserError `literal-missing`, `version-not-seen`
 */
export async function replaceSeen(
  sought: Sought,
  value: string,
  { root, edits }: BumpContext,
  seen: () => Promise<boolean>,
): Promise<void> {
  const places = await placesOf(sought, { root, edits });
  for (const place of places.slice(0, MAX_PLACES)) {
    const text = await edits.read(place.file);
    await edits.write(place.file, replaced(place.file, text, [{ place, value }]));
    // It may be the value of something else, whose evaluation fails because of it.
    if (await seen().catch(ifUserError)) return;
    await edits.write(place.file, text);
  }
  const { file, line } = places[0] ?? { file: '', line: 0 };
  throw new UserError(
    'version-not-seen',
    `${file}:${line} has ${sought.what}, but when it is changed there, Nix does not see it: the value comes from another place, or is put together. Name that place under 'version-files' in the configuration.`,
    { at: { file, line } },
  );
}

/**
 * The literals that may be the one: the one that is bound where Nix reports, then all others of the
 * files with this value. Nothing outside of the checkout is one: a position may lead into libraries
 * and the store.
 * @throws UserError `literal-missing`
 */
async function placesOf(
  { what, value, position, files }: Sought,
  { root, edits }: Pick<BumpContext, 'root' | 'edits'>,
): Promise<HashPlace[]> {
  const inside = [...new Set([...files, position?.file])].filter(
    (file): file is string => typeof file === 'string' && pathBelow(root, file) !== undefined,
  );
  const [bound, others]: [HashPlace[], HashPlace[]] = [[], []];
  for (const file of inside) {
    const text = await edits.read(file);
    const literal = position?.file === file ? literalAt(text, position) : undefined;
    if (literal?.value === value) bound.push(placeAt(file, text, literal));
    const same = codeLiterals(text).filter((one) => one.value === value);
    others.push(...same.map((one) => placeAt(file, text, one)));
  }
  if (bound.length + others.length > 0) return [...bound, ...others];
  const searched = inside.map((file) => path.relative(root, file)).join(', ');
  throw new UserError(
    'literal-missing',
    `${what}, "${value}", is not written as a string in ${searched || 'a file of this repository'}. Write it there as a literal, not put together from parts, or name the file that has it in the configuration: version-files = [{ file = "…", pattern = "… {version} …" }].`,
  );
}

/**
 * Replaces the version at a JSON pointer.
 * @throws UserError `literal-missing` if it is not `before`; `json-syntax`
 */
export async function replaceInJson(
  file: string,
  pointer: string,
  { before, after }: { readonly before: string; readonly after: string },
  { edits }: Pick<BumpContext, 'edits'>,
): Promise<void> {
  const text = await edits.read(file);
  const place = await namedPlace(file, pointerPath(pointer), 'the version', { read: async () => text });
  if (place.value === before) return edits.write(file, replaced(file, text, [{ place, value: after }]));
  throw new UserError(
    'literal-missing',
    `${file} should have the version, '${before}', at ${pointer}, but there is '${place.value.slice(0, 100)}'. Correct the pointer in the configuration, or the file.`,
    { at: { file } },
  );
}
