import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { git } from '../support/scenario/repository.ts';
import { makeWorld, type World } from '../support/scenario/world.ts';

// One job computes with Nix and without a token; another publishes with the token and without Nix,
// and verifies everything.
const minutes = 60_000;
const result = 'uv-fod-result.json';
let world: World;
let scratch: string;
let computed: string;

beforeAll(async () => {
  world = await makeWorld();
  scratch = await mkdtemp(path.join(tmpdir(), 'two-jobs-'));
  for (const name of ['git', 'curl']) await symlink(`/usr/bin/${name}`, path.join(scratch, name));
  let workspace = '';
  const remember = async (dir: string): Promise<void> => {
    workspace = dir;
  };
  const acted = await world.act({ inputs: { mode: 'compute', token: '' }, prepare: remember });
  expect({ code: acted.code, log: acted.code === 0 ? '' : acted.log }).toEqual({ code: 0, log: '' });
  expect(world.github.requests).toHaveLength(0);
  // The result is there, and the checkout is as it was otherwise.
  expect(acted.left).toBe(`?? ${result}`);
  computed = await readFile(path.join(workspace, result), 'utf8');
}, 5 * minutes);

afterAll(async () => {
  await world?.close();
  await rm(scratch, { recursive: true, force: true });
});

/** The publishing job: no Nix on its PATH. */
const publish = (text: string) =>
  world.act({
    inputs: { mode: 'publish' },
    env: { PATH: scratch },
    prepare: (workspace) => writeFile(path.join(workspace, result), text),
  });

interface Handed {
  head: string;
  proposed: { files: { path: string; content: string }[]; name: string; subjects: object[] }[];
}
type Change = (value: Handed) => void;

function changed(change: Change): string {
  const value = JSON.parse(computed);
  change(value);
  const text = JSON.stringify(value);
  expect(text).not.toBe(JSON.stringify(JSON.parse(computed)));
  return text;
}

const inNix =
  (from: string | RegExp, to: string): Change =>
  ({ proposed }) => {
    const file = proposed[0]?.files.find(({ path: name }) => name === 'default.nix');
    if (file) file.content = file.content.replace(from, to);
  };

/** Says that it is a bump, and puts what is called the new version wherever the old one stands. */
const bumped =
  (before: string, after: string): Change =>
  (value) => {
    inNix(new RegExp(before.replaceAll('.', '\\.'), 'g'), after)(value);
    const subject = value.proposed[0]?.subjects[0];
    if (subject) Object.assign(subject, { before, after, isBump: true });
  };

const inLock =
  (from: string | RegExp, to: string): Change =>
  ({ proposed }) => {
    const file = proposed[0]?.files.find(({ path: name }) => name.endsWith('.json'));
    if (file) file.content = file.content.replace(from, to);
  };

const other = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const fake = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';

