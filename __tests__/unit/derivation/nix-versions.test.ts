import { describe, expect, test } from '@jest/globals';
import { failureCause } from '../../../src/derivation/nix-failure.ts';
import { mismatches } from '../../../src/derivation/nix-messages.ts';
import { fakeHash, sriOfText } from '../../../src/hash/sri.ts';
import {
  failedBuilders,
  hashMismatches,
  logTails,
  type Message,
  otherSystems,
  otherSystemsOld,
  remoteFailure,
} from '../../fixtures/nix-messages.ts';

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
const label = ({ project, tag, source }: Message): string => `${project} ${tag} (${source})`;
const labelled = (messages: readonly Message[]) => messages.map((one) => [label(one), one] as const);

describe('a wrong hash, as it is said by', () => {
  test.each(labelled(hashMismatches))('%s', (_, { format }) => {
    const address = format.includes('likely URL') ? ['https://files.index.example/a.whl'] : [];
    const paths = format.includes('got path') ? [other, other] : [];
    const message = fill(format, drv, ...address, fakeHash, got, ...paths);
    const expected = [{ drv, specified: fakeHash, got }];
    expect(mismatches(printed(message))).toEqual(expected);
    expect(mismatches(printed(remote(message)))).toEqual(expected);
  });
});

describe('a builder that failed, as it is said by', () => {
  test.each(labelled(failedBuilders))('%s', (_, { format }) => {
    const message = fill(format, drv, '3');
    const cause = 'the build of deps failed, and last said: its last words';
    expect(failureCause(`building '${drv}'...\nits last words\n${printed(message)}`)).toBe(cause);
    for (const tail of logTails)
      expect(failureCause(printed(message + fill(tail, '1', 'its last words')))).toBe(cause);
    expect(failureCause(`building '${drv}'...\n${printed(remote(message))}`)).toBe(
      'the build of deps failed',
    );
  });
});

describe('a system that nothing builds for, as it is said by', () => {
  const cause =
    'deps has to be built on aarch64-linux; this machine is x86_64-linux, and no remote builder of nix.conf took it';
  test.each(labelled(otherSystemsOld))('%s', (_, { format }) => {
    const message = fill(format, 'aarch64-linux', '', drv, 'x86_64-linux', 'benchmark, kvm');
    expect(failureCause(printed(message))).toBe(cause);
  });

  test.each(labelled(otherSystems))('%s', (_, { format }) => {
    const message = fill(format, drv, 'aarch64-linux', 'x86_64-linux');
    expect(failureCause(printed(message))).toBe(cause);
    const unreachable = "cannot build on 'ssh-ng://arm.example': error: failed to start SSH connection\n";
    expect(failureCause(unreachable + printed(message))).toBe(
      `${cause}; ssh-ng://arm.example could not be used: error: failed to start SSH connection`,
    );
  });
});

describe('other causes', () => {
  test('Nix’s reason by its name, and not that a dependency failed', () => {
    const disabled = `Cannot build '${drv}'.\nReason: local builds are disabled (max-jobs = 0)`;
    const dependent = `Cannot build '${other}.drv'.\nReason: 1 dependency failed.`;
    expect(failureCause(printed(dependent) + printed(disabled))).toBe(
      'no machine takes deps: local builds are disabled (max-jobs = 0)',
    );
  });

  test('a long log of any kind is gone through at once', () => {
    const started = performance.now();
    for (const line of ['\n', ' > ', "a 'x' with features ", "Cannot build '", "builder for '/"])
      failureCause(line.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
