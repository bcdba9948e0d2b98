import { readFileSync } from 'node:fs';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import type { Shape } from '../system/shape.ts';
import { answers, type NixAnswer, type NixQuestion, written } from './answers.ts';
import { type Asked, evaluationError } from './evaluation-error.ts';
import { argStrings } from './nix-build.ts';
import type { DerivationRef } from './target.ts';

/** In dist/, these files are next to the bundle. */
const code = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Bytes of a piece: Linux takes at most 128 KiB in one argument (execve(2), MAX_ARG_STRLEN). */
const PIECE = 120_000;
/** The number of pieces that evaluation.nix joins. */
const MOST_PIECES = 12;

/**
 * Splits a question into arguments for `builtins.fromJSON`. A file is not possible: pure and
 * restricted evaluation read no file outside of the checkout.
 * @throws UserError `build-requirements` if it is too long; only a build lock can be
 */
function inPieces(asked: object): Readonly<Record<string, string>> {
  // Only ASCII, so that each character is one byte.
  const ascii = JSON.stringify(asked).replace(
    /[^ -~]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const most = MOST_PIECES * PIECE;
  if (ascii.length > most)
    throw new UserError(
      'build-requirements',
      `The build lock is too large for Nix's arguments: ${ascii.length} bytes, and at most ${most} can be passed. Build fewer packages from source.`,
    );
  const count = Math.ceil(ascii.length / PIECE);
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`asked${at}`, ascii.slice(at * PIECE, (at + 1) * PIECE)]),
  );
}

/** @returns arguments of nix-instantiate */
function nixArguments(derivation: DerivationRef, question: NixQuestion, { given }: Asked): string[] {
  const { file, attribute, root, isWhole, system } = derivation;
  const asked = { question, attribute: isWhole ? '' : attribute, file, ...given };
  return [
    ...['--eval', '--strict', '--json'],
    ...(written.includes(question) ? ['--read-write-mode'] : []),
    ...(root?.kind === 'flake' ? ['--extra-experimental-features', 'nix-command flakes'] : []),
    ...(system === undefined ? [] : ['--option', 'eval-system', system]),
    ...['--expr', code('./evaluation.nix'), '--arg', 'search', code('./search.nix')],
    ...argStrings(inPieces(asked)),
    ...(root?.kind === 'flake' ? argStrings({ url: root.url }) : []),
    ...(root?.kind === 'expression' ? ['--arg', 'expression', root.expression] : []),
  ];
}

/**
 * Evaluates the answer to a question. Paths of a flake's own files are converted from the store to
 * the checkout.
 * @throws UserError `nix-missing`, `attribute-missing`, `not-uv-fod`, `evaluation-failed` or
 *   `asked.failed`
 */
export async function ask<Q extends NixQuestion>(
  derivation: DerivationRef,
  question: Q,
  run: Run,
  asked: Asked = {},
): Promise<NixAnswer<Q>> {
  const args = nixArguments(derivation, question, asked);
  const cwd = derivation.root?.kind === 'expression' ? derivation.root.cwd : undefined;
  const result = await run('nix-instantiate', args, cwd === undefined ? {} : { cwd });
  if (result.code !== 0) throw await evaluationError(derivation, asked, result, run);
  const { root } = derivation;
  const { copy } = JSON.parse(result.stdout) as { copy: string | null };
  const isOfCopy = (text: string): boolean => text === copy || text.startsWith(`${copy}/`);
  const { value } = JSON.parse(result.stdout, (_, value: unknown) =>
    copy !== null && root?.kind === 'flake' && typeof value === 'string' && isOfCopy(value)
      ? root.checkout + value.slice(copy.length)
      : value,
  ) as { value: NixAnswer<Q> };
  const shape: Shape = answers[question];
  const wrong = shape(value, 'the result');
  if (wrong === undefined) return value;
  throw await evaluationError(derivation, asked, { ...result, stderr: `error: ${wrong}\n` }, run);
}
