import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  joinEdits,
  onTop
} from "./cli-L3R5K4AM.js";
import "./cli-62WX6F5M.js";
import "./cli-RULA4YQZ.js";
import "./cli-FPE3P3E7.js";

// src/refresh/group.ts
async function refreshGroup(packages, journal, parts, refresh) {
  const refreshed = [];
  let edits = [];
  const undo = async () => {
    for (const one of [...refreshed].reverse()) await one.undo();
  };
  try {
    for (const config of packages) {
      const below = edits;
      const now = await refresh(config, { ...parts, journal: async () => onTop(journal, below) });
      refreshed.push(now);
      edits = joinEdits(edits, now.edits);
    }
  } catch (error) {
    await undo();
    throw error;
  }
  return { refreshed, edits, undo, keep: journal.clear };
}
export {
  refreshGroup
};
