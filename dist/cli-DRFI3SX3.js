import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  buildAndImport,
  update
} from "./cli-6DBLPORS.js";
import "./cli-3XAO52CX.js";
import "./cli-RVWXTTCK.js";
import "./cli-DFWMD6VS.js";
import "./cli-7SRZJZCQ.js";
import "./cli-OHOPGCTD.js";
import "./cli-TUTISH7G.js";
import {
  patchText
} from "./cli-KIGNGTK6.js";
import "./cli-AXHGOBYU.js";
import "./cli-6XMUJN7B.js";
import "./cli-7ZNRW3FN.js";
import {
  placeOf
} from "./cli-V4KKH4VT.js";
import "./cli-2WUOKQML.js";
import "./cli-SAIMFLME.js";
import "./cli-LFF2VU6M.js";
import "./cli-PPCW4ZUN.js";
import "./cli-VBNZCJLK.js";
import "./cli-K5Q4PDHT.js";
import "./cli-62WX6F5M.js";
import "./cli-ZAMFTIJM.js";
import "./cli-RIK2B44O.js";
import "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";

// src/update/status-with-nix.ts
async function checkWithNix(where, root, parts) {
  const result = await update({ where, verify: false, distrust: true }, parts);
  await result.undo();
  const { pinned, edits } = result;
  const [first] = pinned.systems;
  const at = first?.position ?? placeOf(where).at;
  const hashes = result.hashes.map(({ system, before, after }) => ({
    ...{ system, before, after },
    at: pinned.systems.find(({ target }) => target.system === system)?.position
  }));
  const common = { at, notChecked: [], hashes, edits };
  if (edits.length > 0)
    return { ...common, status: "stale", message: staleMessage(result), patch: patchText(edits, root) };
  await buildAndImport({ where, pinned, goesOn: false, stage: (_, body) => body() }, parts);
  const systems = hashes.map(({ system }) => system);
  const others = systems.filter((system) => system !== pinned.system);
  return {
    ...common,
    status: "current",
    message: `The hash for ${systems.join(" and ")} is what uv.lock asks for; it builds and imports${others.length > 0 ? ` on ${pinned.system}` : ""}.`,
    patch: "",
    notChecked: others.map(
      (system) => `Whether it builds and imports on ${system}: Nix builds for ${pinned.system} here.`
    )
  };
}
function staleMessage({ hashes }) {
  const moved = hashes.filter(({ before, after }) => before !== after);
  const what = moved.map(
    ({ system, before, after }) => `${system} has ${before || "no hash"} and needs ${after}`
  );
  const why = moved.length > 0 ? `The hash is stale: ${what.join("; ")}.` : "The build lock is stale: what has to be built, or its requirements, changed.";
  return `${why} Run 'uv-fod update', or apply the patch in the job summary.`;
}
export {
  checkWithNix
};
