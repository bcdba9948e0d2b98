import { UserError } from '../system/errors.ts';
import { fakeHash } from '../system/sri.ts';
import type { Given } from './evaluation-error.ts';
import { ask } from './expression.ts';
import { causeOf } from './failure.ts';
import { expectBuild, hashFromScratch, renamed } from './fod-hash.ts';
import { type NixTools, nixBuild } from './nix-build.ts';
import { checkBuilder } from './no-builder.ts';
import { type DerivationRef, placeOf } from './target.ts';

/**
 * The hash of a derivation's dependencies for one system, by a build from scratch. Nothing is
 * written, because Nix evaluates the dependencies with another hash.
 *
 * @param system one of the systems that `evaluate` returns
 * @returns the hash in SRI form
 * @throws UserError as `hashFromScratch`
 */
export async function hashByNix(derivation: DerivationRef, system: string, tools: NixTools): Promise<string> {
  const given = { path: `.uvDeps.systems.${system}` };
  const { drv } = await ask(derivation, 'outputFacts', tools.run, { given });
  const fod = { what: `dependencies of '${derivation.attribute}' for ${system}`, derivation, drv };
  const { hash, isOwn } = await hashFromScratch(fod, fakeHash, tools);
  // A builder can forge a relayed error. So the builder runs again under the new hash and a new
  // name, and the exit status decides. (`--check` does not run on remote builders.)
  if (!isOwn) await expectBuild(fod, hash, await renamed(fod, hash, tools.run), 'a second time', tools);
  return hash;
}

/** Questions of evaluation.nix whose answers are derivations to build. */
type Buildable =
  /** The derivation itself. */
  | 'package'
  /** The Python at the attribute path `path`, from the package if that begins with a dot. */
  | 'selected'
  /** A source that is itself a derivation; Nix would also build it to read its uv.lock. */
  | 'source'
  /** JSON files: what the build backends of `keys` answer to get_requires_for_build_wheel. */
  | 'requires';

export interface BuiltOutputs {
  /** Store paths in the order of the derivations; empty for `requires` without buildUvEnv. */
  readonly outs: readonly string[];
  /** The first one. */
  readonly out: string;
  /** The machines that built something for it (`NixResult.machines`). */
  readonly machines: readonly string[];
}

/**
 * Builds the answer to a question.
 * @param given further arguments of evaluation.nix
 * @throws UserError `no-builder`; `build-failed`, `import-failed`, `source-unreachable` or
 *   `build-requirements`, by question
 */
export async function build(
  derivation: DerivationRef,
  question: Buildable,
  tools: NixTools,
  given: Given = {},
): Promise<BuiltOutputs> {
  const { failed, title, sentence } = textsOf(derivation, given.path)[question];
  const drvs = await ask(derivation, question, tools.run, { given, failed });
  if (drvs.length === 0) return { outs: [], out: '', machines: [] };
  const result = await nixBuild(drvs, tools, `Nix: ${title}`);
  if (result.code === 0) {
    const outs = result.stdout.split('\n').filter((line) => line.startsWith('/'));
    return { outs, out: outs[0] ?? '', machines: result.machines };
  }
  checkBuilder(`'${derivation.attribute}'`, result);
  const isOfConfiguration = question === 'selected' || question === 'source';
  throw new UserError(failed, `${sentence(causeOf(result))} The build's last lines are in the log.`, {
    ...(isOfConfiguration ? placeOf(derivation) : {}),
    log: result.stderr,
  });
}

interface BuildTexts {
  readonly failed: string;
  readonly title: string;
  readonly sentence: (cause: string) => string;
}

function textsOf({ attribute, system }: DerivationRef, path = ''): Readonly<Record<Buildable, BuildTexts>> {
  const what = `'${attribute}'${system === undefined ? '' : ` for ${system}`}`;
  return {
    package: {
      ...{ failed: 'build-failed', title: `build of ${what}` },
      sentence: (cause) => `${what} does not build with the new hash: ${cause}.`,
    },
    selected: {
      ...{ failed: 'import-failed', title: `interpreter '${path}'` },
      sentence: (cause) => `The interpreter '${path}' can't be built: ${cause}. Correct 'interpreter'.`,
    },
    source: {
      ...{ failed: 'source-unreachable', title: `source of '${attribute}'` },
      sentence: (cause) =>
        `The source of '${attribute}', which has its uv.lock, can't be fetched: ${cause}. Correct its address, tag or hash.`,
    },
    requires: {
      ...{ failed: 'build-requirements', title: 'requirements of build backends, in the sandbox' },
      sentence: (cause) =>
        `What '${attribute}' needs to be built can't be determined: ${cause}. Nothing was changed.`,
    },
  };
}
