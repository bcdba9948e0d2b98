import { existsSync } from 'node:fs';
import path from 'node:path';

/** Hosts of channels and of the flake registry's nixpkgs (Nix manual, NIX_PATH). */
const ofNixpkgs = [
  ...['channels.nixos.org', 'releases.nixos.org', 'nixos.org', 'tarballs.nixos.org'],
  ...['github.com', 'api.github.com', 'codeload.github.com'],
];

/** Hosts of the user's Nix path. Nix fetches it before it evaluates code of a checkout. */
export function hostsOfNixPath(nixPath: string): string[] {
  // Colons separate entries, and addresses have colons too.
  const addresses = [...nixPath.matchAll(/https?:\/\/[^\s:/]+/g)].flatMap(
    ([text]) => URL.parse(text)?.hostname ?? [],
  );
  return /(^|[=:])(flake|channel):/.test(nixPath) ? [...addresses, ...ofNixpkgs] : addresses;
}

/** The `dist` folders next to the Nix library's `nix` folder in a Nix path: its code reads them. */
export const foldersBeside = (nixPath: string): string[] =>
  nixPath
    .split(':')
    .map((entry) => entry.slice(entry.indexOf('=') + 1))
    .filter((folder) => path.isAbsolute(folder) && path.basename(folder) === 'nix')
    .map((folder) => path.join(folder, '../dist'))
    .filter((dist) => existsSync(path.join(dist, 'nix.js')));
