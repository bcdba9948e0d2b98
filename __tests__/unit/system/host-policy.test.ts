import { describe, expect, test } from '@jest/globals';
import { makeHostPolicy } from '../../../src/fetch/host-policy.ts';

const names: Readonly<Record<string, readonly string[]>> = {
  'public.example': ['93.184.215.14', '2606:4700::1'],
  'mixed.example': ['93.184.215.14', '10.0.0.1'],
  'zone.example': ['fe80::1%eth0'],
  'empty.example': [],
  localhost: ['127.0.0.1'],
  'localhost.': ['127.0.0.1'],
};
const resolve = async (name: string): Promise<readonly string[]> => {
  const found = names[name];
  if (found === undefined) throw Object.assign(new Error('unknown'), { code: 'ENOTFOUND' });
  return found;
};
const untrusted = (allowedHosts?: readonly string[]) =>
  makeHostPolicy(async () => ({ allowedHosts, isUntrusted: true }), resolve);

describe('an address of an untrusted lock', () => {
  test('is approved with all its addresses, resolved once', async () => {
    let asked = 0;
    const policy = makeHostPolicy(
      async () => ({ allowedHosts: undefined, isUntrusted: true }),
      async () => {
        asked += 1;
        return [asked === 1 ? '93.184.215.14' : '127.0.0.1'];
      },
    );
    expect(await policy.approve('https://a.example/x', 'x')).toEqual(['93.184.215.14']);
    expect(asked).toBe(1);
    expect(await untrusted().approve('https://public.example/', 'x')).toEqual(names['public.example']);
  });

  test.each([
    ...[
      'https://mixed.example/',
      'https://zone.example/',
      'https://empty.example/',
      'https://unknown.example/',
    ],
    ...['http://localhost./', 'http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://0/'],
    ...[
      'http://[::ffff:127.0.0.1]/',
      'http://[::127.0.0.1]/',
      'http://[64:ff9b::7f00:1]/',
      'http://[fe80::1%25eth0]/',
    ],
    ...[
      'http://[::]/',
      'http://168.63.129.16/',
      'http://169.254.169.254/',
      'http://\uff11\uff12\uff17.0.0.1/',
    ],
    ...[
      'ssh://git@public.example/x',
      'ftp://public.example/',
      'file:///etc/passwd',
      'https:///',
      '//public.example/',
    ],
    ...[
      'https://me:word@public.example/',
      'https://public.example\\@127.0.0.1/',
      'https://public.example\t/',
      '',
    ],
  ])('%j is refused', async (address) => {
    const policy = untrusted();
    await expect(policy.approve(address, 'x')).rejects.toMatchObject({ code: 'host-not-allowed' });
    await expect(policy.check(address, 'x')).rejects.toMatchObject({ code: 'host-not-allowed' });
  });

  test.each([
    ['https://public.example:8443/', false],
    ['https://sub.public.example/', false],
    ['http://public.example/', true],
    ['https://PUBLIC.example./', true],
    ['ssh://git@public.example/', false],
  ])('%s on a list of its host: %s', async (address, isAllowed) => {
    const judged = untrusted(['public.example']).check(address, 'x');
    if (isAllowed) await expect(judged).resolves.toBeUndefined();
    else await expect(judged).rejects.toMatchObject({ code: 'host-not-allowed' });
  });
});

test('without a list, a trusted lock may ask everything', async () => {
  const policy = makeHostPolicy(async () => ({ allowedHosts: undefined, isUntrusted: false }), resolve);
  expect(await policy.isActive()).toBe(false);
  await expect(policy.check('ssh://git@localhost/', 'x')).resolves.toBeUndefined();
  expect(await policy.approve('http://localhost/', 'x')).toEqual(['127.0.0.1']);
});
