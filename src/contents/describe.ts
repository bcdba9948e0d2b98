import { type ContentChange, type Contents, kindNames, type WheelSize } from './types.ts';

/** `new program: coverage3 (coverage.cmdline:main)`, of untrusted text. */
export function changeText({ kind, what, change, detail, systems }: ContentChange): string {
  const state = { added: 'new ', changed: 'changed ', removed: 'removed ' }[change];
  const plain = kind === 'form' || kind === 'size' || kind === 'invalid-archive';
  const where = systems === undefined ? '' : `, on ${systems.join(' and ')}`;
  const more = detail === undefined || detail === '' ? '' : ` (${detail})`;
  return `${plain ? '' : state}${kindNames[kind]}: ${what}${more}${where}`;
}

const sizeText = ({ files, bytes }: WheelSize): string => `${files} files, ${(bytes / 1e6).toFixed(1)} MB`;

/** The contents as text, with a line for each change. Untrusted. */
export function contentsLines({ packages, notCompared }: Contents): string[] {
  return [
    ...packages.flatMap(({ name, before, after, changes, size, more }) => [
      `${name} ${before === undefined ? 'new' : before} → ${after}${
        size ? `: ${size.before ? `${sizeText(size.before)} → ` : ''}${sizeText(size.after)}` : ''
      }`,
      ...changes.map((change) => `  ${changeText(change)}`),
      ...(more === undefined ? [] : [`  and ${more} more`]),
    ]),
    ...notCompared.map(
      ({ name, version, why }) => `not compared: ${[name, version].filter(Boolean).join(' ')}: ${why}`,
    ),
  ];
}
