// The report as data: docs/formats/report-json.md in types. Components know nothing else, so that
// the page of a file and a dashboard on a server can show the same things.

export type Status = 'ok' | 'unparsed' | 'empty' | 'error' | 'timeout' | 'filtered';

export interface Verdict {
  status: Status;
  label: string; // empty unless the status is ok
  reason: string;
}

export interface JudgeVerdict extends Verdict {
  judge: string;
}

export interface Answer {
  defence: string;
  status: Status;
  text: string;
  error: string;
  finish: 'stop' | 'length' | 'cancelled';
  first_token_scores: Record<string, number>; // probabilities, where a judge read them
  seconds: number;
  prompt_tokens: number;
  completion_tokens: number;
  verdict: Verdict; // of the judge whose numbers are shown
  outcome: 'good' | 'bad' | ''; // empty where nothing could be judged, or nothing counts it
  verdicts?: JudgeVerdict[]; // of every judge, where there are several
}

export interface Part {
  text?: string;
  picture?: string; // SHA-256
}

export interface Message {
  role: string;
  parts: Part[];
}

export interface Sample {
  id: string;
  subset: string;
  scenario: string;
  variant: string;
  cluster: string;
  conversation: Message[];
  expected: Record<string, unknown>;
  answers: Answer[]; // in the order of the defences; missing ones are not there
}

export interface Metric {
  name: string;
  title: string;
  spec: string;
  lower_is_better: boolean;
  headline: boolean;
  per_scenario: boolean;
  judge: string; // whose verdicts; empty: the subset's first judge
  group: string; // title of the table it stands in; empty: the first one
}

// The difference to the first defence, on the same samples.
export interface Paired {
  against: string;
  n: number;
  gained: number;
  lost: number;
  clusters?: number;
  difference: number;
  low?: number;
  high?: number;
  interval?: string;
  p: number;
  test: string;
  holm_p?: number; // of the headline's rows: p within all of the run's headline
  marked?: boolean; // the same: holm_p below .05 over 30 pairs or more
}

export interface Row {
  defence: string;
  metric: string;
  scenario: string; // empty: all of them
  value: number | null; // null when nothing could be judged; low and high too
  low: number | null;
  high: number | null;
  unit: string; // "share" (0…1) or "seconds"
  interval: string;
  clusters: number;
  clustered_low: number | null;
  clustered_high: number | null;
  n: number;
  n_ok: number;
  n_error: number;
  n_unparsed: number;
  n_empty: number;
  n_missing: number; // not asked: the data lack the picture
  paired?: Paired;
  baseline?: boolean; // `defence` names an answer that is always the same
}

// What two judges make of the same answers.
export interface Agreement {
  subset: string;
  judges: [string, string];
  n: number; // answers that both could judge
  agreed: number; // of those with equal labels
  kappa?: number | null; // Cohen's; null where it is undefined
  ac1?: number | null; // Gwet's; the same
}

// What three or more raters make of the same answers.
export interface Panel {
  subset: string;
  jury: string; // whose jurors they are, before they confer; empty: the subset's judges
  raters: number;
  n: number; // answers that all of them could judge
  kappa: number | null; // Fleiss'; null where it is undefined
}

// What the picture does: each item against its twin with another picture, or none. The difference
// is the picture's row's: picture - twin, over the items that both sides could be judged on.
export interface AblationRow {
  kind: string; // what took the picture's place: "image=none", "image=blank", …
  picture: Row;
  twin: Row;
}

export interface BenchmarkFacts {
  name: string;
  spec: string;
  licence: string;
  data_sha256: string;
  samples_sha256: string;
  n: number;
  max_new_tokens?: number; // the longest answer that was asked for; not in runs of older versions
  missing: number; // samples whose picture cannot be read
  judges: Record<string, { spec: string; identity: string }[] | string>; // by subset; text in runs of old versions
  notes?: string[];
  baselines?: { name: string; answer: string }[];
}

export interface Benchmark {
  name: string;
  facts: BenchmarkFacts;
  defences: string[]; // the first is the one compared with
  metrics: Metric[];
  rows: Row[];
  samples: Sample[];
  baselines: string[]; // answers that are always the same, with rows of their own
  notes: string[]; // what is odd about the data
  agreement?: Agreement[];
  panels?: Panel[];
  ablation?: AblationRow[];
}

export interface ReportData {
  format: 'sightline.report/1';
  run: number;
  created: string; // UTC, ISO 8601
  state: 'running' | 'interrupted' | 'done';
  answered: number;
  wanted: number;
  config: Record<string, unknown>; // everything that reproduces the run
  benchmarks: Benchmark[];
}

// A picture's address by its SHA-256: a data: URI in a file, a URL on a server.
export type PictureSource = (sha256: string) => string | undefined;
