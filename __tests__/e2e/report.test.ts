import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../src/pull-request/report/types.ts';
import { makeTold, type Told } from '../support/scenario/told.ts';

// What people see of a release that there is something to tell about; each test goes on from the
// one before.
const minutes = 60_000;
let dir: string;
let told: Told;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'report-'));
  told = await makeTold(dir);
}, 5 * minutes);
afterAll(async () => {
  await told?.close();
  await rm(dir, { recursive: true, force: true });
});

test(
  'what the policy refuses is not built and changes nothing, or is a draft, if that is asked for',
  async () => {
    const policy = '\n[policy]\nvulnerability = "fail"\n';
    await told.configure(policy);
    const writes = told.github.writes().length;
    const refused = await told.run();
    expect(refused.code).toBe(1);
    expect(refused.log).toMatch(/^::error title=policy[^\n]*six 1\.17\.0[^\n]*CVE-2026-10017/m);
    expect(refused.log).not.toContain('import six');
    expect(told.github.writes()).toHaveLength(writes);
    expect(await told.drafts()).toEqual([]);

    await told.configure(`${policy}\n[pull-request]\ndraft = "unverified"\n`);
    const draft = await told.run();
    expect({ code: draft.code, log: draft.code === 0 ? '' : draft.log }).toEqual({ code: 0, log: '' });
    expect(draft.log).toContain('import six');
    expect(await told.drafts()).toEqual([true]);
    expect(await told.body()).toMatch(/vulnerability/);
    await told.configure('');
  },
  5 * minutes,
);

test(
  'the pull request tells versions, packages, what the index knows, and the release notes, and calls nobody',
  async () => {
    const { code, outputs, log, summary } = await told.run();
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    const body = await told.body();
    // For script/pictures, which draws it.
    const texts = process.env.UV_FOD_TEXTS;
    if (texts !== undefined) await writeFile(path.join(texts, 'release.md'), body);
    expect(body).toMatch(
      /^\*\*small\*\* `1\.0\.0` → `1\.1\.0`: 1 package changed; new hashes for `aarch64-linux` and `x86_64-linux`\./m,
    );
    expect(body).toContain(`/compare/version/1.0.0...version/1.1.0`);
    expect(body).toContain('> - **six** `1.17.0` was yanked from its index: breaks on Python 3.14');
    expect(body).toContain(
      '[`CVE-2026-10017`](https://db.example/PYSEC-2026-17) (fixed in `1.17.1`): reads one byte more',
    );
    expect(body).toContain('Why: small 1.1.0 was released.');
    expect(body).toMatch(/^✅ Verified: hash computed by Nix and without it, built and imports six\b.*$/m);
    expect(body).toMatch(/^\*\*To do:\*\* look at the warnings/m);
    expect(body).not.toMatch(/uv\.lock changed|mermaid|\/nix\/store\//);
    expect(body).toContain(
      `| [**six**](${told.index.origin}/project/six/1.17.0/) | \`1.16.0\` | \`1.17.0\` ⚠️ ([changes](https://github.com/benjaminp/six%5D%28https:evil%29%20%5Bx/releases)) |`,
    );
    expect(body).toMatch(/Download: [\d.]+ kB( → [\d.]+ kB)? for `x86_64-linux`\./);
    expect(body).toContain('@@ x86_64-linux by Nix and without it: same @@');
    expect(body).toContain('@@ aarch64-linux without Nix @@');
    expect(body).toContain(
      'Not done: Build and import for aarch64-linux, because Nix builds for x86\\_64-linux here',
    );
    expect(body).toContain(
      '> - core: the first request is answered in half the time \\(#\u200b19616\\), by @\u200ba-contributor',
    );
    expect(body).not.toMatch(/@a-contributor|packages#1|issues\/2\)|<script/);
    expect(summary).toContain('> **Highlights**');
    expect(log).toMatch(/^::warning::six 1\.17\.0: .*yanked.*: breaks on Python 3\.14/m);
    const report = JSON.parse(outputs.get('report') ?? '') as Report;
    expect(report).toMatchObject({ version: 1, subject: { before: '1.0.0', after: '1.1.0' } });
    expect(report.packages[0]).toMatchObject({ name: 'six', yanked: 'breaks on Python 3.14' });
  },
  5 * minutes,
);

test(
  'again: other times are no reason to write',
  async () => {
    const writes = told.github.writes().length;
    const before = await told.body();
    const { code, outputs } = await told.run();
    expect([code, outputs.get('outcome')]).toEqual([0, 'none']);
    expect(told.github.writes()).toHaveLength(writes);
    expect(await told.body()).toBe(before);
  },
  5 * minutes,
);

test(
  'an index that is gone stops nothing, and that it was not asked is said',
  async () => {
    await told.index.close();
    const { code, log, summary } = await told.run();
    expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
    expect(summary).toMatch(/Not asked: the index at 127\.0\.0\.1:\d+ \\\(/);
  },
  5 * minutes,
);
