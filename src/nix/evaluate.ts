import { existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { ifUserError, UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import { sriOf } from '../system/sri.ts';
import type { NixAnswer } from './answers.ts';
import { build } from './build.ts';
import { untracked, untrackedFile } from './evaluation-error.ts';
import { ask } from './expression.ts';
import type { NixTools } from './nix-build.ts';
import type { DerivationRef } from './target.ts';

/** The pinned dependencies of a derivation; `project` is absolute. */
export type Pinned = Omit<NixAnswer<'pinned'>, 'src'>;

/**
 * Evaluates what a derivation's dependencies are pinned to, and where the hash is written.
 * @throws UserError as `ask`; `file-missing`, `source-unreachable`
 */
export async function evaluate(derivation: DerivationRef, tools: NixTools): Promise<Pinned> {
  await requireFile(derivation);
  return finish(derivation, await ask(derivation, 'pinned', tools.run), tools);
}

/**
 * As `evaluate`, for several derivations: one evaluation for all derivations in Nix files, and one
 * for each flake or expression.
 * @returns in their order; `foreign` if the dependencies do not come from fetchUvDeps, undefined if
 *   evaluation fails: the caller gets the error when it evaluates that derivation alone
 */
export async function evaluateEach(
  derivations: readonly DerivationRef[],
  tools: NixTools,
): Promise<(Pinned | 'foreign' | undefined)[]> {
  const found = new Map<DerivationRef, Pinned | 'foreign'>();
  const startOf = ({ root }: DerivationRef): string =>
    root?.kind === 'flake' ? root.url : (root?.expression ?? '');
  for (const [start, members] of Map.groupBy(derivations, startOf)) {
    const [first] = members;
    const packages = members.map(({ file = '', attribute, isWhole }) => ({
      ...{ file: start === '' ? file : '', attribute: isWhole ? '' : attribute },
    }));
    if (first === undefined) continue;
    const each = await ask(first, 'pinnedEach', tools.run, { given: { packages } }).catch(ifUserError);
    for (const [index, derivation] of members.entries()) {
      const answer = each?.[index];
      if (!answer) continue;
      const one = answer === 'foreign' ? answer : await finish(derivation, answer, tools).catch(ifUserError);
      if (one) found.set(derivation, one);
    }
  }
  return derivations.map((one) => found.get(one));
}

async function finish(
  derivation: DerivationRef,
  { src, ...answer }: NixAnswer<'pinned'>,
  tools: NixTools,
): Promise<Pinned> {
  // The same hash may be written in another form.
  const systems = answer.systems.map((one) => ({ ...one, hash: sriOf(one.hash) ?? one.hash }));
  const source = src ?? (await build(derivation, 'source', tools)).out;
  const project = path.join(source, answer.project);
  await checkTracked(derivation, project, tools.run);
  return { ...answer, systems, project };
}

/** @throws UserError `file-missing` if the file or flake is missing */
export async function requireFile({ file, attribute, isWhole, root }: DerivationRef): Promise<void> {
  if (file === undefined || root?.kind === 'expression') return;
  const option = root === undefined ? 'file' : 'flake';
  await access(file).catch(() => {
    const folder = path.dirname(file);
    const hasFlake = root === undefined && !isWhole && existsSync(path.join(folder, 'flake.nix'));
    const flake = path.relative('', folder) || '.';
    const hint = hasFlake
      ? ` For an attribute of the flake.nix there, write '${flake}#${attribute}' (in a workflow 'flake: ${flake}').`
      : '';
    throw new UserError('file-missing', `There is no file ${file}; correct '${option}'.${hint}`);
  });
}

/** The warning for a flake with `isUnlocked`. Its paths are relative to the repository. */
export function unlockedText({ file = '', root }: DerivationRef): string {
  const folder = path.relative(root?.kind === 'flake' ? root.checkout : '', path.dirname(file));
  const lock = path.join(folder, 'flake.lock');
  return `git tracks no ${lock}, so Nix looks up the newest commits of the flake's inputs in each run. Run 'nix flake lock${folder && ` ./${folder}`}' and 'git add ${lock}', and commit it.`;
}

/** A flake has only files that git tracks, so uv.lock and pyproject.toml must be tracked. */
async function checkTracked(derivation: DerivationRef, project: string, run: Run): Promise<void> {
  const { root } = derivation;
  if (root?.kind !== 'flake') return;
  const needed = ['uv.lock', 'pyproject.toml'].map((name) => path.join(project, name));
  const name = await untrackedFile(derivation, run, (one) => needed.includes(path.join(root.checkout, one)));
  if (name !== undefined) throw untracked(name, derivation);
}
