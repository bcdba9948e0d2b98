import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { type FileServer, sha256, startFileServer } from '../../support/files/server.ts';
import { run, runText } from '../../support/nix/run.ts';
import { smallDerivation } from '../../support/scenario/small-project.ts';
import { bytes, filename, hashWithout, updateByNix, writeWheelProject } from '../support/wheel-project.ts';
import { minutes } from '../support/world.ts';

// Point 9 for what is downloaded, and for wheels that lie beside the lock.
let dir: string;
let server: FileServer;
let count = 0;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'attack-files-'));
  server = await startFileServer();
});
afterAll(async () => {
  await server?.close();
  await rm(dir, { recursive: true, force: true });
});

const ways = { cli: hashWithout, nix: updateByNix } as const;
const folderOf = (): string => path.join(dir, String(++count));
interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One sentence, no hash, nothing of the file, and the project is as it was. */
async function expectRefused({ code, stdout, stderr }: Ended, folder: string, why: RegExp): Promise<void> {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.split('\n').filter((line) => line.startsWith('uv-fod: '))).toHaveLength(1);
  expect(stderr).toMatch(why);
  expect(stderr).not.toMatch(/defect of uv-fod|secret-text/);
  expect(await readFile(path.join(folder, 'default.nix'), 'utf8')).toBe(smallDerivation);
  expect(existsSync(path.join(folder, 'uv-fod.lock.json'))).toBe(false);
}

const secret = async (): Promise<string> => {
  const file = path.join(dir, 'secret');
  await writeFile(file, 'secret-text');
  return file;
};
type Make = (file: string) => Promise<unknown>;
const beside: readonly [string, Make, RegExp][] = [
  ['is a link to /dev/zero', (file) => symlink('/dev/zero', file), /leads out of the repository/],
  [
    'is a link to a file elsewhere',
    async (file) => symlink(await secret(), file),
    /leads out of the repository/,
  ],
  ['is a pipe', (file) => runText('mkfifo', [file]), /is not a regular file/],
  ['is a folder', (file) => mkdir(file), /is not a regular file/],
];
for (const [what, make, why] of beside)
  for (const entry of ['cli', 'nix'] as const)
    attack(
      9,
      [entry],
      `a wheel beside the lock that ${what}`,
      async () => {
        const folder = await writeWheelProject(folderOf(), { path: filename });
        await make(path.join(folder, filename));
        await expectRefused(await ways[entry](folder), folder, why);
      },
      minutes,
    );

attack(9, ['cli'], 'a wheel beside the lock that is sparse, with a terabyte', async () => {
  const folder = await writeWheelProject(folderOf(), { path: filename });
  await runText('truncate', ['--size=1T', path.join(folder, filename)]);
  await expectRefused(await hashWithout(folder), folder, /4 GiB/);
});

attack(9, ['cli'], 'a wheel beside the lock in a folder that is a link out of the repository', async () => {
  const folder = await writeWheelProject(folderOf(), { path: `wheels/${filename}` });
  const elsewhere = await mkdtemp(path.join(dir, 'elsewhere-'));
  await writeFile(path.join(elsewhere, filename), 'secret-text');
  await symlink(elsewhere, path.join(folder, 'wheels'));
  await expectRefused(await hashWithout(folder), folder, /leads out of the repository/);
});

for (const [what, hash] of [
  ['blake2b', `blake2b:${'0'.repeat(128)}`],
  ['md5', `md5:${'0'.repeat(32)}`],
  ['of an object', `constructor:${'0'.repeat(64)}`],
  ['cut short', `sha256:${'0'.repeat(8)}`],
] as const)
  for (const entry of ['cli', 'nix'] as const)
    attack(
      9,
      [entry],
      `a digest that is ${what}: nothing is asked for`,
      async () => {
        const { length } = server.requests;
        const folder = await writeWheelProject(folderOf(), { url: `${server.origin}/${filename}`, hash });
        await expectRefused(await ways[entry](folder), folder, /digest|hash/);
        expect(server.requests).toHaveLength(length);
      },
      minutes,
    );

attack(9, ['cli', 'nix'], 'a size of the lock that no wheel has: nothing is asked for', async () => {
  for (const way of Object.values(ways)) {
    const { length } = server.requests;
    const folder = await writeWheelProject(folderOf(), { url: `${server.origin}/a/${filename}`, size: 1e15 });
    await expectRefused(await way(folder), folder, /4 GiB/);
    expect(server.requests).toHaveLength(length);
  }
});

