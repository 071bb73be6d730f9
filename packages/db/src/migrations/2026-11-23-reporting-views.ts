import { type Kysely, sql } from "kysely";

/**
 * The views that reports read, in a schema of their own: names and types stay when tables change. They name organisations and
 * never people: no addresses, no keys, no mail, no file.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`create schema signalbox_read`).execute(db);
  await sql
    .raw(`comment on schema signalbox_read is 'What reports may read; docs/sql-views.md says what it means'`)
    .execute(db);
  for (const view of views) {
    const columns = view.columns.map(([name, is]) => `${is} as ${name}`).join(", ");
    await sql.raw(`create view signalbox_read.${view.name} as select ${columns} ${view.from}`).execute(db);
    await sql.raw(`comment on view signalbox_read.${view.name} is ${quoted(view.means)}`).execute(db);
    for (const [name, , means] of view.columns) {
      await sql.raw(`comment on column signalbox_read.${view.name}.${name} is ${quoted(means)}`).execute(db);
    }
  }
}

/** Takes the views away; the tables are as they were. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`drop schema signalbox_read cascade`).execute(db);
}

type Column = readonly [name: string, is: string, means: string];

interface View {
  readonly name: string;
  readonly means: string;
  readonly columns: readonly Column[];
  readonly from: string;
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A period (12 x year + month - 1) as its first day. */
const firstDay = (period: string) => `make_date((${period}) / 12, (${period}) % 12 + 1, 1)`;

/** A period as people write it: 2024-03, or 2023/24 Q4 by the financial year. */
function words(period: string, frequency: string): string {
  const p = `(${period})`;
  const month = `(${p} / 12)::text || '-' || right((101 + ${p} % 12)::text, 2)`;
  const quarter = `((${p} - 3) / 12)::text || '/' || right((101 + (${p} - 3) / 12)::text, 2) || ' Q' || ((${p} - 3) % 12 / 3 + 1)::text`;
  return `case when ${frequency} = 'quarterly' then ${quarter} else ${month} end`;
}

const METRIC: Column = ["metric", "s.metric", "Code of the metric"];
const ORGANISATION: Column = ["organisation", "s.organisation", "Code of the organisation"];
const FREQUENCY = "coalesce(m.frequency, 'monthly')";
const FREQUENCY_MEANS = "monthly or quarterly";
const joinMetric = (code: string) => `left join public.metric m on m.code = ${code} and m.until is null`;

const period = (is: string, frequency = FREQUENCY): readonly Column[] => [
  ["period_start", firstDay(is), "First day of the period"],
  ["period", words(is, frequency), "The period as people write it: 2024-03, or 2023/24 Q4"],
];

const span = (from: string, to: string): readonly Column[] => [
  ["from_start", firstDay(from), "First day of the first period"],
  ["to_start", firstDay(to), "First day of the last period; empty for no end"],
];

const place = "d.first_period + (t.place::int - 1) * case when m.frequency = 'quarterly' then 3 else 1 end";
const letterAt = (column: string) => `substr(d.${column}, t.place::int, 1)`;
const reason = (bit: number, name: string) => `case when t.reasons & ${bit} <> 0 then '${name}' end`;

