import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

// These run on the host, beside the test machine: what scripts leave behind can only be seen from
// outside.
const checkout = path.resolve(import.meta.dirname, '../..');
const script = path.join(checkout, 'script/machine');

/**
 * Processes of the host whose environment carries the mark: a namespace hides processes from those
 * inside, not from us.
 */
async function marked(mark: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
      return environment.includes(mark) && !/\) Z/.test(state) ? Number(pid) : undefined;
    }),
  );
  return found.filter((pid) => pid !== undefined);
}

async function until(condition: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

describe('when a script is ended, its processes and mounts are gone', () => {
  test.each([
    ['SIGINT', 'group'],
    ['SIGTERM', 'group'],
    ['SIGTERM', 'script'],
    ['SIGKILL', 'script'],
  ] as const)('by %s to the %s', async (signal, whom) => {
    const mark = `UV_FOD_MARK=${signal}-${whom}-${process.pid}`;
    const [name = '', value = ''] = mark.split('=');
    const child = spawn(script, ['bash', '-c', 'sleep 985 & sleep 984; true'], {
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, [name]: value },
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    expect(child.pid).toBeDefined();
    // The script, unshare, the machine's first process, bash and two sleeps.
    expect(await until(async () => (await marked(mark)).length >= 5)).toBe(true);
    process.kill(whom === 'group' ? -(child.pid ?? 0) : (child.pid ?? 0), signal);
    await ended;
    expect(await until(async () => (await marked(mark)).length === 0)).toBe(true);
    expect(await readFile('/proc/self/mounts', 'utf8')).not.toContain('/opt/uv-fod');
  });
});

describe('set-up', () => {
  test('is done once: a second run says nothing of it', () => {
    const { status, stdout, stderr } = spawnSync(script, ['nix', '--version'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^nix \(Nix\) 2\.\d+/);
  });

  test('a missing prerequisite is one clear sentence', async () => {
    const bin = await mkdtemp(path.join(tmpdir(), 'bin-'));
    for (const name of [
      'bash',
      'dirname',
      'mkdir',
      'cat',
      'flock',
      'git',
      'node',
      'env',
      'sha256sum',
      'cut',
      'uname',
    ]) {
      const { stdout } = spawnSync('which', [name], { encoding: 'utf8' });
      await symlink(stdout.trim(), path.join(bin, name));
    }
    const { status, stderr } = spawnSync(script, ['true'], {
      encoding: 'utf8',
      env: { HOME: process.env.HOME, PATH: bin },
    });
    await rm(bin, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toBe('error: npm is missing: install npm (Debian: apt-get install npm).\n');
  });

  test('what runs in the machine does not see the environment outside', () => {
    const env = { ...process.env, GITHUB_TOKEN: 'secret', AWS_SECRET_ACCESS_KEY: 'secret' };
    const { stdout } = spawnSync(script, ['env'], { encoding: 'utf8', env });
    expect(stdout).not.toContain('secret');
  });

  test('the machine reads what is written to it', () => {
    const { stdout } = spawnSync(script, ['cat'], { encoding: 'utf8', input: 'hello' });
    expect(stdout).toBe('hello');
  });
});
