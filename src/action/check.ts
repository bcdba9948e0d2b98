import { code, fenced, text } from '../report/markdown.ts';
import type { Checked } from '../update/status.ts';

/** The job summary of a check. */
export function checkSummary(name: string, checked: Checked): string {
  const { status, message, hashes, patch, notChecked } = checked;
  const lines = [`## ${text(name)}: ${status}`, '', text(message), ''];
  if (hashes.length > 0) {
    lines.push('| System | Pinned | Computed |', '| --- | --- | --- |');
    for (const { system, before, after } of hashes)
      lines.push(`| ${code(system)} | ${code(before || 'none')} | ${code(after)} |`);
    lines.push('');
  }
  if (patch !== '') lines.push('`git apply` this to make it current:', '', fenced(patch, 'diff'), '');
  if (notChecked.length > 0) lines.push('Not checked:', ...notChecked.map((one) => `- ${text(one)}`), '');
  return `${lines.join('\n')}\n`;
}
