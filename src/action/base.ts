import { type Checkout, textInCommit } from '../update/checkout.ts';
import type { Verification } from '../update/types.ts';
import type { Trust } from './trust.ts';

/**
 * The base for verifying build locks (docs/nix.md, "How a build lock is verified"): the build lock
 * of the commit whose configuration the run uses. Undefined if the event names no commit of this
 * repository.
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
