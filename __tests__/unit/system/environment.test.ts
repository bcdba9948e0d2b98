import { expect, test } from '@jest/globals';
import { childEnvironment } from '../../../src/system/environment.ts';

test('a child gets what finds programs and the network, and no secret', () => {
  const environment = {
    ...{
      PATH: '/bin',
      HOME: '/h',
      NIX_PATH: 'nixpkgs=/n',
      https_proxy: 'p',
      UV_INDEX_PRIVATE_PASSWORD: 'for the index',
    },
    ...{
      GITHUB_TOKEN: 's',
      INPUT_TOKEN: 's',
      ACTIONS_RUNTIME_TOKEN: 's',
      AWS_SECRET_ACCESS_KEY: 's',
      UV_PUBLISH_TOKEN: 's',
      NODE_OPTIONS: 's',
    },
  };
  const { NIX_CONFIG, GC_MAXIMUM_HEAP_SIZE, ...others } = childEnvironment(environment);
  expect(Number(GC_MAXIMUM_HEAP_SIZE)).toBeGreaterThan(1e9);
  // Nix's bounds come first, so that the user's own settings win.
  expect(NIX_CONFIG).toMatch(/^timeout = \d+\nmax-silent-time = \d+\n$/);
  // git's settings come before those of a checkout's own file.
  const isGitSetting = ([name]: [string, string]): boolean => name.startsWith('GIT_CONFIG_');
  const settings = Object.fromEntries(Object.entries(others).filter(isGitSetting));
  expect(settings).toMatchObject({ GIT_CONFIG_COUNT: '5', GIT_CONFIG_KEY_0: 'core.fsmonitor' });
  expect(Object.values(settings)).toEqual(
    expect.arrayContaining(['core.hooksPath', '/dev/null', 'core.alternateRefsCommand', 'maintenance.auto']),
  );
  const plain = Object.entries(others).filter((entry) => !isGitSetting(entry));
  expect(Object.fromEntries(plain)).toEqual({
    ...{
      PATH: '/bin',
      HOME: '/h',
      NIX_PATH: 'nixpkgs=/n',
      https_proxy: 'p',
      UV_INDEX_PRIVATE_PASSWORD: 'for the index',
      ...{ GIT_HTTP_LOW_SPEED_LIMIT: '1000', GIT_HTTP_LOW_SPEED_TIME: '60' },
    },
  });
});
