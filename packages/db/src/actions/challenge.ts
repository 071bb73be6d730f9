import {
  addWorkingDays,
  dayOf,
  nameOfPeriod,
  nextDigest,
  rulesFor,
  protocolSchema,
  type Frequency,
  type Period,
} from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import { casesInLetters } from "../action-plans/cases-in-letters.ts";
import { type TellingRow, writeTellings } from "../evaluation/write-tellings.ts";
import { givesWay, mayGiveWay } from "../overtaken.ts";
import { ask, type ToAsk, withdrawRequests } from "../steps/ask.ts";
import type { Database } from "../tables.ts";
import { firstChased } from "./asking-dates.ts";
import { figuresInLetters } from "./figures-in-letters.ts";
import type { EffectFound } from "./effect-checks.ts";

/** Within how many working days a challenge is answered where the protocol names no time for a plan. */
const ANSWERED_WITHIN = 10;

interface CaseChallenged {
  readonly id: number;
  readonly series: number;
  readonly organisation: string;
  readonly forum: string | null;
  readonly area: string | null;
  readonly areaName: string | null;
  readonly tier: "none" | "board" | "slt";
  readonly frequency: Frequency;
  readonly period: Period;
  readonly shownAt: Temporal.Instant;
  readonly sentBy: string | null;
  readonly chairs: readonly string[];
}

/**
 * Challenges cases whose figure has not moved since the actions were done: whoever answers for it and the chair are asked, one
 * request each, and it stands in the forums' next digest. Once a case and revision, unless a challenge was withdrawn since.
 */
export async function challengeCases(
  trx: Transaction<Database>,
  found: readonly EffectFound[],
  now: Temporal.Instant,
): Promise<void> {
  if (found.length === 0) return;
  const { rows: told } = await sql<{
    key: string;
  }>`select distinct regexp_replace(key, ':(owner|chair):.*$', '') as key from request
    where kind = 'challenge' and stage <> 'withdrawn' and escalation = any(${found.map(({ check }) => check.escalation)}::bigint[])`.execute(
    trx,
  );
  const before = new Set(told.map(({ key }) => key));
  const fresh = found.filter(({ check }) => !before.has(keyOf(check)));
  const cases = await casesChallenged(trx, fresh);
  const letters = await casesInLetters(trx, [...cases.values()]);
  const figures = await figuresInLetters(trx, [...cases.values()]);
  const { rows } = await sql<{
    body: unknown;
  }>`select body from protocol where until is null order by id desc limit 1`.execute(trx);
  const protocol = protocolSchema.parse(rows[0]?.body ?? {});
  const asked: ToAsk[] = [];
  const digests: TellingRow[] = [];
  for (const { check, said } of fresh) {
    const one = cases.get(`${check.plan} ${check.escalation}`);
    if (one === undefined) continue;
    const letter = letters.get(one.id);
    const rules = rulesFor(protocol, one.frequency);
    const tier = one.tier === "slt" ? "slt" : "board";
    const dueOn = addWorkingDays(dayOf(now), rules.actionPlan?.[tier]?.dueWorkingDays ?? ANSWERED_WITHIN);
    const why = `The actions are done. ${said}`;
    const owners = letter?.owners ?? [];
    const seats = [
      ["owner", owners.length > 0 ? owners : one.sentBy?.includes("@") ? [one.sentBy] : []],
      ["chair", one.chairs],
    ] as const;
    const { value: _value, plan: _plan, rag: _rag, ...facts } = letter?.detail ?? {};
    const detail = {
      ...facts,
      ...figures.get(one.id),
      ...(one.areaName === null ? {} : { area: one.areaName }),
      periodName: nameOfPeriod(one.period, one.frequency),
      tier: one.tier,
      restated: false,
    };
    const base = { escalation: one.id, series: one.series, organisation: one.organisation, period: one.period };
    asked.push(
      ...seats.map(([seat, recipients]) => ({
        ...base,
        kind: "challenge" as const,
        key: `${keyOf(check)}:${seat}:${check.id}.${check.figures.slice(0, 12)}`,
        recipients,
        dueOn: dueOn.toString(),
        nextAt: firstChased(rules, dueOn, now),
        plan: check.plan,
        forum: one.forum,
        why,
        detail: { ...detail, answerAt: `/escalations/${one.id}/challenge` },
      })),
    );
    const shown = Temporal.Instant.compare(one.shownAt, now) > 0 ? one.shownAt : now;
    const forums = [one.forum, ...(one.tier === "slt" ? [one.area] : [])];
    digests.push({
      ...base,
      kind: "digest",
      reason: "challenged",
      event: null,
      submission: null,
      forums: [...new Set(forums.flatMap((forum) => forum ?? []))],
      recipients: [],
      tellAt: nextDigest(shown, rules.digest[tier]),
      digest: rules.digest[tier] ?? null,
      causedBy: [],
      // Who is asked has a letter of their own about it.
      detail: {
        ...detail,
        why,
        except: seats.flatMap(([, recipients]) => recipients),
      },
      key: `${keyOf(check)}:told:${check.id}.${check.figures.slice(0, 12)}`,
    });
  }
  await ask(trx, asked, now);
  await writeTellings(trx, digests);
}

