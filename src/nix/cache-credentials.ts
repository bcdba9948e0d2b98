/**
 * The variables that log in to a store, by its scheme. Nix and ssh read everything else from files.
 */
const names: Readonly<Record<string, RegExp>> = {
  's3:': /^AWS_\w+$/,
  'ssh:': /^SSH_AUTH_SOCK$/,
  'ssh-ng:': /^SSH_AUTH_SOCK$/,
};

/** @returns the variables for the program that copies to a store; no build gets them */
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
