import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { noSuchProgram, type Run } from '../system/run.ts';
import type { Sandbox } from '../system/sandbox.ts';
import { failureText } from './nix-messages.ts';

/** What finding out about the sandbox needs. */
export interface SandboxTools {
  readonly run: Run;
  /** Folder where the answer is kept for other runs on this machine. */
  readonly folder: string;
  /** Folder for temporary files, if that one can't be written. */
  readonly scratch: string;
  /** What the answer depends on besides Nix's version and settings; undefined: it is not kept. */
  readonly machine: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The bundle has it beside itself. */
const canary = fileURLToPath(new URL('./sandbox-canary.nix', import.meta.url));
const aDay = 24 * 3600 * 1000;

/**
 * Finds out by a build whether Nix builds in its sandbox: settings do not say it (`sandbox-fallback` drops the sandbox silently).
 * A build on a remote builder sees nothing of this machine, and says nothing about the sandbox there. Only a full sandbox is
 * kept as an answer, for a day.
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

/** Of the whole configuration, with that of the user and of NIX_CONFIG. */
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

/** Not below the folder for temporary files: a daemon may have one of its own. */
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
  // A builder in the sandbox does not find the folder. One that may not read it is not in the sandbox either.
  if (code === 0 || !stderr.includes('No such file or directory')) return { isolation: 'none' };
  const optedOut = await ask(true);
  if (!optedOut.stderr.includes("'__noChroot'")) return { isolation: 'relaxed' };
  // macOS has no folders of its own in a sandbox; its setting has to say the same.
  if (process.platform === 'darwin' && !/^sandbox = true$/m.test(settings)) return { isolation: 'none' };
  return { isolation: 'full' };
}
