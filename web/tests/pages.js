// The pages that tests/web/make_pages.cpp leaves, and a browser to open them in.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const BUILD = process.env['SIGHTLINE_BUILD_DIR'] ?? '../build/release';
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function makePages() {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-web-'));
  execFileSync(join(BUILD, 'tests/web/make_pages'), [folder], { stdio: 'inherit' });
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

export async function launch() {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  if (!executablePath) throw new Error(`no browser at ${CHROMIUM.join(', ')}: run scripts/setup`);
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
