import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { onLoopback } from '../../support/files/loopback.ts';
import { uvFod } from '../../support/scenario/small-project.ts';
import { type Acted, type ActOptions, makeWorld, type World } from '../../support/scenario/world.ts';
import { minutes, processes } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 2 * minutes);
afterAll(() => world?.close());

/** Long enough for what has an end, however busy the machine is. */
const patience = { UV_FOD_TIME_LIMIT: '8' };

/** Puts a Nix expression in the place of the package's version. */
const versioned =
  (expression: string): NonNullable<ActOptions['prepare']> =>
  async (workspace) => {
    const file = path.join(workspace, 'default.nix');
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace('version = "1.0";', () => `version = ${expression};`),
    );
  };

/** A program of this name that is found before the real one. */
async function standIn(name: string, script: string): Promise<Record<string, string>> {
  const folder = await mkdtemp(path.join(world.dir, 'programs-'));
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return { PATH: `${folder}:${process.env.PATH}` };
}

/** One coded sentence, and nothing that was changed or still runs. */
async function expectEnded(acted: Acted, code: string, mark = world.dir): Promise<void> {
  expect(acted.errors.map(({ title }) => title)).toEqual([code]);
  expect(acted.log).not.toContain('defect of uv-fod');
  expect(acted.code).toBe(1);
  expect(acted.left).toBe('');
  const running = (await processes()).filter(({ command }) => command.includes(mark));
  expect(running.map(({ command }) => command)).toEqual([]);
}

const big = (megabytes: number): string =>
  `(builtins.concatStringsSep "" (builtins.genList (x: "${'x'.repeat(1024)}") ${megabytes * 1024}))`;

attack(9, ['update'], 'an evaluation that takes days', async () => {
  const numbers = 'builtins.genList (x: x) 1000000';
  const endless = `let n = ${numbers}; in builtins.concatMap (x: builtins.filter (y: y < 0) n) n`;
  const prepare = versioned(`builtins.toString (builtins.length (${endless}))`);
  await expectEnded(await world.act({ prepare, env: { UV_FOD_TIME_LIMIT: '8' } }), 'timed-out');
});

attack(9, ['check'], 'an evaluation that takes all memory', async () => {
  const prepare = versioned(`builtins.toString (builtins.stringLength ${big(512)})`);
  const env = { GC_MAXIMUM_HEAP_SIZE: String(300e6) };
  const acted = await world.act({ prepare, env, inputs: { mode: 'check', token: '' } });
  await expectEnded(acted, 'evaluation-failed');
  expect(acted.log).toContain('out of memory');
});

attack(9, ['check'], 'an evaluation that prints without end', async () => {
  const prepare = versioned(
    `builtins.foldl' (a: _: builtins.trace ${big(1)} a) "1.0" (builtins.genList (x: x) 1000000)`,
  );
  await expectEnded(await world.act({ prepare, inputs: { mode: 'check', token: '' } }), 'too-much-output');
});

attack(9, ['compute'], 'an answer of Nix that is too large is not read as a whole one', async () => {
  const prepare = versioned(big(70));
  await expectEnded(await world.act({ prepare, inputs: { mode: 'compute' } }), 'too-much-output');
});

attack(9, ['compute'], 'a build that never ends, with a child in a session of its own', async () => {
  const mark = `98${Math.floor(Math.random() * 1e9)}`;
  const env = await standIn('nix-build', `setsid sleep ${mark} & sleep ${mark}`);
  const acted = await world.act({ env: { ...env, UV_FOD_TIME_LIMIT: '8' }, inputs: { mode: 'compute' } });
  await expectEnded(acted, 'timed-out', mark);
});

attack(9, ['update'], 'a program that ignores being asked to end', async () => {
  const mark = `97${Math.floor(Math.random() * 1e9)}`;
  const script = `trap "" TERM INT HUP; while :; do sleep ${mark}; done`;
  const env = await standIn('nix-instantiate', script);
  const acted = await world.act({ env: { ...env, UV_FOD_TIME_LIMIT: '8' } });
  await expectEnded(acted, 'timed-out', mark);
});

attack(9, ['check'], 'a daemon that keeps the output of its program open', async () => {
  const mark = `96${Math.floor(Math.random() * 1e9)}`;
  const real = process.env.PATH ?? '';
  const script = `setsid sleep ${mark} & PATH='${real}' exec nix-instantiate "$@"`;
  const env = await standIn('nix-instantiate', script);
  const acted = await world.act({ env, inputs: { mode: 'check', token: '' } });
  expect(acted.outputs.get('status')).toBe('stale');
  for (const { pid, command } of await processes()) if (command.includes(mark)) process.kill(pid);
});

attack(9, ['update'], 'a repository that answers a byte now and then', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' });
    const timer = setInterval(() => response.write('0'), 500);
    response.on('close', () => clearInterval(timer));
  });
  const { origin, close } = await onLoopback(server);
  try {
    const prepare = async (workspace: string): Promise<void> => {
      await mkdir(path.join(workspace, '.github'), { recursive: true });
      await writeFile(
        path.join(workspace, '.github/uv-fod.toml'),
        `[[package]]\nattribute = "small"\nreleases = { git = "${origin}/${randomUUID()}" }\n`,
      );
    };
    const inputs = { attribute: '', 'find-releases': 'true' };
    await expectEnded(await world.act({ prepare, inputs, env: patience }), 'timed-out', origin);
  } finally {
    await close();
  }
});

attack(9, ['cli'], 'a command whose evaluation takes days', async () => {
  const workspace = await world.repository.checkout(path.join(world.dir, 'cli'));
  const script = 'exec sleep 95000';
  const env = { ...(await standIn('nix-instantiate', script)), UV_FOD_TIME_LIMIT: '8' };
  const { code, stderr } = await uvFod(['check', 'small'], workspace, env);
  expect(code).toBe(1);
  expect(stderr).toMatch(/'nix-instantiate' did not end within 8 seconds/);
  expect(stderr).not.toContain('defect of uv-fod');
});
