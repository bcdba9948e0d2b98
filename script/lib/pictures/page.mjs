// A Markdown text as the page that GitHub would make of it: cmark-gfm is GitHub's own dialect; what
// GitHub adds after it (alerts, colours of differences) is added here.
import { execFileSync } from 'node:child_process';

const extensions = ['table', 'strikethrough', 'autolink', 'tasklist', 'tagfilter'];

/** @returns a whole HTML page; folds are open */
export function pageOf(markdown, css, theme) {
  const args = [...extensions.flatMap((name) => ['--extension', name]), '--unsafe', '--to', 'html'];
  const html = execFileSync('cmark-gfm', args, { input: markdown, encoding: 'utf8' });
  return `<!doctype html><html><head><meta charset="utf-8"><style>${css}
    html { background: ${theme === 'dark' ? '#0d1117' : '#ffffff'}; }
    body { margin: 0; padding: 16px; }
    </style></head><body><article class="markdown-body">${added(html)}</article></body></html>`;
}

function added(html) {
  return html
    .replaceAll('<details>', '<details open>')
    .replace(
      /<code class="language-diff">([\s\S]*?)<\/code>/g,
      (_, lines) => `<code>${coloured(lines)}</code>`,
    )
    .replace(
      /<blockquote>\s*<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*(?:<\/p>)?([\s\S]*?)<\/blockquote>/g,
      (_, kind, content) =>
        `<div class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">${kind[0]}${kind.slice(1).toLowerCase()}</p>${content}</div>`,
    );
}

/** GitHub's classes for lines of a difference. */
const classes = { '+': 'pl-mi1', '-': 'pl-md', '@': 'pl-mdr' };

const coloured = (lines) =>
  lines
    .split('\n')
    .map((line) => (classes[line[0]] ? `<span class="${classes[line[0]]}">${line}</span>` : line))
    .join('\n');
