import { expect, test } from '@jest/globals';
import { nixBuild } from '../../../src/nix/nix-build.ts';
import { nixEvent } from '../../../src/nix/nix-events.ts';
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
  expect(nixEvent(line(own))).toEqual({ kind: 'error', text: `error: ${mismatch}`, isOwn: true });
  expect(nixEvent(line(relayed))).toEqual({ kind: 'error', text: `error: ${mismatch}`, isOwn: false });
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

test('nix-build: own and relayed errors are kept separately, and the last line that was printed', async () => {
  const lines: string[] = [];
  const log: Log = {
    info: (text) => void lines.push(text),
    warning: () => {},
    progress: () => {},
    group: (_, body) => body(),
  };
  const run = async (_: string, __: readonly string[], options?: { onLine?: (text: string) => void }) => {
    for (const one of [printed, relayed, own]) options?.onLine?.(line(one));
    return { code: 102, stdout: '', stderr: '' };
  };
  expect(await nixBuild(['x'], { run, log }, 'x')).toMatchObject({
    errors: [`error: ${mismatch}`],
    relayed: [`error: ${mismatch}`],
    lastPrinted: `error: ${mismatch}`,
  });
  expect(lines).toHaveLength(3);
});
