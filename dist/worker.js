import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  serveLane
} from "./chunk-SQWXG7UY.js";
import "./chunk-TP7LV4NA.js";
import "./chunk-AXWMS7HC.js";

// src/entry/worker.ts
import { parentPort } from "node:worker_threads";
if (parentPort) serveLane(parentPort);
