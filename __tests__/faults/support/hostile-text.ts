import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '@jest/globals';
import { type RunnerCommand, runnerCommands, unseen } from '../../support/runner/commands.ts';
import type { Acted, ActOptions, World } from '../../support/scenario/world.ts';

/** What runners, terminals and readers might obey; every one has the word `pwned`. */
export const lines = [
  ...[
    'mid ##[set-output name=outcome]pwned',
    'x ##[STOP-COMMANDS]pwned',
    '::NOTICE::pwned',
    '###[error]pwned',
  ],
  ...['\u0085', '\u00a0', '\u1680', '\u2028', '\u3000', '\t', '\v', '\f', '\ufeff', '\u200b'].map(
    (one) => `${one}::notice::pwned`,
  ),
  ...[
    'x\r::notice::pwned',
    '\u001b[0m::notice::pwned',
    '\u001b]8;;x\u0007::notice::pwned',
    '\u009b0m::notice::pwned',
  ],
  ...[
    ':\u0000:notice::pwned',
    '#\u0007#[notice]pwned',
    '##\u001b[0m[notice]pwned',
    ':\u001b[38:5:1m:notice::pwned',
  ],
  ...[
    '\u001bP::notice::pwned',
    '\u202e::notice::pwned',
    '\u009b2J\u009d0;pwned\u009c',
    '\u{e0001}pwned\u2066',
    '##\u00ad[error]pwned',
  ],
];
export const words = lines.join('\n');
/** Shell text that prints them. */
export const printing = `echo ${Buffer.from(`${words}\n`).toString('base64')} | base64 -d`;

/** Commands that are our own: they say nothing but what is unfolded, masked or annotated. */
const isOurs = ({ name, line }: RunnerCommand): boolean =>
  /^::(?:group|endgroup|add-mask|warning|error)[ :]/.test(line) &&
  !['notice', 'set-output', 'stop-commands'].includes(name);

export function expectNoCommand({ log, summary, errors }: Acted, at: RegExp | undefined): void {
  expect(runnerCommands(log).filter((one) => !isOurs(one))).toEqual([]);
  expect(unseen(log)).toEqual([]);
  // The mark between a word and what GitHub would make of it is ours.
  expect(unseen(summary).filter((one) => one !== '\u200b')).toEqual([]);
  for (const { message } of errors) expect(unseen(message)).toEqual([]);
  if (at) expect(`${log}${summary}`).toMatch(at);
}

export async function inNix(workspace: string, version: string): Promise<void> {
  const file = path.join(workspace, 'default.nix');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('version = "1.0";', version));
}
export const building =
  (script: string): ActOptions['prepare'] =>
  (workspace) =>
    inNix(workspace, `version = "1.0"; salt = "${Math.random()}"; postInstall = ''${script}'';`);
export const evaluating =
  (expression: string): ActOptions['prepare'] =>
  (workspace) =>
    inNix(workspace, `version = ${expression};`);
const nixString = (text: string): string =>
  JSON.stringify(text.replaceAll('\0', '')).replaceAll('${', '\\${');
/**
 * JSON's escapes of control characters are none of Nix: what Nix has no escape for goes in as it
 * is.
 */
export const inString = (text: string): string =>
  nixString(text).replace(/\\u([0-9a-f]{4})|\\[bf]/g, (all, code) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : all === '\\b' ? '\b' : '\f',
  );

/** Runs the Action, which is to open no pull request, after `prepare` has changed the checkout. */
export const actAfter = (
  world: World,
  prepare: ActOptions['prepare'],
  inputs: Record<string, string> = {},
  more: ActOptions = {},
): Promise<Acted> =>
  world.act({ ...(prepare ? { prepare } : {}), ...more, inputs: { 'pull-request': 'false', ...inputs } });
