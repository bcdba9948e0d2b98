import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { attack } from '../../support/attack.ts';
import { uvFod } from '../../support/scenario/small.ts';
import { makeWorld, type World } from '../../support/scenario/world.ts';
import {
  actAfter,
  building,
  evaluating,
  expectNoCommand,
  inNix,
  inString,
  lines,
  printing,
  words,
} from '../support/hostile-text.ts';
import { minutes } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 2 * minutes);
afterAll(() => world?.close());

attack(7, ['update'], 'a build that passes prints them', async () => {
  expectNoCommand(await actAfter(world, building(printing)), /\| ::notice::pwned/);
});

attack(7, ['update', 'compute', 'check'], 'a build that fails prints them', async () => {
  for (const mode of ['update', 'compute'])
    expectNoCommand(await actAfter(world, building(`${printing}; exit 1`), { mode }), /pwned/);
  const prepare = building(`${printing}; exit 1`);
  const checked = await actAfter(
    world,
    async (workspace) => {
      await uvFod(['update', 'small', '--no-verify'], workspace);
      await prepare?.(workspace);
    },
    { mode: 'check' },
  );
  expectNoCommand(checked, /pwned/);
  expect(checked.outputs.get('status')).toBe('does-not-build');
});

attack(7, ['check'], 'an expression throws and traces them', async () => {
  expectNoCommand(await actAfter(world, evaluating(`throw ${inString(words)}`), { mode: 'check' }), /pwned/);
  expectNoCommand(
    await actAfter(world, evaluating(`builtins.trace ${inString(words)} (abort "x ##[error]pwned")`), {
      mode: 'check',
    }),
    /pwned/,
  );
});

attack(
  7,
  ['update'],
  'an attribute of the derivation has them: its version, its name, what is to be imported',
  async () => {
    expectNoCommand(await actAfter(world, evaluating(inString(words)), { verify: 'false' }), undefined);
    const imports = (workspace: string): Promise<void> =>
      inNix(workspace, `version = "1.0"; pythonImportsCheck2 = true;`).then(async () => {
        const file = path.join(workspace, 'default.nix');
        const text = await readFile(file, 'utf8');
        await writeFile(file, text.replace('"six" "iniconfig"', inString(words)));
      });
    expectNoCommand(await actAfter(world, imports), undefined);
  },
);

attack(7, ['update'], 'messages that Nix relays from a builder have them', async () => {
  const relayed = lines.map((msg) => `@nix ${JSON.stringify({ action: 'msg', level: 0, msg })}`).join('\n');
  const started = lines.map(
    (text, id) => `@nix ${JSON.stringify({ action: 'start', id, level: 0, type: 101, text, parent: 0 })}`,
  );
  const script = `echo ${Buffer.from(`${relayed}\n${started.join('\n')}\n`).toString('base64')} | base64 -d >&2; exit 1`;
  expectNoCommand(await actAfter(world, building(script)), /pwned/);
});

attack(7, ['update'], 'a line of 300 KB has them where a piece of it would begin', async () => {
  const pieces = [1 << 16, 1 << 17, 1 << 18].map(
    (end) => `printf '%*s' ${end - 20} x; printf '##[error]pwned::notice::pwned\\r::notice::pwned'`,
  );
  expectNoCommand(
    await actAfter(world, building(`${pieces.join('; ')}; echo; exit 1`)),
    /more characters in this line|pwned/,
  );
});
