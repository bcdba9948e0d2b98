import { access } from 'node:fs/promises';
import path from 'node:path';
import type { DeclaredTarget } from '../artifacts/manifest.ts';
import { UserError } from '../ports/errors.ts';
import type { Log } from '../ports/log.ts';
import { noSuchProgram, type Run, type RunResult } from '../ports/run.ts';
import { nixBuild } from './nix-build.ts';
import { failureText } from './nix-messages.ts';
import { nameOf, placeOf, type Where } from './where.ts';

/** Line and column count from 1, as `builtins.unsafeGetAttrPos` gives them; the column counts bytes. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What the Nix library tells of a derivation made with it (`passthru.uvDeps.uvFod`; nix/fetch-uv-deps.nix). */
export interface Pinned {
  /** What to import for the proof: nixpkgs' `pythonImportsCheck`. */
  readonly imports: readonly string[];
  readonly pname: string;
  readonly version: string;
  /** Commit of the source, null where it says none; there where it was asked for. */
  readonly revision?: string | null;
  /** The system that Nix builds for here. */
  readonly system: string;
  /** Folder of uv.lock on disk. */
  readonly project: string;
  readonly buildLock: string | undefined;
  /** One for each system that has a hash of its own; the builder's is among them. */
  readonly systems: readonly PinnedSystem[];
}

export interface PinnedSystem {
  readonly target: DeclaredTarget;
  /** The hash as the derivation has it; empty where there is none yet. */
  readonly hash: string;
  readonly position: Position;
}

/** The set that attribute paths start from, and the store path of its source where Nix works on a copy. */
function rootOf({ root }: Where): string {
  if (root?.kind === 'flake')
    return `
    flake = builtins.getFlake url;
    own = builtins.currentSystem;
    imported = flake // flake.legacyPackages.\${own} or { } // flake.packages.\${own} or { };
    copy = builtins.unsafeDiscardStringContext flake.sourceInfo.outPath;`;
  const imported = root?.kind === 'expression' ? `(${root.expression}\n)` : 'import (/. + file)';
  return `
    imported = ${imported};
    copy = null;`;
}

/** A Nix function that finds the derivation. Its arguments are strings, so that no name is ever part of an expression. */
const find = (where: Where): string => `
  { attribute, file ? "", url ? "", ofSystem ? "", newHash ? "" }:
  let${rootOf(where)}
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
}

/**
 * @param body an expression over `root`, `package`, `deps` and what is given
 * @returns arguments of nix-instantiate or nix-build
 */
export function nixArguments(where: Where, body: string, given: Given = {}): string[] {
  const { file, attribute, root } = where;
  return [
    ...(root?.kind === 'flake' ? ['--extra-experimental-features', 'nix-command flakes'] : []),
    ...['--expr', find(where) + body, '--argstr', 'attribute', attribute],
    ...(file === undefined ? [] : ['--argstr', 'file', file]),
    ...(root?.kind === 'flake' ? ['--argstr', 'url', root.url] : []),
    ...Object.entries(given).flatMap(([name, value]) => ['--argstr', name, value]),
  ];
}

/**
 * Evaluates an expression over `root`, `package` and `deps` to JSON. A flake's own files come back as those of the checkout
 * that Nix made its copy from.
 * @returns the value, or what Nix said in place of one
 */
export async function evaluateJson<T>(
  where: Where,
  body: string,
  run: Run,
  onStart: () => void = () => {},
): Promise<{ value: T } | RunResult> {
  const wrapped = `{ inherit copy; value = ${body}; }`;
  const args = ['--eval', '--strict', '--json', ...nixArguments(where, wrapped)];
  const result = await run('nix-instantiate', args, { onStart });
  if (result.code !== 0) return result;
  const { root } = where;
  const { copy } = JSON.parse(result.stdout) as { copy: string | null };
  const isOfCopy = (text: string): boolean => text === copy || text.startsWith(`${copy}/`);
  return JSON.parse(result.stdout, (_, value: unknown) =>
    copy !== null && root?.kind === 'flake' && typeof value === 'string' && isOfCopy(value)
      ? root.checkout + value.slice(copy.length)
      : value,
  ) as { value: T };
}

/** What may be asked beside what a derivation's dependencies are pinned to. */
export interface AskedToo {
  readonly revision?: boolean;
  /** Called when Nix runs. */
  readonly onStart?: () => void;
}

/**
 * Asks Nix what a derivation's dependencies are pinned to, and where the hash stands.
 * @throws UserError `nix-missing`, `file-missing`, `attribute-missing`, `not-uv-fod`, `evaluation-failed`,
 *   `source-unreachable`
 */
export async function evaluate(
  where: Where,
  run: Run,
  log: Log,
  { revision = false, onStart }: AskedToo = {},
): Promise<Pinned> {
  await checkFile(where);
  const body = `{
    pname = package.pname or package.name;
    version = package.version or "";
    imports = package.pythonImportsCheck or [ ];
    own = deps.uvFod;
    systems = builtins.mapAttrs (_: one: one.uvFod) deps.systems;
    ${revision ? 'revision = package.src.rev or null;' : ''}
  }`;
  const result = await evaluateJson<Raw>(where, body, run, onStart);
  if (!('value' in result)) {
    if (result.code === noSuchProgram) throw nixMissing();
    await log.group('Evaluation of the derivation', async () => log.info(result.stderr));
    throw evaluationError(where, result.stderr);
  }
  const raw = result.value;
  checkSchema(where, raw.own);
  return toPinned(where, raw, raw.own.src ?? (await fetchedSource(where, run, log)));
}

async function checkFile({ file, root }: Where): Promise<void> {
  if (file === undefined || root?.kind === 'expression') return;
  const option = root === undefined ? 'file' : 'flake';
  await access(file).catch(() => {
    throw new UserError('file-missing', `There is no file ${file}; correct '${option}'.`);
  });
}

/** A source that is itself a derivation: it is built, which is how its uv.lock is read by Nix too. */
async function fetchedSource(where: Where, run: Run, log: Log): Promise<string> {
  const title = `Nix: source of '${where.attribute}'`;
  const result = await nixBuild(nixArguments(where, 'deps.lockSource'), { run, log }, title);
  const out = result.stdout.trim().split('\n').at(-1) ?? '';
  if (result.code === 0 && out.startsWith('/')) return out;
  throw new UserError(
    'source-unreachable',
    `The source of '${where.attribute}', which has its uv.lock, can't be fetched: ${failureText(result.stderr)}. Correct its address, tag or hash; what Nix printed is in the log.`,
    { ...placeOf(where), log: result.stderr },
  );
}

