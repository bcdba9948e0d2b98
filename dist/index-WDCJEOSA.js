import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/native/cache.ts
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
var version = "artifacts-1";
var day = 24 * 60 * 60 * 1e3;
var artifactsFolder = (root) => path.join(root, version);
async function openCache(root) {
  const base = artifactsFolder(root);
  const temporaries = path.join(base, "tmp");
  await mkdir(temporaries, { recursive: true });
  const made = /* @__PURE__ */ new Map();
  const listed = /* @__PURE__ */ new Map();
  const makeFolder = async (folder) => {
    const making = made.get(folder) ?? mkdir(folder, { recursive: true });
    made.set(folder, making);
    await making;
    listed.delete(folder);
  };
  return {
    find: async (digest) => {
      const file = placeOf(base, digest);
      if (file === void 0) return void 0;
      const folder = path.dirname(file);
      const listing = listed.get(folder) ?? namesIn(folder);
      listed.set(folder, listing);
      if (!(await listing).has(path.basename(file))) return void 0;
      return file;
    },
    used: async (file, { mtimeNs }) => {
      const now = Date.now();
      if (now - Number(mtimeNs / 1000000n) > day)
        await utimes(file, now / 1e3, now / 1e3).catch(() => {
        });
    },
    placeFor: async (digest) => {
      const place = placeOf(base, digest);
      if (place !== void 0) await makeFolder(path.dirname(place));
      return place;
    },
    temporary: () => path.join(temporaries, `${process.pid}-${randomUUID()}`),
    keep: async (file, digest) => {
      const place = placeOf(base, digest);
      if (place === void 0) return file;
      await makeFolder(path.dirname(place));
      await rename(file, place);
      return place;
    },
    discard: async (file) => {
      listed.delete(path.dirname(file));
      await rm(file, { force: true, recursive: true });
    },
    trim: (bytes) => trim(base, temporaries, bytes)
  };
}
var namesIn = async (folder) => new Set(await readdir(folder).catch(() => []));
function placeOf(base, digest) {
  const [, algorithm, hex] = /^(sha256|sha384|sha512):([0-9a-f]{64,128})$/.exec(digest.toLowerCase()) ?? [];
  return algorithm && hex ? path.join(base, algorithm, hex) : void 0;
}
async function trim(base, temporaries, bytes) {
  const files = await list(base);
  const old = Date.now() - day;
  const left = files.filter(({ file, used }) => path.dirname(file) === temporaries && used < old);
  await Promise.all(left.map(({ file }) => rm(file, { force: true })));
  const kept = files.filter(({ file }) => path.dirname(file) !== temporaries).sort((a, b) => b.used - a.used || (a.file < b.file ? -1 : 1));
  let sum = 0;
  for (const { file, size } of kept) {
    sum += size;
    if (sum > bytes) await rm(file, { force: true });
  }
}
async function list(base) {
  const entries = await readdir(base, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries.filter((entry) => entry.isFile()).map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const facts = await stat(file).catch(() => void 0);
      return facts && { file, size: facts.size, used: facts.mtimeMs };
    })
  );
  return found.filter((entry) => entry !== void 0);
}

// src/hash/nar.ts
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir as readdir2, readlink } from "node:fs/promises";
import path2 from "node:path";
async function writeNar(root, write) {
  write(narStrings("nix-archive-1"));
  const open = [];
  const enter = async (file) => {
    const names = await writeNode(file, write);
    if (names) open.push({ names, next: 0, dir: file });
  };
  await enter(Buffer.from(root));
  for (let folder = open.at(-1); folder; folder = open.at(-1)) {
    const name = folder.names[folder.next++];
    if (name) {
      write(narStrings("entry", "(", "name", name, "node"));
      const depth = open.length;
      await enter(Buffer.concat([folder.dir, Buffer.from(path2.sep), name]));
      if (open.length === depth) write(narStrings(")"));
    } else {
      open.pop();
      write(narStrings(")"));
      if (open.length > 0) write(narStrings(")"));
    }
  }
}
async function writeNode(file, write) {
  const stat2 = await lstat(file);
  if (stat2.isDirectory()) {
    write(narStrings("(", "type", "directory"));
    return (await readdir2(file, { encoding: "buffer" })).sort(Buffer.compare);
  }
  if (stat2.isSymbolicLink()) {
    write(narStrings("(", "type", "symlink", "target", await readlink(file, { encoding: "buffer" }), ")"));
  } else if (stat2.isFile()) {
    write(narStrings("(", "type", "regular", ...stat2.mode & 64 ? ["executable", ""] : [], "contents"));
    await writeContents(file, stat2.size, write);
    write(narStrings(")"));
  } else {
    throw new Error(`${file.toString()} is neither a file, a folder nor a symlink: it has no Nix archive`);
  }
  return void 0;
}
async function writeContents(file, size, write) {
  write(narLength(size));
  let read = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    read += chunk.length;
    write(chunk);
  }
  if (read !== size) throw new Error(`${file.toString()} changed while it was read`);
  write(narPadding(size));
}
var narPadding = (size) => Buffer.alloc((8 - size % 8) % 8);
function narLength(size) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(size));
  return bytes;
}
function narStrings(...texts) {
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text);
      return [narLength(bytes.length), bytes, narPadding(bytes.length)];
    })
  );
}
async function narHash(root) {
  const hash = createHash("sha256");
  await writeNar(root, (bytes) => hash.update(bytes));
  return sri(hash);
}
function sri(hash) {
  return `sha256-${hash.digest("base64")}`;
}

export {
  artifactsFolder,
  openCache,
  narHash
};
