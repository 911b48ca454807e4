// Numbers as people read them; the same words as in the terminal and in Markdown.
import type { Paired, Row } from './report';

export function fixed(value: number, digits: number): string {
  return value.toFixed(digits).replace('-', '−');
}

// Seconds below a tenth need a third digit.
function inUnit(at: number, value: number, unit: string): string {
  if (unit === 'share') return fixed(100 * at, 1);
  return fixed(at, unit === 'seconds' && value >= 0.1 ? 2 : 3);
}

const UNITS: Record<string, string> = { share: ' %', seconds: ' s' };

// 0.123 → "12.3 %"
export function valueText(value: number | null, unit: string): string {
  return value === null ? '–' : inUnit(value, value, unit) + (UNITS[unit] ?? '');
}

export function intervalText(row: Row): string {
  if (row.value === null || row.low === null || row.high === null) return '';
  return `[${inUnit(row.low, row.value, row.unit)}, ${inUnit(row.high, row.value, row.unit)}]`;
}

export function countsText(row: Row): string {
  const parts = [`n=${row.n_ok}`];
  if (row.n_unparsed) parts.push(`${row.n_unparsed} unparsed`);
  if (row.n_empty) parts.push(`${row.n_empty} empty`);
  if (row.n_error) parts.push(`${row.n_error} error`);
  if (row.n_missing) parts.push(`${row.n_missing} missing`);
  return parts.join(', ');
}

export function pText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}

// A difference of shares in percentage points, with its sign.
export function pointsText(difference: number): string {
  const points = 100 * difference;
  const sign = Math.abs(points) < 0.05 ? '±' : points < 0 ? '−' : '+';
  return sign + Math.abs(points).toFixed(1);
}

const TESTS: Record<string, string> = {
  mcnemar: 'McNemar, exact',
  sign_flip: 'sign flips of clusters',
};

export function testText(test: string): string {
  return TESTS[test] ?? test.replaceAll('_', ' ');
}

export type Effect = 'better' | 'worse' | 'open';

// "open" where chance may explain the difference: all that the report does not mark.
export function effectOf(
  paired: Pick<Paired, 'difference' | 'marked'>,
  lowerIsBetter: boolean,
): Effect {
  if (!paired.marked || paired.difference === 0) return 'open';
  return paired.difference < 0 === lowerIsBetter ? 'better' : 'worse';
}

export function wordsOf(name: string): string {
  return name.replaceAll('_', ' ');
}

export function countText(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
