import { exitCodes as checkCodes, type Status } from '../update/statuses.ts';

const found: Readonly<Record<Exclude<Status, 'current' | 'unverifiable'>, string>> = {
  policy: '`check`: current, but `[policy]` of the configuration refuses a finding',
  stale: '`check`: `uv.lock` changed, but the hash or the build lock did not',
  'not-reproducible': '`check`: two computations of the hash disagree',
  'cannot-fetch': '`check`: a locked file is missing or has changed',
  'does-not-build': '`check`: the build fails',
  'does-not-import': "`check`: a module can't be imported from the output",
};

export const FAILED = 1;
export const USAGE = 2;

/** Every exit code of `uv-fod`, for the table in docs/cli.md. */
export const exitCodes: readonly { readonly code: number; readonly name: string; readonly when: string }[] = [
  {
    code: 0,
    name: 'done',
    when: 'success, or nothing to do; `check`: current, or unverifiable with `allow-drift`',
  },
  { code: FAILED, name: 'failed', when: 'failure; the message has the cause and the fix' },
  {
    code: USAGE,
    name: 'usage',
    when: 'unknown command or option, or an invalid value',
  },
  ...Object.entries(found).map(([name, when]) => ({ code: checkCodes[name as Status], name, when })),
  { code: 129, name: 'SIGHUP', when: 'the terminal was closed; all changes are undone' },
  { code: 130, name: 'SIGINT', when: 'Ctrl-C; all changes are undone' },
  { code: 143, name: 'SIGTERM', when: 'terminated; all changes are undone' },
];
