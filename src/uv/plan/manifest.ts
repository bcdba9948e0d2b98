import { UserError } from '../../system/errors.ts';
import { having, list, text, yesOrNo } from '../../system/shape.ts';
import { sriOfText } from '../../system/sri.ts';
import type { Artifact } from './index.ts';

const word = text(1000);

/** The number in every manifest; it moves when what `fetchWheels` writes for the same plan changes. */
const fetcherVersion = 1;

/** What a fixed output was asked for: a target and a selection, all of it declared. Fields as in `fetchUvDeps`'s `target`. */
export interface DeclaredTarget {
  readonly system: string;
  readonly python: string;
  readonly libc: string;
  readonly packages: readonly string[];
  readonly allPackages: boolean;
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  readonly defaultGroups: boolean;
}

/** What a declared target has to be, besides its system: an expression can give any attributes. */
export const targetFields = {
  ...{ python: word, libc: word, packages: list(word, 1000), extras: list(word, 1000) },
  ...{ groups: list(word, 1000), allPackages: yesOrNo, defaultGroups: yesOrNo },
};

/** @throws UserError `target-invalid` */
export function checkTarget(value: unknown): DeclaredTarget {
  const wrong = having({ system: word, ...targetFields })(value, 'target');
  if (wrong === undefined) return value as DeclaredTarget;
  throw new UserError('target-invalid', `${wrong}; correct 'target' of fetchUvDeps.`);
}

export interface Manifest {
  readonly fetcherVersion: number;
  readonly target: DeclaredTarget;
  readonly wheels: readonly ManifestWheel[];
}

export interface ManifestWheel {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  /** `sha256:hex` as the lock has it; absent where the lock has none. */
  readonly hash?: string;
}

/**
 * The text of `manifest.json` for a plan. It names no address, so that a mirror gives the same bytes, and it follows from
 * lock and target alone: nothing in it is learnt by downloading.
 */
export function manifestText(artifacts: readonly Artifact[], target: DeclaredTarget): string {
  const wheels = artifacts
    .filter((artifact) => artifact.kind === 'wheel')
    .map(({ name, version, filename, hash }) => ({ name, version, filename, ...(hash ? { hash } : {}) }));
  const { system, python, libc, packages, allPackages, extras, groups, defaultGroups } = target;
  const declared = {
    ...{ system, python, libc, allPackages, defaultGroups },
    ...{ packages: sorted(packages), extras: sorted(extras), groups: sorted(groups) },
  };
  return `${JSON.stringify({ fetcherVersion, target: declared, wheels }, null, 2)}\n`;
}

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

/** The digest that says what a fixed output was made from: SRI sha256 of its manifest. */
export function manifestDigest(artifacts: readonly Artifact[], target: DeclaredTarget): string {
  return sriOfText(manifestText(artifacts, target));
}
