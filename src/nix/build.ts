import { randomUUID } from 'node:crypto';
import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import { list, text } from '../system/shape.ts';
import { fakeHash } from '../system/sri.ts';
import * as answers from './answers.ts';
import { ask, buildLockArguments } from './expression.ts';
import { causeOf } from './failure.ts';
import { type FodUnderHash, hashFromScratch } from './fod-hash.ts';
import { type NixTools, nixBuild } from './nix-build.ts';
import { checkBuilder } from './no-builder.ts';
import { type DerivationRef, placeOf } from './target.ts';

/**
 * The hash of a derivation's dependencies for one system, by a build from scratch. Nothing is
 * written: Nix evaluates them under another hash.
 *
 * @param system one of the systems that `evaluate` returns
 * @returns the hash in SRI form
 * @throws UserError those of `hashFromScratch`
 */
export async function hashByNix(
  derivation: DerivationRef,
  system: string,
  run: Run,
  log: Log,
): Promise<string> {
  const under = (newHash: string, newName = ''): Promise<FodUnderHash> => {
    const given = { ofSystem: system, newHash, newName };
    const question = { question: 'rehashed', given, shape: answers.fixedOutput, writes: true };
    return ask(derivation, question, run);
  };
  const fod = {
    what: `dependencies of '${derivation.attribute}' for ${system}`,
    under: (hash: string) => under(hash),
    renamed: (hash: string) => under(hash, `uv-fod-again-${randomUUID()}`),
  };
  const { hash } = await hashFromScratch(fod, fakeHash, { run, log });
  return hash;
}

/** A store path, and the machines that built something for it (`NixResult.machines`). */
export interface BuiltOutput {
  readonly out: string;
  readonly machines: readonly string[];
}

/**
 * Builds the derivation itself.
 * @throws UserError `build-failed`, `no-builder`
 */
export async function build(derivation: DerivationRef, run: Run, log: Log): Promise<BuiltOutput> {
  const { attribute, system } = derivation;
  const what = `'${attribute}'${system === undefined ? '' : ` for ${system}`}`;
  const { outs, machines } = await buildAnswer(
    derivation,
    { run, log },
    {
      ...{ question: 'package', failed: 'build-failed', title: `build of ${what}` },
      sentence: (cause) => `${what} does not build with the new hash: ${cause}.`,
    },
  );
  return { out: outs[0] ?? '', machines };
}

/**
 * Builds the Python that the configuration names.
 * @param path attribute path, from the package if it begins with a dot
 * @returns its store path
 * @throws UserError `import-failed`, `no-builder`
 */
export async function buildInterpreter(
  derivation: DerivationRef,
  path: string,
  run: Run,
  log: Log,
): Promise<string> {
  const { outs } = await buildAnswer(
    derivation,
    { run, log },
    {
      ...{ question: 'selected', given: { path }, failed: 'import-failed', title: `interpreter '${path}'` },
      place: placeOf(derivation),
      sentence: (cause) => `The interpreter '${path}' can't be built: ${cause}. Correct 'interpreter'.`,
    },
  );
  return outs[0] ?? '';
}

/**
 * Builds a source that is itself a derivation, as Nix does when it reads its uv.lock.
 * @returns its store path
 * @throws UserError `source-unreachable`, `no-builder`
 */
export async function buildSource(derivation: DerivationRef, run: Run, log: Log): Promise<string> {
  const { outs } = await buildAnswer(
    derivation,
    { run, log },
    {
      ...{ question: 'source', failed: 'source-unreachable', title: `source of '${derivation.attribute}'` },
      place: placeOf(derivation),
      sentence: (cause) =>
        `The source of '${derivation.attribute}', which has its uv.lock, can't be fetched: ${cause}. Correct its address, tag or hash.`,
    },
  );
  return outs[0] ?? '';
}

/**
 * Builds the answer of each build backend to get_requires_for_build_wheel.
 * @param buildLock JSON of the build lock, which need not be the one that the derivation names
 * @returns store paths of JSON files, in the order of the keys; empty without buildUvEnv
 * @throws UserError `build-requirements`, `not-uv-fod`, `no-builder`
 */
export async function dynamicRequires(
  derivation: DerivationRef,
  keys: readonly string[],
  buildLock: string,
  run: Run,
  log: Log,
): Promise<string[]> {
  const { outs } = await buildAnswer(
    derivation,
    { run, log },
    {
      ...{ question: 'requires', failed: 'build-requirements' },
      given: { ...buildLockArguments(buildLock), keys: JSON.stringify(keys) },
      title: 'requirements of build backends, in the sandbox',
      sentence: (cause) =>
        `What '${derivation.attribute}' needs to be built can't be determined: ${cause}. Nothing was changed.`,
    },
  );
  return outs;
}

/** Derivations that answer a question (evaluation.nix), and the error if they do not build. */
interface Buildable {
  readonly question: string;
  readonly given?: Readonly<Record<string, string>>;
  readonly title: string;
  readonly failed: string;
  readonly sentence: (cause: string) => string;
  /** Where the error is shown, if not at the hash. */
  readonly place?: ReturnType<typeof placeOf>;
}

/** @returns store paths in the order of the derivations, and where they were built */
async function buildAnswer(
  derivation: DerivationRef,
  tools: NixTools,
  { question, given = {}, title, failed, sentence, place = {} }: Buildable,
): Promise<{ readonly outs: string[]; readonly machines: readonly string[] }> {
  const shape = list(text(4096, /^\/.+\.drv(?:![\w-]+)?$/), 10_000);
  const asked = { question, given, shape, failed, writes: true };
  const drvs = await ask<readonly string[]>(derivation, asked, tools.run);
  if (drvs.length === 0) return { outs: [], machines: [] };
  const result = await nixBuild(drvs, tools, `Nix: ${title}`);
  if (result.code === 0) {
    const outs = result.stdout.split('\n').filter((line) => line.startsWith('/'));
    return { outs, machines: result.machines };
  }
  await checkBuilder(`'${derivation.attribute}'`, result, tools);
  throw new UserError(failed, `${sentence(causeOf(result))} The build's last lines are in the log.`, {
    ...place,
    log: result.stderr,
  });
}