interface Raw {
  readonly pname: string;
  readonly version: string;
  readonly revision?: string | null;
  readonly imports: readonly string[];
  readonly own: RawDeps;
  readonly systems: Readonly<Record<string, RawDeps>>;
}

/** `uvFod` as Nix gives it. */
interface RawDeps {
  readonly schema: number;
  readonly system: string;
  readonly target: Omit<DeclaredTarget, 'system'>;
  readonly src: string | null;
  readonly project: string;
  readonly buildLock: string | null;
  readonly hash: string;
  readonly position: Position | null;
}

function checkSchema(where: Where, { schema }: RawDeps): void {
  if (schema === 1) return;
  throw new UserError(
    'not-uv-fod',
    `The Nix library that '${where.attribute}' uses speaks schema ${schema}, this program 1; use the same version of both.`,
  );
}

/** @param source folder that the derivation is made from, on disk */
function toPinned(where: Where, { own, systems, ...rest }: Raw, source: string): Pinned {
  return {
    ...rest,
    system: own.system,
    project: path.join(source, own.project),
    buildLock: own.buildLock ?? undefined,
    systems: Object.values(systems).map((deps) => toSystem(where, deps)),
  };
}

function toSystem(where: Where, { system, target, hash, position }: RawDeps): PinnedSystem {
  if (position === null) {
    throw new UserError(
      'hash-literal',
      `'${where.attribute}': Nix does not know where its hash is written; write it as a string literal at fetchUvDeps' argument 'hash'.`,
    );
  }
  return { target: { ...target, system }, hash, position };
}

function nixMissing(): UserError {
  return new UserError(
    'nix-missing',
    'There is no nix-instantiate on PATH: install Nix in a step before this one (for example DeterminateSystems/nix-installer-action or cachix/install-nix-action).',
  );
}

function evaluationError(where: Where, stderr: string): UserError {
  const missing = /error: uv-fod:no-attribute:([\w'-]+)/.exec(stderr)?.[1];
  if (missing !== undefined) {
    return new UserError(
      'attribute-missing',
      `There is no attribute '${where.attribute}' in ${nameOf(where)} ('${missing}' is not there); correct 'attribute'.`,
      placeOf(where),
    );
  }
  if (stderr.includes('error: uv-fod:no-uv-deps')) {
    return new UserError(
      'not-uv-fod',
      `'${where.attribute}' has no 'uvDeps': build it with this project's buildUvEnv, or set passthru.uvDeps to its fetchUvDeps.`,
      placeOf(where),
    );
  }
  return new UserError(
    'evaluation-failed',
    `Nix can't evaluate '${where.attribute}' of ${nameOf(where)}: ${failureText(stderr)}. Mend the expression; the whole message is in the log.`,
    { ...placeOf(where), log: stderr },
  );
}
