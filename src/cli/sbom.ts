import { type Command, Option } from 'commander';
import { parseBuildLock } from '../build-lock/text.ts';
import { sbomText } from '../contents/sbom.ts';
import { readText } from '../system/files.ts';
import { SYSTEMS } from '../uv/plan/target.ts';
import type { CliContext } from './context.ts';
import { exactVersion, type HashOptions, targetsOf } from './hash.ts';
import { addExamples, addSelectionOptions, selectedProject } from './options.ts';

interface SbomOptions extends Omit<HashOptions, 'system'> {
  readonly system?: string;
}

/** Adds `sbom`: a software bill of materials of what a lock installs. */
export function registerSbom(program: Command, cli: CliContext): void {
  const command = addSelectionOptions(program.command('sbom'))
    .description(
      'print a software bill of materials (CycloneDX 1.6) of the packages that a lock installs, and of those that build them',
    )
    .option(
      '--build-lock <file>',
      'uv-fod.lock.json; its target is used, and its build requirements are listed',
    )
    .addOption(
      new Option(
        '--system <system>',
        'system (default: the first of the build lock, else x86_64-linux)',
      ).choices(SYSTEMS),
    )
    .option('--python <version>', 'exact version of CPython, required without --build-lock', exactVersion)
    .option('--libc <kind:version>', 'as in fetchUvDeps', 'glibc:2.39')
    .option('--json', 'print JSON (this command always does)')
    .action((options: SbomOptions) => runSbom(options, cli));
  addExamples(command, [
    ['uv-fod sbom --build-lock uv-fod.lock.json', 'for the target of the build lock'],
    ['uv-fod sbom --python 3.14.8', 'without a build lock'],
  ]);
}

async function runSbom({ system, ...options }: SbomOptions, cli: CliContext): Promise<void> {
  const { targets } = await targetsOf({ ...options, ...(system === undefined ? {} : { system: [system] }) });
  const [target] = targets;
  const project = await selectedProject(options);
  const { buildLock: file } = options;
  const text = file === undefined ? undefined : await readText(file);
  const buildLock = text === undefined ? undefined : parseBuildLock(text, file ?? '');
  if (target) cli.stdout(await sbomText(project, target, buildLock, cli.version));
}
