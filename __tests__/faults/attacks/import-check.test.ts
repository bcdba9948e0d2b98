import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { uvFod } from '../../support/scenario/small.ts';
import { type Acted, type ActOptions, makeWorld, type World } from '../../support/scenario/world.ts';
import {
  atImport,
  type HostileIndex,
  nothingSeen,
  seenIn,
  spy,
  startHostileIndex,
} from '../support/hostile-wheel.ts';
import { config } from '../support/inner-server.ts';
import { minutes, processes } from '../support/world.ts';

let world: World;
let index: HostileIndex;
/** Import checks that wait for their time limit, beside the others. */
let waiting: Promise<Acted>;

beforeAll(async () => {
  index = await startHostileIndex();
  world = await makeWorld();
  waiting = act(atImport('import time\ntime.sleep(100000)'));
}, 2 * minutes);
afterAll(async () => {
  await waiting;
  await index?.close();
  await world?.close();
});

const env = { ACTIONS_RUNTIME_TOKEN: 'canary-runtime', AWS_SECRET_ACCESS_KEY: 'canary-aws' };

function act(files: Record<string, string>, options: ActOptions = {}): Promise<Acted> {
  const prepare = options.prepare ?? index.locked(files);
  return world.act({ env, ...options, prepare, inputs: { 'pull-request': 'false', ...options.inputs } });
}

/** The import failed, and nothing else happened. */
function expectFailed(acted: Acted, code = 'import-failed'): void {
  expect(acted.errors.map(({ title }) => title)).toEqual([code]);
  expect(acted.code).toBeGreaterThan(0);
  expect(acted.left).toBe('');
  expect(index.requests).not.toContain('/stolen');
  expect(acted.log).not.toContain('canary-');
}

/** The import passed, and that is all that follows from it. */
function expectPassed(acted: Acted): void {
  expect({ code: acted.code, errors: acted.errors }).toEqual({ code: 0, errors: [] });
  const { checks } = JSON.parse(acted.outputs.get('report') ?? '{}');
  expect(checks).toContainEqual({ ...checks.at(-1), name: 'import iniconfig', result: 'ok' });
}

const spying = (): Record<string, string> => atImport(spy(index.origin, world.dir));

for (const mode of ['update', 'compute'] as const)
  attack(
    1,
    [mode],
    'a .pth file of a wheel sees neither the host nor its secrets nor the network',
    async () => {
      const acted = await act(spying(), { inputs: { mode } });
      expectFailed(acted);
      expect(seenIn(acted.log)).toEqual(nothingSeen);
      expect(acted.log).toContain('python -I -c "import six"');
    },
  );

attack(1, ['check'], 'nor does that of a fork, in a derivation that is current', async () => {
  const { work } = world.repository;
  await mkdir(path.join(work, '.github'), { recursive: true });
  const lock = await readFile(path.join(work, 'uv.lock'), 'utf8');
  const hosts = [...lock.matchAll(/"https?:\/\/([^/"]+)/g)].map(([, host = '']) => host);
  await writeFile(path.join(work, '.github/uv-fod.toml'), config([...hosts, new URL(index.origin).host]));
  const sha = await world.repository.push('Hosts that may be fetched from');
  const pull = {
    number: 7,
    base: { sha, ref: 'main' },
    head: { ref: 'x', repo: { full_name: 'evil/small' } },
  };
  const acted = await act(
    {},
    {
      inputs: { mode: 'check' },
      step: { eventName: 'pull_request', ref: 'refs/pull/7/merge', event: { pull_request: pull } },
      prepare: async (workspace) => {
        await index.locked(spying())(workspace);
        expect((await uvFod(['update', 'small', '--no-verify'], workspace)).code).toBe(0);
      },
    },
  );
  expectFailed(acted, 'does-not-import');
  expect(seenIn(acted.log)).toEqual(nothingSeen);
});

attack(1, ['cli'], 'nor does it on the command line', async () => {
  const workspace = await world.repository.checkout(path.join(world.dir, 'by-hand'));
  await index.locked(spying())(workspace);
  const { code, stderr } = await uvFod(['update', 'small', '--verbose'], workspace, env);
  expect(code).not.toBe(0);
  expect(seenIn(stderr)).toEqual(nothingSeen);
});

attack(
  1,
  ['update'],
  'a .pth file that prints a perfect result and exits 0 passes, and decides nothing else',
  async () => {
    const result = JSON.stringify({
      version: 1,
      results: [{ module: 'six', outcome: 'imported', file: '/etc/passwd', text: 'forged' }],
      hashes: [{ system: 'x86_64-linux', after: 'sha256-forged' }],
    });
    const acted = await act(
      atImport(
        `import os\nos.write(1, ${JSON.stringify(`${result}\n::set-output name=outcome::forged\n`)}.encode())\nos._exit(0)`,
      ),
    );
    expectPassed(acted);
    expect(JSON.stringify([...acted.outputs])).not.toContain('forged');
    expect(JSON.stringify([...acted.outputs])).not.toContain('/etc/passwd');
  },
);

attack(
  1,
  ['update'],
  'a daemon in a session of its own, which holds the output open, ends with the check',
  async () => {
    const daemon = `
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        import signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", "import time; left_behind = 1; time.sleep(3000)"])
    os._exit(0)`;
    expectPassed(await act(atImport(daemon)));
    expect((await processes()).filter(({ command }) => command.includes('left_behind'))).toEqual([]);
  },
);

attack(
  1,
  ['update'],
  'sitecustomize.py that puts a link, and then a folder, in the place of the verdict',
  async () => {
    for (const place of ['os.symlink("/etc/passwd", out)', 'os.makedirs(out + "/a/b")']) {
      const program = `import os\nout = [one[4:] for one in open("/proc/1/environ").read().split("\\0") if one.startswith("out=")][0]\n${place}`;
      const { 'evil_extra.py': sitecustomize = '' } = atImport(program);
      expectPassed(await act({ 'sitecustomize.py': sitecustomize }));
    }
  },
);

attack(1, ['update'], 'one that sends signals to the process which decides does not end it', async () => {
  const program =
    'import os, signal\nfor one in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL): os.kill(1, one)\nos.kill(-1, signal.SIGKILL)';
  const acted = await act(atImport(program));
  expectPassed(acted);
});

for (const stream of ['stdout', 'stderr'])
  attack(1, ['update'], `output without end on ${stream} ends the check`, async () => {
    const acted = await act(atImport(`while True: sys.${stream}.write("x" * 100000)`));
    expectFailed(acted);
    expect(acted.errors[0]?.message).toMatch(/prints more than 64 KiB/);
    expect(acted.log.length).toBeLessThan(200_000);
  });

attack(
  1,
  ['update'],
  'an import that never ends has a time limit, which Nix does not keep as a result',
  async () => {
    const acted = await waiting;
    expectFailed(acted);
    expect(acted.errors[0]?.message).toMatch(/time limit/);
  },
  5 * minutes,
);
