import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  withSession
} from "./chunk-BKO3AKVD.js";
import "./chunk-TQ6NFM5P.js";
import "./chunk-4I5RXFOO.js";
import "./chunk-FRENWXZA.js";
import "./chunk-GA4VKSNT.js";
import "./chunk-JU6MWGIG.js";
import "./chunk-XRJGKDH2.js";
import "./chunk-JPVQGGME.js";
import "./chunk-XSOMW6G3.js";
import "./chunk-ITRFARRA.js";
import "./chunk-XBDZOY7F.js";
import "./chunk-2ITMEOXA.js";
import "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";
export {
  withSession
};
