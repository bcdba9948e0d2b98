import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import type { Fault, Faults } from '../../support/github/types.ts';
import {
  type Computed,
  compute,
  type PublishedWorld,
  type PublishOptions,
  publishedWorld,
} from '../../support/scenario/published.ts';
import type { Acted } from '../../support/scenario/world.ts';
import { endState, minutes, published } from '../support/world.ts';

// GitHub, a proxy or a server that only looks like it may answer anything. A run ends well or with
// one sentence; the next one converges.
let computed: Computed;
let elsewhere: Server;
let asked = 0;
beforeAll(async () => {
  elsewhere = createServer((_, response) => {
    asked++;
    response.end('[]');
  });
  await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
  computed = await compute();
}, 3 * minutes);
afterAll(async () => {
  elsewhere?.close();
});

const answer = (status: number, body?: unknown, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status,
  ...(body === undefined ? {} : { body }),
  headers,
});

/**
 * Requests of a run that publishes; a repeated one waits a second or more, so each kind of answer
 * meets one of them.
 */
const REQUESTS = 6;
const at = (number: number, fault: Fault): Faults => {
  let seen = 0;
  return () => (++seen === number ? fault : undefined);
};

/**
 * Publishes with faults and then without: the first ends in success or one coded sentence, the
 * second in one pull request.
 */
async function converges(faults: Faults, options: PublishOptions = {}): Promise<Acted> {
  const world: PublishedWorld = await publishedWorld(computed);
  try {
    world.github.setFaults(faults);
    const first = await world.publish('first', options);
    world.github.setFaults();
    expect(first.log).not.toContain('defect of uv-fod');
    expect(first.errors.map(({ title }) => title === '')).toEqual(first.code === 0 ? [] : [false]);
    expect((await world.publish('first')).code).toBe(0);
    expect(await endState(world)).toEqual(published);
    return first;
  } finally {
    await world.close();
  }
}

const deep = JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`) as unknown;
const sha = 'a'.repeat(40);
const wrong: Readonly<Record<string, Fault>> = {
  'HTML with status 200': answer(200, '<html>unicorn</html>', { 'content-type': 'text/html' }),
  'null with status 200': answer(200, null),
  'a list where an object should be': answer(200, []),
  'an object without anything': answer(200, {}),
  'nothing with status 204': answer(204),
  'a number as a string': answer(200, [{ number: '1', html_url: 'https://x.example/1' }]),
  'a commit with a line break': answer(200, { sha: `${sha}\n::error::x`, object: { sha: `${sha}\n` } }),
  'a commit that is an option of git': answer(200, {
    sha: '--upload-pack=/bin/sh',
    object: { sha: '--all' },
  }),
  'JSON that is nested 3,000 levels deep': answer(200, deep),
  'GraphQL data without a repository of the right type': answer(200, { data: { repository: 'x' } }),
  'GraphQL errors of the wrong types': answer(200, { errors: [null, 1, { message: {} }], data: null }),
};
for (const [index, [what, fault]] of Object.entries(wrong).entries())
  attack(9, ['publish'], `GitHub answers a request with ${what}`, async () => {
    await converges(at((index % REQUESTS) + 1, fault));
  });

const refusals: Readonly<Record<string, readonly [string, Fault]>> = {
  'a refusal with commands of the runner in it': [
    'github-refused',
    answer(422, {
      message: 'Validation Failed ##[set-output name=x]y\n::error::z\u0085::add-mask::q',
      errors: [{ message: '\u001b]0;x\u0007\n::set-output name=a::b' }, null, 'x'],
    }),
  ],
  'a refusal nested 3,000 levels deep': ['github-refused', answer(422, { message: deep, errors: deep })],
  'a rate limit for less than no time': [
    'rate-limited',
    answer(429, { message: 'x' }, { 'retry-after': '-1' }),
  ],
  'a rate limit without end': [
    'rate-limited',
    answer(429, { message: 'x' }, { 'retry-after': '9'.repeat(40) }),
  ],
  'a rate limit that ends when no clock can say': [
    'rate-limited',
    answer(
      403,
      { message: 'API rate limit' },
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1e400' },
    ),
  ],
};
for (const [what, [code, fault]] of Object.entries(refusals))
  attack(9, ['publish'], `GitHub answers with ${what}`, async () => {
    const acted = await converges(() => fault);
    expect(acted.errors.map(({ title }) => title)).toEqual([code]);
    expect(acted.errors[0]?.message).not.toMatch(/-1 seconds|99999|2015|NaN|Invalid/);
    expect(acted.log).not.toMatch(/##\[set-output|^::(?:add-mask::q|set-output)/m);
  });

attack(9, ['publish'], 'GitHub takes the token back between two writes', async () => {
  let requests = 0;
  const acted = await converges(() =>
    ++requests >= 5 ? answer(401, { message: 'Bad credentials' }) : undefined,
  );
  expect(acted.errors.map(({ title }) => title)).toEqual(['token-rejected']);
});

attack(9, ['publish'], 'a list whose next page is always there, and at another host', async () => {
  const { port } = elsewhere.address() as AddressInfo;
  const link = `<http://127.0.0.1:${port}/steal?page=2>; rel="next"`;
  let pages = 0;
  await converges(
    ({ path }) => {
      if (!path.endsWith('/milestones')) return undefined;
      pages++;
      return answer(200, [{ number: 1, title: 'other' }], { link });
    },
    { inputs: { milestone: 'mine' } },
  );
  expect(pages).toBeGreaterThan(1);
  expect(pages).toBeLessThan(50);
  expect(asked).toBe(0);
});

attack(9, ['publish'], 'redirects in a circle', async () => {
  await converges(({ path, method }) =>
    method === 'GET' && path.endsWith('/pulls') ? answer(301, {}, { location: path }) : undefined,
  );
});

attack(9, ['publish'], 'an answer of 40 MB', async () => {
  let times = 0;
  const body = { message: 'x'.repeat(40_000_000) };
  await converges(({ path, method }) =>
    method === 'GET' && path.endsWith('/pulls') && times++ === 0 ? answer(200, body) : undefined,
  );
});