const refused: Readonly<Record<string, readonly [Change, RegExp]>> = {
  'another commit': [
    (value) => void Object.assign(value, { head: '0'.repeat(40) }),
    /was computed from commit 0000/,
  ],
  'code in the derivation': [
    inNix('version = "1.0";', 'version = "1.0"; postInstall = "curl evil";'),
    /changes more in default\.nix than version and hashes/,
  ],
  'another version than said': [
    inNix('version = "1.0";', 'version = "2.0";'),
    /changes a string in default\.nix/,
  ],
  'a comment': [inNix('pname', '/* */ pname'), /changes more in default\.nix than version and hashes/],
  'a hash that nobody computed': [
    inNix(/hash = "[^"]+"/, `hash = "${other}"`),
    /changes a string in default\.nix/,
  ],
  'a wrong hash in both places': [
    (value) => {
      inNix(/hash = "[^"]+"/, `hash = "${other}"`)(value);
      inLock(/"hash": "[^"]+"/, `"hash": "${other}"`)(value);
    },
    /claims the hash sha256-47DEQ.* for x86_64-linux/,
  ],
  'one more hash, right as the others are': [
    inNix('uvDeps = ', `# ${other}\n  uvDeps = `),
    /changes more in default\.nix than version and hashes/,
  ],
  'a fake hash': [inLock(/"hash": "[^"]+"/, `"hash": "${fake}"`), /has no hash for x86_64-linux/],
  'a system less': [inLock('"x86_64-linux"', '"aarch64-linux"'), /no longer has x86_64-linux/],
  'a report': [
    ({ proposed }) => void (proposed[0] && Object.assign(proposed[0], { reports: [] })),
    /proposed\[0\] has a field that is not known here/,
  ],
  'another file': [
    ({ proposed }) =>
      void proposed[0]?.files.push({ path: '.github/workflows/evil.yml', content: 'on: push' }),
    /adds the file/,
  ],
  'a file outside': [
    ({ proposed }) => void proposed[0]?.files.push({ path: '../evil', content: '' }),
    /not a path inside/,
  ],
  'git’s own folder': [
    ({ proposed }) => void proposed[0]?.files.push({ path: '.git/hooks/pre-commit', content: '' }),
    /not a path inside/,
  ],
  'no build lock': [({ proposed }) => void proposed[0]?.files.splice(1), /changes a string in default\.nix/],
  'another package': [
    ({ proposed }) => void (proposed[0] && Object.assign(proposed[0], { name: 'other' })),
    /neither inputs nor configuration name/,
  ],
  'code that is called a version': [
    bumped('1.0', '1.0"; postInstall = "curl evil"; meta.x = "'),
    /has a form that is not allowed/,
  ],
  'a word that is called a version': [bumped('small', 'evil'), /no 'releases' for it/],
  'a number outside of strings that is called a version': [
    (value) => {
      bumped('8', '9')(value);
      inNix('libc = "glibc:2.39"', 'libc = "glibc:2.39"; n = 9')(value);
    },
    /no 'releases' for it/,
  ],
  'a part of another version that is called a version': [bumped('3.14', '3.15'), /no 'releases' for it/],
  'a wheel to install apart that the lock does not have': [
    inLock(
      '"builds": [',
      '"apart": { "six-1.17.0-py2.py3-none-any.whl": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }, "builds": [',
    ),
    /apart/,
  ],
  'a host that the base does not fetch from': [
    inLock(
      '"wheels": {}',
      '"wheels": { "a-1-py3-none-any.whl": { "url": "https://evil.example/a.whl", "hash": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" } }',
    ),
    /fetches from 'evil\.example'/,
  ],
};

describe('publish', () => {
  test.each(Object.entries(refused))(
    'refuses a result with %s, and writes nothing',
    async (_, [change, says]) => {
      const refs = await world.repository.refs();
      const acted = await publish(changed(change));
      expect(acted.errors.map(({ title }) => title)).toEqual(['result-refused']);
      expect(acted.errors[0]?.message).toMatch(says);
      expect(world.github.writes()).toEqual([]);
      expect(await world.repository.refs()).toBe(refs);
    },
    minutes,
  );

  test(
    'says what to do where there is no result, or one that is no JSON',
    async () => {
      const missing = await world.act({ inputs: { mode: 'publish' }, env: { PATH: scratch } });
      expect(missing.errors[0]?.message).toMatch(/ownload the build job's artifact/);
      expect((await publish('{')).errors[0]?.message).toMatch(/is not a result of mode: compute/);
      expect((await publish('{"version":2,"head":"x","proposed":[{}]}')).errors[0]?.message).toMatch(
        /result\.head has a form that is not allowed/,
      );
    },
    minutes,
  );

  test(
    'refuses two jobs that disagree, and opens one pull request for two that agree',
    async () => {
      const several = async (workspace: string, second: string): Promise<void> => {
        for (const [name, text] of Object.entries({ 'x86_64-linux': computed, 'aarch64-linux': second })) {
          await mkdir(path.join(workspace, 'results', name), { recursive: true });
          await writeFile(path.join(workspace, 'results', name, result), text);
        }
      };
      const inputs = { mode: 'publish', result: 'results' };
      const disagree = await world.act({
        inputs,
        env: { PATH: scratch },
        prepare: (workspace) => several(workspace, changed(inNix(/hash = "[^"]+"/, `hash = "${other}"`))),
      });
      expect(disagree.errors[0]?.message).toMatch(/two jobs computed different files/);
      const agree = await world.act({
        inputs,
        env: { PATH: scratch },
        prepare: (workspace) => several(workspace, computed),
      });
      expect({ code: agree.code, log: agree.code === 0 ? '' : agree.log }).toEqual({ code: 0, log: '' });
      expect(agree.outputs.get('outcome')).toBe('created');
      expect(await world.repository.log('main..uv-fod/small')).toMatch(/^[0-9a-f]{40} [^\n]+$/);
      const again = await world.act({
        inputs,
        env: { PATH: scratch },
        prepare: (workspace) => several(workspace, computed),
      });
      expect(again.outputs.get('outcome')).toBe('none');
    },
    2 * minutes,
  );

  describe('a build lock alone, whose hash stands where it was', () => {
    const nested = 'nix/packages/small.nix';
    /**
     * What the computing job makes of a base that has the right hash already, and not its build
     * lock.
     */
    const lockOnly = (head: string): string =>
      changed((value) => {
        Object.assign(value, { head });
        for (const one of value.proposed)
          one.files = one.files.filter(({ path: name }) => name.endsWith('.json'));
      });
    const publishLock = (head: string, file: string, prepare = async (_: string): Promise<void> => {}) =>
      world.act({
        inputs: { mode: 'publish', file },
        env: { PATH: scratch },
        prepare: async (workspace) => {
          await writeFile(path.join(workspace, result), lockOnly(head));
          await prepare(workspace);
        },
      });
    const right = (): string => {
      const files = (JSON.parse(computed) as Handed).proposed.flatMap((one) => one.files);
      return files.find(({ path: name }) => name === 'default.nix')?.content ?? '';
    };

    test(
      'is refused where only what came with the result has the hash',
      async () => {
        const refs = await world.repository.refs();
        const acted = await publishLock(await world.repository.head(), 'default.nix', async (workspace) => {
          await mkdir(path.join(workspace, 'results'));
          await writeFile(path.join(workspace, 'results/package.nix'), right());
        });
        expect(acted.errors[0]?.message).toMatch(/no derivation has the hash for x86_64-linux/);
        expect(await world.repository.refs()).toBe(refs);
      },
      minutes,
    );

    test.each([
      ['the file that the input names', nested],
      ['another file of the repository, which that one imports', 'default.nix'],
    ])(
      'is published where it is in %s',
      async (_, file) => {
        const { work } = world.repository;
        await mkdir(path.join(work, path.dirname(nested)), { recursive: true });
        await writeFile(path.join(work, nested), right().replaceAll('./', '../..'));
        await writeFile(path.join(work, 'default.nix'), 'import ./nix/packages/small.nix\n');
        if ((await git(work, 'status', '--porcelain')) !== '')
          await world.repository.push('The hash, by hand');
        const acted = await publishLock(await world.repository.head(), file);
        expect({ code: acted.code, log: acted.code === 0 ? '' : acted.log }).toEqual({ code: 0, log: '' });
        const differs = await git(world.repository.bare, 'diff', '--name-only', 'main', 'uv-fod/small');
        expect(differs).toBe('uv-fod.lock.json');
      },
      minutes,
    );
  });
});
