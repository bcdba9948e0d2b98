import { withoutColours } from '../system/printable.ts';

/** The causes that uv printed, the outermost first, without uv's frame and hints. */
export function causesOf(stderr: string): string[] {
  const [text = ''] = withoutColours(stderr).split(/^[^\w\n]*hint:/m);
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/^[\s×├╰│─▶]+/u, '')
        .replace(/^(?:error|cause|Caused by): /, '')
        .replace(/\.$/, '')
        .trim(),
    )
    .filter((line) => line !== '');
}
