import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, rename } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { onLoopback } from '../files/loopback.ts';
import { runText } from './run.ts';

/** A git repository of our own, served over loopback the way a git host serves one. */
export interface GitSource {
  /**
   * `http://127.0.0.1:PORT/oci-python`; the port is the caller's, so that a lock stays the same
   * from run to run.
   */
  readonly url: string;
  /** Always the same 40 digits: the commit's names and times are fixed. */
  readonly commit: string;
  close(): Promise<void>;
}

const author = 'Tests of uv-fod <tests@index.example>';
const when = '2026-01-01T00:00:00Z';

const fixedIdentity = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Tests',
  GIT_AUTHOR_EMAIL: 'tests@index.example',
  GIT_COMMITTER_NAME: 'Tests',
  GIT_COMMITTER_EMAIL: 'tests@index.example',
  GIT_AUTHOR_DATE: when,
  GIT_COMMITTER_DATE: when,
};

/**
 * Makes a bare repository with one commit of `source`'s files.
 * @param directory where `<name>` will be; must not hold it yet
 * @param submodules address by path, each served already
 * @returns the commit id, the same for the same files
 */
export async function makeRepository(
  source: string,
  directory: string,
  name: string,
  submodules: Readonly<Record<string, string>> = {},
): Promise<string> {
  const bare = path.join(directory, name);
  const tree = path.join(directory, `${name}.tree`);
  await mkdir(directory, { recursive: true });
  await cp(source, tree, { recursive: true });
  // Under its own name it would change this repository's files too.
  await rename(path.join(tree, 'gitattributes'), path.join(tree, '.gitattributes')).catch(() => undefined);
  const git = (...args: string[]): Promise<string> =>
    runText('git', args, { cwd: tree, env: { ...fixedIdentity } });
  await git('init', '--quiet', '--initial-branch=main');
  for (const [at, url] of Object.entries(submodules)) await git('submodule', '--quiet', 'add', url, at);
  // Bytes as they are: the files' own .gitattributes must not change what is committed.
  await git('-c', 'core.attributesFile=/dev/null', 'add', '--all');
  await git('commit', '--quiet', '--message', `Everything of ${name}`, '--author', author);
  const commit = await git('rev-parse', 'HEAD');
  await git('clone', '--quiet', '--bare', tree, bare);
  return commit;
}

/**
 * Serves every repository in `directory` over git's smart HTTP protocol on 127.0.0.1, until closed.
 */
export async function serveRepositories(
  directory: string,
  port = 0,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => answer(directory, request, response));
  const { origin, close } = await onLoopback(server, port);
  return { url: origin, close };
}

/**
 * The stand-in for opencontainers' repository, made where it is missing and served.
 * @param directory a folder for the bare repository
 */
export async function serveOpencontainers(directory: string, port = 0): Promise<GitSource> {
  const name = 'oci-python';
  const present: string[] = await readdir(directory).catch(() => []);
  const commit = present.includes(name)
    ? await runText('git', ['-C', path.join(directory, name), 'rev-parse', 'HEAD'])
    : await makeRepository(path.join(import.meta.dirname, 'opencontainers'), directory, name);
  const { url, close } = await serveRepositories(directory, port);
  return { url: `${url}/${name}`, commit, close };
}

/**
 * One request through git's own CGI program.
 * @param at the path below the folder, by default the request's
 * @param user who may push, too
 */
export function answer(
  directory: string,
  request: IncomingMessage,
  response: ServerResponse,
  at?: string,
  user?: string,
): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: directory,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      PATH_INFO: at ?? decodeURIComponent(pathname),
      ...(user === undefined ? {} : { REMOTE_USER: user }),
      QUERY_STRING: searchParams.toString(),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.once('error', () => response.destroy());
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.once('close', () => sendCgi(Buffer.concat(chunks), response));
}

/** A CGI answer is header lines, an empty line, and the body. */
function sendCgi(output: Buffer, response: ServerResponse): void {
  const end = output.indexOf('\r\n\r\n');
  let status = 200;
  for (const line of output.subarray(0, Math.max(end, 0)).toString().split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(line) ?? [];
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else if (name !== '') response.setHeader(name, value);
  }
  response.statusCode = end < 0 ? 500 : status;
  response.end(output.subarray(end < 0 ? output.length : end + 4));
}
