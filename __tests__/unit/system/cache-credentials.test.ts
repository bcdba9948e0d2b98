import { describe, expect, test } from '@jest/globals';
import { isCacheAddress } from '../../../src/config/cache.ts';
import { cacheCredentials } from '../../../src/nix/copy-to-cache.ts';

describe('the address of a cache', () => {
  test.each([
    'file:///srv/cache?compression=zstd',
    's3://bucket?region=eu-1&secret-key=/run/key',
    'ssh-ng://me@host',
    'https://cache.example/team',
  ])('%s is one', (address) => expect(isCacheAddress(address)).toBe(true));

  test.each([
    '',
    '/srv/cache',
    'daemon',
    '--option',
    'local?root=/',
    'file:///a b',
    'https://me:word@cache.example',
    'gs://bucket',
  ])('%s is none', (address) => expect(isCacheAddress(address)).toBe(false));
});

describe('what logs in to a cache', () => {
  const environment = {
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'key',
    SSH_AUTH_SOCK: '/agent',
    GITHUB_TOKEN: 't',
    PATH: '/bin',
  };

  test.each([
    ['s3://bucket', { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' }],
    ['ssh-ng://host', { SSH_AUTH_SOCK: '/agent' }],
    ['ssh://host', { SSH_AUTH_SOCK: '/agent' }],
    ['https://cache.example', {}],
    ['file:///srv/cache', {}],
  ])('for %s', (address, expected) => {
    expect(cacheCredentials(address, environment)).toEqual(expected);
  });
});
