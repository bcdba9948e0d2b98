import { plainPackage } from '../config/package.ts';
import { parseConfig } from '../config/parse.ts';
import { usualPolicy } from '../config/policy-kinds.ts';
import type { Config } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import type { Runner } from './runner.ts';

/**
 * What this run is about: the package that the inputs name, or the configuration that counts
 * (trust.ts), with the inputs' options for pull requests.
 */
export async function configOf({ inputs, trigger, context, base }: Runner): Promise<Config> {
  const { isNamed, attribute, nix, branch, options, choices, config: file } = inputs;
  if (isNamed) {
    const one = { ...plainPackage(attribute, nix, choices), pullRequest: { ...options(), branch } };
    return {
      ...{ packages: [one], index: undefined, allowedHosts: undefined },
      ...{ publishNewBuilds: true, trustCompute: false, cacheTo: undefined, policy: usualPolicy },
    };
  }
  const { from } = trigger.trust.configuration;
  // A publishing job's files may have come with the other job's artifact: only the commit counts.
  const isOfCheckout = from === 'checkout' && inputs.mode !== 'publish';
  const inCheckout = async (): Promise<Config | undefined> => {
    const text = await context.read(file);
    return text === undefined ? undefined : parseConfig(text, file);
  };
  const config = await (isOfCheckout ? inCheckout() : base.config());
  if (config) {
    const packages = config.packages.map((one) => ({
      ...{ ...one, pullRequest: options(one.pullRequest) },
    }));
    return { ...config, packages };
  }
  if (from === 'nowhere') {
    throw new UserError(
      'untrusted-event',
      `The event that started this run names no commit of the repository whose configuration could count; name the derivation with the input 'attribute', or use another event.`,
    );
  }
  throw new UserError(
    'config-missing',
    `There is neither an input 'attribute' nor a configuration ${file}; name the derivation, or write the configuration (docs/configuration.md).`,
  );
}
