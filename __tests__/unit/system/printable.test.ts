import { afterEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { annotationOf } from '../../../src/action/annotation.ts';
import { code, fenced, text } from '../../../src/pull-request/report/markdown.ts';
import { UserError } from '../../../src/system/errors.ts';
import { capped, splitLines } from '../../../src/system/lines.ts';
import { actionLog, terminalLog } from '../../../src/system/log.ts';
import { harmless, harmlessInColour, jsonText, printable } from '../../../src/system/printable.ts';
import { anyCharacter } from '../../support/any-character.ts';
import { runnerCommands, runnerLines, unseen } from '../../support/runner/commands.ts';

/** Pieces that commands are made of, and what might hide, join or split them. */
const pieces = fc.constantFrom(
  ...['::', ':', '##[', '##', '#', '[', ']', 'notice', 'set-output name=x', '::NOTICE::x', '##[error]x', ' '],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\v',
    '\f',
    '\0',
    '\u0007',
    '\b',
    '\u001b',
    '\u001b[0m',
    '\u001b[31m',
    '\u001b[2K',
  ],
  ...[
    '\u001b]8;;x\u0007',
    '\u001bP',
    '\u0085',
    '\u009b',
    '\u009b0m',
    '\u009d0;x\u009c',
    '\u00a0',
    '\u00ad',
    '\u034f',
  ],
  ...[
    '\u061c',
    '\u115f',
    '\u1680',
    '\u180e',
    '\u200b',
    '\u200d',
    '\u2028',
    '\u2029',
    '\u202e',
    '\u2066',
    '\u3000',
  ],
  ...[
    '\u3164',
    '\ufe0f',
    '\ufeff',
    '\ufff9',
    '\u{e0001}',
    '\u{e0041}',
    '\ud800',
    '\udc00',
    '%0A',
    '%0D',
    '\\u000a',
  ],
);
const anyText = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: pieces },
      { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 8 }) },
    ),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(''));

function checkLog(log: string): void {
  expect(runnerCommands(log)).toEqual([]);
  expect(unseen(log)).toEqual([]);
}

describe('log lines', () => {
  test('of any text are no command and hide nothing: 10,000', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const log = harmless(a);
        checkLog(log);
        expect(harmless(log)).toBe(log);
        // Written after each other, on lines of their own or after a prefix.
        checkLog(`${log}\n${harmless(b)}\n`);
        checkLog(`warning: ${log}`);
        checkLog(harmless(`  ${a}${b}`));
        expect(runnerCommands(harmlessInColour(a))).toEqual([]);
        expect(runnerLines(printable(a + b))).toHaveLength(1);
      }),
      { numRuns: 10_000 },
    );
  });

  afterEach(() => void jest.useRealTimers());
  test('of both logs, in groups, titles, warnings and progress', async () => {
    jest.useFakeTimers();
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (a, b) => {
        const written: string[] = [];
        const write = (line: string): void => void written.push(line);
        const runner = actionLog({ info: write, warning: write, startGroup: write, endGroup: () => {} });
        const terminal = terminalLog({ write, columns: () => undefined }, true);
        for (const log of [runner, terminal])
          await log.group(a, async () => {
            log.info(b);
            log.warning(a);
            log.progress(`${a}${b}`);
            jest.advanceTimersByTime(10_000);
          });
        checkLog(written.map((line) => line.replace(/\n$/, '')).join('\n'));
      }),
      { numRuns: 1000 },
    );
  });

  test('of bytes in any chunks are those of the whole, and a long line is cut, not split', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(12), { maxLength: 6 }), (all, cuts) => {
        const bytes = Buffer.from(all);
        const lines: string[] = [];
        const reader = splitLines((line) => void lines.push(line));
        let at = 0;
        for (const cut of cuts) {
          reader.add(bytes.subarray(at, at + cut));
          at += cut;
        }
        reader.add(bytes.subarray(at));
        reader.end();
        const whole = bytes.toString().split('\n');
        if (whole.at(-1) === '') whole.pop();
        expect(lines).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
    const lines: string[] = [];
    const reader = splitLines((line) => void lines.push(line));
    for (let left = 3; left > 0; left -= 1)
      reader.add(Buffer.from(`${'x'.repeat((1 << 18) - 2)}::notice::y`));
    reader.add(Buffer.from('\nnext'));
    reader.end();
    expect(lines.map((line) => line.slice(0, 4))).toEqual(['xxxx', 'next']);
  });
});

describe('other places', () => {
  test('an annotation, the summary and JSON', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const { message, properties } = annotationOf(
          new UserError('x', a, { log: b, at: { file: `/r/${b}` } }),
          '/r',
        );
        checkLog(String(message));
        checkLog(properties.file ?? '');
        for (const markdown of [text(a), code(a), fenced(`${a}\n${b}`)])
          expect(unseen(markdown).filter((one) => one !== '\u200b')).toEqual([]);
        const json = jsonText({ a, [b]: [a] }, 2);
        checkLog(json);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ a, [b]: [a] })));
      }),
      { numRuns: 2000 },
    );
  });

  test('ordinary text stays as it is, and colours go', () => {
    const ordinary = 'error: a::b, std::string  C#[1] ## [x] é 漢字 \u{1f600}\n\tindented';
    expect(harmless(ordinary)).toBe(ordinary);
    expect(harmless('\u001b[1;31mred\u001b[0m')).toBe('red');
    expect(harmlessInColour('\u001b[31mred\u001b[39m \u001b[8mhidden\u001b[0m')).toBe(
      '\u001b[31mred\u001b[39m hidden',
    );
  });

  test('a program that prints without end is shown in part, with one line that says so', () => {
    const lines: string[] = [];
    const shown = capped((line) => void lines.push(line));
    for (let left = 100_000; left > 0; left -= 1) shown.add('x'.repeat(100));
    shown.end();
    expect(lines.join('\n').length).toBeLessThan(4_100_000);
    expect(lines.slice(-2).map((line) => line.slice(0, 10))).toEqual(['The log of', '6.1 MB of ']);
  });
});
