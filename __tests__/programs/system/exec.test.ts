import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parsePs } from '../../../src/system/end-tree.ts';
import { makeRun } from '../../../src/system/exec.ts';
import type { RunResult } from '../../../src/system/run.ts';

const PATH = process.env.PATH ?? '';
const run = makeRun({ PATH, ONLY: 'this' });
const sh = (script: string, ...args: string[]): Promise<RunResult> => run('sh', ['-c', script, ...args]);

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'a "folder" with \'quotes\' \\'));
});
afterAll(() => rm(dir, { recursive: true }));

/** A shell script of this name in the folder with a difficult name. */
async function program(name: string, script: string): Promise<void> {
  await writeFile(path.join(dir, name), `#!/bin/sh\n${script}\n`);
  await chmod(path.join(dir, name), 0o755);
}

/**
 * Waits for the end of a process; one that has ended and that no one has asked about yet has ended.
 */
async function untilEnded(file: string): Promise<void> {
  const pid = Number(await readFile(path.join(dir, file), 'utf8'));
  const status = (): Promise<string> => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') X ');
  while (!/\) [ZX] /.test(await status())) await sleep(20);
}

async function untilWritten(file: string): Promise<void> {
  while (!(await readFile(path.join(dir, file), 'utf8').catch(() => '')).endsWith('\n')) await sleep(20);
}

describe('what a program gets', () => {
  test('its arguments as they are', async () => {
    const args = ['a b', '"q"', "it's", '\\x', '', '\n', '$HOME', '[command]', '-e', 'ü'];
    const { stdout } = await run('printf', ['%s\\0', ...args]);
    expect(stdout.split('\0').slice(0, -1)).toEqual(args);
  });

  test('the environment that is passed, and nothing else', async () => {
    expect((await run('env', [])).stdout).toBe(`PATH=${PATH}\nONLY=this\n`);
    expect((await run('env', [], { onlyEnv: { A: 'b c' } })).stdout).toBe('A=b c\n');
  });

  test('its input, which ends', async () => {
    const input = Uint8Array.from([0xff, 0, 65, 10]);
    expect((await run('od', ['-An', '-tx1'], { input })).stdout).toBe(' ff 00 41 0a\n');
    expect((await run('cat', [])).stdout).toBe('');
  });

  test('input that it does not read', async () => {
    const input = Buffer.alloc(1 << 20);
    expect(await run('sh', ['-c', 'exit 3'], { input })).toEqual({ code: 3, stdout: '', stderr: '' });
  });

  test('its folder', async () => {
    expect((await run('pwd', [], { cwd: dir })).stdout).toBe(`${dir}\n`);
  });
});

describe('what a program gives', () => {
  test('whole lines of stderr while it runs', async () => {
    const lines: string[] = [];
    const seen = Promise.withResolvers<void>();
    const script =
      'echo one >&2; read -r go <"$0"; printf "tw\\303" >&2; sleep 0.2; printf "\\266" >&2; exit 7';
    await run('mkfifo', [path.join(dir, 'go')]);
    const running = run('sh', ['-c', script, path.join(dir, 'go')], {
      onLine: (line) => {
        lines.push(line);
        seen.resolve();
      },
    });
    await seen.promise;
    await writeFile(path.join(dir, 'go'), 'go\n');
    expect((await running).code).toBe(7);
    expect(lines).toEqual(['one', 'twö']);
  });

  test('40 MB without a line break, in linear time', async () => {
    const { stdout, stderr } = await sh(
      'long() { head -c 40000000 /dev/zero | tr "\\0" x; }; long; long >&2',
    );
    expect(stdout).toHaveLength(40_000_000);
    // Only the end is kept.
    expect(stderr.length).toBeGreaterThanOrEqual(16 << 20);
  });

  test('the signal that ended it', async () => {
    expect(await sh('kill -9 $$')).toEqual({ code: 1, stdout: '', stderr: '\nerror: ended by SIGKILL\n' });
    expect(await sh('exit 137')).toEqual({ code: 137, stdout: '', stderr: '' });
  });

  test('nothing if it does not exist', async () => {
    expect((await run('no-such-program', [])).code).toBe(127);
  });

  test('output while a daemon keeps its pipes open', async () => {
    const { stdout, code } = await sh('sleep 60 & echo $!');
    expect(code).toBe(0);
    process.kill(Number(stdout));
  });
});

