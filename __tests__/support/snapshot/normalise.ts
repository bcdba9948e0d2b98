import { tmpdir } from 'node:os';

/** What differs from run to run, in the order in which it is replaced. */
const replacements: readonly (readonly [RegExp, string])[] = [
  // Progress comes by the clock.
  [/^… .*\n/gm, ''],
  [/(?<=^::add-mask::).+$/gm, '<secret>'],
  // What Nix prints depends on what is in its store already.
  [/^(::group::Nix: .*\n)(?:(?!::endgroup::).*\n)*/gm, '$1(what Nix prints)\n'],
  [new RegExp(`${tmpdir()}/[a-z-]+-\\w{6}(?=/|\\b)`, 'g'), '<temp>'],
  [/\bcheckout-\d+\b/g, 'checkout'],
  [/\/nix\/store\/[0-9a-z]{32}-/g, '/nix/store/…-'],
  [/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>'],
  [/\b\d+(?:\.\d+)? (?:ms|s|min)\b/g, '<time>'],
  [/\b\d+(?:\.\d+)? [kMG]B\b/g, '<size>'],
  [/\b\d+ files? downloaded/g, '<n> files downloaded'],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<date>'],
  [/(?<=(?:key|text)=)[0-9a-f]{16}\b/g, '<digest>'],
];

/**
 * Ids and hashes that can be told apart, and nothing more: each gets a number when it is first
 * seen.
 */
const numbered: readonly (readonly [RegExp, string])[] = [
  [/\b(?!0{40})[0-9a-f]{40}\b/g, 'sha'],
  [/\bsha256-(?!A{43}=)[A-Za-z0-9+/]{43}=/g, 'sha256'],
  [/\bsha512-(?!A{86}==)[A-Za-z0-9+/]{86}==/g, 'sha512'],
];

/**
 * Takes out of a text what differs from run to run: times, ports, temporary folders, store hashes,
 * commits.
 */
export function normalise(text: string): string {
  let result = text;
  for (const [pattern, by] of replacements) result = result.replace(pattern, by);
  for (const [pattern, name] of numbered) {
    const seen = new Map<string, number>();
    result = result.replace(pattern, (value) => {
      if (!seen.has(value)) seen.set(value, seen.size + 1);
      return `<${name} ${seen.get(value)}>`;
    });
  }
  return result;
}
