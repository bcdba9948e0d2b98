import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * A real Gitea on 127.0.0.1, with its database and repositories in a folder that goes when it ends.
 */
export interface Gitea {
  readonly url: string;
  /** Folder of the bare repositories. */
  readonly repositories: string;
  /** Of `ada`, who administrates the server. */
  readonly token: string;
  /** Asks the API. @throws Error with what it says where it refuses */
  readonly api: (method: string, route: string, body?: object, token?: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

const root = path.join(process.env.UV_FOD_CACHE ?? '', 'gitea');

const settings = (dir: string, port: number): string => `APP_NAME = loopback
RUN_MODE = prod
RUN_USER = ${userInfo().username}
WORK_PATH = ${dir}
[server]
PROTOCOL = http
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${port}
ROOT_URL = http://127.0.0.1:${port}/
STATIC_ROOT_PATH = ${root}/share
DISABLE_SSH = true
OFFLINE_MODE = true
[database]
DB_TYPE = sqlite3
SQLITE_JOURNAL_MODE = WAL
[security]
INSTALL_LOCK = true
SECRET_KEY = of-a-test
[service]
DISABLE_REGISTRATION = true
[log]
MODE = console
LEVEL = Warn
[indexer]
ISSUE_INDEXER_TYPE = db
[actions]
ENABLED = false
[cron]
ENABLED = false
[repository]
DEFAULT_BRANCH = main
`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Starts a Gitea; the ring's set-up has built it (script/lib/gitea.sh). */
export async function startGitea(): Promise<Gitea> {
  const program = path.join(root, 'gitea');
  await access(program).catch(() => {
    throw new Error('There is no Gitea to test with: `script/test gitea` builds it.');
  });
  const dir = await mkdtemp(path.join(tmpdir(), 'gitea-'));
  const port = await freePort();
  const config = path.join(dir, 'custom/conf/app.ini');
  await mkdir(path.dirname(config), { recursive: true });
  await writeFile(config, settings(dir, port));
  const env = {
    PATH: process.env.PATH ?? '',
    ...{ HOME: dir, USER: userInfo().username, GITEA_WORK_DIR: dir, TMPDIR: dir },
    // In the test machine everybody is root, of a namespace at least.
    GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: 'true',
  };
  const run = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(program, ['--config', config, ...args], { env, cwd: dir })).stdout;
  await run('migrate');
  const account = ['--username', 'ada', '--email', 'ada@people.example', '--random-password', '--admin'];
  await run('admin', 'user', 'create', ...account, '--must-change-password=false');
  const named = ['--username', 'ada', '--token-name', 'tests', '--scopes', 'all', '--raw'];
  const token = tokenIn(await run('admin', 'user', 'generate-access-token', ...named));
  const child = spawn(program, ['--config', config, 'web'], { env, cwd: dir, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const api = makeApi(url, token);
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await rm(dir, { recursive: true, force: true });
  };
  await started(child, api).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { url, token, api, repositories: path.join(dir, 'data/gitea-repositories'), close };
}

function makeApi(url: string, own: string): Gitea['api'] {
  return async (method, route, body, token = own) => {
    const response = await fetch(`${url}/api/v1${route}`, {
      method,
      headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
}

/**
 * Of what Gitea prints: warnings about being root or a slow disk stand around it. @throws Error
 * where there is none
 */
function tokenIn(said: string): string {
  const [token] = /^[0-9a-f]{40}$/m.exec(said) ?? [];
  if (!token) throw new Error(`Gitea made no token: ${said}`);
  return token;
}

/** Waits for an answer to our own token: another Gitea may have taken the port. */
async function started(child: ChildProcess, api: Gitea['api']): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`Gitea ended with ${child.exitCode}`);
    if (await api('GET', '/user').catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Gitea did not answer its own administrator for half a minute');
}
