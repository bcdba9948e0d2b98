import type { NixRoot } from '../nix/target.ts';
import { noOptions } from './pull-request.ts';
import type { PackageConfig } from './types.ts';

/** A package that is not in the configuration. */
export function plainPackage(attribute: string, nix: NixRoot): PackageConfig {
  return {
    ...{ name: attribute, attribute, nix },
    ...{ releases: undefined, versionFiles: [], sourceHash: undefined, hasSource: false, also: [] },
    ...{ group: undefined, pullRequest: noOptions },
  };
}
