import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import { withoutColours } from '../system/printable.ts';
import { noSuchProgram, type Run, type RunResult } from '../system/run.ts';
import { nearest } from '../system/suggest.ts';
import { toolMissing } from '../system/tools.ts';
import { failureText } from './failure.ts';
import { type DerivationRef, nameOf, placeOf } from './target.ts';

/** Arguments by their name in evaluation.nix; undefined ones are left out. */
export type Given = Readonly<Record<string, unknown>> & { readonly path?: string | undefined };

/** How a question is asked (src/nix/expression.ts). */
export interface Asked {
  /** Arguments of evaluation.nix. They reach Nix as values, never as code. */
  readonly given?: Given;
  /** Code of the error if Nix can't evaluate the answer. */
  readonly failed?: string;
}

/**
 * The error for a failed evaluation.
 * @param asked `path` comes from the configuration; `failed` is the code if Nix can't evaluate
 * @returns `nix-missing`, `attribute-missing`, `no-uv-deps`, `not-a-derivation`, `not-uv-fod` or
 *   `asked.failed`
 */
export async function evaluationError(
  derivation: DerivationRef,
  { given, failed = 'evaluation-failed' }: Asked,
  { code, stderr }: RunResult,
  run: Run,
): Promise<UserError> {
  if (code === noSuchProgram) return toolMissing('nix');
  const { attribute } = derivation;
  const missing = /error: uv-fod:no-attribute:([\w'+-]+):([^\n]*)/.exec(stderr);
  if (missing) return missingAttribute(derivation, missing[1] ?? '', missing[2] ?? '', given?.path);
  const place = placeOf(derivation);
  const marker = /error: uv-fod:(no-uv-deps|no-derivation|schema|old-library)/.exec(stderr)?.[1];
  if (marker === 'no-uv-deps')
    return new UserError(
      'no-uv-deps',
      `'${attribute}' has no 'uvDeps': build it with this project's buildUvEnv (authentik's backend: authentik-django), or set passthru.uvDeps to its fetchUvDeps. docs/migrating.md shows how to replace other builders.`,
      place,
    );
  const name = nameOf(derivation);
  if (marker === 'no-derivation')
    return new UserError(
      'not-a-derivation',
      derivation.isWhole
        ? `${name} is not one derivation: name one of its packages with 'attribute'.`
        : `'${attribute}' of ${name} is not a derivation; name one with 'attribute'.`,
      place,
    );
  if (marker !== undefined)
    return new UserError(
      'not-uv-fod',
      `The Nix library that '${attribute}' uses is of another version than this program; use the same version of both.`,
      place,
    );
  const text = failureText(stderr);
  const unknown = await untrackedFile(derivation, run, (name) => text.includes(name));
  // Messages of our own Nix library already contain a fix.
  const ours = /^uv-fod: (.+)$/.exec(text)?.[1];
  if (unknown !== undefined)
    return untracked(unknown, derivation, ours === undefined ? ` Nix's message: ${text}.` : ` ${ours}.`);
  const at = positionIn(stderr, derivation);
  const where = at === undefined ? '' : `${at.file}:${at.line}:${at.column}: `;
  const what = `Nix can't evaluate '${attribute}' of ${name}`;
  const message =
    ours === undefined
      ? `${where}${what}: ${text}. Fix the expression; the end of Nix's message is in the log.`
      : `${ours}. So ${what}.`;
  return new UserError(failed, message, {
    ...(at === undefined ? place : { at }),
    log: withoutOwnFrames(stderr),
  });
}

/** @param names names in the set that lacks the attribute, separated by spaces */
function missingAttribute(
  derivation: DerivationRef,
  missing: string,
  names: string,
  path: string | undefined,
): UserError {
  const parts = (path ?? derivation.attribute).split('.');
  const similar = nearest(
    missing,
    names.split(' ').filter((name) => /^[\w'+-]{1,100}$/.test(name)),
  );
  const meant = parts.map((part) => (part === missing ? similar : part)).join('.');
  const hint = similar === undefined ? '' : ` Did you mean '${meant}'?`;
  const detail = parts.length > 1 ? ` ('${missing}' is missing)` : '';
  return new UserError(
    'attribute-missing',
    path === undefined
      ? `There is no attribute '${derivation.attribute}' in ${nameOf(derivation)}${detail}.${hint} Correct 'attribute'.`
      : `There is no attribute '${path}' in ${nameOf(derivation)}${detail}, which the configuration of '${derivation.attribute}' names.${hint} Correct the path. One that begins with a dot starts at the package.`,
    placeOf(derivation),
  );
}

/**
 * A file that git does not track, so that a flake lacks it (Nix manual, "nix flake").
 * @param isMeant selects the file by its path, relative to the repository
 */
export async function untrackedFile(
  { root }: DerivationRef,
  run: Run,
  isMeant: (name: string) => boolean,
): Promise<string | undefined> {
  if (root?.kind !== 'flake' || !root.url.startsWith('git+')) return undefined;
  const others = await run('git', ['-C', root.checkout, 'ls-files', '--others', '--exclude-standard', '-z']);
  return others.stdout.split('\0').find((name) => name !== '' && isMeant(name));
}

/** @param reason a sentence after a space, such as Nix's own */
export function untracked(name: string, derivation: DerivationRef, reason = ''): UserError {
  return new UserError(
    'evaluation-failed',
    `git does not track ${name}, and a flake has only tracked files. Run 'git add ${name}'.${reason}`,
    placeOf(derivation),
  );
}

/**
 * The innermost position in a file of the user that a Nix error names. Positions in our own
 * expression (`«string»`) and in the store are ignored, except in the copy of a flake.
 */
function positionIn(
  stderr: string,
  { root }: DerivationRef,
): { file: string; line: number; column: number } | undefined {
  const found = [...withoutColours(stderr).matchAll(/^[ \t]*at (\/.+):(\d+):(\d+):?$/gm)];
  for (const [, file = '', line, column] of found.reverse()) {
    const copied = /^\/.*\/[a-z0-9]{32}-source\/(.+)$/.exec(file)?.[1];
    const own = copied && root?.kind === 'flake' ? path.join(root.checkout, copied) : file;
    if (/\/[a-z0-9]{32}-[^/]+\//.test(own) || !existsSync(own)) continue;
    return { file: own, line: Number(line), column: Number(column) };
  }
  return undefined;
}

/** Nix's message without the frames of our own expression; the error itself stays. */
function withoutOwnFrames(stderr: string): string {
  const frames = stderr.split(/^(?=\n?[ \t]+(?:… |error:))/m);
  const isOwn = (frame: string) => /^\n?[ \t]+… /.test(frame) && /^[ \t]*at «string»/m.test(frame);
  return frames.filter((frame) => !isOwn(frame)).join('');
}
