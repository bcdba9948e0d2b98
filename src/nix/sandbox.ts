import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { noSuchProgram, type Run } from '../system/run.ts';
import type { Sandbox } from '../system/sandbox.ts';
import { failureText } from './failure.ts';
import { argStrings } from './nix-build.ts';

/** In dist/, this file is next to the bundle. */
const canary = fileURLToPath(new URL('./sandbox-canary.nix', import.meta.url));

/**
 * Tests with a build whether Nix builds in its sandbox: settings are not enough
 * (`sandbox-fallback`). A build on a remote builder shows nothing about this machine's sandbox.
 * @param folders folders for temporary files; the first writable one is used. Nix's daemon has to
 *   see the same folder, and a service may have a private one for temporary files.
 */
export async function findSandbox(run: Run, folders: readonly [string, string]): Promise<Sandbox> {
  const marker = makeMarker(folders);
  try {
    return await build(marker, run);
  } finally {
    rmSync(marker, { recursive: true, force: true });
  }
}

/** Synchronous, so that the builds start before the caller continues, and run in parallel to it. */
function makeMarker([folder, other]: readonly [string, string]): string {
  const make = (parent: string): string => {
    mkdirSync(parent, { recursive: true });
    const marker = mkdtempSync(path.join(parent, 'marker-'));
    writeFileSync(path.join(marker, 'seen'), '');
    return marker;
  };
  try {
    return make(folder);
  } catch {
    return make(other);
  }
}

async function build(marker: string, run: Run): Promise<Sandbox> {
  const ask = (optsOut: boolean) => {
    const given = { folder: marker, nonce: randomUUID(), 'opts-out': String(optsOut) };
    return run('nix-build', ['--no-out-link', canary, ...argStrings(given)]);
  };
  const [{ code, stderr }, optedOut] = await Promise.all([ask(false), ask(true)]);
  if (code === noSuchProgram) return { isolation: 'no-nix' };
  if (/\s/.test(marker))
    return { isolation: 'unknown', why: `the path of the cache folder has a space in it (${marker})` };
  if (code !== 0 && !stderr.includes(marker)) return { isolation: 'unknown', why: failureText(stderr) };
  // In the sandbox the folder is missing. An unreadable folder means that there is no sandbox.
  if (code === 0 || !stderr.includes('No such file or directory')) return { isolation: 'none' };
  if (!optedOut.stderr.includes("'__noChroot'")) return { isolation: 'relaxed' };
  // A sandbox of macOS shares the folders of the host, so the setting decides.
  const isSet = process.platform !== 'darwin' || (await hasSetting(/^sandbox = true$/m, run));
  if (!isSet) return { isolation: 'none' };
  return { isolation: 'full' };
}

/** Whether Nix's configuration, including the user's and NIX_CONFIG, has such a line. */
async function hasSetting(line: RegExp, run: Run): Promise<boolean> {
  const ask = (...command: string[]) =>
    run('nix', ['--extra-experimental-features', 'nix-command', ...command]);
  const now = await ask('config', 'show');
  // The command's name before Nix 2.20.
  const { code, stdout } = now.code === 0 ? now : await ask('show-config');
  return code === 0 && line.test(stdout);
}
