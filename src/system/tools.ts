import { UserError } from './errors.ts';

/** Programs that uv-fod needs but does not contain: the purpose of each, and how to install it. */
const tools = {
  nix: {
    code: 'nix-missing',
    say: 'evaluates and builds the derivation. Install Nix in a step before this one, for example with cachix/install-nix-action',
  },
  uv: {
    code: 'uv-missing',
    say: 'pins the build requirements of what has to be built from source. Install uv in a step before this one, for example with astral-sh/setup-uv',
  },
  curl: {
    code: 'curl-missing',
    say: 'downloads files. Install curl in a step before this one (Debian and Ubuntu: sudo apt-get install --yes curl), or use an image that has it',
  },
  git: {
    code: 'git-missing',
    say: 'reads repositories. Install git in a step before this one, or use an image that has it',
  },
} as const;

/** The error for a program that is not on PATH. */
export function toolMissing(name: keyof typeof tools): UserError {
  const { code, say } = tools[name];
  return new UserError(code, `'${name}' is not on PATH. It ${say}.`);
}
