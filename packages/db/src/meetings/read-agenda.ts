import { agendaGroup, dayOf, protocolSchema, rulesFor } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import { type Unsigned, unsignedFigures } from "../unsigned.ts";
import { aboutCases, NOTHING_MORE } from "./about-cases.ts";
import { openRequests, waitingDecisions } from "./agenda-asked.ts";
import { agendaCases, type AgendaSpan, type CaseRow } from "./agenda-cases.ts";
import type { AgendaFacts } from "./agenda-facts.ts";
import type { MeetingInTurn } from "./meetings.ts";

/** What an agenda is made of as of a moment, since another: read in a few statements, however many cases there are. */
export async function readAgenda(
  db: Kysely<Database>,
  { forum, meetsAt, since, asOf }: Omit<AgendaSpan, "tier"> & { readonly meetsAt: Temporal.Instant },
): Promise<AgendaFacts> {
  const [{ tier, rules }, unsigned] = await Promise.all([forumAndRules(db, forum), unsignedFigures(db)]);
  const span: AgendaSpan = { forum, tier, since, asOf };
  const read = await agendaCases(db, span);
  const cases = read.filter((one) => agendaGroup({ ...one, ...NOTHING_MORE }, { tier, ...rules }) !== null);
  const ids = cases.map(({ id }) => id);
  const [about, requests, { limits, investments }] = await Promise.all([
    aboutCases(db, ids, asOf),
    openRequests(db, span, ids),
    waitingDecisions(db, span, ids),
  ]);
  return {
    forum,
    tier,
    since: since.toString(),
    asOf: asOf.toString(),
    meetsOn: dayOf(meetsAt).toString(),
    rules,
    cases: cases.map((one) => ({ ...signedOnly(one, unsigned), ...(about.get(one.id) ?? NOTHING_MORE) })),
    requests,
    limits,
    investments,
  };
}

/** The moment since which an agenda counts: the papers of the meeting before, or a month. */
export function agendaSince({ before, papersDueAt }: Pick<MeetingInTurn, "before" | "papersDueAt">): Temporal.Instant {
  if (before !== null) return before.papersDueAt;
  return papersDueAt.toZonedDateTimeISO("Europe/London").subtract({ months: 1 }).toInstant();
}

async function forumAndRules(db: Kysely<Database>, forum: string): Promise<Pick<AgendaFacts, "tier" | "rules">> {
  const { rows } = await sql<{ tier: "board" | "slt" | null; body: unknown }>`select
    (select tier from forum where code = ${forum} order by until desc nulls first limit 1) as tier,
    (select body from protocol where until is null) as body`.execute(db);
  const { tellWithin, submission } = rulesFor(protocolSchema.parse(rows[0]?.body ?? {}), "monthly");
  return { tier: rows[0]?.tier ?? "board", rules: { tellWithin, dueWorkingDay: submission.dueWorkingDay } };
}

/** A paper goes to whoever sits on the forum: a figure that waits for a signature is not in it. */
function signedOnly({ submission, ...one }: CaseRow, unsigned: Unsigned) {
  const { metric, organisation, figure } = one;
  const waits =
    metric !== null && figure !== null && unsigned.waits({ metric, organisation, period: figure.period, submission });
  if (!waits) return { ...one, isUnsigned: false };
  return { ...one, isUnsigned: true, figure: { ...figure, value: null, rag: "grey" as const } };
}
