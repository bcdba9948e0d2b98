import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { sha256 } from '../../support/files/server.ts';
import { runText } from '../../support/nix/run.ts';
import { nixPath, uvFod } from '../../support/scenario/small.ts';
import { type Acted, makeWorld, type World } from '../../support/scenario/world.ts';
import { change, type HostileIndex, lockIn, seenIn, startHostileIndex } from '../support/hostile-wheel.ts';
import { minutes } from '../support/world.ts';

// What a derivation and its files can do to the check: its interpreter, its verdict, its list of
// modules.
let world: World;
let index: HostileIndex;

beforeAll(async () => {
  index = await startHostileIndex();
  world = await makeWorld();
  await writeFile(path.join(world.dir, 'verdict.json'), whole);
}, 2 * minutes);
afterAll(async () => {
  await index?.close();
  await world?.close();
});

/** Runs on a derivation with this in the place of its version. */
const act = (nix: string, edit = (text: string): string => text): Promise<Acted> =>
  world.act({
    inputs: { 'pull-request': 'false' },
    prepare: change('default.nix', (text) =>
      edit(text.replace('version = "1.0";', `version = "1.0"; ${nix}`)),
    ),
  });

function expectFailed(acted: Acted, message: RegExp, code = 'import-failed'): void {
  expect(acted.errors.map(({ title }) => title)).toEqual([code]);
  expect(acted.errors[0]?.message).toMatch(message);
  expect({ code: acted.code, left: acted.left }).toEqual({ code: 1, left: '' });
}

/**
 * A derivation whose interpreter, of which the check takes the one that decides, is a program of
 * its own.
 */
const deciding = (program: string): string =>
  `doInstallCheck = false; postInstall = let
    own = pkgs.writeText "own" ''
#!\${pkgs.python314}/bin/python3.14 -IS
import os
out = os.environ["out"]
${program}
'';
    decides = pkgs.runCommand "decides" { } "cp \${own} $out; chmod +x $out";
  in "rm $out/libexec/python3.14; ln -s \${decides} $out/libexec/python3.14";`;

const unreadable = /no valid result/;
/** A result that would be read: its files are not in the output, which is another refusal. */
const verdict = (...modules: string[]): string =>
  JSON.stringify({
    version: 1,
    results: modules.map((module) => ({ module, outcome: 'imported', file: '/etc/passwd' })),
  });
const whole = verdict('six', 'iniconfig');
const write = (text: string): string => `open(out, "w").write(${text})`;

const forged: Readonly<Record<string, () => string>> = {
  'a link to a file of the host': () => `os.symlink("${path.join(world.dir, 'verdict.json')}", out)`,
  'a folder': () => 'os.mkdir(out)',
  '3 MB of JSON': () => write(`' ' * 3000000 + '${whole}'`),
  'JSON 50,000 levels deep': () => write('"[" * 50000 + "]" * 50000'),
  'bytes that are not text': () => 'open(out, "wb").write(bytes(range(256)) * 4)',
  'a pass for another module': () => write(`'${verdict('other', 'iniconfig')}'`),
  'a pass for the first of two modules': () => write(`'${verdict('six')}'`),
};
for (const [what, program] of Object.entries(forged))
  attack(1, ['update'], `a verdict that is ${what}`, async () =>
    expectFailed(await act(deciding(program())), unreadable),
  );

attack(1, ['update'], 'a whole verdict for files outside of the output', async () =>
  expectFailed(await act(deciding(write(`'${whole}'`))), /not a module of the output/),
);

