import { randomUUID } from 'node:crypto';
import { UserError } from '../system/errors.ts';
import type { Log } from '../system/log.ts';
import type { Run } from '../system/run.ts';
import { fakeHash, isSri } from '../system/sri.ts';
import { fixedOutput } from './answers.ts';
import { confirmHash, expectBuild, type FixedOutputUnder, mismatchOf } from './confirm.ts';
import { evaluateJson, instantiate, jsonArguments, nixArguments } from './expression.ts';
import { type NixResult, type NixTools, nixBuild } from './nix-build.ts';
import { causeOf, dependent, lackingMachine, relayedLacking } from './nix-failure.ts';
import { failureText } from './nix-messages.ts';
import { type DerivationRef, placeOf } from './target.ts';

/** How to change the derivation of one system's dependencies. */
type Given = Readonly<Record<'ofSystem' | 'newHash', string>> & { readonly newName?: string };

/**
 * Builds the fixed-output derivation from scratch under a fake hash, and reads the right hash from
 * Nix's mismatch error. (Under the real hash Nix would take an output that exists already.) The
 * error counts only if it names this derivation and Nix's store confirms the hash.
 *
 * @param system one of the systems that `evaluate` returns
 * @returns the hash in SRI form
 * @throws UserError `fetch-failed`, `no-builder`, `hash-not-confirmed`
 */
export async function hashByNix(
  derivation: DerivationRef,
  system: string,
  run: Run,
  log: Log,
): Promise<string> {
  const tools = { run, log };
  const what = `dependencies of '${derivation.attribute}' for ${system}`;
  const drv = await instantiated(derivation, { ofSystem: system, newHash: fakeHash }, tools);
  const result = await nixBuild([drv], tools, `Nix: ${what}, from scratch`);
  const found = mismatchOf(drv, result);
  if (found && isSri(found.got)) {
    const { got: hash, isOwn } = found;
    const given = { ofSystem: system, newHash: hash };
    if (!isOwn) await runAgain(derivation, what, given, tools);
    const under = await evaluated(derivation, given, tools);
    await confirmHash(what, hash, under, tools, () => instantiated(derivation, given, tools));
    return hash;
  }
  await throwIfNoBuilder(derivation, result, tools);
  throw new UserError(
    'fetch-failed',
    `The dependencies of '${derivation.attribute}' for ${system} can't be fetched, so there is no new hash: ${causeOf(result)}. Nothing was changed. Fix that and run again; what the build printed is in the log.`,
    { log: result.stderr },
  );
}

async function instantiated(
  derivation: DerivationRef,
  given: Given,
  { run, log }: NixTools,
): Promise<string> {
  const result = await instantiate(derivation, { question: 'rehashed', given }, run);
  if (typeof result === 'string') return result;
  await log.group('Evaluation of the derivation', async () => log.info(result.stderr));
  throw notEvaluated(derivation, result.stderr);
}

/**
 * A builder can print the text of a relayed mismatch too. So it runs again under the new hash and a
 * name that no store has, and the exit status decides. (`--check` does not run on remote builders.)
 */
async function runAgain(
  derivation: DerivationRef,
  what: string,
  given: Given,
  tools: NixTools,
): Promise<void> {
  const drv = await instantiated(derivation, { ...given, newName: `uv-fod-again-${randomUUID()}` }, tools);
  await expectBuild(what, given.newHash, drv, 'a second time', tools);
}

async function evaluated(
  derivation: DerivationRef,
  given: Given,
  { run }: NixTools,
): Promise<FixedOutputUnder> {
  const question = { question: 'rehashedFacts', given, shape: fixedOutput };
  const result = await evaluateJson<FixedOutputUnder>(derivation, question, run);
  if ('value' in result) return result.value;
  throw notEvaluated(derivation, result.stderr);
}

