import { type Checkout, textInCommit } from '../update/checkout.ts';
import type { Verification } from '../update/types.ts';
import type { Trust } from './trust.ts';

/**
 * The base that build locks are verified by (docs/nix.md, "How a build lock is verified"): the build lock of the commit whose
 * configuration counts in the run. That is the base commit for a pull request, the checked-out commit where only people who
 * can push decide what is checked out, and none where the event names no commit of the repository's own.
 */
export function baseOf(
  { kind, configuration }: Trust,
  checkout: () => Promise<Checkout>,
): Pick<Verification, 'baseText' | 'isUntrusted'> {
  return {
    isUntrusted: kind !== 'own',
    baseText: async (file) => {
      if (configuration.from === 'nowhere') return undefined;
      const opened = await checkout();
      const commit = configuration.from === 'commit' ? configuration.commit : opened.head;
      return textInCommit(opened, commit, file);
    },
  };
}
