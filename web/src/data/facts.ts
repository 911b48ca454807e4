// What the run's config says, read with care: it is as old as the run.
import type { ReportData } from './report';

type Json = Record<string, unknown>;

export function objectAt(from: unknown, key: string): Json {
  const value = from && typeof from === 'object' ? (from as Json)[key] : undefined;
  return value && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : {};
}

export function textAt(from: unknown, key: string): string {
  const value = from && typeof from === 'object' ? (from as Json)[key] : undefined;
  if (value === undefined || value === null || value === '') return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function modelOf(report: ReportData) {
  const model = objectAt(objectAt(report.config, 'asks'), 'model');
  return {
    name: textAt(model, 'name') || 'a model without a name',
    family: textAt(model, 'family'),
    dtype: textAt(model, 'dtype'),
    device: textAt(model, 'device'),
    weights: textAt(model, 'weights_sha256'),
    template: textAt(model, 'template_sha256'),
  };
}

// One process that worked on the run; a resumed run has several.
export interface Session {
  started: string;
  command: string;
  machine: string;
  versions: string;
  revision: string;
}

export function sessionsOf(report: ReportData): Session[] {
  const list = report.config['sessions'];
  return (Array.isArray(list) ? list : []).map((session) => {
    const machine = objectAt(session, 'machine');
    const cores = textAt(machine, 'cores');
    return {
      started: textAt(session, 'started'),
      command: textAt(session, 'command'),
      machine: [
        textAt(machine, 'processor'),
        cores && `${cores} cores`,
        textAt(machine, 'memory'),
        textAt(machine, 'system'),
      ]
        .filter(Boolean)
        .join(', '),
      versions: ['sightline', 'libtorch', 'compiler', 'kernels']
        .filter((key) => textAt(session, key))
        .map((key) => `${key} ${textAt(session, key)}`)
        .join(', '),
      revision: textAt(session, 'git_revision'),
    };
  });
}

export function samplingOf(report: ReportData): string {
  return Object.entries(objectAt(objectAt(report.config, 'asks'), 'sampling'))
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => `${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
}
