import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { resolveRequires } from '../../../src/build-lock/resolve.ts';
import type { SourceReader } from '../../../src/build-lock/sources.ts';
import type { UserError } from '../../../src/system/errors.ts';
import { readSettings } from '../../../src/uv/lock/settings.ts';
import { parseTarget } from '../../../src/uv/plan/target.ts';

/** The error for what uv printed. */
async function errorFor(stderr: string, more: Partial<SourceReader> = {}): Promise<UserError> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'resolve-'));
  const resolution = {
    ...{ requires: ['hatchling'], constraints: [], label: 'demo 1.0' },
    project: { settings: readSettings({ index: [] }, 'uv.toml') },
  };
  const target = parseTarget({ system: 'x86_64-linux', python: '3.14.8' });
  try {
    const contact = async () => ({ code: 2, stdout: '', stderr });
    await resolveRequires(resolution, [target], { scratch, contact, ...more });
  } catch (error) {
    return error as UserError;
  } finally {
    await rm(scratch, { recursive: true });
  }
  throw new Error('nothing was thrown');
}

// As uv 0.11 and older ones print it.
test.each([
  [
    'in lines',
    `error: Failed to fetch: http://127.0.0.1:9/simple/hatchling/
  cause: error sending request for url (http://127.0.0.1:9/simple/hatchling/)
  cause: client error (Connect)
  cause: tcp connect error
  cause: Connection refused (os error 111)

hint: Pin the network.
`,
  ],
  [
    'in a frame',
    `  × Failed to fetch: \`http://127.0.0.1:9/simple/hatchling/\`
  ├─▶ Request failed after 3 retries
  ├─▶ error sending request for url (http://127.0.0.1:9/simple/hatchling/)
  ╰─▶ Connection refused (os error 111)
  hint: Pin the network.
`,
  ],
])('an index that cannot be reached is one paragraph, cause first: %s', async (_, stderr) => {
  const { code, message, log } = await errorFor(stderr);
  expect(code).toBe('build-requirements');
  expect(message).toMatch(/^Connection refused \(os error 111\): uv .*http:\/\/127\.0\.0\.1:9\/simple/);
  expect(message).not.toContain('Pin');
  expect(log).toBeUndefined();
});

test('uv gets the logins that its settings may have', async () => {
  const given: unknown[] = [];
  const uvLogins = async (settings: object) => ({ UV_INDEX_OWN_PASSWORD: Object.keys(settings).join() });
  await errorFor('', {
    contact: async (_, __, options) => {
      given.push(options?.env);
      return { code: 2, stdout: '', stderr: '' };
    },
    uvLogins,
  });
  expect(given).toEqual([{ UV_INDEX_OWN_PASSWORD: 'index' }]);
});

test("requirements that cannot be met are quoted without uv's hint", async () => {
  const { message } = await errorFor(
    'error: No solution found when resolving dependencies\n  cause: Because there is no version of hatchling==999, it fails.\n\nhint: Try another.\n',
  );
  expect(message).toContain('there is no version of hatchling==999');
  expect(message).not.toContain('Try another');
});
