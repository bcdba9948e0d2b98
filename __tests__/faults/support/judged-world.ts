import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { onLoopback } from '../../support/files/loopback.ts';
import { type Acted, type ActOptions, makeWorld, type World } from '../../support/scenario/world.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server of this machine, and the addresses that it was asked for. */
export interface Listening {
  readonly host: string;
  readonly origin: string;
  readonly asked: string[];
  /** What it answers; 404 at first. */
  answer: Answer;
  readonly close: () => Promise<void>;
}

export async function listening(): Promise<Listening> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    it.answer(request, response);
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 502 No\r\n\r\n');
  });
  const { origin, close } = await onLoopback(server);
  const it: Listening = {
    ...{ host: new URL(origin).host, origin, asked, close },
    answer: (_, response) => void response.writeHead(404).end(),
  };
  return it;
}

export const redirectTo =
  (address: string): Answer =>
  (_, response) =>
    void response.writeHead(302, { location: address }).end();

/**
 * A world whose base allows the hosts of its own lock and one server of this machine, and no other.
 */
export interface JudgedWorld extends World {
  readonly allowed: Listening;
  /** The commit whose configuration counts. */
  readonly base: string;
  /** What nothing may ask. */
  readonly inner: Listening;
  /** Runs the Action for a pull request of a fork. */
  proposed(prepare: NonNullable<ActOptions['prepare']>, more?: ActOptions): Promise<Acted>;
}

export async function makeJudgedWorld(): Promise<JudgedWorld> {
  const [world, allowed, inner] = await Promise.all([makeWorld(), listening(), listening()]);
  const { work } = world.repository;
  const lock = await readFile(path.join(work, 'uv.lock'), 'utf8');
  const hosts = [...lock.matchAll(/(?:url|registry) = "https?:\/\/([^/"]+)/g)].map(([, host = '']) => host);
  await put(
    path.join(work, '.github/uv-fod.toml'),
    `allowed-hosts = ${JSON.stringify([...new Set(hosts), allowed.host])}\n[[package]]\nattribute = "small"\n`,
  );
  const base = await world.repository.push('The hosts that may be fetched from');
  return {
    ...{ ...world, allowed, inner, base },
    proposed: (prepare, more = {}) => {
      inner.asked.length = 0;
      allowed.asked.length = 0;
      return world.act({
        ...{ prepare, ...more },
        inputs: { attribute: 'small', mode: 'check', 'pull-request': 'false', ...more.inputs },
        step: { eventName: 'pull_request', ref: 'refs/pull/7/merge', event: pullOf(base), ...more.step },
      });
    },
    close: async () => {
      await Promise.all([allowed.close(), inner.close(), world.close()]);
    },
  };
}

export const pullOf = (sha: string) => ({
  pull_request: {
    number: 7,
    base: { sha, ref: 'main' },
    head: { ref: 'patch-1', repo: { full_name: 'them/small' } },
  },
});

export async function put(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** What a pull request adds: one package, locked with this source, and settings of uv. */
export interface Addition {
  readonly name?: string;
  /** As the lock writes it. */
  readonly source?: string;
  /** Further lines of its entry in the lock. */
  readonly more?: string;
  /** `[build-system] requires` of the folder `inner`. */
  readonly requires?: readonly string[];
  /** Lines after `[tool.uv]`. */
  readonly uv?: string;
}

export const adding =
  ({
    name = 'inner',
    source = '{ directory = "inner" }',
    more = '',
    requires = ['setuptools'],
    uv = '',
  }: Addition) =>
  async (workspace: string): Promise<void> => {
    const lock = path.join(workspace, 'uv.lock');
    const text = (await readFile(lock, 'utf8')).replace(
      /(name = "small"\nversion = "1.0"\nsource = \{ virtual = "\." \}\ndependencies = \[\n)/,
      `$1    { name = "${name}" },\n`,
    );
    if (!text.includes(`{ name = "${name}" }`)) throw new Error('the lock is not as expected');
    await writeFile(
      lock,
      `${text}\n[[package]]\nname = "${name}"\nversion = "1.0"\nsource = ${source}\n${more}`,
    );
    await put(
      path.join(workspace, 'inner/pyproject.toml'),
      `[project]\nname = "inner"\nversion = "1.0"\n[build-system]\nrequires = ${JSON.stringify(requires)}\nbuild-backend = "setuptools.build_meta"\n`,
    );
    const file = path.join(workspace, 'pyproject.toml');
    const pyproject = await readFile(file, 'utf8');
    await writeFile(
      file,
      pyproject.replace('[tool.uv]\npackage = false\n', `[tool.uv]\npackage = false\n${uv}\n`),
    );
  };
