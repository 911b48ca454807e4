// What went wrong, counted: no failure may look like an answer.
import type { Benchmark, Status } from './report';

export interface FailureRow {
  defence: string;
  counts: Partial<Record<Status, number>>; // by the verdict's status
  cut: number; // answers that reached the length limit
  missing: number; // samples without an answer
  reasons: { text: string; count: number; sample: string }[]; // the most frequent ones
}

const SHOWN_REASONS = 3;

export function failuresOf(benchmark: Benchmark): FailureRow[] {
  const rows = new Map(benchmark.defences.map((name) => [name, collector(name)]));
  for (const sample of benchmark.samples) {
    for (const answer of sample.answers) {
      const row = rows.get(answer.defence);
      if (!row) continue;
      const status = answer.verdict.status;
      row.answers += 1;
      if (answer.finish === 'length') row.cut += 1;
      if (status === 'ok') continue;
      row.counts[status] = (row.counts[status] ?? 0) + 1;
      const text = answer.error || answer.verdict.reason;
      if (!text) continue;
      const known = row.all.get(text);
      if (known) known.count += 1;
      else row.all.set(text, { text, count: 1, sample: sample.id });
    }
  }
  return [...rows.values()].map(({ defence, counts, cut, answers, all }) => ({
    defence,
    counts,
    cut,
    missing: benchmark.samples.length - answers,
    reasons: [...all.values()].sort((a, b) => b.count - a.count).slice(0, SHOWN_REASONS),
  }));
}

interface Collector extends FailureRow {
  answers: number;
  all: Map<string, FailureRow['reasons'][number]>;
}

function collector(defence: string): Collector {
  return { defence, counts: {}, cut: 0, missing: 0, reasons: [], answers: 0, all: new Map() };
}
