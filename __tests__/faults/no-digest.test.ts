import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FileServer, startFileServer } from '../support/files/server.ts';
import { uvFod } from '../support/scenario/small.ts';
import { bytes, filename, writeWheelProject } from './support/wheel-project.ts';
import { minutes } from './support/world.ts';

let dir: string;
let server: FileServer;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'no-digest-'));
  server = await startFileServer();
  server.answers.set(`/${filename}`, (_, response) => void response.end(bytes));
  const url = `${server.origin}/${filename}`;
  await writeWheelProject(path.join(dir, 'none'), { url, hash: '' });
  await writeWheelProject(path.join(dir, 'one'), { url });
});
afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

/** What a command prints as JSON, and its messages. */
async function json(name: string, ...args: readonly string[]) {
  const folder = path.join(dir, name);
  const { stdout, stderr } = await uvFod([...args, '--json'], folder, {
    XDG_CACHE_HOME: path.join(folder, 'cache'),
  });
  return { value: JSON.parse(stdout) as Record<string, unknown>, stderr };
}

describe('files of which uv.lock has no digest are counted', () => {
  test.each([
    ['plan', ['plan']],
    ['hash', ['hash', '--python', '3.14.8']],
  ])(
    'by %s',
    async (_, args) => {
      const { value, stderr } = await json('none', ...args);
      expect(value.withoutDigest).toBe(1);
      expect(stderr).toContain(filename);
      const other = await json('one', ...args);
      expect(other.value.withoutDigest).toBe(0);
      expect(other.stderr).not.toContain(filename);
    },
    minutes,
  );

  test(
    'by check',
    async () => {
      const mentions = async (name: string): Promise<number> => {
        const { value } = await json(name, 'check', 'small');
        return (value.notChecked as string[]).filter((one) => one.includes(filename)).length;
      };
      expect(await mentions('none')).toBe(1);
      expect(await mentions('one')).toBe(0);
    },
    minutes,
  );
});
