// Answers requests from a WACZ file as ReplayWeb.page does: with its library, which in a browser is a service worker.
//
//     node wabac.mjs FOLDER-WITH-NODE_MODULES FILE.wacz < asked.json > answered.json
//
// asked: [{url, timestamp, method, headers: [[name, value]], body}]
// answered: {answers: [{status, headers, body}] in the same order, pages: [{url, title, ...}]}
// Bodies are in base 64.

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const HERE = "http://replay.example/";
const [folder, file] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(resolve(folder), "node_modules", path)));

await load("fake-indexeddb/auto/index.mjs");
globalThis.self = globalThis;
self.location = new URL(HERE);
self.addEventListener = () => {};
console.log = console.warn = console.error; // standard output is for the answers

const { ArchiveRequest, SWCollections } = await load("@webrecorder/wabac/dist/swlib.js");
const collections = new SWCollections({
  main: `${HERE}w/`,
  root: HERE,
  static: `${HERE}static/`,
  proxy: "",
  api: "",
});
const fail = (_percent, error) => error && console.error(error);
const source = { sourceUrl: `${HERE}packed.wacz`, extra: { arrayBuffer: await readFile(file) } };
if (!(await collections.addCollection({ name: "packed", file: source }, fail))) {
  throw new Error(`${file} could not be opened`);
}
const collection = await collections.getColl("packed");

const [{ hash }] = Object.values(collection.store.waczfiles); // what a page's own requests carry: which file it is of

const answers = [];
for (const { url, timestamp, method, headers, body } of JSON.parse(await text(process.stdin))) {
  const sent = method === "GET" || method === "HEAD" ? undefined : Buffer.from(body, "base64");
  const request = new Request(HERE, { method, headers, body: sent });
  const place = `:${hash}/${timestamp}id_/${url}`;
  const response = await collection.handleRequest(new ArchiveRequest(place, request), {});
  answers.push({
    status: response.status,
    headers: [...response.headers],
    body: Buffer.from(await response.arrayBuffer()).toString("base64"),
  });
}
process.stdout.write(JSON.stringify({ answers, pages: await collection.store.getAllPages() }), () => process.exit(0));
