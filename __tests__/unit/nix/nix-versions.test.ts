import { describe, expect, test } from '@jest/globals';
import { causeOf, type Failure, lackingMachine, mismatches } from '../../../src/nix/failure.ts';
import { fakeHash, sriOfText } from '../../../src/system/sri.ts';
import {
  failedBuilders,
  hashMismatches,
  logTails,
  type Message,
  otherSystems,
  otherSystemsOld,
  remoteFailure,
} from '../../fixtures/nix-messages.ts';
import { whileBusy } from '../../support/busy.ts';

const got = sriOfText('got');
const drv = '/nix/store/00000000000000000000000000000000-deps.drv';
const other = '/nix/store/11111111111111111111111111111111-deps';

const fill = (format: string, ...values: readonly string[]): string => {
  const left = [...values];
  const filled = format.replace(/%s/g, () => left.shift() ?? '');
  if (left.length > 0) throw new Error(`${format} does not take ${values.length} values`);
  return filled;
};
/** As all of them print an error: its name before the first line, the others under it. */
const printed = (message: string): string => `error: ${message.replaceAll('\n', '\n       ')}\n`;
const remote = (message: string): string => fill(remoteFailure, drv, 'ssh-ng://builder.example', message);
const failure = (errors: readonly string[], lastPrinted?: string): Failure => ({
  errors: errors.map(printed),
  relayed: [],
  lastPrinted,
});
/** The same words in a log, or in what a daemon or a builder relays, say nothing. */
function expectOnlyOwn(message: string): void {
  const relayed = { errors: [], relayed: [printed(message)], lastPrinted: undefined };
  expect(lackingMachine(relayed)).toBeUndefined();
  const quoted = `builder for '${drv}' failed with exit code 1;\nlast 10 log lines:\n> error: ${message}`;
  expect(lackingMachine(failure([quoted, `x\n${message}`], message))).toBeUndefined();
}
const label = ({ project, tag, source }: Message): string => `${project} ${tag} (${source})`;
const labelled = (messages: readonly Message[]) => messages.map((one) => [label(one), one] as const);

describe('a wrong hash, as it is said by', () => {
  test.each(labelled(hashMismatches))('%s', (_, { format }) => {
    const address = format.includes('likely URL') ? ['https://files.index.example/a.whl'] : [];
    const paths = format.includes('got path') ? [other, other] : [];
    const message = fill(format, drv, ...address, fakeHash, got, ...paths);
    const expected = [{ drv, got }];
    expect(mismatches([printed(message)])).toEqual(expected);
    expect(mismatches([printed(remote(message))])).toEqual(expected);
    expect(mismatches([printed(`builder for '${drv}' failed;\nlast 10 log lines:\n> ${message}`)])).toEqual(
      [],
    );
  });
});

describe('a builder that failed, as it is said by', () => {
  test.each(labelled(failedBuilders))('%s', (_, { format }) => {
    const message = fill(format, drv, '3');
    const cause = 'the build of deps failed, and last printed: its last words';
    expect(causeOf(failure([message], 'its last words'))).toBe(cause);
    for (const tail of logTails)
      expect(causeOf(failure([message + fill(tail, '1', 'its last words')]))).toBe(cause);
    expect(causeOf(failure([remote(message)]))).toBe('the build of deps failed');
    expect(causeOf({ ...failure([]), relayed: [printed(message)] })).toBe('the build of deps failed');
  });
});

describe('a system that nothing builds for, as it is said by', () => {
  const cause =
    'deps has to be built on aarch64-linux; this machine is x86_64-linux, and no remote builder of nix.conf took it';
  test.each(labelled(otherSystemsOld))('%s', (_, { format }) => {
    const message = fill(format, 'aarch64-linux', '', drv, 'x86_64-linux', 'benchmark, kvm');
    expect(lackingMachine(failure([message]))).toBe(cause);
    expectOnlyOwn(message);
  });

  test.each(labelled(otherSystems))('%s', (_, { format }) => {
    const message = fill(format, drv, 'aarch64-linux', 'x86_64-linux');
    expect(lackingMachine(failure([message]))).toBe(cause);
    expectOnlyOwn(message);
    const unreachable = "cannot build on 'ssh-ng://arm.example': error: failed to start SSH connection";
    expect(causeOf({ ...failure([message]), stderr: `${unreachable}\n` })).toBe(
      `${cause}; ssh-ng://arm.example could not be used: error: failed to start SSH connection`,
    );
  });
});

describe('other causes', () => {
  test('Nix’s reason by its name, and not that a dependency failed', () => {
    const disabled = `Cannot build '${drv}'.\nReason: local builds are disabled (max-jobs = 0)`;
    const dependent = `Cannot build '${other}.drv'.\nReason: 1 dependency failed.`;
    expect(causeOf(failure([dependent, disabled]))).toBe(
      'no machine takes deps: local builds are disabled (max-jobs = 0)',
    );
  });

  test('a long log of any kind is gone through at once', () => {
    const started = performance.now();
    for (const line of ['\n', ' > ', "a 'x' with features ", "Cannot build '", "builder for '/"])
      causeOf(failure([line.repeat(200_000)], line.repeat(200_000)));
    expect(performance.now() - started).toBeLessThan(whileBusy(5_000));
  });
});
