import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  loadProject,
  manifestText,
  parseTarget,
  planProject,
  printable,
  sriFromHex
} from "./nix-XZOOZIQA.js";
import "./nix-Y7GD2PWF.js";
import "./nix-MW3WA6OA.js";
import "./nix-4PXHPMVP.js";
import {
  UserError
} from "./nix-QJB75WPH.js";
import "./nix-VHUHMQR3.js";

// src/nix-side/check.ts
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

// src/buildlock/text.ts
function parseBuildLock(text, file) {
  const remedy2 = `Delete ${file} and run 'uv-fod lock' to make it again.`;
  let value;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(
      "build-lock-invalid",
      `${file} is not JSON (${cause.message}). ${remedy2}`,
      { at: { file }, cause }
    );
  }
  const lock = value;
  if (lock?.version !== 1) {
    throw new UserError(
      "build-lock-invalid",
      `${file} is no build lock of version 1 (its version is ${JSON.stringify(lock?.version)}). ${remedy2}`,
      { at: { file } }
    );
  }
  for (const key of ["target", "systems", "builds", "wheels"]) {
    if (typeof lock[key] !== "object" || lock[key] === null) {
      throw new UserError("build-lock-invalid", `${file} lacks '${key}'. ${remedy2}`, { at: { file } });
    }
  }
  return lock;
}

// src/buildlock/apart.ts
function strangeApart(locked, artifacts) {
  const hashes = new Map(
    artifacts.flatMap(
      ({ kind, filename, hash = "" }) => kind === "wheel" && hash.startsWith("sha256:") ? [[filename, sriFromHex(hash.slice("sha256:".length))]] : []
    )
  );
  return Object.keys(locked ?? {}).find((file) => hashes.get(file) !== locked?.[file]);
}

// src/buildlock/sources.ts
function buildKey(artifact) {
  return artifact.kind === "directory" || artifact.version === void 0 ? artifact.name : `${artifact.name}-${artifact.version}`;
}

// src/nix-side/check.ts
var remedy = "Run 'uv-fod update' (or let the Action do it) and commit what it changes. By hand: 'uv-fod lock', then set hash = lib.fakeHash;, build, and copy the hash after 'got:'.";
async function check(options, read) {
  const text = await readFile(path.join(options.deps, "manifest.json"), "utf8");
  const { target } = JSON.parse(text);
  const artifacts = planProject(await loadProject(options.project, read), parseTarget(target), target);
  const expected = manifestText(artifacts, target);
  if (expected !== text) throw staleDeps(JSON.parse(expected), JSON.parse(text));
  const buildLock = parseBuildLock(
    await readFile(options.buildLock, "utf8"),
    path.basename(options.buildLock)
  );
  checkBuildLock(artifacts, target, buildLock);
  await writeFile(options.requirements, artifacts.map((artifact) => `${requirement(artifact)}
`).join(""));
}
var requirement = ({ name, version }) => version === void 0 ? name : `${name}==${version}`;
function checkBuildLock(artifacts, target, buildLock) {
  const wanted = artifacts.filter(({ kind }) => kind !== "wheel").map(buildKey).sort();
  const locked = buildLock.systems[target.system]?.builds;
  if (locked === void 0) {
    throw new UserError("build-lock-stale", `The build lock has nothing for ${target.system}. ${remedy}`);
  }
  const difference = describe(wanted, [...locked].sort());
  if (difference !== "") {
    throw new UserError(
      "build-lock-stale",
      `The build lock is out of date: uv.lock asks for other things to build (${difference}). ${remedy}`
    );
  }
  for (const artifact of artifacts) checkSource(artifact, buildLock);
  const strange = strangeApart(buildLock.systems[target.system]?.apart, artifacts);
  if (strange !== void 0) {
    throw new UserError(
      "build-lock-stale",
      `The build lock is out of date: it installs ${printable(strange)}, which is not what uv.lock has. ${remedy}`
    );
  }
}
function checkSource(artifact, buildLock) {
  const build = buildLock.builds[buildKey(artifact)];
  const moved = build?.kind === "git" && build.commit !== artifact.commit || build?.kind === "sdist" && artifact.hash?.startsWith("sha256:") === true && Buffer.from(build.hash.slice("sha256-".length), "base64").toString("hex") !== artifact.hash.slice("sha256:".length);
  if (moved)
    throw new UserError(
      "build-lock-stale",
      `The build lock is out of date: it has another source for ${buildKey(artifact)} than uv.lock. ${remedy}`
    );
}
function staleDeps(expected, actual) {
  const names = (manifest) => manifest.wheels.map(({ filename, hash }) => `${filename} ${hash ?? ""}`);
  const difference = describe(names(expected), names(actual)) || "another target, or another version of the fetcher";
  return new UserError(
    "deps-stale",
    `The hash of uvDeps is out of date: its wheels were fetched for another uv.lock than the source has (${difference}). ${remedy}`
  );
}
function describe(wanted, actual) {
  const [want, have] = [new Set(wanted), new Set(actual)];
  const short = (text) => text.split(" ")[0] ?? "";
  const all = [
    ...wanted.filter((item) => !have.has(item)).map((item) => `+ ${short(item)}`),
    ...actual.filter((item) => !want.has(item)).map((item) => `- ${short(item)}`)
  ];
  return all.slice(0, 6).join(", ") + (all.length > 6 ? `, and ${all.length - 6} more` : "");
}
export {
  check
};
