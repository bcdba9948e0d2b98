import { UserError } from '../../system/errors.ts';
import { having, list, text, type Valid, yesOrNo } from '../../system/shape.ts';
import { sriOfText } from '../../system/sri.ts';
import type { Artifact } from './artifact.ts';

const word = text(1000);

/** Incremented when the output of `fetchWheels` for the same plan changes. */
const fetcherVersion = 1;

/** The fields of a declared target besides its system. */
export const targetFields = {
  ...{ python: word, libc: word, packages: list(word, 1000), extras: list(word, 1000) },
  ...{ groups: list(word, 1000), allPackages: yesOrNo, defaultGroups: yesOrNo },
};
const declaredTarget = having({ system: word, ...targetFields });

/** The declared target and selection of a fixed-output derivation: `target` of `fetchUvDeps`. */
export type DeclaredTarget = Valid<typeof declaredTarget>;

/** @throws UserError `target-invalid` */
export function checkTarget(value: unknown): DeclaredTarget {
  const wrong = declaredTarget(value, 'target');
  if (wrong === undefined) return value as DeclaredTarget;
  throw new UserError('target-invalid', `${wrong}; correct 'target' of fetchUvDeps.`);
}

/** The contents of a fixed-output derivation's manifest. */
export type Manifest = ReturnType<typeof manifestOf>;

function manifestOf(artifacts: readonly Artifact[], target: DeclaredTarget) {
  const wheels = artifacts
    .filter((artifact) => artifact.kind === 'wheel')
    // The hash is the lock's `sha256:hex`, if it has one.
    .map(({ name, version, filename, hash }) => ({ name, version, filename, ...(hash ? { hash } : {}) }));
  const { system, python, libc, packages, allPackages, extras, groups, defaultGroups } = target;
  const declared = {
    ...{ system, python, libc, allPackages, defaultGroups },
    ...{ packages: sorted(packages), extras: sorted(extras), groups: sorted(groups) },
  };
  return { fetcherVersion, target: declared, wheels };
}

/**
 * The text of `manifest.json` for a plan. It has no addresses, so that mirrors have the same bytes,
 * and depends on the lock and the target only.
 */
export const manifestText = (artifacts: readonly Artifact[], target: DeclaredTarget): string =>
  `${JSON.stringify(manifestOf(artifacts, target), null, 2)}\n`;

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

/** The SRI sha256 of a manifest. */
export function manifestDigest(artifacts: readonly Artifact[], target: DeclaredTarget): string {
  return sriOfText(manifestText(artifacts, target));
}
