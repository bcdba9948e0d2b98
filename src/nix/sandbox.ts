import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { access, constants, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inFolder } from '../system/files.ts';
import { noSuchProgram, type Run } from '../system/run.ts';
import type { Sandbox } from '../system/sandbox.ts';
import { failureText } from './failure.ts';
import { argStrings } from './nix-build.ts';

/** What `findSandbox` needs. */
export interface SandboxTools {
  readonly run: Run;
  /** Folder of the cached result. */
  readonly folder: string;
  /** Folder for temporary files, if `folder` can't be written. */
  readonly scratch: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** The bundle has it beside itself. */
const canary = fileURLToPath(new URL('./sandbox-canary.nix', import.meta.url));
const aDay = 24 * 3600 * 1000;

/**
 * Tests by a build whether Nix builds in its sandbox: settings are not enough (`sandbox-fallback`).
 * A build on a remote builder shows nothing about this machine's sandbox. Only a full sandbox is
 * cached, for a day.
 */
export async function findSandbox(tools: SandboxTools): Promise<Sandbox> {
  const { run, folder, environment } = tools;
  const machine = machineIdentity(environment);
  const [version, settings] = await Promise.all([run('nix-build', ['--version']), settingsOf(run)]);
  if (version.code === noSuchProgram) return { isolation: 'no-nix' };
  const isKnowable = machine !== undefined && settings !== undefined;
  const known = isKnowable ? path.join(folder, digest([machine, version.stdout, settings])) : undefined;
  if (known !== undefined && (await isRecent(known))) return { isolation: 'full' };
  const found = await withMarker(tools, (marker) => build(marker, settings ?? '', run));
  if (known !== undefined && found.isolation === 'full') await writeFile(known, '').catch(() => {});
  return found;
}

/**
 * What Nix's sandbox depends on besides its version and settings: boot,
 * namespaces, and the user and capabilities of this process.
 * @returns undefined without /proc
 */
function machineIdentity(environment: NodeJS.ProcessEnv): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    const namespaces = ['mnt', 'user', 'pid'].map((name) => readlinkSync(`/proc/self/ns/${name}`));
    const rights = readFileSync('/proc/self/status', 'utf8').match(
      /^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):.*$/gm,
    );
    const nix = Object.entries(environment).filter(([name]) => /^NIX_(?!SSL_CERT_FILE)/.test(name));
    return JSON.stringify([boot, namespaces, rights, nix.sort()]);
  } catch {
    return undefined;
  }
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

async function isRecent(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true && Math.abs(Date.now() - found.mtimeMs) < aDay;
}

/** If possible not in the folder for temporary files: the daemon may have another one. */
async function withMarker<T>(
  { folder, scratch }: SandboxTools,
  body: (marker: string) => Promise<T>,
): Promise<T> {
  const isWritable = mkdir(folder, { recursive: true }).then(() => access(folder, constants.W_OK));
  const parent = await isWritable.then(
    () => folder,
    () => scratch,
  );
  return inFolder(path.join(parent, 'marker-'), async (marker) => {
    await writeFile(path.join(marker, 'seen'), '');
    return body(marker);
  });
}

async function build(marker: string, settings: string, run: Run): Promise<Sandbox> {
  if (/\s/.test(marker))
    return { isolation: 'unknown', why: `the path of the cache folder has a space in it (${marker})` };
  const ask = (optsOut: boolean) => {
    const given = { folder: marker, nonce: randomUUID(), 'opts-out': String(optsOut) };
    return run('nix-build', ['--no-out-link', canary, ...argStrings(given)]);
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
