import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from "docx";
import type { AgendaShown, CaseLine } from "./agenda-shown.ts";
import { heading, paragraph, plainText, tableOf } from "./docx-parts.ts";
import type { LogLine } from "./log-lines.ts";

/** A chart as the document takes it: PNG, two pixels for one, with what it shows in words. */
export interface ChartPicture {
  readonly png: Buffer;
  readonly alt: string;
}

/** What the document is made of. */
export interface AgendaPaper {
  readonly agenda: AgendaShown;
  readonly log: readonly LogLine[];
  readonly decided: readonly { readonly decision: string; readonly about: string; readonly asked: string }[];
  /** Charts by case. */
  readonly charts: ReadonlyMap<number, ChartPicture>;
  readonly printedAt: string;
}

/** A4 on its side, in twentieths of a point; margins of 2 cm. */
const PAGE = { width: 11_906, height: 16_838, margin: 1134 } as const;
const PICTURE_WIDTH = 560;

/** The agenda and action log of a meeting as a Word document: headings, tables that repeat their first row, charts with words. */
export async function agendaDocx(paper: AgendaPaper): Promise<Buffer> {
  const { agenda, printedAt } = paper;
  const title = plainText(`Agenda: ${agenda.forum}, ${agenda.when}`);
  const document = new Document({
    title,
    subject: "Agenda and action log",
    creator: "Signalbox",
    lastModifiedBy: "Signalbox",
    description: plainText(agenda.asOf),
    keywords: "agenda, escalations, action log",
    styles: {
      default: {
        document: {
          run: { font: "Arial", size: 22, language: { value: "en-GB" } },
          paragraph: { spacing: { after: 120 } },
        },
        heading1: { run: { size: 36, bold: true }, paragraph: { spacing: { after: 160 } } },
        heading2: {
          run: { size: 28, bold: true },
          paragraph: { spacing: { before: 280, after: 120 }, keepNext: true },
        },
        heading3: { run: { size: 24, bold: true }, paragraph: { spacing: { before: 200, after: 80 }, keepNext: true } },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height, orientation: PageOrientation.LANDSCAPE },
            margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin },
          },
        },
        footers: { default: footer(title, printedAt) },
        children: [
          ...head(agenda),
          ...toDecide(agenda),
          ...cases(paper),
          ...overdue(agenda),
          ...beside(agenda),
          ...log(paper),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function footer(title: string, printedAt: string): Footer {
  const children = [
    new TextRun({ text: `${title}. Made by Signalbox, ${plainText(printedAt)}. Page `, size: 16 }),
    new TextRun({ children: [PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES], size: 16 }),
  ];
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.LEFT, children })] });
}

function head(agenda: AgendaShown): Paragraph[] {
  const { forum, when, place, asOf, since } = agenda;
  return [
    heading(`${forum}: agenda`, HeadingLevel.HEADING_1),
    paragraph(`${when}${place === "" ? "" : `, ${place}`}`),
    paragraph(`${asOf}. Changes are since ${since}.`),
  ];
}

function toDecide({ toDecide: asked }: AgendaShown) {
  if (asked.length === 0) return [heading("Decisions asked for"), paragraph("None.")];
  const rows = asked.map(({ what, about, by, since }) => [what, about, by, since]);
  return [
    heading(`Decisions asked for (${asked.length})`),
    tableOf({ headings: ["What", "About", "By", "Since"], widths: [3, 6, 2, 2], rows }),
  ];
}

const CASE_HEADINGS = ["Case", "Organisation", "Before", "Since", "Figure", "RAG", "Limit", "What moved"];
const CASE_WIDTHS = [4, 4, 1.6, 2.2, 3, 1.8, 2.4, 5];

