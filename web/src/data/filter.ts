// Which samples are shown: a plain object, kept in the URL's hash so that a view can be sent on.
import type { Answer, Benchmark, Sample } from './report';

export interface Filter {
  benchmark: string;
  sample: string; // an id: this one alone
  defence: string;
  subset: string;
  scenario: string;
  variant: string;
  label: string;
  status: string;
  text: string;
  changed: boolean; // only where the label differs from the first defence's
  disputed: boolean; // only where judges differ
  page: number; // from 1
}

export const NO_FILTER: Filter = {
  benchmark: '',
  sample: '',
  defence: '',
  subset: '',
  scenario: '',
  variant: '',
  label: '',
  status: '',
  text: '',
  changed: false,
  disputed: false,
  page: 1,
};

const WORDS = [
  'benchmark',
  'sample',
  'defence',
  'subset',
  'scenario',
  'variant',
  'label',
  'status',
  'text',
] as const;
const SWITCHES = ['changed', 'disputed'] as const;

export function hashOf(filter: Filter): string {
  const out = new URLSearchParams();
  for (const key of WORDS) if (filter[key]) out.set(key, filter[key]);
  for (const key of SWITCHES) if (filter[key]) out.set(key, '1');
  if (filter.page > 1) out.set('page', String(filter.page));
  return '#' + out.toString();
}

// Whatever the hash holds, a filter comes out.
export function filterOf(hash: string): Filter {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const filter = { ...NO_FILTER };
  for (const key of WORDS) filter[key] = given.get(key) ?? '';
  for (const key of SWITCHES) filter[key] = given.get(key) === '1';
  const page = Number(given.get('page') ?? 1);
  filter.page = Number.isInteger(page) && page > 0 ? page : 1;
  return filter;
}

// What is shown as an answer's label: the judge's, or why there is none.
export function labelOf(answer: Answer): string {
  return answer.verdict.status === 'ok' ? answer.verdict.label : answer.verdict.status;
}

export function differs(sample: Sample, answer: Answer): boolean {
  const first = sample.answers[0];
  return first !== undefined && labelOf(first) !== labelOf(answer);
}

export function disputed(answer: Answer): boolean {
  const judged = (answer.verdicts ?? []).filter((verdict) => verdict.status === 'ok');
  return judged.some((verdict) => verdict.label !== judged[0]?.label);
}

export function questionOf(sample: Sample): string {
  return sample.conversation
    .flatMap((message) => message.parts.map((part) => part.text ?? ''))
    .join('\n');
}

// Lower-cased once per sample: searches over 20,000 answers stay quick.
const searchTexts = new WeakMap<object, string>();

function searchText(owner: object, text: () => string): string {
  let found = searchTexts.get(owner);
  if (found === undefined) {
    found = text().toLowerCase();
    searchTexts.set(owner, found);
  }
  return found;
}

// True where one answer meets every wish about answers, and the sample all others.
function passes(filter: Filter, sample: Sample, first: string, wanted: string): boolean {
  if (filter.subset && sample.subset !== filter.subset) return false;
  if (filter.scenario && sample.scenario !== filter.scenario) return false;
  if (filter.variant && sample.variant !== filter.variant) return false;
  const inSample =
    wanted === '' ||
    searchText(sample, () => `${sample.id}\n${questionOf(sample)}`).includes(wanted);
  const asksAnswers =
    filter.label || filter.status || filter.changed || filter.disputed || filter.defence;
  if (!asksAnswers && inSample) return true;
  return sample.answers.some((answer) => {
    if (filter.defence && answer.defence !== filter.defence) return false;
    if (filter.label && labelOf(answer) !== filter.label) return false;
    if (filter.status && answer.verdict.status !== filter.status) return false;
    if (filter.changed && (answer.defence === first || !differs(sample, answer))) return false;
    if (filter.disputed && !disputed(answer)) return false;
    return inSample || searchText(answer, () => `${answer.text}\n${answer.error}`).includes(wanted);
  });
}

export function matching(benchmark: Benchmark, filter: Filter): Sample[] {
  if (filter.sample) return benchmark.samples.filter((sample) => sample.id === filter.sample);
  const wanted = filter.text.trim().toLowerCase();
  const first = benchmark.defences[0] ?? '';
  return benchmark.samples.filter((sample) => passes(filter, sample, first, wanted));
}

// The values a filter can take, with how many samples (or answers) have them.
export interface Choice {
  value: string;
  count: number;
}

function counted(values: Iterable<string>): Choice[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count }));
}

export interface Choices {
  subset: Choice[];
  scenario: Choice[];
  variant: Choice[];
  label: Choice[];
  status: Choice[];
}

export function choicesOf(benchmark: Benchmark): Choices {
  const answers = benchmark.samples.flatMap((sample) => sample.answers);
  const judged = answers.filter((answer) => answer.verdict.status === 'ok');
  return {
    subset: counted(benchmark.samples.map((sample) => sample.subset)),
    scenario: counted(benchmark.samples.map((sample) => sample.scenario)).sort((a, b) =>
      a.value.localeCompare(b.value),
    ),
    variant: counted(benchmark.samples.map((sample) => sample.variant)),
    label: counted(judged.map((answer) => answer.verdict.label)),
    status: counted(answers.map((answer) => answer.verdict.status)),
  };
}