function notEvaluated(derivation: DerivationRef, stderr: string): UserError {
  return new UserError(
    'evaluation-failed',
    `Nix can't evaluate the dependencies of '${derivation.attribute}' under another hash: ${failureText(stderr)}. Nothing was changed. Fix the expression; the whole message is in the log.`,
    { ...placeOf(derivation), log: stderr },
  );
}

/**
 * Builds the derivation itself.
 * @param args arguments of nix-build, if not those of the package
 * @returns its store path
 * @throws UserError `build-failed`, `no-builder`
 */
export async function build(
  derivation: DerivationRef,
  run: Run,
  log: Log,
  args: readonly string[] = nixArguments(derivation, { question: 'package' }),
): Promise<string> {
  const tools = { run, log };
  const result = await nixBuild(args, tools, `Nix: build of '${derivation.attribute}'`);
  const out = result.stdout.trim().split('\n').at(-1) ?? '';
  if (result.code === 0 && out.startsWith('/')) return out;
  await throwIfNoBuilder(derivation, result, tools);
  throw new UserError(
    'build-failed',
    `'${derivation.attribute}' does not build with the new hash: ${causeOf(result)}. The build's last lines are in the log.`,
    { log: result.stderr },
  );
}

/**
 * Builds the answer of each build backend to get_requires_for_build_wheel.
 * @param buildLock JSON of the build lock, which need not be the one that the derivation names
 * @returns store paths of JSON files, in the order of the keys; empty without buildUvEnv
 * @throws UserError `build-requirements`, `not-uv-fod`
 */
export async function dynamicRequires(
  derivation: DerivationRef,
  keys: readonly string[],
  buildLock: string,
  run: Run,
  log: Log,
): Promise<string[]> {
  const given = { ...jsonArguments('buildLock', buildLock), keys: JSON.stringify(keys) };
  const result = await nixBuild(
    nixArguments(derivation, { question: 'requires', given }),
    { run, log },
    'Nix: requirements of build backends, in the sandbox',
  );
  const paths = result.stdout.split('\n').filter((line) => line.startsWith('/'));
  if (result.code === 0) return paths.length === keys.length ? paths : [];
  if (result.stderr.includes('error: uv-fod:old-library')) throw oldLibrary(derivation);
  throw new UserError(
    'build-requirements',
    `What '${derivation.attribute}' needs to be built can't be determined: ${causeOf(result)}. Nothing was changed. The build's last lines are in the log.`,
    { log: result.stderr },
  );
}

const oldLibrary = (derivation: DerivationRef): UserError =>
  new UserError(
    'not-uv-fod',
    `The Nix library that '${derivation.attribute}' uses is older than this program: it has no 'buildsOf'. Use the same version of both.`,
    placeOf(derivation),
  );

/** A missing builder says nothing about what would be built. */
async function throwIfNoBuilder(
  derivation: DerivationRef,
  result: NixResult,
  tools: NixTools,
): Promise<void> {
  const why = lackingMachine(result) ?? (await confirmedLacking(result, tools));
  if (why === undefined) return;
  throw new UserError(
    'no-builder',
    `'${derivation.attribute}' can't be built here: ${why}. Nothing was changed. Run this on such a machine, or give nix.conf a remote builder for it ('builders').`,
    { log: result.stderr },
  );
}

/**
 * Nix's daemon relays why a dependency can't be built, in words that a builder can print too. So
 * that dependency is built alone: then the error is Nix's own.
 */
async function confirmedLacking(result: NixResult, tools: NixTools): Promise<string | undefined> {
  const [named, top] = [relayedLacking(result)[0], dependent(result)];
  if (named === undefined || top === undefined) return undefined;
  const { code, stdout } = await tools.run('nix-store', ['--query', '--requisites', top]);
  if (code !== 0 || !stdout.split('\n').includes(named)) return undefined;
  return lackingMachine(await nixBuild([named], tools, 'Nix: the dependency that no machine builds'));
}
