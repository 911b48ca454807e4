// The report in Chromium: can a person do the job, and can no answer do harm?
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { launch, makePages } from './pages.js';

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };
const PATIENCE_MS = 30_000;

let pages;
let browser;

before(async () => {
  pages = makePages();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  pages?.remove();
});

// A page of `name` from file://, with everything it complains about and everything it asks for.
async function open(name, { viewport = WIDE, hash = '', scheme = 'light' } = {}) {
  const context = await browser.newContext({ viewport, colorScheme: scheme });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints = [];
  const requests = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto('file://' + join(pages.folder, name) + hash);
  await page.getByRole('heading', { name: 'Every answer' }).waitFor();
  return { page, complaints, requests, close: () => context.close() };
}

const choose = (page, name) => page.locator('.filters').getByRole('combobox', { name });
const found = (page) => page.locator('.found').innerText();

// What `read` gives is `wanted` as soon as the page has drawn what was asked of it: a click comes
// back before the event that it causes.
async function becomes(read, wanted, message) {
  const end = performance.now() + PATIENCE_MS;
  let value = await read();
  while (value !== wanted && performance.now() < end) {
    await delay(20);
    value = await read();
  }
  assert.equal(value, wanted, message);
}

test('loads from a file without a word on the console or the network', async () => {
  const { page, complaints, requests, close } = await open('plain.html');
  await page.locator('.plot svg').waitFor();
  assert.deepEqual(complaints, []);
  assert.deepEqual(
    requests.filter((url) => !url.startsWith('data:')).map((url) => url.slice(0, 7)),
    ['file://'],
  );
  assert.equal(await page.title(), 'Sightline, run 1');
  await close();
});

test('shows the numbers of the table, the heat map and the differences', async () => {
  const { page, close } = await open('plain.html');
  const results = page.getByRole('table', { name: 'Headline metrics by defence' });
  const none = results.getByRole('row', { name: /^none/ });
  assert.match(await none.innerText(), /50\.0 %\s+\[33\.2, 66\.8\]\s+n=30/);
  const heat = page.getByRole('table', { name: 'unsafe rate by scenario and defence' });
  assert.equal(await heat.getByRole('row').count(), 3);
  const differences = page.getByRole('table', { name: /Paired differences against none/ });
  assert.match(await differences.innerText(), /McNemar, exact/);
  assert.match(await page.locator('.plot').getAttribute('aria-label'), /none: unsafe rate 50\.0 %/);
  await close();
});

test('parts without data are not shown', async () => {
  const { page, close } = await open('plain.html');
  assert.equal(await page.getByRole('heading', { name: 'Do the judges agree?' }).count(), 0);
  assert.equal(await page.getByRole('heading', { name: 'What the picture costs' }).count(), 0);
  await close();
});

