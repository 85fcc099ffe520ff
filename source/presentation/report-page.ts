import { distinctNames } from './checkpoint-name.ts';
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
  .map(({ label, text }) => `<dt>${escapeHtml(label)}</dt><dd>${unbroken(escapeHtml(text))}</dd>`)
  .join('\n')}
</dl>
${chart(report)}
${table('Incidents', incidentRows(report), 'times')}
${table('By checkpoint', checkpointRows(report))}
${table('Files', folderRows(report))}
</body>
</html>
`;
}

/** No number is broken at the space within it, or before its unit. */
function unbroken(html: string): string {
  return html.replace(/(?<=\d) (?=\d{3}(?!\d)|(?:s|m|h|%|[kMGT]?B)(?!\w))/g, '&nbsp;');
}

const style = `
:root { color-scheme: light dark; --accent: #2a7de1; --quiet: #666; }
@media (prefers-color-scheme: dark) { :root { --quiet: #9a9a9a; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; }
dt { color: var(--quiet); } dd { margin: 0; }
figure { margin: 0; color: var(--quiet); font-size: .875rem; } figure p { margin: 0; display: flex; justify-content: space-between; gap: 1rem; }
svg { display: block; width: 100%; height: 10rem; margin: .3rem 0; } rect { fill: var(--accent); } line { stroke: var(--quiet); stroke-width: 1px; vector-effect: non-scaling-stroke; }
table { border-collapse: collapse; width: 100%; } td { padding: .3rem .6rem .3rem 0; vertical-align: top; border-top: 1px solid #8884; }
td:first-child { color: var(--quiet); } .times td:first-child { white-space: nowrap; } table:not(.times) td:last-child { text-align: right; }
@media (max-width: 40rem) { td, table:not(.times) td:last-child { display: block; padding: 0; border: 0; text-align: left; } tr { display: block; border-top: 1px solid #8884; padding: .4rem 0; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
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
  const scale = `0 to ${top}`;
  // The words stay outside: what is drawn is stretched to the width of the window.
  return `<h2>Images a minute</h2>
<figure>
<p><span>${scale}</span><span>each bar ${unbroken(escapeHtml(formatSpan(stepMs)))}</span></p>
<svg viewBox="0 0 ${chartWidth} ${chartHeight}" preserveAspectRatio="none" role="img" aria-label="Images a minute, ${scale}">
${bars.join('')}
<line x1="0" y1="0" x2="${chartWidth}" y2="0"/><line x1="0" y1="${chartHeight}" x2="${chartWidth}" y2="${chartHeight}"/>
</svg>
<p><span>${escapeHtml(formatDayTime(fromAt).trim())}</span><span>${escapeHtml(formatDayTime(untilAt).trim())}</span></p>
</figure>`;
}

type Cells = readonly [name: string, text: string];

function incidentRows({ incidents }: Report): Cells[] {
  if (incidents.length === 0) return [['', 'None.']];
  return incidents.map((incident) => [formatDayTime(incident.at).trim(), incidentWords(incident)]);
}

function checkpointRows({ checkpoints }: Report): Cells[] {
  const names = distinctNames(checkpoints.map(({ title }) => title));
  return checkpoints.map((each, index) => [names[index] ?? each.title, checkpointWords(each)]);
}

function folderRows({ folders }: Report): Cells[] {
  return folders.map((folder) => [folder.path, folderWords(folder)]);
}

function table(title: string, rows: readonly Cells[], className: string | null = null): string {
  const attribute = className === null ? '' : ` class="${className}"`;
  if (rows.length === 0) return '';
  const cells = ([name, text]: Cells) =>
    `<tr><td>${escapeHtml(name)}</td><td>${unbroken(escapeHtml(text))}</td></tr>`;
  return `<h2>${escapeHtml(title)}</h2>\n<table${attribute}>\n${rows.map(cells).join('\n')}\n</table>`;
}
