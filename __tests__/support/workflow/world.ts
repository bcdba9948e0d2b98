import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { checkout } from '../runner/runner.ts';
import type { Repository } from '../scenario/repository.ts';

/** Copies an example into a repository as its users do, under the name that it asks for. */
export async function copyExample(repository: Repository, name: string): Promise<string> {
  const workflow = `uv-fod-${name}.yml`;
  const folder = path.join(repository.work, '.github/workflows');
  await mkdir(folder, { recursive: true });
  await copyFile(path.join(checkout, 'examples/workflows', `${name}.yml`), path.join(folder, workflow));
  return workflow;
}
