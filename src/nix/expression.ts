import { UserError } from '../system/errors.ts';
import type { Run, RunResult } from '../system/run.ts';
import type { Shape } from '../system/shape.ts';
import type { DerivationRef } from './target.ts';

/** The set that attribute paths start from, and the store path of its source where Nix works on a copy. */
function rootOf({ root }: DerivationRef): string {
  if (root?.kind === 'flake')
    return `
    flake = builtins.getFlake url;
    own = if ownSystem == "" then builtins.currentSystem else ownSystem;
    imported = flake // flake.legacyPackages.\${own} or { } // flake.packages.\${own} or { };
    copy = builtins.unsafeDiscardStringContext flake.sourceInfo.outPath;`;
  const imported = root?.kind === 'expression' ? `(${root.expression}\n)` : 'import (/. + file)';
  return `
    imported = ${imported};
    copy = null;`;
}

/** A Nix function that finds the derivation. Its arguments are strings, so that no name is ever part of an expression. */
const find = (derivation: DerivationRef): string => `
  { attribute, file ? "", url ? "", ofSystem ? "", newHash ? "", newName ? "", ownSystem ? "", ${pieces('buildLock').map((name) => `${name} ? ""`)} }:
  let${rootOf(derivation)}
    buildLock = ${pieces('buildLock').join(' + ')};
    root = if builtins.isFunction imported then imported { } else imported;
    names = builtins.filter builtins.isString (builtins.split "\\\\." attribute);
    step = set: name: if builtins.isAttrs set && set ? \${name} then set.\${name} else throw "uv-fod:no-attribute:\${name}";
    package = builtins.foldl' step root names;
    deps = package.uvDeps or (throw "uv-fod:no-uv-deps");
  in
`;

/** Values that an expression may use by name: they reach Nix as arguments, never as text of the expression. */
export interface Given {
  readonly ofSystem?: string;
  readonly newHash?: string;
  readonly newName?: string;
}

/** Linux takes at most 128 KiB in one argument (execve(2), MAX_ARG_STRLEN), so a longer text is given in pieces. */
const PIECE = 120_000;
const pieces = (name: string): string[] => Array.from({ length: 12 }, (_, index) => `${name}${index}`);

/**
 * A JSON text as arguments, for `builtins.fromJSON`. No file: pure and restricted evaluation read none outside of the checkout.
 * @throws UserError `build-requirements` if it is too long
 */
export function jsonArguments(name: 'buildLock', json: string): Readonly<Record<string, string>> {
  // One byte for each character.
  const ascii = json.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const names = pieces(name);
  if (ascii.length > names.length * PIECE)
    throw new UserError(
      'build-requirements',
      `The build lock is too large for Nix's arguments: ${ascii.length} bytes, and at most ${names.length * PIECE} can be given. Build fewer packages from source.`,
    );
  const filled = names.map((one, index) => [one, ascii.slice(index * PIECE, (index + 1) * PIECE)] as const);
  return Object.fromEntries(filled.filter(([, text]) => text !== ''));
}

/**
 * @param body an expression over `root`, `package`, `deps` and what is given
 * @returns arguments of nix-instantiate or nix-build
 */
export function nixArguments(
  derivation: DerivationRef,
  body: string,
  given: Given | Readonly<Record<string, string>> = {},
): string[] {
  const { file, attribute, root } = derivation;
  return [
    ...(root?.kind === 'flake' ? ['--extra-experimental-features', 'nix-command flakes'] : []),
    ...['--expr', find(derivation) + body, '--argstr', 'attribute', attribute],
    ...(file === undefined ? [] : ['--argstr', 'file', file]),
    ...(root?.kind === 'flake' ? ['--argstr', 'url', root.url] : []),
    ...Object.entries(given).flatMap(([name, value]) => ['--argstr', name, value]),
  ];
}

/**
 * Evaluates an expression over `root`, `package` and `deps` to JSON. A flake's own files come back as those of the checkout
 * that Nix made its copy from.
 * @param shape what the value has to be
 * @returns the value, or what Nix printed in place of one; a value of another shape is such a failure as well
 */
export async function evaluateJson<T>(
  derivation: DerivationRef,
  shape: Shape,
  body: string,
  run: Run,
  { onStart, given }: { readonly onStart?: (() => void) | undefined; readonly given?: Given } = {},
): Promise<{ value: T } | RunResult> {
  const wrapped = `{ inherit copy; value = ${body}; }`;
  const args = ['--eval', '--strict', '--json', ...nixArguments(derivation, wrapped, given)];
  const result = await run('nix-instantiate', args, onStart === undefined ? {} : { onStart });
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
 * Writes a derivation into the store without building it.
 * @param body an expression, as for `nixArguments`, whose value is a derivation
 * @returns its path, or what Nix said in place of one
 */
export async function instantiate(
  derivation: DerivationRef,
  body: string,
  run: Run,
  given: Given = {},
): Promise<string | RunResult> {
  const result = await run('nix-instantiate', nixArguments(derivation, body, given));
  // `…drv!dev` means an output other than the first.
  const drv = result.stdout.trim().split('\n').at(-1)?.replace(/!.*$/, '') ?? '';
  return result.code === 0 && /^\/.+\.drv$/.test(drv) ? drv : result;
}
