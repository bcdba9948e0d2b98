/** By what a store's address begins with: what of the environment logs in there. All else is in files that Nix and ssh read themselves. */
const names: Readonly<Record<string, RegExp>> = {
  's3:': /^AWS_\w+$/,
  'ssh:': /^SSH_AUTH_SOCK$/,
  'ssh-ng:': /^SSH_AUTH_SOCK$/,
};

/** What of this process's environment is for the program that copies to a store, and for none that builds. */
export function cacheCredentials(
  address: string,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const wanted = names[new URL(address).protocol];
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && wanted?.test(name) ? [[name, value]] : [],
    ),
  );
}
