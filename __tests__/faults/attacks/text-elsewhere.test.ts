import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { onLoopback } from '../../support/files/loopback.ts';
import { plannedFaults } from '../../support/github/faults.ts';
import { runnerCommands, unseen } from '../../support/runner/commands.ts';
import { uvFod } from '../../support/scenario/small.ts';
import { makeWorld, type World } from '../../support/scenario/world.ts';
import { actAfter, building, expectNoCommand, printing, words } from '../support/hostile-text.ts';
import { lockedIn } from '../support/inner-server.ts';
import { minutes } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 2 * minutes);
afterAll(() => world?.close());

attack(7, ['update'], 'the lock has them in names, markers and versions', async () => {
  const inLock =
    (change: (text: string) => string) =>
    async (workspace: string): Promise<void> => {
      const file = path.join(workspace, 'uv.lock');
      await writeFile(file, change(await readFile(file, 'utf8')));
    };
  const value = JSON.stringify(words.replaceAll('\0', '')).replace(
    /[\u007f-\u009f]/g,
    (one) => `\\u00${one.charCodeAt(0).toString(16)}`,
  );
  for (const [from, to] of [
    ['name = "six"', `name = ${value}`],
    ['version = "1.17.0"', `version = ${value}`],
    ['requires-python = ', `resolution-markers = [${value}]\nrequires-python = `],
  ] as const)
    expectNoCommand(
      await actAfter(
        world,
        inLock((text) => text.replaceAll(from, to)),
      ),
      undefined,
    );
});

attack(7, ['update'], 'the configuration has them in keys and values', async () => {
  const key = JSON.stringify('\u0085::notice::pwned ##[error]pwned\u202e');
  for (const text of [
    `${key} = 1\n`,
    `[[package]]\nattribute = ${key}\n`,
    `[[package]]\nattribute = "small"\n${key} = ${key}\n`,
    `x = ##[error]pwned\n\u2028::notice::pwned\n`,
  ])
    expectNoCommand(
      await actAfter(
        world,
        async (workspace) => {
          await mkdir(path.join(workspace, '.github'), { recursive: true });
          await writeFile(path.join(workspace, '.github/uv-fod.toml'), text);
        },
        { attribute: '' },
      ),
      undefined,
    );
});

attack(7, ['update', 'publish'], 'inputs, branches and paths have them', async () => {
  for (const inputs of [
    { attribute: 'small.##[notice]pwned' },
    { attribute: '', config: '\u0085::notice::pwned ##[notice]pwned.toml' },
    { file: 'a\u202e##[notice]pwned.nix' },
    { branch: 'x##[notice]pwned', 'pull-request': 'true' },
    { mode: 'publish', result: '\u2028::notice::pwned.json' },
    { mode: '\r::notice::pwned' },
  ])
    expectNoCommand(
      await actAfter(world, undefined, { verify: 'false', ...inputs } as Record<string, string>),
      undefined,
    );
  for (const ref of ['refs/heads/x##[set-output name=outcome]pwned\u202e', 'refs/tags/\u0085::notice::pwned'])
    expectNoCommand(await actAfter(world, undefined, { verify: 'false' }, { step: { ref } }), undefined);
});

attack(7, ['publish'], 'the result of the computing job has them', async () => {
  const result = JSON.stringify({
    version: words,
    head: words,
    proposed: [{ name: words, files: [{ path: words }] }],
  });
  for (const text of [result, words])
    expectNoCommand(
      await actAfter(world, (workspace) => writeFile(path.join(workspace, 'uv-fod-result.json'), text), {
        mode: 'publish',
      }),
      undefined,
    );
});

attack(
  7,
  ['update'],
  'a server answers with them: its status line, an address that it leads to',
  async () => {
    const server = createServer((request, response) => {
      if (request.url?.startsWith('/first'))
        response
          .writeHead(302, { location: 'http://127.0.0.1:1/##[error]pwned%0A::notice::pwned\u00a0::x' })
          .end();
      else response.writeHead(404, 'gone ##[error]pwned\u0085::notice::pwned').end(words);
    });
    const { origin, close } = await onLoopback(server);
    try {
      for (const file of ['first', 'second'])
        expectNoCommand(
          await actAfter(world, lockedIn(`${origin}/${file}/inner_thing-1.0-py3-none-any.whl`)),
          undefined,
        );
    } finally {
      await close();
    }
  },
);

attack(7, ['cli'], 'the command line, on stdout and stderr, in folders and arguments', async () => {
  const workspace = await world.repository.checkout(
    path.join(world.dir, 'x ##[error]pwned\u0085::notice::pwned\u202e'),
  );
  await building(`${printing}; exit 1`)?.(workspace);
  for (const args of [
    ['update', 'small', '--verbose'],
    ['check', 'small', '--json'],
    ['update', 'small.##[notice]pwned'],
    ['plan', '--project', 'nowhere\u0085::notice::pwned'],
    ['update', '--\u001b[2J::notice::pwned\n::notice::pwned'],
    ['##[error]pwned'],
  ]) {
    const { stdout, stderr } = await uvFod(args, workspace);
    expect(runnerCommands(`${stdout}\n${stderr}`)).toEqual([]);
    expect(unseen(stdout + stderr)).toEqual([]);
    expect(stdout + stderr).toMatch(/pwned|small/);
  }
});

attack(7, ['update', 'publish'], 'GitHub answers with them', async () => {
  for (const [method, at] of [
    ['POST', '/pulls'],
    ['GET', '/pulls'],
    ['POST', '/graphql'],
  ] as const) {
    world.github.setFaults(
      plannedFaults([
        {
          method,
          path: at,
          times: 9,
          fault: { kind: 'answer', status: 422, body: { message: words, errors: [{ message: words }] } },
        },
      ]),
    );
    try {
      expectNoCommand(
        await actAfter(world, undefined, { verify: 'false', 'pull-request': 'true' }),
        undefined,
      );
    } finally {
      world.github.setFaults();
    }
  }
});
