import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { noSuchProgram, type Run } from '../system/run.ts';
import type { Sandbox } from '../system/sandbox.ts';
import { failureText } from './nix-messages.ts';

/** What `findSandbox` needs. */
export interface SandboxTools {
  readonly run: Run;
  /** Folder of the cached result. */
  readonly folder: string;
  /** Folder for temporary files, if `folder` can't be written. */
  readonly scratch: string;
  /** What the result depends on besides Nix's version and settings; undefined: no caching. */
  readonly machine: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The bundle has it beside itself. */
const canary = fileURLToPath(new URL('./sandbox-canary.nix', import.meta.url));
const aDay = 24 * 3600 * 1000;

/**
 * Tests by a build whether Nix builds in its sandbox: settings do not tell (`sandbox-fallback`). A
 * build on a remote builder tells nothing about this machine's sandbox. Only a full sandbox is
 * cached, for a day.
 */
export async function findSandbox(tools: SandboxTools): Promise<Sandbox> {
  const { run, folder, scratch, machine, now } = tools;
  const version = await run('nix-build', ['--version']);
  if (version.code === noSuchProgram) return { isolation: 'no-nix' };
  const settings = await settingsOf(run);
  const known =
    machine === undefined || settings === undefined
      ? undefined
      : path.join(folder, digest([machine, version.stdout, settings]));
  if (known !== undefined && (await isRecent(known, now()))) return { isolation: 'full' };
  const found = await withMarker([folder, scratch], (marker) => build(marker, settings ?? '', run));
  if (known !== undefined && found.isolation === 'full') await writeFile(known, '').catch(() => {});
  return found;
}

/** The whole configuration of Nix, with the user's and NIX_CONFIG. */
async function settingsOf(run: Run): Promise<string | undefined> {
  const ask = (...command: string[]) =>
    run('nix', ['--extra-experimental-features', 'nix-command', ...command]);
  const now = await ask('config', 'show');
  // Its name before Nix 2.20.
  const { code, stdout } = now.code === 0 ? now : await ask('show-config');
  return code === 0 ? stdout : undefined;
}

const digest = (texts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32);

async function isRecent(file: string, now: number): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true && Math.abs(now - found.mtimeMs) < aDay;
}

/** Not in the folder for temporary files: the daemon may have another one. */
async function withMarker<T>(
  [folder, other]: readonly [string, string],
  body: (marker: string) => Promise<T>,
): Promise<T> {
  const isUsable = await mkdir(folder, { recursive: true }).then(
    () =>
      access(folder, constants.W_OK).then(
        () => true,
        () => false,
      ),
    () => false,
  );
  const marker = await mkdtemp(path.join(isUsable ? folder : other, 'marker-'));
  try {
    await writeFile(path.join(marker, 'seen'), '');
    return await body(marker);
  } finally {
    await rm(marker, { recursive: true, force: true });
  }
}

async function build(marker: string, settings: string, run: Run): Promise<Sandbox> {
  if (/\s/.test(marker))
    return { isolation: 'unknown', why: `the path of the cache folder has a space in it (${marker})` };
  const ask = (optsOut: boolean) => {
    const given = { folder: marker, nonce: randomUUID(), 'opts-out': String(optsOut) };
    const args = Object.entries(given).flatMap(([name, value]) => ['--argstr', name, value]);
    return run('nix-build', ['--no-out-link', canary, ...args]);
  };
  const { code, stderr } = await ask(false);
  if (code !== 0 && !stderr.includes(marker)) return { isolation: 'unknown', why: failureText(stderr) };
  // In the sandbox the folder is missing. A folder that can't be read is outside of it.
  if (code === 0 || !stderr.includes('No such file or directory')) return { isolation: 'none' };
  const optedOut = await ask(true);
  if (!optedOut.stderr.includes("'__noChroot'")) return { isolation: 'relaxed' };
  // A sandbox of macOS shares the folders of the host, so the setting decides.
  if (process.platform === 'darwin' && !/^sandbox = true$/m.test(settings)) return { isolation: 'none' };
  return { isolation: 'full' };
}
