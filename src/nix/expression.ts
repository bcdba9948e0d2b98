import { readFileSync } from 'node:fs';
import { UserError } from '../system/errors.ts';
import type { Run, RunResult } from '../system/run.ts';
import type { Shape } from '../system/shape.ts';
import type { DerivationRef } from './target.ts';

/** The bundle has this file beside itself. */
const code = (): string => readFileSync(new URL('./evaluation.nix', import.meta.url), 'utf8');

/** A question of evaluation.nix, and its arguments. They reach Nix as values, never as code. */
export interface Question {
  readonly question: string;
  readonly given?: Readonly<Record<string, string>>;
}

/** Bytes of a piece: Linux takes at most 128 KiB in one argument (execve(2), MAX_ARG_STRLEN). */
const PIECE = 120_000;
/** Pieces that evaluation.nix joins. */
const MOST_PIECES = 12;

/**
 * A JSON text as arguments, for `builtins.fromJSON`. No file: pure and restricted evaluation read
 * none outside of the checkout.
 * @throws UserError `build-requirements` if it is too long
 */
export function jsonArguments(name: 'buildLock', json: string): Readonly<Record<string, string>> {
  // One byte for each character.
  const ascii = json.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const most = MOST_PIECES * PIECE;
  if (ascii.length > most)
    throw new UserError(
      'build-requirements',
      `The build lock is too large for Nix's arguments: ${ascii.length} bytes, and at most ${most} can be passed. Build fewer packages from source.`,
    );
  const count = Math.ceil(ascii.length / PIECE);
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`${name}${at}`, ascii.slice(at * PIECE, (at + 1) * PIECE)]),
  );
}

/** @returns arguments of nix-instantiate or nix-build */
export function nixArguments(derivation: DerivationRef, { question, given = {} }: Question): string[] {
  const { file, attribute, root, isWhole } = derivation;
  const values = {
    question,
    attribute: isWhole ? '' : attribute,
    ...(file === undefined ? {} : { file }),
    ...(root?.kind === 'flake' ? { url: root.url } : {}),
    ...given,
  };
  return [
    ...(root?.kind === 'flake' ? ['--extra-experimental-features', 'nix-command flakes'] : []),
    ...['--expr', code()],
    ...Object.entries(values).flatMap(([name, value]) => ['--argstr', name, value]),
    ...(root?.kind === 'expression' ? ['--arg', 'expression', root.expression] : []),
  ];
}

/**
 * Evaluates the answer to a question to JSON. Paths of a flake's own files are those of the
 * checkout that Nix copied.
 * @param shape what the value has to be
 * @returns the value, or the result of Nix that failed; a value of another shape counts as a
 *   failure
 */
export async function evaluateJson<T>(
  derivation: DerivationRef,
  { shape, ...question }: Question & { readonly shape: Shape },
  run: Run,
): Promise<{ value: T } | RunResult> {
  const args = ['--eval', '--strict', '--json', ...nixArguments(derivation, question)];
  const result = await run('nix-instantiate', args);
  if (result.code !== 0) return result;
  const { root } = derivation;
  const { copy } = JSON.parse(result.stdout) as { copy: string | null };
  const isOfCopy = (text: string): boolean => text === copy || text.startsWith(`${copy}/`);
  const answer = JSON.parse(result.stdout, (_, value: unknown) =>
    copy !== null && root?.kind === 'flake' && typeof value === 'string' && isOfCopy(value)
      ? root.checkout + value.slice(copy.length)
      : value,
  ) as { value: T };
  const wrong = shape(answer.value, 'the result');
  return wrong === undefined ? answer : { code: 1, stdout: '', stderr: `error: ${wrong}\n` };
}

/**
 * Writes the derivation that answers a question into the store, without building it.
 * @returns its path, or the result of Nix that failed
 */
export async function instantiate(
  derivation: DerivationRef,
  question: Question,
  run: Run,
): Promise<string | RunResult> {
  const result = await run('nix-instantiate', nixArguments(derivation, question));
  // `…drv!dev` means an output other than the first.
  const drv = result.stdout.trim().split('\n').at(-1)?.replace(/!.*$/, '') ?? '';
  return result.code === 0 && /^\/.+\.drv$/.test(drv) ? drv : result;
}
