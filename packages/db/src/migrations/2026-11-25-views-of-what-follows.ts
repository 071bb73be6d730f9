import { type Kysely, sql } from "kysely";

/**
 * Views for reports of what follows a case: plans, actions, risks, investment, meetings, returns that were chased; and who is
 * asked for what now names plan, action and forum. They name no people.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const view of [...views, requests]) {
    const columns = view.columns.map(([name, is]) => `${is} as ${name}`).join(", ");
    await sql.raw(`create or replace view signalbox_read.${view.name} as select ${columns} ${view.from}`).execute(db);
    await sql.raw(`comment on view signalbox_read.${view.name} is ${quoted(view.means)}`).execute(db);
    for (const [name, , means] of view.columns)
      await sql.raw(`comment on column signalbox_read.${view.name}.${name} is ${quoted(means)}`).execute(db);
  }
}

/** Takes these views away, and has requests as they were. */
export async function down(db: Kysely<unknown>): Promise<void> {
  for (const { name } of [...views, requests]) await sql.raw(`drop view signalbox_read.${name}`).execute(db);
  const columns = requests.columns.slice(0, COLUMNS_BEFORE);
  const list = columns.map(([name, is]) => `${is} as ${name}`).join(", ");
  await sql.raw(`create view signalbox_read.requests as select ${list} ${requests.from}`).execute(db);
  await sql.raw(`comment on view signalbox_read.requests is ${quoted(requests.means)}`).execute(db);
  for (const [name, , means] of columns)
    await sql.raw(`comment on column signalbox_read.requests.${name} is ${quoted(means)}`).execute(db);
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

/** How many columns the view of requests had before. */
const COLUMNS_BEFORE = 10;

const requests: View = {
  name: "requests",
  means: "What was asked of owners, authors, submitters and chairs, and what came of it; of whom is left out",
  columns: [
    ["id", "q.id", "Number of the request"],
    [
      "kind",
      "q.kind",
      "acknowledgement, action-plan, plan-decision, action, embedding, challenge, case-sign-off, risk, commentary, return or review",
    ],
    ["case_id", "q.escalation", "Number of the case"],
    ["metric", "s.metric", "Code of the metric; empty where it is of none"],
    ["organisation", "q.organisation", "Code of the organisation"],
    ["period_start", firstDay("q.period"), "First day of the period"],
    ["asked_at", "q.asked_at", "When it was asked"],
    ["due_on", "q.due_on", "Day by which it is due"],
    [
      "stage",
      "q.stage",
      "asked, reminded, due, overdue, raised-a-level, on-agenda, in-summary; or how it ended: answered or withdrawn",
    ],
    ["ended_at", "q.ended_at", "When it was answered or withdrawn; empty while it is open"],
    ["plan", "q.plan", "Number of the action plan it is about"],
    ["action", "q.action", "Number of the action it is about"],
    ["forum", "q.forum", "Code of the forum whose agenda it goes on when nobody answers"],
  ],
  from: "from public.request q left join public.series s on s.id = q.series",
};

const rated = (aspect: string) => `left join lateral (select r.rating, r.at, r.done_on from public.action_rating r
  where r.action = a.id and r.aspect = '${aspect}' order by r.id desc limit 1) ${aspect} on true`;

const views: readonly View[] = [
  {
    name: "action_plans",
    means: "Action plans as they were sent last; drafts are left out, and so is who wrote them",
    columns: [
      ["id", "p.id", "Number of the plan"],
      ["organisation", "p.organisation", "Code of the organisation"],
      ["state", "p.state", "draft (being written on), sent, accepted, sent-back or withdrawn"],
      ["revision", "p.revision", "The revision that was sent last"],
      ["sent_at", "r.sent_at", "When it was sent"],
      ["decision", "r.decision", "accepted, sent-back or withdrawn; empty while it waits"],
      ["decided_at", "r.decided_at", "When it was decided"],
      ["accepted_revision", "held.revision", "The revision that holds: the last one accepted"],
      ["cost", "(held.body ->> 'cost')::float8", "Pounds that the accepted revision asks for"],
      ["help", "nullif(held.body ->> 'help', '')", "Help that it asks for"],
      ["activity", "nullif(held.body ->> 'activity', '')", "Which activity is affected"],
      [
        "cases",
        `(select string_agg(c.escalation::text, ', ' order by c.escalation) from public.action_plan_case c
          where c.plan = p.id and c.ended_at is null)`,
        "Numbers of the cases that it answers, joined by commas",
      ],
    ],
    from: `from public.action_plan p
      join public.action_plan_revision r on r.plan = p.id and r.revision = p.revision
      left join lateral (select x.revision, x.body from public.action_plan_revision x
        where x.plan = p.id and x.decision = 'accepted' order by x.revision desc limit 1) held on true`,
  },
  {
    name: "actions",
    means: "Actions of accepted plans with the ratings that hold; who owns them is left out",
    columns: [
      ["id", "a.id", "Number of the action"],
      ["plan", "a.plan", "Number of the plan"],
      ["number", "a.number", "Its place in the plan"],
      ["organisation", "p.organisation", "Code of the organisation"],
      ["what", "a.what", "What is done"],
      ["starts_on", "a.starts_on", "Day on which it starts, where said"],
      ["due_on", "a.due_on", "Day by which it is due, as it holds now"],
      ["effect_metric", "s.metric", "Code of the metric that it is meant to move"],
      ["effect_organisation", "s.organisation", "Code of the organisation whose figure that is"],
      ["effect_by", "a.effect_by", "By how much, in the metric's unit"],
      ["effect_start", firstDay("a.effect_in"), "First day of the period in which that is expected"],
      ["delivery", "delivery.rating", "complete, on-track, off-track or overdue; empty before it was rated"],
      ["delivery_rated_at", "delivery.at", "When delivery was rated"],
      ["delivered_on", "delivery.done_on", "Day on which it was delivered"],
      ["embedding", "embedding.rating", "The same of whether it became normal practice"],
      ["embedding_rated_at", "embedding.at", "When embedding was rated"],
      ["dropped", "a.dropped_in is not null", "Whether a later revision of the plan no longer has it"],
    ],
    from: `from public.action a join public.action_plan p on p.id = a.plan
      left join public.series s on s.id = a.effect_series ${rated("delivery")} ${rated("embedding")}`,
  },
  {
    name: "investment",
    means: "What forums decided of what accepted plans ask for, every decision; who wrote it down is left out",
    columns: [
      ["id", "d.id", "Number of the decision"],
      ["plan", "d.plan", "Number of the plan"],
      ["revision", "d.revision", "The revision of the plan"],
      ["organisation", "p.organisation", "Code of the organisation"],
      ["asked", "(r.body ->> 'cost')::float8", "Pounds that the revision asks for"],
      ["forum", "d.forum", "Code of the forum"],
      ["decision", "d.decision", "agreed, agreed-in-part, declined or deferred"],
      ["amount", "d.amount", "Pounds that were agreed"],
      ["note", "d.note", "What was remarked"],
      ["at", "d.at", "When it was written down"],
    ],
    from: `from public.investment_decision d join public.action_plan p on p.id = d.plan
      join public.action_plan_revision r on r.plan = d.plan and r.revision = d.revision`,
  },
  {
    name: "meeting_decisions",
    means: "What meetings of forums decided, and what came of it; of whom it is asked is left out",
    columns: [
      ["id", "d.id", "Number of the decision"],
      ["meeting", "m.id", "Number of the meeting"],
      ["forum", "m.forum", "Code of the forum"],
      ["met_at", "m.starts_at", "When the meeting began, or begins"],
      ["case_id", "d.escalation", "Number of the case; empty where it is about none"],
      ["decision", "d.decision", "What was decided"],
      ["due_on", "d.due_on", "Day by which it is due, where it is"],
      ["done_at", "d.done_at", "When it was done"],
      ["at", "d.at", "When it was written down"],
    ],
    from: "from public.meeting_decision d join public.meeting m on m.id = d.meeting",
  },
  {
    name: "returns_chased",
    means:
      "Returns that were owed when their day came near or passed, and how far up they were chased; which came is in submissions",
    columns: [
      ["organisation", "c.organisation", "Code of the organisation that owes it"],
      ["frequency", "c.frequency", "monthly or quarterly"],
      ["due_working_day", "c.due_working_day", "Working day after the period's end by which it is owed"],
      ["period_start", firstDay("c.period"), "First day of the period"],
      ["told", "c.told", "How far up: 0 soon due, 1 missing, 2 its owner, 3 and on executives; empty for nobody"],
      ["still_chased", "c.next_at is not null", "Whether somebody will be told again unless it comes"],
    ],
    from: "from public.chased_return c",
  },
  {
    name: "risk_cases",
    means: "Which risk is behind which case; ended links too",
    columns: [
      ["case_id", "c.escalation", "Number of the case"],
      ["organisation", "c.organisation", "Code of the organisation whose register it is"],
      ["reference", "c.reference", "Reference of the risk"],
      ["at", "c.at", "When it was named"],
      ["ended_at", "c.ended_at", "When another was named, or the risk was closed; empty while it holds"],
    ],
    from: "from public.risk_case c",
  },
  {
    name: "risks",
    means: "The registers of risks, every version; whose a risk is, is left out",
    columns: [
      ["id", "r.id", "Number of this version"],
      ["organisation", "r.organisation", "Code of the organisation whose register it is"],
      ["reference", "r.reference", "Its reference on that register"],
      ["title", "r.title", "The risk in a few words"],
      ["likelihood", "r.likelihood", "From 1 to 5"],
      ["impact", "r.impact", "From 1 to 5"],
      ["score", "r.likelihood * r.impact", "Likelihood times impact"],
      [
        "band",
        `case when r.likelihood * r.impact >= 15 then 'extreme' when r.likelihood * r.impact >= 8 then 'high'
          when r.likelihood * r.impact >= 4 then 'moderate' else 'low' end`,
        "low (1 to 3), moderate (4 to 6), high (8 to 12) or extreme (15 to 25)",
      ],
      ["reviewed_on", "r.reviewed_on", "Day of the last review; empty for none"],
      ["from_at", "r.at", "From when the register says so"],
      ["until_at", "r.until", "Until when; empty while it holds"],
      [
        "closed_because",
        "r.closed_because",
        "Why the risk was closed; empty where another version took this one's place",
      ],
    ],
    from: "from public.risk r",
  },
];