function cases({ agenda, charts }: AgendaPaper) {
  const { groups, unchanged, changes } = agenda;
  const shown = groups.filter(({ lines }) => lines.length > 0);
  return [
    ...shown.flatMap(({ title, lines }) => [
      heading(`${title} (${lines.length})`),
      tableOf({ headings: CASE_HEADINGS, widths: CASE_WIDTHS, rows: lines.map(caseRow) }),
      ...lines.flatMap(({ id }) => pictureOf(charts.get(id))),
    ]),
    heading("Unchanged"),
    paragraph(
      unchanged.total === 0
        ? "No case stands as before."
        : `${unchanged.total} more ${unchanged.total === 1 ? "case stands" : "cases stand"} as before, ${unchanged.slt} of them before the SLT.`,
    ),
    ...(changes === null || changes.length === 0
      ? []
      : [
          heading("Changed since the papers"),
          ...changes.flatMap(({ title, lines }) => [
            heading(`${title} since the papers (${lines.length})`, HeadingLevel.HEADING_3),
            tableOf({ headings: CASE_HEADINGS, widths: CASE_WIDTHS, rows: lines.map(caseRow) }),
          ]),
        ]),
  ];
}

function caseRow(line: CaseLine): string[] {
  const { id, title, organisation, before, since, value, mark, limit, moved, notes } = line;
  const rag = mark === null ? "" : `${mark.shape} ${mark.word}`;
  return [
    `${title} (case ${id})`,
    organisation,
    before,
    since,
    value,
    rag,
    limit,
    [moved, ...notes].filter(Boolean).join(". "),
  ];
}

function pictureOf(chart: ChartPicture | undefined): Paragraph[] {
  if (chart === undefined) return [];
  // The size of a PNG stands at its beginning.
  const [width, height] = [chart.png.readUInt32BE(16), chart.png.readUInt32BE(20)];
  const alt = plainText(chart.alt, 1000);
  const image = new ImageRun({
    type: "png",
    data: chart.png,
    transformation: { width: PICTURE_WIDTH, height: Math.round((PICTURE_WIDTH * height) / width) },
    altText: { title: plainText(chart.alt, 100), description: alt, name: "Chart" },
  });
  return [new Paragraph({ children: [image], spacing: { before: 160 } })];
}

function overdue({ overdue: late }: AgendaShown) {
  if (late.length === 0) return [heading("Overdue"), paragraph("Nothing is overdue.")];
  const rows = late.map(({ what, about, who, dueOn, daysLate, stage }) => [
    what,
    about,
    who,
    dueOn,
    daysLate === 1 ? "1 day" : `${daysLate} days`,
    stage,
  ]);
  const headings = ["What", "About", "By whom", "Was due", "Late", "How far it went"];
  return [heading(`Overdue (${late.length})`), tableOf({ headings, widths: [3, 5, 3, 2.4, 1.6, 3], rows })];
}

function beside({ risks, commentary }: AgendaShown) {
  return [
    ...(risks.length === 0
      ? []
      : [
          heading(`Risks of these cases (${risks.length})`),
          tableOf({
            headings: ["Reference", "Risk", "Organisation", "Score", "Last review", "Case"],
            widths: [2, 5, 3, 1.2, 2.4, 4],
            rows: risks.map((one) => [
              one.reference,
              one.title,
              one.organisation,
              String(one.score),
              one.reviewedOn ?? "none",
              one.about,
            ]),
          }),
        ]),
    ...(commentary.length === 0
      ? []
      : [
          heading("Commentary"),
          ...commentary.flatMap(({ about, period, words, by }) => [
            heading(`${about}, ${period}`, HeadingLevel.HEADING_3),
            ...words.split(/\n+/).map((part) => paragraph(part)),
            paragraph(`Written by ${by}.`),
          ]),
        ]),
  ];
}

function log({ log: lines, decided }: AgendaPaper) {
  const headings = ["Action", "About", "Asked of", "Due", "Asked at", "How it stands"];
  return [
    heading(`Action log (${lines.length})`),
    ...(lines.length === 0
      ? [paragraph("Nothing is open.")]
      : [
          tableOf({
            headings,
            widths: [5, 4, 2.6, 2.2, 2.2, 3],
            rows: lines.map(({ decision, about, askedOf, dueOn, metOn, stands }) => [
              decision,
              about,
              askedOf,
              dueOn,
              metOn,
              stands,
            ]),
          }),
        ]),
    ...(decided.length === 0
      ? []
      : [
          heading(`Decided at this meeting (${decided.length})`),
          tableOf({
            headings: ["Decision", "About", "Asked of"],
            widths: [6, 4, 4],
            rows: decided.map(({ decision, about, asked }) => [decision, about, asked]),
          }),
        ]),
  ];
}