test('several judges are compared, and disputed answers are found', async () => {
  const { page, close } = await open('judges.html');
  const table = page.getByRole('table', { name: 'Agreement of judges by subset' });
  assert.match(await table.innerText(), /unsafe.*second.*90\.0 %/s);
  const together = page.getByText('unsafe: 3 judges together');
  assert.match(await together.innerText(), /Fleiss' κ 0\.\d\d over 60 answers/);
  await page.getByRole('link', { name: 'Answers they dispute' }).click();
  await becomes(() => found(page), '6 of 60 samples');
  await close();
});

test('filters narrow the answers and stay in the address', async () => {
  const { page, close } = await open('plain.html');
  await becomes(() => found(page), '60 samples');
  await choose(page, 'scenario').selectOption('theft');
  await becomes(() => found(page), '20 of 60 samples');
  await choose(page, 'subset').selectOption('unsafe');
  await becomes(() => found(page), '10 of 60 samples');
  await choose(page, 'label').selectOption('comply');
  await page.getByRole('searchbox').fill('Question 45');
  await page.waitForFunction(() => location.hash.includes('text='));
  await becomes(() => found(page), '1 of 60 samples');
  assert.match(page.url(), /subset=unsafe&scenario=theft&label=comply&text=Question\+45$/);
  await page.reload();
  await becomes(() => found(page), '1 of 60 samples');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await becomes(() => found(page), '60 samples');
  await close();
});

test('a defence is shown alone, and changed labels are found', async () => {
  const { page, close } = await open('plain.html');
  await page.getByRole('checkbox', { name: /only labels changed against none/ }).check();
  await becomes(() => found(page), '24 of 60 samples'); // odd, not divisible by five
  await choose(page, 'defence').selectOption('shield');
  await becomes(() => found(page), '24 of 60 samples');
  await becomes(() => page.locator('article').first().locator('dl.answers dt').count(), 1);
  await close();
});

test('a link leads to one sample and back', async () => {
  const { page, close } = await open('plain.html', { hash: '#sample=s7' });
  assert.equal(await page.locator('article').count(), 1);
  assert.match(await page.locator('article').innerText(), /question 7/);
  await page.getByRole('button', { name: 'Show all 60 samples' }).click();
  await becomes(() => found(page), '60 samples');
  await page.getByRole('link', { name: 's3', exact: true }).click();
  assert.match(page.url(), /#sample=s3$/);
  await becomes(() => page.locator('article').count(), 1);
  await close();
});

test('a hash that means nothing shows everything or says that nothing matches', async () => {
  for (const [hash, wanted] of [
    ['#page=-3&nonsense=%FF&changed=maybe', '60 samples'],
    ['#page=99999', '60 samples'],
    ['#scenario=nowhere', 'No sample matches.'],
  ]) {
    const { page, complaints, close } = await open('plain.html', { hash });
    await becomes(() => found(page), wanted, hash);
    assert.deepEqual(complaints, []);
    await close();
  }
});

test('pictures are blurred until asked', async () => {
  const { page, close } = await open('plain.html', { hash: '#sample=s0' });
  const picture = page.getByRole('button', { name: 'Show picture 1 of s0' });
  const blur = () => page.locator('article img').evaluate((img) => getComputedStyle(img).filter);
  assert.match(await blur(), /blur\(22px\)/);
  const width = await page.locator('article img').evaluate((img) => img.naturalWidth);
  assert.equal(width, 96);
  await picture.click();
  await becomes(blur, 'none');
  await page.getByRole('button', { name: 'Blur picture 1 of s0' }).click();
  assert.match(await blur(), /blur/);
  await close();
});

test('everything can be done with the keyboard', async () => {
  const { page, close } = await open('plain.html');
  await page.keyboard.press('Tab');
  assert.match(await page.locator(':focus').innerText(), /Skip to the answers/);
  await page.keyboard.press('Enter');
  assert.equal(await page.locator(':focus').innerText(), 'Every answer');
  await page.keyboard.press('Tab'); // the search
  await page.keyboard.type('question 2');
  await page.waitForFunction(() => location.hash.includes('text='));
  await tabTo(page, (label) => /^Show picture/.test(label));
  const outline = await page.locator(':focus').evaluate((e) => getComputedStyle(e).outlineStyle);
  assert.equal(outline, 'solid');
  await page.keyboard.press('Space');
  assert.equal(await page.locator(':focus').getAttribute('aria-pressed'), 'true');
  await close();
});

async function tabTo(page, wanted) {
  for (let i = 0; i < 40; ++i) {
    await page.keyboard.press('Tab');
    if (wanted((await page.locator(':focus').getAttribute('aria-label')) ?? '')) return;
  }
  assert.fail('not reached in 40 steps');
}

test('nothing an answer holds ever runs or loads', async () => {
  const { page, complaints, requests, close } = await open('hostile.html');
  await page.locator('summary').last().click();
  for (const picture of await page.getByRole('button', { name: /^Show picture/ }).all()) {
    await picture.click();
  }
  assert.equal(await page.evaluate('window.attacked'), undefined);
  assert.deepEqual(complaints, []);
  assert.equal(requests.filter((url) => !/^(data:|file:)/.test(url)).length, 0);
  assert.equal(await page.locator('article svg, article script, [onerror], [onfocus]').count(), 0);
  assert.match(await page.locator('article').first().innerText(), /<img src=x onerror=/);
  await close();
});

test("the page's policy stops a script that got in all the same", async () => {
  const { page, close } = await open('plain.html');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.attacked = 1';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="attacked = 1">');
  });
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate('window.attacked'), undefined);
  await close();
});

test('failures are counted with their reasons and lead to their answers', async () => {
  const { page, close } = await open('failures.html');
  const table = page.getByRole('table', { name: 'Failures by defence and kind' });
  assert.match(await table.innerText(), /the prompt has 9000 tokens/);
  await table.getByRole('link', { name: '8', exact: true }).click();
  assert.match(page.url(), /#defence=shield&status=empty$/);
  await becomes(() => found(page), '8 samples');
  await close();
});

for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
  test(`nothing is wider than the ${size} window`, async () => {
    for (const name of ['judges.html', 'hostile.html', 'failures.html']) {
      for (const scheme of ['light', 'dark']) {
        const { page, close } = await open(name, { viewport, scheme });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.equal(over, 0, `${name}, ${scheme}`);
        await close();
      }
    }
  });
}

test('the colours follow the scheme', async () => {
  const backs = [];
  for (const scheme of ['light', 'dark']) {
    const { page, close } = await open('plain.html', { scheme });
    backs.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    await close();
  }
  assert.notEqual(backs[0], backs[1]);
});

test('twenty thousand samples open, turn and search quickly', async () => {
  const start = performance.now();
  const { page, close } = await open('large.html');
  const opened = performance.now() - start;
  assert.equal(await page.locator('article').count(), 20);
  await page.getByRole('button', { name: 'Last' }).click();
  assert.match(await page.locator('article').last().innerText(), /question 19999/);
  await page.getByRole('searchbox').fill('question 12345');
  await page.waitForFunction(() => location.hash.includes('text='));
  await becomes(() => found(page), '1 of 20,000 samples');
  const all = performance.now() - start;
  assert.ok(opened < 5000, `opened in ${opened} ms`);
  assert.ok(all < 15_000, `all in ${all} ms`);
  await close();
});
