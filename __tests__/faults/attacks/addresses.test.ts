// biome-ignore-all lint/suspicious/noTemplateCurlyInString: uv's own variables
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { sha256 } from '../../support/files/server.ts';
import { wheelBytes } from '../../support/nix/wheel.ts';
import { uvFod } from '../../support/scenario/small-project.ts';
import type { Acted } from '../../support/scenario/world.ts';
import {
  type Addition,
  adding,
  type JudgedWorld,
  makeJudgedWorld,
  redirectTo,
} from '../support/judged-world.ts';
import { minutes } from '../support/world.ts';

// What uv is given, and what it is sent on to. The index `allowed` is one of the base's
// configuration; `inner` is not.
let world: JudgedWorld;
beforeAll(async () => {
  world = await makeJudgedWorld();
}, 2 * minutes);
afterAll(() => world?.close());

const wheel = wheelBytes('backend', 'the index');
const filename = 'backend-1.0-py3-none-any.whl';
const index = (): string =>
  `[[tool.uv.index]]\nname = "theirs"\nurl = "${world.allowed.origin}/simple"\ndefault = true\n`;

/** An index with one wheel, whose page and files are where `link` says. */
function serve(link: (path: string) => string, head = ''): void {
  world.allowed.answer = (request, response) => {
    if (request.url === '/simple/backend/') {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<html><head>${head}</head><body><a href="${link(`/files/${filename}`)}#sha256=${sha256(wheel)}">${filename}</a></body></html>`,
      );
    } else if (request.url === `/files/${filename}`) response.end(wheel);
    else response.writeHead(404).end();
  };
}

function expectRefused(acted: Acted, host = world.inner.host): void {
  expect(acted.errors.map(({ title }) => title)).toEqual([
    acted.outputs.has('status') ? 'cannot-fetch' : 'host-not-allowed',
  ]);
  expect(acted.errors[0]?.message).toContain(`'${host}'`);
  expect(world.inner.asked).toEqual([]);
  expect(acted.code).not.toBe(0);
  expect(acted.left).toBe('');
}

/** A pull request that is stopped before the inner server is asked. */
function stopped(
  mode: 'update' | 'check' | 'compute',
  title: string,
  addition: () => Addition,
  host?: () => string,
): void {
  attack(5, [mode], title, async () => {
    const inputs = { mode, verify: 'false' };
    expectRefused(await world.proposed(adding(addition()), { inputs }), host?.());
  });
}

attack(5, ['update'], 'nothing but what is allowed is asked, and then all is well', async () => {
  serve((path) => path);
  const uv = index().replace('default = true\n', '');
  const addition = { requires: ['setuptools', 'backend'], uv };
  const acted = await world.proposed(adding(addition), { inputs: { mode: 'update', verify: 'false' } });
  expect([acted.code, acted.errors]).toEqual([0, []]);
  expect(world.allowed.asked).toContain('/simple/backend/');
});

for (const [title, uv] of [
  [
    'by URL',
    (o: string) => `build-constraint-dependencies = ["setuptools @ ${o}/setuptools-80.0-py3-none-any.whl"]`,
  ],
  ['by git', (o: string) => `build-constraint-dependencies = ["setuptools@git+${o}/x.git"]`],
  [
    'as a table',
    (o: string) => `build-constraint-dependencies = [{ requirement = "setuptools @ ${o}/x-1.0.tar.gz" }]`,
  ],
] as const)
  stopped('update', `a build constraint ${title}`, () => ({ uv: uv(world.inner.origin) }));

stopped('compute', 'an extra build dependency by URL', () => ({
  uv: `[tool.uv.extra-build-dependencies]\ninner = ["x[a] @ ${world.inner.origin}/x-1.0-py3-none-any.whl ; python_version > '3'"]`,
}));
stopped('check', "a build requirement by URL, after a marker's own @", () => ({
  requires: [`x@${world.inner.origin}/x-1.0-py3-none-any.whl ; sys_platform != 'a@b'`],
}));
stopped(
  'update',
  'a requirement by ssh',
  () => ({ requires: ['x @ git+ssh://git@inner.example/x.git'] }),
  () => 'inner.example',
);
stopped(
  'update',
  'a requirement by a local path',
  () => ({ requires: ['x @ ../../x-1.0-py3-none-any.whl'] }),
  () => '../../x-1.0-py3-none-any.whl',
);
stopped(
  'check',
  'a requirement by file:',
  () => ({ requires: ['x @ file:///proc/self/environ'] }),
  () => 'file:///proc/self/environ',
);
stopped(
  'update',
  "an address with a variable of uv's environment",
  () => ({ requires: [`x @ ${world.allowed.origin}/\${HOME}/x-1.0-py3-none-any.whl`] }),
  () => `x @ ${world.allowed.origin}/\${HOME}/x-1.0-py3-none-any.whl`,
);
stopped('check', "another index by uv's settings", () => ({
  uv: `index-url = "${world.inner.origin}/simple"`,
}));
stopped(
  'update',
  'a folder of this machine as an index',
  () => ({ uv: 'find-links = ["/proc/self/root"]' }),
  () => '/proc/self/root',
);

attack(5, ['update', 'check'], 'an allowed index redirects uv to an inner address', async () => {
  world.allowed.answer = redirectTo(`${world.inner.origin}/simple/backend/`);
  for (const mode of ['update', 'check'])
    expectRefused(
      await world.proposed(adding({ requires: ['backend'], uv: index() }), {
        inputs: { mode, verify: 'false' },
      }),
    );
  expect(world.allowed.asked).toContain('/simple/backend/');
});

attack(5, ['update'], 'an allowed index redirects uv to an https address inside', async () => {
  world.allowed.answer = redirectTo(`https://${world.inner.host}/simple/backend/`);
  const addition = { requires: ['backend'], uv: index() };
  expectRefused(await world.proposed(adding(addition), { inputs: { mode: 'update', verify: 'false' } }));
});

attack(5, ['update'], "an allowed index's page links to a file inside", async () => {
  serve((path) => `${world.inner.origin}${path}`);
  const addition = { requires: ['backend'], uv: index() };
  expectRefused(await world.proposed(adding(addition), { inputs: { mode: 'update', verify: 'false' } }));
});

attack(5, ['compute'], "an allowed index's page has its base inside", async () => {
  serve((path) => path.slice(1), `<base href="${world.inner.origin}/">`);
  const addition = { requires: ['backend'], uv: index() };
  expectRefused(await world.proposed(adding(addition), { inputs: { mode: 'compute', verify: 'false' } }));
});

attack(5, ['update'], 'a variable that says not to use a proxy lets nothing around it', async () => {
  world.allowed.answer = redirectTo(`${world.inner.origin}/simple/backend/`);
  const addition = { requires: ['backend'], uv: index() };
  const env = { NO_PROXY: '*', no_proxy: '127.0.0.1,localhost' };
  expectRefused(await world.proposed(adding(addition), { env, inputs: { mode: 'update', verify: 'false' } }));
});

attack(5, ['cli'], 'on the command line, allowed-hosts binds what an index redirects to', async () => {
  const { repository, dir, allowed, inner } = world;
  allowed.answer = redirectTo(`${inner.origin}/simple/backend/`);
  inner.asked.length = 0;
  const checkout = await repository.checkout(`${dir}/cli`);
  await adding({ requires: ['backend'], uv: index() })(checkout);
  const { code, stderr } = await uvFod(['lock', 'small'], checkout);
  expect(code).toBe(1);
  expect(stderr).toContain(`'${inner.host}' is not among`);
  expect(inner.asked).toEqual([]);
});
