import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bumpDependency } from '../support/nix/authentik.ts';
import { type AuthentikPackage, makeAuthentikPackage } from '../support/nix/authentik-package.ts';
import { secondBuilds } from '../support/nix/check.ts';
import { built, environment, evaluated, expectCode, nixBuild } from '../support/nix/nix.ts';
import { pin } from '../support/nix/project.ts';
import { runText } from '../support/nix/run.ts';

// authentik's real dependency closure once more: is it the same, and what is built again when
// something changes?
const minutes = 60_000;

let made: AuthentikPackage;
beforeAll(async () => {
  made = await makeAuthentikPackage();
  await built(['-A', 'authentik-django', '-A', 'authentik-django.source'], made.dir);
}, 14 * minutes);
afterAll(() => made?.close());

describe('built a second time', () => {
  test(
    'every derivation is the same bit for bit',
    async () => {
      const file = path.join(made.dir, 'default.nix');
      const builds = (await evaluated(
        'builtins.attrNames (import ./. { }).authentik-django.builds',
        made.dir,
      )) as string[];
      const apart = (await evaluated(
        'builtins.attrNames (import ./. { }).authentik-django.apart',
        made.dir,
      )) as string[];
      expect(apart).toEqual(expect.arrayContaining([expect.stringMatching(/^msgraph_sdk-/)]));
      const all = [
        '',
        '.uvDeps',
        '.thirdParty',
        '.source',
        '.checked',
        ...builds.map((key) => `.builds."${key}"`),
        ...apart.map((file) => `.apart."${file}"`),
      ];
      const expressions = all.map((one) => `it.authentik-django${one}`);
      expect(await secondBuilds(file, expressions, made.dir)).toEqual([]);
    },
    30 * minutes,
  );
});

describe('what is built again', () => {
  /** Names of the derivations that Nix would build now. */
  const wouldBuild = async (): Promise<string[]> => {
    const { code, stderr } = await nixBuild(['-A', 'authentik-django', '--dry-run'], made.dir);
    expectCode(0, { code, stderr });
    return [...stderr.matchAll(/\/nix\/store\/[^-]+-(\S+)\.drv/g)]
      .map(([, name = '']) => name.replace(/-[\d.]+$/, ''))
      .sort();
  };

  test('nothing, where nothing changed', async () => {
    expect(await wouldBuild()).toEqual([]);
  });

  test("a change of authentik's own files: its wheel and the output", async () => {
    await appendFile(path.join(made.dir, 'authentik/authentik/root/setup.py'), '# changed\n');
    expect(await wouldBuild()).toEqual(['authentik-django', 'authentik-source', 'authentik-wheel']);
  });

  test('a change of a member: its wheel too, and no other', async () => {
    await appendFile(
      path.join(made.dir, 'authentik/packages/ak-guardian/guardian/__init__.py'),
      '# changed\n',
    );
    expect(await wouldBuild()).toEqual([
      'ak-guardian-wheel',
      'authentik-django',
      'authentik-source',
      'authentik-wheel',
    ]);
  });

  /**
   * Outputs of everything that the output is made from, with names; whatever the store holds
   * already. By outputs, not by derivations: a fixed output that is the same leaves what depends on
   * it the same.
   */
  const outputs = async (): Promise<Map<string, string>> => {
    const options = { cwd: made.dir, env: environment };
    const drv = await runText('nix-instantiate', ['-A', 'authentik-django'], options);
    const args = ['--query', '--requisites', drv.split('\n').at(-1) ?? ''];
    const all = (await runText('nix-store', args)).split('\n').filter((one) => one.endsWith('.drv'));
    const paths = (await runText('nix-store', ['--query', '--outputs', ...all])).split('\n');
    return new Map(paths.map((one) => [one, one.replace(/^[^-]+-/, '').replace(/-[\d.]+$/, '')]));
  };

  test(
    'a bump of a small wheel: what holds the wheels, and no sdist, no large wheel and no other in-tree package',
    async () => {
      const before = await outputs();
      await bumpDependency(
        path.join(made.dir, 'authentik'),
        'djangorestframework==3.16.1',
        'djangorestframework==3.17.1',
      );
      await pin(made.dir, 'authentik-django');
      const changed = [...(await outputs())].filter(([output]) => !before.has(output));
      // The project's own source and wheel have pyproject.toml and uv.lock in them.
      expect(changed.map(([, name]) => name).sort()).toEqual([
        'authentik-django',
        'authentik-django-check',
        'authentik-django-third-party',
        'authentik-django-uv-deps',
        'authentik-source',
        'authentik-wheel',
      ]);
    },
    3 * minutes,
  );

  test(
    'a bump of a large wheel: its own environment as well',
    async () => {
      const before = await outputs();
      await bumpDependency(path.join(made.dir, 'authentik'), 'twilio==9.10.4', 'twilio==9.10.3');
      await pin(made.dir, 'authentik-django');
      const changed = [...(await outputs())].filter(([output]) => !before.has(output));
      expect(
        changed
          .map(([, name]) => name)
          .filter((name) => /twilio|uv-installed/.test(name))
          .sort(),
      ).toEqual(['twilio-9.10.3-py2.py3-none-any.whl', 'uv-installed-twilio-9.10.3-py2.py3-none-any']);
    },
    3 * minutes,
  );
});
