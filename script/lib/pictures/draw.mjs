// draw.mjs TEXTS PICTURES: draws each Markdown text of a folder as GitHub would, in a real browser,
// and fails if a page is wider than its screen. Runs in the browser's root (script/lib/browser.sh).
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { pageOf } from './page.mjs';

const [texts, pictures] = process.argv.slice(2);
const require = createRequire(import.meta.url);
/** GitHub's own column, and a phone. */
const screens = { wide: 1012, narrow: 390 };
const MOST_BYTES = 200_000;

mkdirSync(pictures, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: '/usr/lib/chromium/chromium',
  // The root folder is the sandbox: in it the browser may make no namespaces of its own.
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'],
  userDataDir: path.join(tmpdir(), 'browser'),
});
try {
  for (const file of readdirSync(texts).filter((name) => name.endsWith('.md'))) {
    const name = path.basename(file, '.md');
    const markdown = readFileSync(path.join(texts, file), 'utf8');
    for (const theme of ['light', 'dark']) {
      for (const [screen, width] of Object.entries(screens)) {
        // The summary contains the pull request's folds, so it is drawn only once.
        for (const folds of name === 'summary' ? ['closed'] : ['closed', 'open'])
          await draw({ name, markdown, theme, screen, width, folds });
      }
    }
  }
} finally {
  await browser.close();
}

async function draw({ name, markdown, theme, screen, width, folds }) {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 400, deviceScaleFactor: 1.5 });
  const css = readFileSync(require.resolve(`github-markdown-css/github-markdown-${theme}.css`), 'utf8');
  await page.setContent(pageOf(markdown, css, theme));
  const drawn = await page.evaluate(fold, folds);
  if (drawn > width) throw new Error(`${name} is ${drawn} wide on a screen of ${width}`);
  const target = path.join(pictures, `${name}-${folds}-${screen}-${theme}.png`);
  writeFileSync(target, await page.screenshot({ fullPage: true }));
  execFileSync('pngquant', ['--force', '--skip-if-larger', '--speed=1', '--output', target, '128', target]);
  const { size } = statSync(target);
  if (size > MOST_BYTES) throw new Error(`${target} has ${size} bytes`);
  console.log(`${target}: ${(size / 1000).toFixed(0)} kB`);
  await page.close();
}

/** Runs in the page: opens or closes all folds. @returns the page's width */
function fold(folds) {
  const { document } = globalThis;
  for (const details of document.querySelectorAll('details')) details.open = folds === 'open';
  return document.scrollingElement.scrollWidth;
}