/** Takes back what nobody has answered of challenges whose figure has moved after all, and says so to whoever was told. */
export async function withdrawChallenges(
  trx: Transaction<Database>,
  found: readonly EffectFound[],
  now: Temporal.Instant,
): Promise<void> {
  if (found.length === 0) return;
  const { rows: open } = await sql<{ id: number; key: string }>`
    select id, regexp_replace(key, ':(owner|chair):.*$', '') as key from request
    where kind = 'challenge' and ended_at is null and escalation = any(${found.map(({ check }) => check.escalation)}::bigint[])`.execute(
    trx,
  );
  const unanswered = new Set(open.map(({ key }) => key));
  const moved = found.filter(({ check }) => unanswered.has(keyOf(check)));
  if (moved.length === 0) return;
  const keys = moved.map(({ check }) => keyOf(check));
  await withdrawRequests(
    trx,
    { kinds: ["challenge"], ids: open.filter(({ key }) => keys.includes(key)).map(({ id }) => id) },
    now,
  );
  const digests = sql`t.reason = 'challenged' and regexp_replace(t.key, ':told:.*$', '') = any(${keys}::text[])`;
  await sql`update notice n set ${givesWay} from telling t
    where n.telling = t.id and ${mayGiveWay} and ${digests}`.execute(trx);
  await sql`update telling t set state = 'dropped' where t.state = 'waiting' and ${digests}`.execute(trx);
  const { rows: told } = await sql<{ key: string; recipients: string[] }>`
    select regexp_replace(t.key, '^(?:request:)?(challenge:.*?):(owner|chair|told):.*$', '\\1') as key,
      array_agg(distinct n.recipient) as recipients
    from telling t join notice n on n.telling = t.id and n.status in ('sent', 'sending', 'unknown')
    where t.escalation = any(${moved.map(({ check }) => check.escalation)}::bigint[])
      and t.reason in ('asked-challenge', 'challenged') group by 1`.execute(trx);
  const by = new Map(told.map(({ key, recipients }) => [key, recipients]));
  const cases = await casesChallenged(trx, moved);
  const letters = await casesInLetters(trx, [...cases.values()]);
  await writeTellings(
    trx,
    moved.flatMap(({ check, said }) => {
      const one = cases.get(`${check.plan} ${check.escalation}`);
      const recipients = by.get(keyOf(check)) ?? [];
      if (one === undefined || recipients.length === 0) return [];
      return [
        {
          kind: "follow-up",
          reason: "challenge-withdrawn",
          escalation: one.id,
          event: null,
          submission: null,
          series: one.series,
          organisation: one.organisation,
          period: one.period,
          forums: [],
          recipients,
          tellAt: now,
          digest: null,
          causedBy: [],
          detail: {
            ...letters.get(one.id)?.detail,
            headline: "The figure has moved: no answer is needed",
            why: said,
          },
          key: `challenge-withdrawn:${check.id}:${check.figures.slice(0, 12)}`,
        },
      ];
    }),
  );
}

/** What a challenge is known by, whoever it is asked of. */
function keyOf({ escalation, plan, revision }: EffectFound["check"]): string {
  return `challenge:${escalation}:${plan}:${revision}`;
}

async function casesChallenged(trx: Transaction<Database>, found: readonly EffectFound[]) {
  const { rows } = await sql<CaseChallenged & { plan: number }>`
    select e.id, v.plan, e.series, e.organisation, e.forum, e.area, e.tier, e.frequency,
      (select f.name from forum f where f.code = e.area and f.until is null) as "areaName", e.shown_at as "shownAt",
      coalesce((select max(x.period) from escalation_event x where x.escalation = e.id and x.replaced_at is null), e.raised_in) as period,
      (select r.sent_by from action_plan_revision r where r.plan = v.plan and r.revision = v.revision) as "sentBy",
      coalesce(nullif(array(select distinct p.email from person p where p.until is null and p.role = 'chair' and p.organisation is null
          and p.forum = e.forum), '{}'),
        array(select distinct p.email from person p join forum f on f.code = e.forum and f.until is null
          where p.until is null and p.role = 'chair' and p.organisation is null and p.forum = f.parent)) as chairs
    from unnest(${found.map(({ check }) => check.plan)}::bigint[], ${found.map(({ check }) => check.revision)}::int[],
      ${found.map(({ check }) => check.escalation)}::bigint[]) as v (plan, revision, escalation)
    join escalation e on e.id = v.escalation`.execute(trx);
  return new Map(rows.map((row) => [`${row.plan} ${row.id}`, row]));
}
