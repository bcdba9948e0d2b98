import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { onLoopback } from '../../support/files/loopback.ts';
import { sha256 } from '../../support/files/server.ts';
import { wheelBytes } from '../../support/nix/wheel.ts';
import { git } from '../../support/scenario/repository.ts';

const wheel = wheelBytes('inner_thing', 'inside');
const filename = 'inner_thing-1.0-py3-none-any.whl';

/** A server of this machine that an attack would like to have contacted, and what it was asked. */
export interface InnerServer {
  readonly host: string;
  readonly url: string;
  /** Addresses that were asked, and with which login. */
  readonly asked: { readonly url: string; readonly login: string | undefined }[];
  readonly close: () => Promise<void>;
}

export async function startInner(): Promise<InnerServer> {
  const asked: { url: string; login: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', login: request.headers.authorization });
    response.end(wheel);
  });
  const { origin, close } = await onLoopback(server);
  return { host: new URL(origin).host, url: `${origin}/${filename}`, asked, close };
}

/** The configuration of a package that may be fetched from these hosts only. */
export const config = (hosts: readonly string[]): string =>
  `allowed-hosts = ${JSON.stringify(hosts)}\n\n[[package]]\nattribute = "small"\n`;

/**
 * Commits to a checkout, as a pull request would, one more locked wheel at an address, and other
 * files.
 */
export const lockedIn =
  (url: string, more: Readonly<Record<string, string>> = {}) =>
  async (workspace: string): Promise<void> => {
    const lock = path.join(workspace, 'uv.lock');
    const before = await readFile(lock, 'utf8');
    const after = before.replace(
      /(name = "small"\nversion = "1.0"\nsource = \{ virtual = "\." \}\ndependencies = \[\n)/,
      '$1    { name = "inner-thing" },\n',
    );
    if (after === before) throw new Error('the lock is not as expected');
    await writeFile(
      lock,
      `${after}\n[[package]]\nname = "inner-thing"\nversion = "1.0"\nsource = { url = "${url}" }\nwheels = [\n    { url = "${url}", hash = "sha256:${sha256(wheel)}" },\n]\n`,
    );
    for (const [file, content] of Object.entries(more)) {
      await mkdir(path.dirname(path.join(workspace, file)), { recursive: true });
      await writeFile(path.join(workspace, file), content);
    }
    await git(workspace, 'add', '--all');
    await git(workspace, 'commit', '--quiet', '--message', 'What is proposed');
  };

/** The hosts that the lock of a working tree names. */
export async function lockHosts(work: string): Promise<string[]> {
  const lock = await readFile(path.join(work, 'uv.lock'), 'utf8');
  return [...new Set([...lock.matchAll(/url = "https?:\/\/([^/"]+)/g)].map(([, host = '']) => host))];
}
