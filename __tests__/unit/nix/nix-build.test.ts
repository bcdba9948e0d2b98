import { expect, test } from '@jest/globals';
import { nixBuild, nixEvent } from '../../../src/nix/nix-build.ts';
import type { Log } from '../../../src/system/log.ts';

// Lines as Nix 2.26.3 and 2.34.8 print them (seen in runs).
const line = (value: unknown): string => `@nix ${JSON.stringify(value)}`;
const mismatch = "hash mismatch in fixed-output derivation '/nix/store/x.drv'";
const own = {
  action: 'msg',
  level: 0,
  file: null,
  msg: `\u001b[31;1merror:\u001b[0m ${mismatch}`,
  raw_msg: mismatch,
};
const relayed = { action: 'msg', level: 0, msg: `error: ${mismatch}` };
const printed = { action: 'result', id: 1, type: 101, fields: [`error: ${mismatch}`] };

test('an error of Nix itself, one that is relayed or forged, and a line of a builder are told apart', () => {
  expect(nixEvent(line(own))).toEqual({ kind: 'error', text: `error: ${mismatch}` });
  expect(nixEvent(line(relayed))).toEqual({ kind: 'relayed', text: `error: ${mismatch}` });
  expect(nixEvent(line(printed))).toEqual({ kind: 'printed', text: `error: ${mismatch}` });
});

test('only builds and copies are what Nix begins: builders may start downloads', () => {
  const start = { action: 'start', level: 3, text: "building 'x'" };
  expect(nixEvent(line({ ...start, type: 105 }))).toMatchObject({ kind: 'begun' });
  expect(nixEvent(line({ ...start, type: 101 }))).toMatchObject({ kind: 'printed' });
  expect(nixEvent(line({ ...start, type: 105, level: 6 }))).toBeUndefined();
});

test('anything else is a line of a log, or nothing', () => {
  const lines = ['', 'error: hash mismatch', '@nix', `x${line(own)}`, '@nix {"action":"msg","raw_msg":"'];
  for (const one of lines) expect(nixEvent(one)?.kind).toBe('printed');
  for (const value of [
    null,
    1,
    [],
    { action: 'stop', id: 1 },
    { action: 'msg' },
    { action: 'result', type: 105 },
  ])
    expect(nixEvent(line(value))).toBeUndefined();
});

/** A build of which Nix prints these lines, and what its log shows. */
async function built(lines: readonly string[]) {
  const shown: string[] = [];
  const progress: string[] = [];
  const log: Log = {
    info: (text) => void shown.push(text),
    warning: () => {},
    progress: (text) => void progress.push(text),
    group: (_, body) => body(),
  };
  const run = async (_: string, __: readonly string[], options?: { onLine?: (text: string) => void }) => {
    for (const one of lines) options?.onLine?.(one);
    return { code: 102, stdout: '', stderr: '' };
  };
  return { result: await nixBuild(['x'], { run, log }, 'x'), shown, progress };
}

test('nix-build: own and relayed errors are kept separately, and the last line that was printed', async () => {
  const { result, shown } = await built([printed, relayed, own].map(line));
  expect(result).toMatchObject({
    errors: [`error: ${mismatch}`],
    relayed: [`error: ${mismatch}`],
    lastPrinted: `error: ${mismatch}`,
  });
  expect(shown).toHaveLength(3);
});

test('progress is what Nix begins and the wheels that a build of ours fetches, and no other line of a builder', async () => {
  const drv = (name: string) => `/nix/store/${'a'.repeat(32)}-${name}`;
  const start = (type: number, text: string) => line({ action: 'start', level: 3, type, text });
  const { progress } = await built([
    start(100, `copying path '${drv('glibc-2.42')}' from 'https://cache.example'`),
    start(105, `building '${drv('lxml-6.0.2.drv')}'`),
    'Compiling lxml.etree',
    `building '${drv('x.drv')}'...`,
    'uv-fod: 45 of 166 wheels, 31.2 MB, 3 s',
    'uv-fod: 166 wheels, 112.3 MB',
    start(105, `checking outputs of '${drv('source.drv')}'`),
    start(105, `building '${'/a'.repeat(20_000)}`),
  ]);
  expect(progress).toEqual([
    'fetching glibc-2.42',
    'building lxml-6.0.2',
    '45 of 166 wheels, 31.2 MB',
    'building source',
  ]);
});
