import { access } from 'node:fs/promises';
import path from 'node:path';

/** Where channels and the flake registry's nixpkgs are (Nix manual, NIX_PATH; the global flake registry). */
const ofNixpkgs = [
  ...['channels.nixos.org', 'releases.nixos.org', 'nixos.org', 'tarballs.nixos.org'],
  ...['github.com', 'api.github.com', 'codeload.github.com'],
];

/** Hosts that the user's own Nix path is fetched from, which is before any code of a checkout is evaluated. */
export function hostsOfNixPath(nixPath: string): string[] {
  // Entries are separated by colons, which addresses have too.
  const addresses = [...nixPath.matchAll(/https?:\/\/[^\s:/]+/g)].flatMap(
    ([text]) => URL.parse(text)?.hostname ?? [],
  );
  return /(^|[=:])(flake|channel):/.test(nixPath) ? [...addresses, ...ofNixpkgs] : addresses;
}

/**
 * Folders beside the Nix path's own that its code reads: this library, where it is in a folder `nix`, needs the programs in `dist`
 * next to it.
 */
export async function foldersBeside(nixPath: string): Promise<string[]> {
  const folders = nixPath.split(':').map((entry) => entry.slice(entry.indexOf('=') + 1));
  const found = await Promise.all(
    folders.map(async (folder) => {
      const dist = path.join(folder, '../dist');
      const isOurs = path.isAbsolute(folder) && path.basename(folder) === 'nix';
      return isOurs && (await access(path.join(dist, 'nix.js')).then(...known)) ? [dist] : [];
    }),
  );
  return found.flat();
}

const known = [(): boolean => true, (): boolean => false] as const;
