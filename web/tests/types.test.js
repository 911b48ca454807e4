// The program's payload against the types: each key is there, known, and of its type.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makePages } from './pages.js';

const WEB = join(import.meta.dirname, '..');
let pages;

before(() => (pages = makePages()));
after(() => pages?.remove());

// tsc's verdict on the payload as a literal, whose keys it knows.
function check(payload) {
  const file = join(pages.folder, 'payload.ts');
  const types = JSON.stringify(join(WEB, 'src/data/report'));
  writeFileSync(
    file,
    `import type { ReportData } from ${types};\n` +
      `export const payload = ${JSON.stringify(payload)} satisfies ReportData;\n`,
  );
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck'];
  options.push('--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2022');
  return spawnSync(
    process.execPath,
    [join(WEB, 'node_modules/typescript/bin/tsc'), ...options, file],
    { encoding: 'utf8' },
  );
}

test('the payload is what the types and the documents say', () => {
  const payload = JSON.parse(readFileSync(join(pages.folder, 'judges.json'), 'utf8'));
  const right = check(payload);
  assert.equal(right.status, 0, right.stdout);

  delete payload.benchmarks[0].samples[0].answers[0].outcome;
  const lacking = check(payload);
  assert.match(lacking.stdout, /'outcome' is missing/);

  payload.benchmarks[0].samples[0].answers[0].outcome = 'good';
  payload.benchmarks[0].samples[0].unknown = 1;
  const unknown = check(payload);
  assert.match(unknown.stdout, /'"?unknown"?' does not exist/);
});
