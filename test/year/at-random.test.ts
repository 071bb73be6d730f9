import {
  acceptPlan,
  casesOffDecision,
  casesOffRecord,
  casesWithoutStep,
  chooseForCase,
  closeCase,
  declineRisk,
  decisionsWithoutCase,
  disputeValue,
  dueNotDone,
  giveHoldingReply,
  makeDraft,
  moveDueDate,
  rateAction,
  requestsNotChased,
  sendPlan,
  sendPlanBack,
  signOffCase,
  tellingsLate,
  tellingsWithoutNotice,
  withdrawPlan,
} from "@signalbox/db";
import type { PlanBody } from "@signalbox/domain";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chances, fileOf, run } from "../harness/invented-figures.ts";
import { months } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { seriesProtocol, withProviders } from "../pipeline/providers.ts";
import { toldOfOwnActs, withoutNextStep } from "./laws.ts";

const PROVIDERS = ["P1", "P2"];
const OWNER = "p1.owner@example.org";
const CHAIR = "qua.chair@example.org";
/** Of those tried, the one that comes to the most: plans sent, accepted, revised and withdrawn, choices, restatements. */
const SEED = 11;
const STEPS = 5;

const following = { acknowledged: 2, accepted: 5, delivered: 5, embedded: 20 };
const protocol = {
  ...seriesProtocol,
  preview: { workingDays: 2 },
  digest: { slt: "08:30", board: "08:30" },
  followThrough: { slt: following, board: following },
  risk: { afterPeriods: 2 },
  monitoringPeriods: 3,
  dispute: { workingDays: 5 },
  stepDown: { signOff: ["QUA"] },
};
const catalogue = (owner: string) => {
  const written = withProviders(PROVIDERS, { protocol });
  return { ...written, people: written.people.replace(OWNER, owner) };
};

let pipeline: Pipeline;
let now = Temporal.Instant.from("2023-12-18T10:00:00Z");
/** The next month that figures come for, of all providers together. */
let next = 0;
const MONTHS = months("2023-12", 60);

beforeAll(async () => {
  pipeline = await startPipeline({ catalogue: catalogue(OWNER), smtp: false });
  await pipeline.put(now.toString());
}, 60_000);
afterAll(() => pipeline.close());

const one = async <T>(statement: ReturnType<typeof sql<T>>): Promise<T | null> =>
  (await statement.execute(pipeline.db)).rows[0] ?? null;

/** One of what stands, or of what there is of a kind, picked by chance; null where there is none. */
const pick = async (from: ReturnType<typeof sql>, chance: number) => {
  const { rows } = await sql<{ id: number; state: string; revision: number; edition: number }>`${from}`.execute(
    pipeline.db,
  );
  return rows[Math.floor(chance * rows.length)] ?? null;
};
const standing = sql`select id, '' as state, 0 as revision, 0 as edition from escalation where standing order by id`;
const plans = sql`select id, state, revision, edition from action_plan where state <> 'withdrawn' order by id`;
const actions = sql`select id, '' as state, 0 as revision, 0 as edition from action where dropped_in is null order by id`;

const planOf = (day: string): PlanBody => ({
  what: "Too many falls at night",
  why: "One nurse for two bays",
  actions: [
    { number: 1, what: "A second nurse", owner: "p1.submitter@example.org", startsOn: null, dueOn: day, effect: null },
  ],
  path: [],
  risks: "",
  help: "",
  cost: null,
  activity: "",
});
const dayAfter = (days: number) => now.toZonedDateTimeISO("Europe/London").toPlainDate().add({ days }).toString();

type Act = (chance: () => number) => Promise<unknown>;
const figuresOf = (value: (organisation: string) => number) => async () => {
  const month = MONTHS[next++] ?? "";
  // They come in the month after.
  const day = Temporal.PlainYearMonth.from(month).add({ months: 1 }).toPlainDate({ day: 3 });
  const comes = day.toZonedDateTime({ timeZone: "Europe/London", plainTime: "10:00" }).toInstant();
  if (Temporal.Instant.compare(now, comes) < 0) await put(comes);
  await pipeline.submit(
    ...PROVIDERS.map((organisation) =>
      fileOf(organisation, run({ organisation, metric: "falls", from: month }, [value(organisation)])),
    ),
  );
};

async function put(to: Temporal.Instant): Promise<void> {
  now = to;
  await pipeline.put(now.toString());
}

