import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '../../support/files/server.ts';
import { wheelBytes } from '../../support/nix/wheel.ts';
import { smallDerivation, uvFod } from '../../support/scenario/small-project.ts';

export const filename = 'thing-1.0-py3-none-any.whl';
export const bytes = wheelBytes('thing', 'attacks');

/** What a lock says of its only wheel. */
export interface LockedWheel {
  readonly url?: string;
  /** Beside the lock, in place of an address. */
  readonly path?: string;
  /** `algorithm:hex`; empty: none. Default: that of `bytes`. */
  readonly hash?: string;
  readonly size?: number;
}

/**
 * Writes a project whose lock has one wheel, and a derivation with a hash that is to be computed.
 */
export async function writeWheelProject(folder: string, wheel: LockedWheel): Promise<string> {
  const { url, hash = `sha256:${sha256(bytes)}`, size } = wheel;
  const source =
    wheel.path === undefined ? { registry: 'https://index.example/simple' } : { path: wheel.path };
  const facts = [
    url === undefined ? `filename = ${JSON.stringify(filename)}` : `url = ${JSON.stringify(url)}`,
    ...(hash === '' ? [] : [`hash = "${hash}"`]),
    ...(size === undefined ? [] : [`size = ${size}`]),
  ];
  const [[kind, where]] = Object.entries(source) as [[string, string]];
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'default.nix'), smallDerivation);
  await writeFile(
    path.join(folder, 'pyproject.toml'),
    '[project]\nname = "small"\nversion = "1.0"\nrequires-python = ">=3.14"\ndependencies = ["thing"]\n\n[tool.uv]\npackage = false\n',
  );
  await writeFile(
    path.join(folder, 'uv.lock'),
    `version = 1\nrequires-python = ">=3.14"\n\n[[package]]\nname = "small"\nversion = "1.0"\nsource = { virtual = "." }\ndependencies = [{ name = "thing" }]\n\n[[package]]\nname = "thing"\nversion = "1.0"\nsource = { ${kind} = ${JSON.stringify(where)} }\nwheels = [{ ${facts.join(', ')} }]\n`,
  );
  return folder;
}

/** The hash without Nix, and the fixed-output derivation in Nix. */
export const hashWithout = (folder: string, env: Readonly<Record<string, string>> = {}) =>
  uvFod(['hash', '--python', '3.14.8'], folder, { XDG_CACHE_HOME: path.join(folder, 'cache'), ...env });
export const updateByNix = (folder: string, env: Readonly<Record<string, string>> = {}) =>
  uvFod(['update', 'small', '--no-verify'], folder, { XDG_CACHE_HOME: path.join(folder, 'cache'), ...env });
