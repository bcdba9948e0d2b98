import { expect, test } from '@jest/globals';
import type { NixEvent } from '../../../src/nix/nix-events.ts';
import { nixProgress } from '../../../src/nix/nix-progress.ts';

/** As Nix's log has it: what it begins, its notes, and what builders print. */
const event = (text: string): NixEvent => ({
  kind: /^(building|copying|checking)/.test(text) ? 'begun' : /^(th| {2}\/)/.test(text) ? 'note' : 'printed',
  text,
});
const drv = (name: string) => `/nix/store/${'a'.repeat(32)}-${name}`;

test('counts what Nix begins of what it announced', () => {
  const progressOf = nixProgress();
  const lines = [
    'these 2 derivations will be built:',
    `  ${drv('lxml-6.0.2.drv')}`,
    'these 12 paths will be fetched (3.40 MiB download, 12.10 MiB unpacked):',
    `copying path '${drv('glibc-2.42')}' from 'https://cache.example'...`,
    `building '${drv('lxml-6.0.2.drv')}'...`,
    'Compiling lxml.etree',
    `building '${drv('authentik-django-2026.2.0.drv')}'...`,
  ];
  expect(
    lines
      .map(event)
      .map(progressOf)
      .filter((one) => one !== undefined),
  ).toEqual([
    'fetching glibc-2.42 (1 of 12)',
    'building lxml-6.0.2 (1 of 2)',
    'building authentik-django-2026.2.0 (2 of 2)',
  ]);
});

test('a single build has no count; a fetch of ours says how far it is; a second run is a build', () => {
  const progressOf = nixProgress();
  const lines = [
    'this derivation will be built:',
    `building '${drv('uv-deps.drv')}'...`,
    'uv-fod: 45 of 166 wheels, 31.2 MB, 3 s',
    'uv-fod: 166 wheels, 112.3 MB',
    `checking outputs of '${drv('source.drv')}'...`,
  ];
  expect(lines.map(event).map(progressOf)).toEqual([
    undefined,
    'building uv-deps',
    '45 of 166 wheels, 31.2 MB',
    undefined,
    'building source',
  ]);
});

test('a builder that prints like Nix is not counted', () => {
  const progressOf = nixProgress();
  const lines = [`building '${drv('x.drv')}'...`, 'these 9 derivations will be built:'];
  for (const text of lines) expect(progressOf({ kind: 'printed', text })).toBeUndefined();
  expect(nixProgress()({ kind: 'begun', text: `building '${'/a'.repeat(20_000)}` })).toBeUndefined();
});