/** What people do, each as the web does it. What is refused, because it does not fit what stands, is no failure. */
const acts: Readonly<Record<string, Act>> = {
  figures: (chance) => figuresOf(() => [1, 4, 6][Math.floor(chance() * 3)] ?? 6)(),
  "bad figures": () => figuresOf(() => 6)(),
  restated: async (chance) => {
    if (next === 0) return;
    const organisation = PROVIDERS[Math.floor(chance() * 2)] ?? "P1";
    const from = MONTHS[Math.max(0, next - 1 - Math.floor(chance() * 3))] ?? "";
    await pipeline.submit(fileOf(organisation, run({ organisation, metric: "falls", from }, [chance() < 0.5 ? 1 : 6])));
  },
  choose: async (chance) => {
    const found = await pick(standing, chance());
    const plan = await pick(plans, chance());
    if (found === null) return;
    const chosen = [
      { choice: "ask-plan", dueOn: null } as const,
      { choice: "accept-until", until: dayAfter(25) } as const,
      { choice: "wait", until: dayAfter(40) } as const,
      { choice: "covered-by", plan: plan?.id ?? 0 } as const,
    ][Math.floor(chance() * 4)];
    if (chosen === undefined) return;
    await chooseForCase(pipeline.db, { escalation: found.id, chosen, reason: "So be it", owners: [], by: CHAIR, now });
  },
  draft: async (chance) => {
    const { rows } = await sql<{ id: number }>`select id from escalation where standing order by id`.execute(
      pipeline.db,
    );
    const cases = rows.filter(() => chance() < 0.6).map(({ id }) => id);
    if (cases.length === 0) return;
    const body = planOf(dayAfter(20));
    const id = await makeDraft(pipeline.db, { organisation: "P1", escalations: cases, body }, { by: OWNER, now });
    await sendPlan(pipeline.db, { id, edition: 1 }, { by: OWNER, now });
  },
  "revise a plan": async (chance) => {
    const plan = await pick(plans, chance());
    if (plan === null) return;
    await sql`update action_plan set draft = ${JSON.stringify(planOf(dayAfter(15)))}::jsonb
      where id = ${plan.id} and state <> 'sent'`.execute(pipeline.db);
    await sendPlan(pipeline.db, { id: plan.id, edition: plan.edition }, { by: OWNER, now });
  },
  "accept a plan": async (chance) => {
    const plan = await pick(plans, chance());
    if (plan !== null)
      await acceptPlan(pipeline.db, { id: plan.id, revision: plan.revision, note: "" }, { by: CHAIR, now });
  },
  "send a plan back": async (chance) => {
    const plan = await pick(plans, chance());
    const deciding = { id: plan?.id ?? 0, revision: plan?.revision ?? 0, note: "Who pays?" };
    await sendPlanBack(pipeline.db, deciding, { by: CHAIR, now });
  },
  "withdraw a plan": async (chance) => {
    const plan = await pick(plans, chance());
    const taken = { id: plan?.id ?? 0, edition: plan?.edition ?? 0, note: "Another way" };
    await withdrawPlan(pipeline.db, taken, { by: OWNER, now });
  },
  rate: async (chance) => {
    const action = await pick(actions, chance());
    if (action === null) return;
    const aspect = chance() < 0.6 ? ("delivery" as const) : ("embedding" as const);
    const today = now.toZonedDateTimeISO("Europe/London").toPlainDate();
    const done = { rating: "complete" as const, reason: "", explanation: "", mitigation: "", doneOn: today };
    await rateAction(pipeline.db, { id: action.id, aspect, sent: done }, { by: "p1.submitter@example.org", now });
  },
  reply: async (chance) => {
    const found = await pick(standing, chance());
    if (found !== null)
      await giveHoldingReply(pipeline.db, found.id, { body: "We have seen it", by: OWNER, actor: OWNER, now });
  },
  "another day": async (chance) => {
    const open = sql`select id, '' as state, 0 as revision, 0 as edition from request where ended_at is null order by id`;
    const request = await pick(open, chance());
    const moved = { dueOn: dayAfter(Math.floor(chance() * 20) + 1), reason: "Leave", by: CHAIR, now };
    await pipeline.db.transaction().execute((trx) => moveDueDate(trx, request?.id ?? 0, moved));
  },
  "no risk": async (chance) => {
    const found = await pick(standing, chance());
    if (found !== null)
      await pipeline.db
        .transaction()
        .execute((trx) => declineRisk(trx, found.id, { reason: "It is on no register", by: OWNER, now }));
  },
  dispute: async (chance) => {
    const figure = await one(
      sql<{ submission: number; period: number; organisation: string }>`
      select st.submissions[array_upper(st.submissions, 1)] as submission, st.first_period + array_upper(st.submissions, 1) - 1 as period,
        s.organisation from series_state st join series s on s.id = st.series
      where s.metric = 'falls' and s.organisation = ${PROVIDERS[Math.floor(chance() * 2)] ?? "P1"}
        and st.submissions[array_upper(st.submissions, 1)] is not null`,
    );
    if (figure !== null)
      await disputeValue(pipeline.db, { ...figure, metric: "falls" }, { by: OWNER, reason: "Counted twice", now });
  },
  "sign off": async (chance) => {
    const found = await pick(standing, chance());
    if (found !== null) await signOffCase(pipeline.db, found.id, { by: CHAIR, note: "Steady", now });
  },
  close: async (chance) => {
    const found = await pick(standing, chance());
    if (found !== null) await closeCase(pipeline.db, found.id, { by: CHAIR, note: "It is over", now });
  },
  "another owner": (chance) => pipeline.load(catalogue(chance() < 0.5 ? OWNER : "p1.new@example.org")),
};

