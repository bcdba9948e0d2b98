import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { checkout } from '../../support/runner/runner.ts';

const own = (file: string): Promise<string> => readFile(path.join(checkout, file), 'utf8');
const folder = '.github/ISSUE_TEMPLATE';
const forms = (await readdir(path.join(checkout, folder))).filter((name) => name !== 'config.yml');

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly {
    type: string;
    id?: string;
    attributes: { label?: string; options?: unknown[] };
  }[];
}

// GitHub's documentation, "Syntax for GitHub's form schema".
describe.each(forms)('the issue form %s', (name) => {
  test('has what GitHub asks of a form', async () => {
    const form = parse(await own(path.join(folder, name))) as Form;
    expect(form.name).not.toBe('');
    expect(form.description).not.toBe('');
    const ids = form.body.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, attributes } of form.body) {
      expect(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']).toContain(type);
      expect(attributes.label).toBeDefined();
    }
  });
});

describe('permissions', () => {
  const permissionsOf = async (name: string): Promise<Record<string, Record<string, string>>> => {
    const { jobs } = parse(await own(`examples/workflows/${name}.yml`)) as {
      jobs: Record<string, { permissions: Record<string, string> }>;
    };
    return Object.fromEntries(Object.entries(jobs).map(([job, { permissions }]) => [job, permissions]));
  };
  const write = { contents: 'write', 'pull-requests': 'write' };

  test('of the examples are those of the table in the README', async () => {
    expect(await permissionsOf('bump')).toEqual({ update: write });
    expect(await permissionsOf('updater')).toEqual({ update: write });
    expect(await permissionsOf('check')).toEqual({ check: { contents: 'read' } });
    expect(await permissionsOf('pull-request')).toEqual({
      update: { contents: 'write', 'pull-requests': 'read' },
    });
    expect(await permissionsOf('pull-request-compute')).toEqual({ compute: { contents: 'read' } });
    expect(await permissionsOf('pull-request-publish')).toEqual({
      publish: { actions: 'read', contents: 'write', 'pull-requests': 'read' },
    });
    expect(await permissionsOf('two-jobs')).toEqual({ compute: { contents: 'read' }, publish: write });
    const readme = await own('README.md');
    for (const row of [
      '| bump, updater | `contents: write` |',
      '| bump, updater | `pull-requests: write` |',
      '| on the pull request: compute | `contents: read` |',
      '| on the pull request: publish | `actions: read`, `contents: write`, `pull-requests: read` |',
      '| on the pull request, in one job | `contents: write`, `pull-requests: read` |',
      '| check | `contents: read` |',
      '| two jobs: compute | `contents: read` |',
      '| two jobs: publish | `contents: write`, `pull-requests: write` |',
    ])
      expect(readme).toContain(row);
  });
});
