import MarkdownIt from 'markdown-it';
import { findPull } from './pull-routes.ts';
import { notFound, type Reply } from './reply.ts';
import type { Hub } from './route.ts';

// A body may hold HTML, as on GitHub (<details>). What keeps it harmless is the page's own policy:
// no script, no frame, no form, nothing loaded from anywhere.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
  .state { border-radius: 1rem; padding: .2rem .7rem; color: #fff; background: #1f883d } .closed { background: #cf222e } .merged { background: #8250df }
  table { border-collapse: collapse } td, th { border: 1px solid #8886; padding: .3rem .7rem } pre { overflow: auto; padding: .7rem; border: 1px solid #8886 }
  code { font-size: 85% } .add { color: #1a7f37 } .del { color: #cf222e } h1 small { font-weight: normal; opacity: .6 }`;

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function drawDiff(diff: string): string {
  return diff
    .split('\n')
    .map((line) => {
      const kind = /^\+(?!\+\+)/.test(line) ? 'add' : /^-(?!--)/.test(line) ? 'del' : '';
      return kind ? `<span class="${kind}">${escapeHtml(line)}</span>` : escapeHtml(line);
    })
    .join('\n');
}

/** Unified diff of a pull request, from where its branch left the base. */
export async function pullDiff(hub: Hub, base: string, head: string): Promise<string> {
  const from = (await hub.git.maybe(['merge-base', base, head])) ?? base;
  return hub.git.text(['diff', '--no-color', '--no-ext-diff', from, head]);
}

/**
 * The page of a pull request, for a person to look at: title, state, body, commits, comments, diff.
 */
export async function pullPage(hub: Hub, number: string): Promise<Reply> {
  const pull = await findPull(hub, number);
  if (!pull) throw notFound();
  const markdown = new MarkdownIt({ html: true, linkify: false });
  const state = pull.merged_at ? 'merged' : pull.state;
  const comments = hub.store.state.comments.filter((comment) => comment.issue === pull.number);
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(pull.title)} · ${escapeHtml(hub.owner)}/${escapeHtml(hub.name)}</title><style>${STYLE}</style>
<h1>${escapeHtml(pull.title)} <small>#${pull.number}</small></h1>
<p><span class="state ${state}">${state}${pull.draft ? ' draft' : ''}</span> <b>${escapeHtml(pull.user)}</b> wants to merge
<code>${escapeHtml(pull.head.ref)}</code> (${pull.head.sha.slice(0, 12)}) into <code>${escapeHtml(pull.base.ref)}</code>
${pull.labels.map((label) => `<code>${escapeHtml(label)}</code>`).join(' ')}</p>
<article>${markdown.render(pull.body ?? '')}</article>
${comments.map((one) => `<hr><b>${escapeHtml(one.user)}</b>${markdown.render(one.body)}`).join('')}
<h2>Files changed</h2><pre>${drawDiff(await pullDiff(hub, pull.base.sha, pull.head.sha))}</pre></html>`;
  return { status: 200, body: html, headers: { 'content-security-policy': POLICY } };
}