/** Who was to be told of one request twice on one London day. Of a leap of the clock the mails may leave together, at its end. */
async function madeTwiceOnOneDay(): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select concat_ws(' ', n.recipient, (n.made_at at time zone 'Europe/London')::date, r.kind, r.id, string_agg(n.reason, ' ')) as what
    from notice n join telling t on t.id = n.telling
    join request r on 'request:' || r.key = t.key or t.key like 'request:' || r.id || ':%' and t.kind in ('reminder', 'overdue')
    where n.status <> 'superseded'
    group by n.recipient, (n.made_at at time zone 'Europe/London')::date, r.kind, r.id having count(*) > 1`.execute(
    pipeline.db,
  );
  return rows.map(({ what }) => what);
}

/** Whatever the laws and the auditor's own statements find broken now. */
async function broken(): Promise<string[]> {
  const { db } = pipeline;
  const found = [
    ...(await withoutNextStep(pipeline)),
    ...(await madeTwiceOnOneDay()),
    ...(await toldOfOwnActs(pipeline)),
  ];
  const audited = [
    await casesWithoutStep(db, now),
    await casesOffRecord(db),
    await casesOffDecision(db),
    await decisionsWithoutCase(db),
    await requestsNotChased(db, now),
    await dueNotDone(db, now),
    await tellingsLate(db, now),
    await tellingsWithoutNotice(db, now),
  ];
  return [...found, ...audited.flat().map(({ what }) => what)];
}

test("whatever people do and however the clock runs, the laws hold, and from wherever it comes to there is a way to resolved", async () => {
  const chance = chances(SEED);
  const done: string[] = [];
  const names = Object.keys(acts);
  for (let step = 0; step < STEPS; step++) {
    const some =
      step < 2 ? ["bad figures"] : [1, 2, 3].map(() => names[Math.floor(chance() * names.length)] ?? "figures");
    for (const name of step === 2 ? ["draft", "accept a plan", ...some] : some) {
      done.push(`${now.toString().slice(0, 10)} ${name}`);
      // Each act has a moment of its own, so that what is told at it is known for its own.
      now = now.add({ seconds: 1 });
      await acts[name]?.(chance);
    }
    await put(now.add({ hours: 24 * (1 + Math.floor(chance() * (chance() < 0.2 ? 20 : 4))) }));
    expect({ done, broken: await broken() }).toEqual({ done, broken: [] });
  }
  for (let month = 0; month < 5; month++) {
    await figuresOf(() => 1)();
    await put(now.add({ hours: 24 * 20 }));
    const { rows } = await sql<{ id: number }>`select id from escalation where standing`.execute(pipeline.db);
    for (const { id } of rows) await signOffCase(pipeline.db, id, { by: CHAIR, note: "Steady", now });
    await put(now.add({ hours: 1 }));
  }
  expect(await one(sql`select count(*)::int as standing from escalation where standing`)).toEqual({ standing: 0 });
  expect(await broken()).toEqual([]);
}, 120_000);