type Answer = NonNullable<ReturnType<FileServer['answers']['get']>>;
const answered = async (answer: Answer, more: { hash?: string; size?: number } = {}) => {
  const own = `/${count + 1}/${filename}`;
  server.answers.set(own, answer);
  return { folder: await writeWheelProject(folderOf(), { url: `${server.origin}${own}`, ...more }), own };
};
/** Writes for as long as the other end takes it. */
const endless: Answer = (_, response) => {
  const piece = Buffer.alloc(1 << 20);
  response.on('error', () => {});
  const more = (): void => {
    if (!response.destroyed) response.write(piece, () => setImmediate(more));
  };
  more();
};

attack(9, ['cli'], 'an answer without an end, where the lock has a size', async () => {
  const { folder } = await answered(endless, { size: bytes.length });
  await expectRefused(await hashWithout(folder), folder, /more than the \d+ bytes of the lock/);
});

attack(9, ['cli'], 'an answer that announces five terabytes, where the lock has no size', async () => {
  const { folder } = await answered((_, response) => {
    response.writeHead(200, { 'content-length': 5e12 }).write('x');
  });
  await expectRefused(await hashWithout(folder), folder, /4 GiB/);
});

attack(9, ['cli'], 'an answer that is packed, and unpacks to more: it is not unpacked', async () => {
  const { gzipSync } = await import('node:zlib');
  const { folder } = await answered((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
  );
  await expectRefused(await hashWithout(folder), folder, /does not match uv\.lock/);
});

attack(
  9,
  ['cli'],
  'an answer whose headers do not end',
  async () => {
    const { folder } = await answered((request) => {
      const { socket } = request;
      socket.on('error', () => {});
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = (): void => {
        if (!socket.destroyed) socket.write(`x: ${'x'.repeat(60_000)}\r\n`, () => setImmediate(more));
      };
      more();
    });
    await expectRefused(await hashWithout(folder), folder, /can't be downloaded/);
  },
  60_000,
);

attack(9, ['cli'], 'redirects that lead on and on, each to another address', async () => {
  let hops = 0;
  for (let n = 0; n < 20; n += 1)
    server.answers.set(`/hop/${n}/${filename}`, (_, response) => {
      hops += 1;
      response.writeHead(302, { location: `/hop/${n + 1}/${filename}` }).end();
    });
  const folder = await writeWheelProject(folderOf(), { url: `${server.origin}/hop/0/${filename}` });
  await expectRefused(await hashWithout(folder), folder, /more than 5 redirects/);
  expect(hops).toBe(6);
});

for (const [what, make] of [
  ['a link to /dev/zero', (file: string) => symlink('/dev/zero', file)],
  ['a pipe', (file: string) => runText('mkfifo', [file])],
  ['a folder', (file: string) => mkdir(file)],
] as const)
  attack(9, ['cli'], `a cache whose file is ${what}: it is not read, and fetched again`, async () => {
    const { folder } = await answered((_, response) => response.end(bytes));
    const place = path.join(folder, 'cache/uv-fod/artifacts-1/sha256', sha256(bytes));
    const before = await hashWithout(folder);
    await rm(place);
    await make(place);
    expect(await hashWithout(folder)).toEqual(before);
    expect(before).toMatchObject({ code: 0 });
    expect(await readFile(place)).toEqual(bytes);
    expect(await readdir(path.join(folder, 'cache/uv-fod/artifacts-1/tmp'))).toEqual([]);
  });

attack(9, ['cli'], 'too few file descriptors: one sentence, with what to raise', async () => {
  const { folder } = await answered((_, response) => response.end(bytes));
  const cli = path.resolve(import.meta.dirname, '../../../dist/cli.js');
  for (const most of [24, 26]) {
    const args = [
      '-c',
      `ulimit -n ${most}; exec "$0" "$@"`,
      process.execPath,
      cli,
      'hash',
      '--python',
      '3.14.8',
    ];
    const { code, stdout, stderr } = await run('bash', args, {
      cwd: folder,
      env: { XDG_CACHE_HOME: path.join(folder, 'cache'), NODE_EXTRA_CA_CERTS: '' },
    });
    if (code === 0) continue;
    await expectRefused({ code, stdout, stderr }, folder, /ulimit -n/);
  }
});
