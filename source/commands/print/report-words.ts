import { distinctNames } from '../../presentation/checkpoint-name.ts';
import { cleanText } from '../../presentation/clean-text.ts';
import { formatDayTime } from '../../presentation/clock-time.ts';
import type { Report } from '../../presentation/report.ts';
import {
  checkpointWords,
  folderWords,
  formatSpan,
  incidentWords,
  reportFacts,
} from '../../presentation/report-facts.ts';
import { asciiLevels, drawSparkline, eighthBlocks, scaleTop } from '../../presentation/sparkline.ts';
import { fitEnd, fitText, widthOf } from '../../ui/text/width.ts';
import { wrapText } from '../../ui/text/wrap.ts';

/** Fits a terminal of the usual size, and a mail. */
const width = 80;

const labelWidth = 11;
const timeWidth = 17;
const graphRows = 4;

/** A page is for the whole picture: `--json` and `--html` tell all. */
const mostIncidents = 40;
const mostFolders = 8;

/** A prompt may be as long as a page; what is said of the run itself is said whole. */
const mostPromptLines = 4;
const mostLines = 40;

/** As long as a server's longest error text, so that what was done about it can be read too. */
const mostIncidentLines = 6;

/** A report as one page of text, clean, no line wider than 80 columns. */
export function reportWords(report: Report, { isAscii }: { readonly isAscii: boolean }): string {
  const ellipsis = isAscii ? '...' : '…';
  const facts = reportFacts(report).flatMap(({ label, text }) =>
    hanging(label, labelWidth, text, label === 'Prompt' ? mostPromptLines : mostLines, ellipsis),
  );
  const sections = [
    facts,
    chart(report, isAscii),
    section('Incidents', incidents(report, ellipsis)),
    report.checkpoints.length > 1 ? section('By checkpoint', checkpoints(report, ellipsis)) : [],
    section('Files', files(report, ellipsis)),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function chart({ chart: { rates, stepMs }, fromAt, untilAt }: Report, isAscii: boolean): string[] {
  if (rates.every((rate) => rate === null || rate === 0)) return [];
  const top = scaleTop(rates);
  const size = { width: rates.length, rowCount: graphRows, top };
  const rows = drawSparkline(rates, size, isAscii ? asciiLevels : eighthBlocks);
  const [start, end] = [formatDayTime(fromAt).trim(), formatDayTime(untilAt).trim()];
  const gap = ' '.repeat(Math.max(1, rates.length - start.length - end.length));
  return [
    `Images a minute, each column ${formatSpan(stepMs)}`,
    ...rows.map((line, index) =>
      `  ${line}${index === 0 ? ` ${top}` : index === graphRows - 1 ? ' 0' : ''}`.trimEnd(),
    ),
    `  ${start}${gap}${end}`,
  ];
}

function incidents({ incidents: all }: Report, ellipsis: string): string[] {
  if (all.length === 0) return ['  None.'];
  const shown = all.slice(-mostIncidents);
  const hidden = all.length - shown.length;
  const lines = shown.flatMap((incident) =>
    hanging(
      `  ${formatDayTime(incident.at)}`,
      timeWidth + 2,
      incidentWords(incident),
      mostIncidentLines,
      ellipsis,
    ),
  );
  return hidden === 0 ? lines : [`  ${hidden} earlier ones are in --html and --json.`, ...lines];
}

function checkpoints({ checkpoints: all }: Report, ellipsis: string): string[] {
  const names = distinctNames(all.map(({ title }) => title));
  return all.map((each, index) =>
    row(fitText(cleanText(names[index] ?? ''), 44, ellipsis), checkpointWords(each)),
  );
}

function files({ folders }: Report, ellipsis: string): string[] {
  const shown = folders.slice(0, mostFolders);
  const lines = shown.map((folder) => row(fitEnd(cleanText(folder.path), 50, ellipsis), folderWords(folder)));
  const hidden = folders.length - shown.length;
  return hidden === 0 ? lines : [...lines, `  and ${hidden} older folders`];
}

/** A name and what belongs to it, at the right. */
function row(name: string, text: string): string {
  return `  ${name}${' '.repeat(Math.max(2, width - 2 - widthOf(name) - widthOf(text)))}${text}`;
}

/** A label with its text beside it, in as many lines as it takes. */
function hanging(label: string, indent: number, text: string, mostLines: number, ellipsis: string): string[] {
  const lines = wrapText(text, width - indent, mostLines, ellipsis);
  return lines.map((line, index) => (index === 0 ? label : '').padEnd(indent) + line);
}
