import { withoutColours } from '../system/printable.ts';

/** What uv printed about a failure, the outermost cause first, without its frame and its hints. */
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
