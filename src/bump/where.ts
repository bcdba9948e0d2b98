import path from 'node:path';
import type { NixRoot } from '../config/types.ts';
import type { Where } from '../derivation/evaluate.ts';

/**
 * Where a package of the configuration is.
 * @param checkout root of the repository; a flake is read as Nix reads one in git: tracked files, changed or not
 * @param file the configuration
 */
export function whereOf(nix: NixRoot, attribute: string, checkout: string, file: string): Where {
  switch (nix.kind) {
    case 'file':
      return { file: path.join(checkout, nix.file), attribute };
    case 'expression':
      return { file, attribute, root: nix };
    case 'flake': {
      const url = new URL(`git+file://${encodeURI(checkout)}`);
      const folder = path.posix.normalize(nix.flake).replace(/\/$/, '');
      // Runners' checkouts are shallow, which Nix refuses unless it is told.
      url.search = new URLSearchParams({
        shallow: '1',
        ...(folder === '.' ? {} : { dir: folder }),
      }).toString();
      const root = { kind: 'flake', url: url.href, checkout } as const;
      return { file: path.join(checkout, folder, 'flake.nix'), attribute, root };
    }
  }
}
