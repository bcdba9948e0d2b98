import { plainPackage } from '../config/package.ts';
import { parseConfig } from '../config/parse.ts';
import { usualPolicy } from '../config/policy.ts';
import type { Config } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import type { Runner } from './runner.ts';

/**
 * Determines what this run works on: the package that the inputs name, or the trusted configuration
 * (trust.ts) with the inputs' options for pull requests.
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
  // In a publishing job, files may be from the other job's artifact: read only the commit.
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
