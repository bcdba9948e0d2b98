import { describe, expect, test } from '@jest/globals';
import { netrcLogins } from '../../../src/fetch/netrc.ts';

const ask = (text: string, host: string): string | undefined =>
  netrcLogins(text)(new URL(`https://${host}/simple/`));

describe('netrcLogins', () => {
  test('gives a host its own login', () => {
    const text =
      'machine index.example login me password secret\nmachine other.example\n  login you\n  password word\n';
    expect(ask(text, 'index.example')).toBe('me:secret');
    expect(ask(text, 'other.example:8443')).toBe('you:word');
  });

  test('gives other hosts nothing: no parent domain, no default', () => {
    const text = 'machine index.example login me password secret\ndefault login any password one\n';
    for (const host of [
      'example',
      'evil-index.example',
      'index.example.evil',
      'sub.index.example',
      'constructor',
    ]) {
      expect(ask(text, host)).toBeUndefined();
    }
  });

  test('takes the first entry of a host, and skips accounts, comments and macros', () => {
    const text = `# machine index.example login commented password out
machine index.example account none login first password one
macdef init
machine index.example login macro password text

machine index.example login second password two
`;
    expect(ask(text, 'index.example')).toBe('first:one');
  });

  test('an unfinished file is no error', () => {
    expect(ask('machine index.example login', 'index.example')).toBe(':');
    expect(ask('machine', 'index.example')).toBeUndefined();
    expect(ask('', 'index.example')).toBeUndefined();
  });
});
