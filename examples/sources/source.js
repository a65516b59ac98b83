#!/usr/bin/env node
// A source in Node.js, 12 or newer, and nothing else: node source.js [PORT]
const http = require('http');

const items = new Map([
  ['a.mp4', { size: 1 }],
  ['..', { odd: true }],
  ['🎬/é b.mp4', { size: 2 }],
]);

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined; // no UTF-8: no item has such a name
  }
}

function answer(path) {
  const name = path.startsWith('/items/') ? decoded(path.slice('/items/'.length)) : undefined;
  if (path === '/items') {
    return { kind: 'ItemList', items: [...items.keys()] };
  }
  return items.has(name)
    ? { kind: 'Item', data: items.get(name) }
    : { kind: 'Error', message: `There is no ${path} here.` };
}

http.createServer((request, response) => {
  // Not "new URL(…)": it would take %2E%2E for a step up.
  const fields = answer(request.url.split('?')[0]);
  response.writeHead(fields.kind === 'Error' ? 404 : 200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ apiVersion: 'v1', ...fields }));
}).listen(process.argv[2] || 8083, '127.0.0.1');
