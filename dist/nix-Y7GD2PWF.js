import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  UserError
} from "./nix-QJB75WPH.js";

// src/buildlock/git-tree.ts
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
var careful = [
  ...["-c", "core.hooksPath=/dev/null"],
  ...["-c", "protocol.allow=never"],
  ...["-c", "protocol.https.allow=always"],
  ...["-c", "protocol.http.allow=always"],
  ...["-c", "protocol.ssh.allow=always"],
  ...["-c", "core.symlinks=true"],
  ...["-c", "core.autocrlf=false"],
  ...["-c", "advice.detachedHead=false"]
];
var noAttributes = "* -text -eol -crlf -ident -filter -working-tree-encoding\n";
async function fetchGitTree(source, out, run, checkHost) {
  validate(source);
  await checkHost?.(source.url, `The repository ${source.url}`);
  await mkdir(out, { recursive: true });
  const template = await mkdtemp(path.join(tmpdir(), "uv-fod-git-"));
  try {
    await mkdir(path.join(template, "info"));
    await writeFile(path.join(template, "info/attributes"), noAttributes);
    await checkout(source, out, template, run, checkHost);
  } finally {
    await rm(template, { recursive: true, force: true });
  }
  await removeRepositories(out);
}
function validate({ url, commit }) {
  if (!/^[0-9a-f]{40}$/.test(commit)) {
    throw new UserError(
      "git-unreachable",
      `'${commit}' is no commit id of 40 hexadecimal digits; lock again with uv.`
    );
  }
  if (!/^(https?|ssh):\/\//.test(url)) {
    throw new UserError(
      "git-unreachable",
      `'${url}' is no http, https or ssh address of a git repository; correct the source in pyproject.toml and lock again.`
    );
  }
}
async function checkout({ url, commit }, out, template, run, checkHost) {
  const env = {
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TEMPLATE_DIR: template
  };
  const direct = checkHost ? ["-c", "http.followRedirects=false"] : [];
  const git = async (cwd, ...args) => {
    const result = await run("git", [...careful, ...direct, ...args], { cwd, env });
    if (result.code === 0) return result.stdout;
    throw new UserError(
      "git-unreachable",
      `Commit ${commit} of ${url} can't be fetched: ${result.stderr.trim().split("\n").at(-1) ?? ""}. Check that the repository still has it and that this machine may read it; otherwise lock again.`,
      { log: result.stderr }
    );
  };
  await git(out, "init", "--quiet", "--initial-branch=main");
  await git(out, "fetch", "--quiet", "--depth=1", "--no-tags", "--", url, commit);
  await git(out, "checkout", "--quiet", "--force", "--detach", "FETCH_HEAD");
  const open = [out];
  for (let dir = open.pop(); dir !== void 0; dir = open.pop()) {
    const at = dir;
    const ask = (...args) => git(at, ...args);
    for (const inner of await submodules(ask, checkHost)) open.push(path.join(at, inner));
  }
}
async function submodules(git, checkHost) {
  const listed = (await git("ls-files", "--stage", "-z")).split("\0");
  const folders = listed.filter((line) => line.startsWith("160000 ")).map((line) => line.slice(line.indexOf("	") + 1));
  if (folders.length === 0) return [];
  await git("submodule", "--quiet", "init");
  const urls = await git("config", "--local", "--null", "--get-regexp", "^submodule\\..*\\.url$");
  for (const entry of urls.split("\0").filter(Boolean)) {
    const url = entry.slice(entry.indexOf("\n") + 1);
    await checkHost?.(url, `The submodule ${url}`);
  }
  await git("submodule", "update", "--quiet", "--depth=1");
  return folders;
}
async function removeRepositories(out) {
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (entry.name === ".git")
      await rm(path.join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}

export {
  fetchGitTree
};