test('a program is found in a folder whose name has quotes and spaces, with and without setsid', async () => {
  await program('greet', 'echo "hello $1"');
  for (const folders of [dir, `${dir}:${PATH}`])
    expect((await makeRun({ PATH: folders })('greet', ['you'])).stdout).toBe('hello you\n');
});

test.each([
  ['an argument that is too long', ['x'.repeat(200_000)], undefined, { code: 'E2BIG' }],
  ['arguments that are too long together', Array(20_000).fill('x'.repeat(100)), undefined, { code: 'E2BIG' }],
  ['an argument with a NUL', ['a\0b'], undefined, {}],
  ['a folder that does not exist', [], '/nonesuch', { code: 'ENOENT' }],
  ['a folder that is a file', [], '/etc/passwd', { code: 'ENOTDIR' }],
])('%s is an error of the call', async (_, args, cwd, error) => {
  await expect(run('true', args, cwd === undefined ? {} : { cwd })).rejects.toMatchObject(error);
});

describe('ending a program', () => {
  test('of two in parallel one exceeds its limit, the other finishes', async () => {
    await program('uv', `echo $$ >'uv'.pid; setsid sleep 600 & echo $! >child.pid; sleep 600`);
    await program('nix', 'while ! test -e finish; do sleep 0.1; done; echo finished');
    await program('git', 'yes "$(head -c 1000 /dev/zero | tr "\\0" x)"');
    const limited = makeRun({ PATH: `${dir}:${PATH}` }, undefined, 3);
    const patient = makeRun({ PATH: `${dir}:${PATH}` });
    const other = patient('nix', [], { cwd: dir });
    await expect(limited('uv', [], { cwd: dir })).rejects.toMatchObject({ code: 'timed-out' });
    await expect(patient('git', [], { cwd: dir })).rejects.toMatchObject({ code: 'too-much-output' });
    await Promise.all(['uv.pid', 'child.pid'].map(untilEnded));
    await writeFile(path.join(dir, 'finish'), '');
    expect(await other).toEqual({ code: 0, stdout: 'finished\n', stderr: '' });
  });

  test.each(['with', 'without'])('cancelling ends every descendant, %s setsid', async (setsid) => {
    await program('outer', 'trap "" TERM; inner & while :; do sleep 1; done');
    await program(
      'inner',
      `${setsid === 'with' ? '(sleep 600 & echo $! >orphan.pid); ' : ''}/usr/bin/env sleep 600 & echo $! >sleep.pid; wait`,
    );
    const stop = new AbortController();
    const bin = await mkdtemp(path.join(dir, 'bin-'));
    const PATHS = setsid === 'with' ? `${dir}:${PATH}` : `${dir}:${bin}`;
    for (const name of ['sleep', 'env'])
      await writeFile(path.join(bin, name), `#!/bin/sh\nPATH='${PATH}' exec ${name} "$@"\n`, { mode: 0o755 });
    await rm(path.join(dir, 'sleep.pid'), { force: true });
    const running = makeRun({ PATH: PATHS }, stop.signal)('outer', [], { cwd: dir });
    running.catch(() => {});
    await untilWritten('sleep.pid');
    stop.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
    const files = ['sleep.pid', ...(setsid === 'with' ? ['orphan.pid'] : [])];
    await Promise.all(files.map(untilEnded));
  });

  test('a signal of the call ends this program alone', async () => {
    const one = new AbortController();
    const script = ['-c', 'echo started >&2; exec sleep 600'];
    const result = run('sh', script, { signal: one.signal, onLine: () => one.abort() });
    expect((await result).stderr).toContain('ended by SIGTERM');
  });
});

test("what 'ps' lists is read", () => {
  const text = '    1     0 Mon Nov 30 00:45:53 2026\n  210     1 Mon Nov 30 00:46:00 2026\n';
  expect(parsePs(text).get(210)).toEqual({ parent: 1, start: 'Mon Nov 30 00:46:00 2026' });
});
