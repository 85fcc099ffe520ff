import type { Report } from '../../presentation/report.ts';
import { jsonLine } from './json-line.ts';

/** The `--json` line of a report, with everything in it. */
export function reportEvent({ chart, plan, ...report }: Report, at: number): string {
  const rates = chart.rates.map((rate) => (rate === null ? null : Math.round(rate * 100) / 100));
  return jsonLine({
    type: 'report',
    at,
    ...report,
    checkpoint: plan?.checkpoint ?? null,
    prompt: plan?.parameters.prompt ?? null,
    goal: plan?.goal?.count ?? null,
    stepMs: chart.stepMs,
    imagesPerMinute: rates,
  });
}
