import { parseConfig } from '../config/parse.ts';
import type { Config } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import { once } from '../system/promises.ts';
import { type Checkout, textInCommit } from '../update/checkout.ts';
import { settingsOfLocks } from '../uv/lock/project.ts';
import type { TomlTable } from '../uv/lock/toml.ts';
import type { Trust } from './trust.ts';

/** The commit whose configuration a run uses (trust.ts), if the event names one. */
export interface Base {
  /**
   * The commit's configuration; undefined if missing. A pull request's copy is never used.
   * @throws UserError `base-commit-missing`, and errors of `parseConfig`
   */
  readonly config: () => Promise<Config | undefined>;
  /** uv's settings next to each lock of the commit; empty if the commit is unknown or missing. */
  readonly settings: () => Promise<TomlTable[]>;
  /** Text of a build lock in the commit (docs/nix.md, "How a build lock is verified"). */
  readonly text: (file: string) => Promise<string | undefined>;
}

/** @param file path of the configuration */
export function baseOf({ configuration }: Trust, file: string, checkout: () => Promise<Checkout>): Base {
  const opened = async (): Promise<(Checkout & { commit: string }) | undefined> => {
    if (configuration.from === 'nowhere') return undefined;
    const found = await checkout();
    return { ...found, commit: configuration.from === 'commit' ? configuration.commit : found.head };
  };
  const config = once(async () => {
    const found = await opened();
    if (found === undefined) return undefined;
    const { commit, has, textAt } = found;
    if (!(await has(commit))) {
      throw new UserError(
        'base-commit-missing',
        `Commit ${commit}, whose configuration this run uses, is not in the checkout and can't be fetched. Set fetch-depth: 0 for actions/checkout.`,
      );
    }
    const text = await textAt(commit, file);
    return text === undefined ? undefined : parseConfig(text, file);
  });
  const text: Base['text'] = async (lock) => {
    const found = await opened();
    return found && textInCommit(found, found.commit, lock);
  };
  const settings: Base['settings'] = async () => {
    const found = await opened();
    if (found === undefined) return [];
    const { commit, locksAt, textAt, root } = found;
    return settingsOfLocks(await locksAt(commit), (file) => textAt(commit, file), root);
  };
  return { config, settings, text };
}
