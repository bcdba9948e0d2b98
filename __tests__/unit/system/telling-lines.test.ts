import { expect, test } from '@jest/globals';
import { tellingLines } from '../../../src/system/telling-lines.ts';

test('of a failed build it is what Nix quotes, not what could not begin after it', () => {
  const log = [
    "building '/nix/store/x-lxml.drv'...",
    'a line of the builder',
    "error: Cannot build '/nix/store/x-lxml.drv'.",
    '       Reason: builder failed with exit code 1.',
    '       Last 3 log lines:',
    '       > gcc: xml.c',
    '       >',
    '       > xml.c:1: fatal error: libxml/xmlversion.h: No such file',
    '       For full logs, run: nix log /nix/store/x-lxml.drv',
    "error: Cannot build '/nix/store/x-small.drv'.",
    '       Reason: 1 dependency failed.',
  ].join('\n');
  expect(tellingLines(log)).toEqual([
    'gcc: xml.c',
    'xml.c:1: fatal error: libxml/xmlversion.h: No such file',
  ]);
});

test('elsewhere it is the end, at most twenty lines of at most 300 characters', () => {
  const traceback = 'Traceback (most recent call last):\n  File "x"\n\nImportError: libxml2.so.2\n';
  expect(tellingLines(traceback)).toEqual([
    'Traceback (most recent call last):',
    '  File "x"',
    'ImportError: libxml2.so.2',
  ]);
  const long = tellingLines(`${'x'.repeat(5000)}\n`.repeat(100));
  expect([long.length, long[0]?.length]).toEqual([20, 300]);
  expect(tellingLines('')).toEqual([]);
});

test('no control character comes through, and no line end of another kind', () => {
  expect(tellingLines('\u001b[31mred\u001b[0m\ra\u0007\u009b31m\r\n\u0000')).toEqual([
    'red',
    'a\\u0007\\u009b31m',
    '\\u0000',
  ]);
});
