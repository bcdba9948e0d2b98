import { UserError } from '../../system/errors.ts';
import { having, list, text, yesOrNo } from '../../system/shape.ts';
import { sriOfText } from '../../system/sri.ts';
import type { Artifact } from './artifact.ts';
import type { Selection } from './selection.ts';

const word = text(1000);

/** Incremented when the output of `fetchWheels` for the same plan changes. */
const fetcherVersion = 1;

/** The declared target and selection of a fixed-output derivation: `target` of `fetchUvDeps`. */
export interface DeclaredTarget extends Selection {
  readonly system: string;
  readonly python: string;
  readonly libc: string;
}

/** The fields of a declared target besides its system. */
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

interface ManifestWheel {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  /** `sha256:hex` of the lock, if it has one. */
  readonly hash?: string;
}

/**
 * The text of `manifest.json` for a plan. It has no addresses, so that mirrors have the same bytes,
 * and depends on the lock and the target only.
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

/** The SRI sha256 of a manifest. */
export function manifestDigest(artifacts: readonly Artifact[], target: DeclaredTarget): string {
  return sriOfText(manifestText(artifacts, target));
}
