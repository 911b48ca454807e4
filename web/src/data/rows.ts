// Looking things up in a benchmark.
import type { Benchmark, Metric, Row } from './report';

export type RowLookup = (metric: string, scenario: string, defence: string) => Row | undefined;

export function rowLookup(benchmark: Benchmark): RowLookup {
  const rows = new Map(
    benchmark.rows.map((row) => [JSON.stringify([row.metric, row.scenario, row.defence]), row]),
  );
  return (metric, scenario, defence) => rows.get(JSON.stringify([metric, scenario, defence]));
}

export function scenariosOf(benchmark: Benchmark, metric: string): string[] {
  const names = benchmark.rows.filter((row) => row.metric === metric && row.scenario);
  return [...new Set(names.map((row) => row.scenario))];
}

// The end of a metric's scale: all of a share, or the slowest of the rows.
export function scaleOf(benchmark: Benchmark, metric: Metric): number {
  const rows = benchmark.rows.filter((row) => row.metric === metric.name && row.value !== null);
  if (rows.some((row) => row.unit === 'share')) return 1;
  return Math.max(0, ...rows.filter((row) => !row.scenario).map((row) => row.high ?? 0)) * 1.05;
}

export function sharesOf(benchmark: Benchmark): Metric[] {
  const shares = new Set(
    benchmark.rows.filter((row) => row.unit === 'share' && !row.scenario).map((row) => row.metric),
  );
  return benchmark.metrics.filter((metric) => shares.has(metric.name));
}

// The two axes of the trade-off, by what metrics are commonly called: how unsafe, and how often
// harmless questions are refused, both better low and read by one judge. Nothing when a benchmark
// does not measure both.
export function tradeoffAxes(benchmark: Benchmark): { unsafe: Metric; refusal: Metric } | null {
  const wrongs = sharesOf(benchmark).filter((metric) => metric.lower_is_better);
  const refusal = find(wrongs, /over.?(refus|safe|sensitiv)|false.?(refus|unsafe)/i);
  const others = wrongs.filter((metric) => metric !== refusal && metric.judge === refusal?.judge);
  const unsafe =
    find(others, /unsafe.*(picture|image)|false.?safe.*both/i) ??
    find(others, /unsafe|attack|asr|harm/i);
  return refusal && unsafe ? { unsafe, refusal } : null;
}

function find(metrics: Metric[], pattern: RegExp): Metric | undefined {
  const named = metrics.filter((metric) => pattern.test(metric.name + ' ' + metric.title));
  return named.find((metric) => metric.headline) ?? named[0];
}
