import { access } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import type { DeclaredTarget } from '../uv/plan/manifest.ts';
import { pinned } from './answers.ts';
import { evaluationError, untracked, untrackedFile } from './evaluation-error.ts';
import { evaluateJson, nixArguments } from './expression.ts';
import { nixBuild } from './nix-build.ts';
import { failureCause } from './nix-failure.ts';
import { type DerivationRef, placeOf } from './target.ts';

/** As `builtins.unsafeGetAttrPos` returns it: from 1, and the column counts bytes. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What the Nix library exports (`passthru.uvDeps.uvFod`; nix/fetch-uv-deps.nix). */
export interface Pinned {
  /** Modules of the import check: `pythonImportsCheck`. */
  readonly imports: readonly string[];
  readonly pname: string;
  readonly version: string;
  /** Commit of the source, if it was requested; null if it is not set. */
  readonly revision?: string | null;
  /** The system that Nix builds for here. */
  readonly system: string;
  /** Folder of uv.lock on disk. */
  readonly project: string;
  readonly buildLock: string | undefined;
  /** One for each system that has a hash of its own, among them the one Nix builds for. */
  readonly systems: readonly PinnedSystem[];
}

export interface PinnedSystem {
  readonly target: DeclaredTarget;
  /** The hash as the derivation has it; empty if it is not set yet. */
  readonly hash: string;
  readonly position: Position;
}

/**  */
export interface AskedToo {
  readonly revision?: boolean;
}

/**
 * Evaluates what a derivation's dependencies are pinned to, and where the hash is written.
 * @throws UserError `nix-missing`, `file-missing`, `attribute-missing`, `not-uv-fod`,
 *   `evaluation-failed`, `source-unreachable`
 */
export async function evaluate(
  derivation: DerivationRef,
  run: Run,
  log: Log,
  { revision = false }: AskedToo = {},
): Promise<Pinned> {
  await checkFile(derivation);
  const question = { question: 'pinned', given: { withRevision: String(revision) }, shape: pinned };
  const result = await evaluateJson<Raw>(derivation, question, run);
  if (!('value' in result)) {
    await log.group('Evaluation of the derivation', async () => log.info(result.stderr));
    throw await evaluationError(derivation, result, run);
  }
  const raw = result.value;
  checkSchema(derivation, raw.own);
  const found = toPinned(derivation, raw, raw.own.src ?? (await fetchedSource(derivation, run, log)));
  await checkTracked(derivation, found.project, run);
  return found;
}

async function checkFile({ file, root }: DerivationRef): Promise<void> {
  if (file === undefined || root?.kind === 'expression') return;
  const option = root === undefined ? 'file' : 'flake';
  await access(file).catch(() => {
    throw new UserError('file-missing', `There is no file ${file}; correct '${option}'.`);
  });
}

/** The files that a flake's build reads have to be in its copy. */
async function checkTracked(derivation: DerivationRef, project: string, run: Run): Promise<void> {
  const { root } = derivation;
  if (root?.kind !== 'flake') return;
  const needed = ['uv.lock', 'pyproject.toml'].map((name) => path.join(project, name));
  const name = await untrackedFile(derivation, run, (one) => needed.includes(path.join(root.checkout, one)));
  if (name !== undefined) throw untracked(name, 'the file would be missing in the build', derivation);
}

/** A source that is itself a derivation is built, as it is when Nix reads its uv.lock. */
async function fetchedSource(derivation: DerivationRef, run: Run, log: Log): Promise<string> {
  const title = `Nix: source of '${derivation.attribute}'`;
  const result = await nixBuild(nixArguments(derivation, { question: 'source' }), { run, log }, title);
  const out = result.stdout.trim().split('\n').at(-1) ?? '';
  if (result.code === 0 && out.startsWith('/')) return out;
  throw new UserError(
    'source-unreachable',
    `The source of '${derivation.attribute}', which has its uv.lock, can't be fetched: ${failureCause(result).replace(/\.$/, '')}. Correct its address, tag or hash; what Nix printed is in the log.`,
    { ...placeOf(derivation), log: result.stderr },
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

/** `uvFod` as Nix returns it. */
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

function checkSchema(derivation: DerivationRef, { schema }: RawDeps): void {
  if (schema === 1) return;
  throw new UserError(
    'not-uv-fod',
    `The Nix library that '${derivation.attribute}' uses schema ${schema}, and this program uses schema 1; use the same version of both.`,
  );
}

/** @param source folder of the derivation's source, on disk */
function toPinned(derivation: DerivationRef, { own, systems, ...rest }: Raw, source: string): Pinned {
  return {
    ...rest,
    system: own.system,
    project: path.join(source, own.project),
    buildLock: own.buildLock ?? undefined,
    systems: Object.values(systems).map((deps) => toSystem(derivation, deps)),
  };
}

function toSystem(derivation: DerivationRef, { system, target, hash, position }: RawDeps): PinnedSystem {
  if (position === null) {
    throw new UserError(
      'hash-literal',
      `'${derivation.attribute}': Nix can't tell where its hash is written; write it as a string literal at fetchUvDeps' argument 'hash'.`,
    );
  }
  return { target: { ...target, system }, hash, position };
}
