import { sql } from "kysely";
import type { Pipeline } from "../harness/pipeline.ts";
import { ACTS_AT, at, type Cast } from "./demo-year.ts";
import { isWorkingDayElsewhere, workingDaysOn } from "./english-days.ts";
import { answeredOn, type Waiting } from "./manners.ts";
import { planFor } from "./plans.ts";

interface Open extends Waiting {
  readonly metric: string | null;
  readonly periodName: string;
  readonly series: { metric: string; organisation: string } | null;
  /** Who answers: an address. */
  readonly by: string;
}

/** People who answer as their organisation does, by the API, each in their own name. */
export const cast: Cast = {
  async nextDay({ pipeline }, after) {
    const today = after.toZonedDateTimeISO("Europe/London").toPlainDate();
    const isStillToCome = Temporal.Instant.compare(after, at(today, ACTS_AT)) < 0 && isWorkingDayElsewhere(today);
    const soonest = isStillToCome ? today : workingDaysOn(today, 1);
    const days = (await open(pipeline)).flatMap((one) => answeredOn(one) ?? []);
    const ahead = days.map((day) => (Temporal.PlainDate.compare(day, soonest) > 0 ? day : soonest));
    return ahead.toSorted(Temporal.PlainDate.compare)[0] ?? null;
  },
  async act({ pipeline }, day) {
    for (const one of await open(pipeline)) {
      const answers = answeredOn(one);
      if (answers !== null && Temporal.PlainDate.compare(answers, day) <= 0) await answer(pipeline, one, day);
    }
  },
};

async function open({ db }: Pipeline): Promise<Open[]> {
  const { rows } = await sql<
    Omit<Open, "askedOn" | "dueOn"> & { askedOn: string; dueOn: string; frequency: string; period: number }
  >`select r.id, r.kind, r.organisation, r.escalation, r.action, r.plan, e.metric, r.period,
      coalesce(e.frequency, m.frequency, 'monthly') as frequency,
      (r.asked_at at time zone 'Europe/London')::date as "askedOn", r.due_on as "dueOn", coalesce(r.recipients[1], '') as by,
      case when s.id is null then null else json_build_object('metric', s.metric, 'organisation', s.organisation) end as series
    from request r left join escalation e on e.id = r.escalation
    left join series s on s.id = r.series
    left join metric m on m.code = s.metric and m.until is null
    where r.ended_at is null and not r.quiet and cardinality(r.recipients) > 0 order by r.due_on, r.key`.execute(db);
  return rows.map(({ askedOn, dueOn, frequency, period, ...row }) => ({
    ...row,
    periodName: nameOf(period, frequency),
    askedOn: Temporal.PlainDate.from(askedOn),
    dueOn: Temporal.PlainDate.from(dueOn),
  }));
}

async function answer(pipeline: Pipeline, one: Open, day: Temporal.PlainDate): Promise<void> {
  const { kind, escalation, action, plan, by, organisation } = one;
  const about = `/escalations/${escalation}`;
  switch (kind) {
    case "acknowledgement":
      return send(pipeline, `${about}/holding-reply`, {
        body: "We have seen it, and answer within the fortnight.",
        by,
      });
    case "action-plan":
      return sendPlan(pipeline, one, day);
    case "plan-decision":
      return decidePlan(pipeline, plan ?? 0, { by, organisation });
    case "action":
      return rate(pipeline, action ?? 0, { aspect: "delivery", doneOn: day.toString(), by });
    case "embedding":
      return embed(pipeline, one, day);
    case "challenge":
      return send(pipeline, `${about}/challenge`, { body: "The new staff started late. We expect it next month.", by });
    case "case-sign-off":
      return send(pipeline, `${about}/sign-off`, { note: "Two good periods, and the ward says so too.", by });
    case "risk":
      return send(pipeline, `${about}/risk`, riskOf(one));
    case "commentary":
      return comment(pipeline, one);
    default:
      throw new Error(`the cast does not know how to answer ${kind}`);
  }
}

async function sendPlan(pipeline: Pipeline, one: Open, today: Temporal.PlainDate): Promise<void> {
  const body = await planFor(pipeline, one, { owner: one.by, today });
  const before = await pipeline.api.get<{ items: { id: string; state: string }[] }>(
    `/action-plans?escalation=${one.escalation}`,
  );
  const kept = before.items.find(({ state }) => state !== "withdrawn");
  const made =
    kept ??
    (await answered<{ id: string }>(pipeline, "/action-plans", { escalations: [String(one.escalation)], body }));
  const plan = await pipeline.api.get<{ id: string; edition: number }>(`/action-plans/${made.id}`);
  const path = `/action-plans/${plan.id}`;
  const saved =
    kept === undefined
      ? plan
      : await answered<{ edition: number }>(pipeline, path, { edition: plan.edition, body }, "PUT");
  await send(pipeline, `${path}/send`, { edition: saved.edition });
}

/** Westmere Community's first plans are sent back; all others are accepted. */
async function decidePlan(
  pipeline: Pipeline,
  plan: number,
  { by, organisation }: { by: string; organisation: string },
): Promise<void> {
  const { revision } = await pipeline.api.get<{ revision: number }>(`/action-plans/${plan}`);
  const isSentBack = organisation === "WCH" && revision === 1;
  await send(pipeline, `/action-plans/${plan}/decision`, {
    decision: isSentBack ? "sent-back" : "accepted",
    revision,
    note: isSentBack ? "Say who covers the ward until the posts are filled." : "A sound plan.",
    by,
  });
}

async function embed(pipeline: Pipeline, { plan, by }: Open, day: Temporal.PlainDate): Promise<void> {
  const { items } = await pipeline.api.get<{ items: { id: string; dropped: boolean }[] }>(`/actions?plan=${plan}`);
  const doneOn = day.toString();
  for (const { id, dropped } of items)
    if (!dropped) await rate(pipeline, Number(id), { aspect: "embedding", doneOn, by });
}

function rate(pipeline: Pipeline, action: number, said: object): Promise<void> {
  return send(pipeline, `/actions/${action}/ratings`, {
    rating: "complete",
    reason: "Both posts are filled.",
    ...said,
  });
}

function riskOf({ organisation, by, metric }: Open): object {
  if (organisation === "STH") return { by, declined: "It is on the trust's issues log, not a risk any more." };
  return { by, reference: `${organisation}-${metric}`, title: "Care is late", likelihood: 4, impact: 4 };
}

async function comment(pipeline: Pipeline, { series, periodName, by }: Open): Promise<void> {
  if (series === null) return;
  const path = `/commentary/${series.metric}/${series.organisation}/${encodeURIComponent(periodName)}`;
  await answered(pipeline, path, { words: "Demand rose by a tenth, and two staff were away.", by }, "PUT");
}

async function send(pipeline: Pipeline, path: string, body: object): Promise<void> {
  await answered(pipeline, path, body);
}

async function answered<T>({ api }: Pipeline, path: string, body: object, method = "POST"): Promise<T> {
  const headers = { "content-type": "application/json" };
  const response = await api.request(path, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

function nameOf(period: number, frequency: string): string {
  const [year, month] = [Math.floor(period / 12), period % 12];
  if (frequency === "monthly") return `${year}-${String(month + 1).padStart(2, "0")}`;
  const first = month < 3 ? year - 1 : year;
  return `${first}/${String((first + 1) % 100).padStart(2, "0")} Q${month < 3 ? 4 : Math.floor(month / 3)}`;
}