attack(1, ['update'], "the output's Python is a shell script, and a link out of the store", async () => {
  const put = (python: string): string =>
    `doInstallCheck = false; postInstall = "rm $out/bin/python3.14; ${python}";`;
  const mark = path.join(world.dir, 'ran');
  const script = `printf '#!/bin/sh\\\\ntouch ${mark}\\\\n' > $out/bin/python3.14; chmod +x $out/bin/python3.14`;
  expectFailed(await act(put(script)), /can't be started/);
  expectFailed(await act(put('ln -s /usr/bin/python3.14 $out/bin/python3.14')), /can't be started/);
  await expect(access(mark)).rejects.toThrow();
});

attack(
  1,
  ['update'],
  'pyvenv.cfg with a home of its own does not reach the process that decides',
  async () => {
    const home = "mkdir -p $out/evil/bin; printf 'home = %s/evil/bin\\\\n' $out > $out/pyvenv.cfg";
    const acted = await act(`doInstallCheck = false; postInstall = "${home}";`);
    expect(acted.log).toMatch(/python -I -c "import six" → (failed|\/nix\/store)/);
  },
);

const lists: Readonly<Record<string, readonly [string, RegExp, string?]>> = {
  'a statement': ['[ "os; import os; os.system(\'touch $mark\')" ]', /not the name of a Python module/],
  'an option of Python': ['[ "-c" ]', /not the name of a Python module/],
  'a line break': ['[ "six\\nimport os" ]', /not the name of a Python module/],
  numbers: ['[ 5 ]', /imports\[0\] is not a string/, 'evaluation-failed'],
  'a set': ['{ six = 1; }', /imports/, 'evaluation-failed'],
  '20,000 names': [
    '(builtins.genList (n: "six") 20000)',
    /imports has more than 1000 items/,
    'evaluation-failed',
  ],
  'a module of Python itself': ['[ "json" ]', /not a module of the output/],
};
for (const [what, [list, message, code]] of Object.entries(lists))
  attack(1, ['update'], `pythonImportsCheck with ${what}`, async () => {
    const own = (text: string): string =>
      text.replace(
        /small = (uv-fod\.buildUvEnv \{[\s\S]*?\n {2}\});/,
        `small = $1 // { pythonImportsCheck = ${list}; };`,
      );
    expectFailed(
      await act('', (text) => own(text.replace('version = "1.0"; ', 'version = "1.0";'))),
      message,
      code,
    );
  });

attack(1, ['cli'], 'a build backend of an sdist sees neither the host nor the network', async () => {
  const workspace = await world.repository.checkout(path.join(world.dir, 'sdist'));
  const folder = path.join(world.dir, 'evil-1.0');
  const secrets = path.join(world.dir, 'github-env');
  await mkdir(folder);
  await writeFile(secrets, '');
  await writeFile(path.join(folder, 'PKG-INFO'), 'Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n');
  await writeFile(
    path.join(folder, 'pyproject.toml'),
    '[project]\nname = "evil"\nversion = "1.0"\n\n[build-system]\nrequires = []\nbuild-backend = "evil"\nbackend-path = ["."]\n',
  );
  await writeFile(
    path.join(folder, 'evil.py'),
    `import glob, json, os, socket, sys
def look(*_):
    def text(file):
        try: return open(file, errors="replace").read()
        except OSError: return ""
    try: network = bool(socket.create_connection(("127.0.0.1", ${new URL(index.origin).port}), 2))
    except OSError: network = False
    try: wrote = bool(open("${secrets}", "w").write("X=1"))
    except OSError: wrote = False
    found = [word for file in glob.glob("/proc/*/environ") for word in ("canary-", "GITHUB_") if word in text(file)]
    print("SEEN " + json.dumps({"network": network, "secrets": found, "host": os.path.exists("${world.dir}"), "wrote": wrote}), file=sys.stderr)
    sys.exit(3)
get_requires_for_build_wheel = build_wheel = look
`,
  );
  await runText('tar', ['-czf', 'evil-1.0.tar.gz', 'evil-1.0'], { cwd: world.dir });
  const bytes = await readFile(path.join(world.dir, 'evil-1.0.tar.gz'));
  const url = index.served('evil-1.0.tar.gz', bytes);
  await lockIn(workspace, 'evil', url, `sdist = { hash = "sha256:${sha256(bytes)}" }`);
  const env = { NIX_PATH: nixPath, GITHUB_ENV: secrets, AWS_SECRET_ACCESS_KEY: 'canary-aws' };
  const { code, stderr } = await uvFod(['update', 'small', '--verbose'], workspace, env);
  expect(code).not.toBe(0);
  expect(seenIn(stderr)).toEqual({ network: false, secrets: [], host: false, wrote: false });
  expect(await readFile(secrets, 'utf8')).toBe('');
});