const views: readonly View[] = [
  {
    name: "organisations",
    means: "Every organisation of the catalogue that holds",
    columns: [
      ["code", "o.code", "Code of the organisation"],
      ["name", "o.name", "Its name"],
      ["kind", "o.kind", "system, provider, site, directorate, ward, team or consultant"],
      ["parent", "o.parent", "Code of the organisation above; empty at the top"],
      ["opened", "o.opened", "Day it opened, where known"],
      ["closed", "o.closed", "Day it closed, where it did"],
      ["signs_off", "o.sign_off", "Whether its executive signs figures off before leaders hear of them"],
    ],
    from: "from public.organisation o where o.until is null",
  },
  {
    name: "forums",
    means: "Boards and the System Leadership Team",
    columns: [
      ["code", "f.code", "Code of the forum; a board's is its area's"],
      ["name", "f.name", "Its name"],
      ["tier", "f.tier", "board or slt"],
      ["parent", "f.parent", "Code of the forum above"],
    ],
    from: "from public.forum f where f.until is null",
  },
  {
    name: "metrics",
    means: "Every metric of the catalogue that holds",
    columns: [
      ["code", "m.code", "Code of the metric"],
      ["name", "m.name", "Its name"],
      ["description", "m.description", "What it counts"],
      ["area", "m.area", "Code of the area, which is its board's"],
      ["domain", "m.domain", "What it is of: quality, performance and so on"],
      ["unit", "m.unit", "percent, count, rate, duration, money, ordinal or yesno"],
      ["better", "m.better", "Which way is better: higher, lower or neither"],
      ["frequency", "m.frequency", FREQUENCY_MEANS],
      ["aggregation", "m.aggregation", "How a parent's value comes of its children's: sum, ratio or none"],
      ["accumulates", "m.accumulates", "Whether values run up: none, quarter, year or rolling-12"],
      ["decimals", "m.decimals", "Digits after the point when shown"],
      ["urgent", "m.urgent", "Whether leaders hear at once"],
      [
        "due_working_day",
        "m.due_working_day",
        "Working day after the period on which it is due; empty for the usual one",
      ],
    ],
    from: "from public.metric m where m.until is null",
  },
  {
    name: "thresholds",
    means: "Limits, those of earlier catalogues too, since figures name the one that rated them",
    columns: [
      ["id", "t.id", "Number of this version, as figures name it"],
      ["in_catalogue", "t.until is null", "Whether the catalogue that holds has it"],
      ["metric", "t.metric", "Code of the metric"],
      ["organisation", "t.organisation", "Code of the organisation; empty for all of the level"],
      ["level", "t.level", "The kind of organisation it is for, where it names none"],
      ["basis", "t.basis", "What is held against it: value, variance or percent-variance from plan"],
      ["board_limit", "t.board", "Past this: amber, before the board"],
      ["slt_limit", "t.slt", "Past this: red, before the System Leadership Team"],
      ...span("t.from_period", "t.to_period"),
      ["status", "t.status", "draft (rates provisionally) or approved"],
      ["approved_on", "t.approved_on", "Day of the approval"],
      ["minute", "t.minute", "Reference of the minute"],
    ],
    from: "from public.threshold t",
  },
  {
    name: "plans",
    means: "What the catalogue plans, by period; a plan that came with a figure is in observations and figures",
    columns: [
      ["metric", "p.metric", "Code of the metric"],
      ["organisation", "p.organisation", "Code of the organisation"],
      ...period("p.period"),
      ["value", "p.value", "The plan, in the metric's unit"],
    ],
    from: `from public.plan p ${joinMetric("p.metric")} where p.until is null`,
  },
  {
    name: "targets",
    means: "National and local standards",
    columns: [
      ["metric", "t.metric", "Code of the metric"],
      ["organisation", "t.organisation", "Code of the organisation; empty for all"],
      ["value", "t.value", "The standard, in the metric's unit"],
      ...span("t.from_period", "t.to_period"),
      ["source", "t.source", "Where it comes from"],
    ],
    from: "from public.target t where t.until is null",
  },
  {
    name: "figures",
    means: "What holds of every series and period, with how it was rated and before whom it stands",
    columns: [
      ["series", "d.series", "Number of the series"],
      METRIC,
      ORGANISATION,
      ["frequency", FREQUENCY, FREQUENCY_MEANS],
      ...period(place),
      ["value", "t.value", "The value, unrounded, in the metric's unit; empty where there is none"],
      ["numerator", "t.numerator", "Its numerator, where given"],
      ["denominator", "t.denominator", "Its denominator, where given"],
      ["plan", "t.plan", "The plan of the period"],
      [
        "rag",
        `case ${letterAt("rag")} when 'r' then 'red' when 'a' then 'amber' when 'g' then 'green' when 'u' then 'unrated' else 'grey' end`,
        "red, amber, green, unrated (no limit) or grey (no value)",
      ],
      [
        "tier",
        `case ${letterAt("tiers")} when 's' then 'slt' when 'b' then 'board' else 'none' end`,
        "Before whom it stands: none, board or slt",
      ],
      ["provisional", `${letterAt("provisional")} = '1'`, "Whether it was rated by a limit that is still a draft"],
      ["deteriorating_for", "t.deteriorating", "Periods in a row in which it became worse"],
      ["watch", `${letterAt("watch")} = '1'`, "Whether it nears a rule"],
      ["silent_for", "t.silent", "Periods in a row without a value"],
      ["partial", `${letterAt("partial")} = '1'`, "Whether a computed value lacks some of its parts"],
      ["restated", `${letterAt("restated")} = '1'`, "Whether it differs from what was said first"],
      [
        "reasons",
        `nullif(concat_ws(', ', ${[
          reason(1, "threshold board"),
          reason(2, "threshold slt"),
          reason(4, "persistence slt"),
          reason(8, "deterioration board"),
          reason(16, "deterioration slt"),
        ].join(", ")}), '')`,
        "The rules that put it there, joined by commas; empty for none",
      ],
      ["threshold", "t.threshold", "Number of the limit that rated it"],
      ["submission", "t.submission", "Number of the submission that it came with; empty where computed"],
      ["mark", "d.marks ->> (" + place + ")::text", "What is said of the value: estimated, implausible, nil return"],
      ["no_value", "d.no_values ->> (" + place + ")::text", "Why there is no value, where somebody says so"],
    ],
    from: `from public.series_decision d join public.series s on s.id = d.series ${joinMetric("s.metric")}
      cross join lateral unnest(d.vals, d.numerators, d.denominators, d.plans, d.deteriorating, d.silent, d.reasons, d.thresholds,
        d.submissions) with ordinality
        as t (value, numerator, denominator, plan, deteriorating, silent, reasons, threshold, submission, place)`,
  },
  {
    name: "observations",
    means: "Every version of every figure that was ever taken, with the submission that said it",
    columns: [
      ["series", "x.series", "Number of the series"],
      METRIC,
      ORGANISATION,
      ["frequency", FREQUENCY, FREQUENCY_MEANS],
      ...period("x.period"),
      ["value", "x.value", "The value as it was said"],
      ["numerator", "x.numerator", "Its numerator"],
      ["denominator", "x.denominator", "Its denominator"],
      ["plan", "x.plan", "The plan that came with it"],
      ["no_value", "x.no_value", "Why there is no value, where the file says so"],
      ["mark", "x.mark", "What the file says of it: estimated, nil return"],
      ["comment", "x.comment", "The comment that came with it"],
      ["issued", "x.issued", "Day on which it was issued: the later one holds"],
      ["submission", "x.submission", "Number of the submission"],
      ["row_number", "x.row_number", "Row of the file"],
      ["received_at", "b.received_at", "When the submission came"],
      ["withdrawn", "b.withdrawn_at is not null", "Whether the submission was withdrawn"],
    ],
    from: `from public.observation x join public.series s on s.id = x.series
      join public.submission b on b.id = x.submission ${joinMetric("s.metric")}`,
  },
  {
    name: "cases",
    means: "Escalations: what stands, and what stood, before a board or the System Leadership Team",
    columns: [
      ["id", "e.id", "Number of the case"],
      ["concern", "e.concern", "performance, reporting or several-areas"],
      ["metric", "e.metric", "Code of the metric; empty where the case is not of one"],
      ["organisation", "e.organisation", "Code of the organisation"],
      ["area", "e.area", "Code of the area; empty where it is of several"],
      ["frequency", "e.frequency", FREQUENCY_MEANS],
      ["tier", "e.tier", "Before whom it stands, or stood last: none, board or slt"],
      ["forum", "e.forum", "Code of the forum"],
      ["standing", "e.standing", "Whether it stands"],
      ["withdrawn", "e.withdrawn", "Whether a restatement took it back"],
      ["raised_start", firstDay("e.raised_in"), "First day of the period in which it was raised"],
      ["ended_start", firstDay("e.ended_in"), "First day of the period in which it ended"],
      ["raised_at", "e.raised_at", "When it was raised"],
      ["shown_at", "e.shown_at", "From when forums see it"],
      ["acknowledged_at", "a.at", "When it was acknowledged, while that is in force"],
      ["acknowledged_until", "a.expires_on", "Last day of the acknowledgement, if nothing follows"],
      ["previous", "e.previous", "Number of the case before it"],
    ],
    from: "from public.escalation e left join public.acknowledgement a on a.escalation = e.id and a.ended_at is null",
  },
  {
    name: "case_events",
    means: "What became of each case, period by period; replaced events too",
    columns: [
      ["id", "v.id", "Number of the event"],
      ["case_id", "v.escalation", "Number of the case"],
      ...period("v.period", "e.frequency"),
      ["event", "v.event", "raised, stepped-up, continued, held, stepped-down, resolved or withdrawn"],
      ["tier", "v.tier", "Before whom it then stood: none, board or slt"],
      ["at", "v.at", "When it was decided"],
      [
        "reasons",
        `(select string_agg(concat_ws(' ', r ->> 'rule', r ->> 'tier'), ', ' order by n) from jsonb_array_elements(v.reasons) with ordinality as j (r, n))`,
        "The rules, joined by commas",
      ],
      ["metrics", "array_to_string(v.metrics, ', ')", "Codes of the metrics concerned, joined by commas"],
      ["areas", "array_to_string(v.areas, ', ')", "Codes of the areas concerned, joined by commas"],
      ["restated", "v.restated", "Whether a restatement brought it about"],
      ["replaced_at", "v.replaced_at", "When another event took its place; empty while it holds"],
    ],
    from: "from public.escalation_event v join public.escalation e on e.id = v.escalation",
  },
  {
    name: "notices",
    means: "That somebody was told, of what and when; whom is left out",
    columns: [
      ["id", "n.id", "Number of the notice"],
      ["kind", "n.kind", "The kind of mail it went with"],
      ["reason", "n.reason", "Why they were told"],
      ["case_id", "n.escalation", "Number of the case"],
      ["event_id", "n.event", "Number of the event"],
      ["submission", "n.submission", "Number of the submission it is about"],
      ["status", "n.status", "pending, sending, sent, failed, unknown or superseded"],
      ["made_at", "n.made_at", "When it was made"],
      ["sent_at", "n.sent_at", "When it was sent"],
    ],
    from: "from public.notice n",
  },
  {
    name: "requests",
    means: "What was asked of owners, authors and submitters, and what came of it; of whom is left out",
    columns: [
      ["id", "q.id", "Number of the request"],
      ["kind", "q.kind", "action-plan, commentary or return"],
      ["case_id", "q.escalation", "Number of the case"],
      ["metric", "s.metric", "Code of the metric; empty where it is of none"],
      ["organisation", "q.organisation", "Code of the organisation"],
      ["period_start", firstDay("q.period"), "First day of the period"],
      ["asked_at", "q.asked_at", "When it was asked"],
      ["due_on", "q.due_on", "Day by which it is due"],
      ["stage", "q.stage", "asked, reminded, overdue, raised-a-level, answered or withdrawn"],
      ["ended_at", "q.ended_at", "When it was answered or withdrawn"],
    ],
    from: "from public.request q left join public.series s on s.id = q.series",
  },
  {
    name: "submissions",
    means: "Every file that came; who sent it is left out",
    columns: [
      ["id", "b.id", "Number of the submission"],
      ["organisation", "b.organisation", "Code of the organisation that sent it"],
      ["channel", "b.channel", "api, cli, inbox, web or pull"],
      ["received_at", "b.received_at", "When it came"],
      ["filename", "b.filename", "Name of the file"],
      ["template", "b.template", "How the file was laid out"],
      ["issued", "b.issued", "Day on which its figures were issued, where said"],
      ["status", "b.status", "received, reading, accepted, partly-accepted or rejected"],
      ["read_at", "b.read_at", "When it was read"],
      ["rows_read", "b.rows_read", "Rows that were read"],
      ["rows_accepted", "b.rows_accepted", "Rows that were taken"],
      ["rows_unchanged", "b.rows_unchanged", "Rows that said what held already"],
      ["rows_refused", "b.rows_refused", "Rows that were refused"],
      ["sign_off_asked_at", "b.sign_off_asked_at", "When a signature was asked for, where one is"],
      ["signed_off_at", "b.signed_off_at", "When it was signed off"],
      ["released_at", "b.released_at", "When somebody released it early"],
      ["withdrawn_at", "b.withdrawn_at", "When it was withdrawn"],
      ["withdrawn_reason", "b.withdrawn_reason", "Why it was withdrawn"],
    ],
    from: "from public.submission b",
  },
  {
    name: "problems",
    means: "What was wrong with each submission, row by row; what stood in the cell stays in the file",
    columns: [
      ["submission", "p.submission", "Number of the submission"],
      ["number", "p.seq", "Place in the list of its problems"],
      ["row_number", "p.row_number", "Row of the file; empty for the whole of it"],
      ["column_name", "p.column_name", "Column of the file"],
      ["code", "p.code", "What kind of problem it is"],
      ["severity", "p.severity", "error (the row was refused) or warning (it counts)"],
    ],
    from: "from public.submission_problem p",
  },
];
