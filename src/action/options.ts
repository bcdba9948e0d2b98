import type { Config } from '../config/types.ts';
import type { Log } from '../system/log.ts';
import type { Options } from '../update/options.ts';
import type { Trigger } from './context.ts';
import type { Inputs } from './inputs.ts';

/** What the inputs, the event and the configuration ask for. */
export function optionsOf(
  inputs: Inputs,
  trigger: Trigger,
  config: Pick<Config, 'cacheTo'>,
  log: Log,
): Options {
  const { verify, skipSecondDerivation, findReleases } = inputs;
  const { isScheduled } = trigger.trust;
  const cacheTo = inputs.cacheTo ?? config.cacheTo;
  // Only what is the repository's own goes into a binary cache: what a pull request proposes is
  // untrusted until it is merged.
  const mayCopy = cacheTo === undefined || trigger.trust.kind === 'own';
  if (!mayCopy) log.info(`Nothing is copied to ${cacheTo}: this run works on what is not merged.`);
  return {
    ...{ verify, skipSecondDerivation, lockOnly: false, recompute: false },
    findReleases: findReleases ?? isScheduled,
    updateOutputs: !isScheduled,
    compareWith: trigger.before,
    cacheTo: mayCopy ? cacheTo : undefined,
  };
}
