import { checkpointName } from './checkpoint-name.ts';
import { formatDayTime } from './clock-time.ts';
import { escapeHtml } from './escape-html.ts';
import { formatRate } from './numbers.ts';
import type { Report } from './report.ts';
import { checkpointWords, folderWords, formatSpan, incidentWords, reportFacts } from './report-facts.ts';
import { scaleTop } from './sparkline.ts';

/** A report as one HTML file that needs nothing else and runs nothing; readable on a phone. All outside text is escaped. */
export function reportPage(report: Report): string {
  const title = `sdloop, ${formatDayTime(report.fromAt).trim()}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<dl>
${reportFacts(report)
  .map(({ label, text }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(text)}</dd>`)
  .join('\n')}
</dl>
${chart(report)}
${table('Incidents', incidentRows(report))}
${table('By checkpoint', checkpointRows(report))}
${table('Files', folderRows(report))}
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; --accent: #2a7de1; --quiet: #888; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; }
dt { color: var(--quiet); } dd { margin: 0; }
svg { width: 100%; height: auto; } rect { fill: var(--accent); } line { stroke: var(--quiet); } text { fill: var(--quiet); font-size: 12px; }
table { border-collapse: collapse; width: 100%; } td { padding: .3rem .6rem .3rem 0; vertical-align: top; border-top: 1px solid #8884; }
td:first-child { color: var(--quiet); }
@media (max-width: 40rem) { td { display: block; padding: 0; border: 0; } tr { display: block; border-top: 1px solid #8884; padding: .4rem 0; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
`;

const chartWidth = 720;
const chartHeight = 160;

function chart({ chart: { rates, stepMs }, fromAt, untilAt }: Report): string {
  if (rates.every((rate) => rate === null || rate === 0)) return '';
  const top = scaleTop(rates);
  const columnWidth = chartWidth / rates.length;
  const bars = rates.map((rate, index) => {
    if (rate === null) return '';
    const height = Math.max(1, (rate / top) * chartHeight);
    const at = formatDayTime(fromAt + index * stepMs).trim();
    return `<rect x="${(index * columnWidth).toFixed(1)}" y="${(chartHeight - height).toFixed(1)}" width="${Math.max(1, columnWidth - 1).toFixed(1)}" height="${height.toFixed(1)}"><title>${escapeHtml(`${at}: ${formatRate(rate).trim()} images/min`)}</title></rect>`;
  });
  return `<h2>Images a minute</h2>
<svg viewBox="0 -16 ${chartWidth} ${chartHeight + 40}" role="img" aria-label="Images a minute, from 0 to ${top}">
<text x="0" y="-4">${top} images/min, each bar ${escapeHtml(formatSpan(stepMs))}</text>
${bars.join('')}
<line x1="0" y1="${chartHeight}" x2="${chartWidth}" y2="${chartHeight}"/>
<text x="0" y="${chartHeight + 18}">${escapeHtml(formatDayTime(fromAt).trim())}</text>
<text x="${chartWidth}" y="${chartHeight + 18}" text-anchor="end">${escapeHtml(formatDayTime(untilAt).trim())}</text>
</svg>`;
}

type Cells = readonly [name: string, text: string];

function incidentRows({ incidents }: Report): Cells[] {
  if (incidents.length === 0) return [['', 'None.']];
  return incidents.map((incident) => [formatDayTime(incident.at).trim(), incidentWords(incident)]);
}

function checkpointRows({ checkpoints }: Report): Cells[] {
  return checkpoints.map((each) => [checkpointName(each.title), checkpointWords(each)]);
}

function folderRows({ folders }: Report): Cells[] {
  return folders.map((folder) => [folder.path, folderWords(folder)]);
}

function table(title: string, rows: readonly Cells[]): string {
  if (rows.length === 0) return '';
  const cells = ([name, text]: Cells) => `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(text)}</td></tr>`;
  return `<h2>${escapeHtml(title)}</h2>\n<table>\n${rows.map(cells).join('\n')}\n</table>`;
}
