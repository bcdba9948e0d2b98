import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { actionLog, terminalLog } from '../../../src/system/log.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());
const pass = (milliseconds: number): void => void jest.advanceTimersByTime(milliseconds);

function makeRunnerLog() {
  const lines: string[] = [];
  const log = actionLog({
    info: (text) => void lines.push(text),
    warning: (text) => void lines.push(`::warning::${text}`),
    startGroup: (title) => void lines.push(`::group::${title}`),
    endGroup: () => void lines.push('::endgroup::'),
  });
  return { log, lines };
}

describe('the log of a runner', () => {
  test('166 files within a second are no line of progress', async () => {
    const { log, lines } = makeRunnerLog();
    await log.group('Hash', async () => {
      for (let files = 1; files <= 166; files += 1) {
        pass(5);
        log.progress(`${files} of 166 files`);
      }
    });
    expect(lines).toEqual(['::group::Hash', '::endgroup::']);
  });

  test('where it takes minutes there is a line each ten seconds, also while nothing is printed', async () => {
    const { log, lines } = makeRunnerLog();
    await log.group('Build', async () => {
      for (let second = 0; second < 25; second += 1) {
        log.progress(`building lxml, line ${second}`);
        pass(1000);
      }
      pass(20_000);
    });
    pass(60_000);
    expect(lines).toEqual([
      '::group::Build',
      '… building lxml, line 9, 10 s',
      '… building lxml, line 19, 20 s',
      '… building lxml, line 24, 30 s',
      '… building lxml, line 24, 40 s',
      '::endgroup::',
    ]);
  });

  test('a group that fails is ended, and its progress with it', async () => {
    const { log, lines } = makeRunnerLog();
    await expect(
      log.group('Build', async () => {
        log.progress('building');
        throw new Error('failed');
      }),
    ).rejects.toThrow('failed');
    pass(60_000);
    expect(lines).toEqual(['::group::Build', '::endgroup::']);
  });

  test('no text is a command, in whichever way it is told', async () => {
    const { log, lines } = makeRunnerLog();
    await log.group('a\n::set-output name=x::y', async () => {
      log.info('::add-mask::x');
      pass(10_000);
      log.progress('::stop-commands::x\n::error::y');
    });
    for (const line of lines
      .filter((one) => !/^::(group|endgroup)::/.test(one))
      .join('\n')
      .split('\n'))
      expect(line).not.toMatch(/^\s*(::|##\[)/);
    expect(lines.every((line) => !line.startsWith('::group::') || !line.includes('\n'))).toBe(true);
  });
});

function makeTerminal(columns: number | undefined, verbose = false) {
  const written: string[] = [];
  const write = (text: string): void => void written.push(text);
  return { log: terminalLog({ write, columns: () => columns }, verbose), written };
}

describe('the log of the command line', () => {
  test('on a terminal one line moves, is not wider than it, and is gone in the end', async () => {
    const { log, written } = makeTerminal(26);
    await log.group('Hash without Nix', async () => {
      log.progress('12 of 166 files, 3.4 of 112.3 MB');
      pass(600);
      log.warning('slow');
      pass(500);
    });
    expect(written).toEqual([
      'Hash without Nix\n',
      '\r\u001b[K  12 of 166 files, 3.4 of',
      '\r\u001b[K',
      '  warning: slow\n',
      '\r\u001b[K  12 of 166 files, 3.4 of',
      '\r\u001b[K',
      '  took 1.1 s\n',
    ]);
  });

  test('elsewhere there is a line each ten seconds, and no control sequence', async () => {
    const { log, written } = makeTerminal(undefined);
    await log.group('Build', async () => {
      log.progress('building lxml');
      pass(21_000);
    });
    expect(written).toEqual([
      'Build\n',
      '  … building lxml, 10 s\n',
      '  … building lxml, 20 s\n',
      '  took 21.0 s\n',
    ]);
  });

  test('what programs print is shown where it is asked for', async () => {
    for (const verbose of [false, true]) {
      const { log, written } = makeTerminal(undefined, verbose);
      await log.group('Build', async () => log.info('a line'));
      expect(written).toEqual(verbose ? ['Build\n', '  a line\n'] : ['Build\n']);
    }
  });
});
