import { addWorkingDays, dayOf, startOfDay } from "@signalbox/domain";
import { sql, type Transaction } from "kysely";
import type { Database, RequestKind } from "../tables.ts";
import type { SignedLink } from "./answer-token.ts";

/** What may be answered by a link: what an owner or author is asked. Forums decide, and answer challenges, signed in. */
const ANSWERED_BY_LINK: readonly RequestKind[] = ["acknowledgement", "action-plan", "commentary", "challenge", "risk"];

/** A link that a mail is to carry, and until when this mail's copy of it works. */
export interface LinkToSend {
  readonly link: SignedLink;
  readonly expiresAt: Temporal.Instant;
}

interface Wanted {
  readonly notice: number;
  readonly request: number;
  readonly escalation: number | null;
  readonly person: string;
  readonly dueOn: string;
}

/**
 * Makes the links that mails of these notices carry, one a request and person, and returns them by notice. Each works until
 * `graceDays` working days after the day that is due. One that was ended is not made again, so its notice has none; nor have
 * chasers that tell somebody else, and operators, who are asked by nobody.
 */
export async function makeAnswerLinks(
  trx: Transaction<Database>,
  notices: readonly number[],
  { now, graceDays }: { now: Temporal.Instant; graceDays: number },
): Promise<ReadonlyMap<number, LinkToSend>> {
  const wanted = await askedIn(trx, notices);
  if (wanted.length === 0) return new Map();
  const expiries = wanted.map(({ dueOn }) => expiryOf(dueOn, now, graceDays));
  const { rows } = await sql<SignedLink>`
    insert into answer_link (request, escalation, person, made_at, expires_at)
    select request, escalation, person, ${now.toString()}, max(expires_at)
    from unnest(${wanted.map(({ request }) => request)}::bigint[], ${wanted.map(({ escalation }) => escalation)}::bigint[],
      ${wanted.map(({ person }) => person)}::text[], ${expiries.map(String)}::timestamptz[]) as w (request, escalation, person, expires_at)
    group by request, escalation, person
    on conflict (request, person) do update set expires_at = greatest(answer_link.expires_at, excluded.expires_at)
      where answer_link.revoked_at is null
    returning id, request, escalation, person`.execute(trx);
  const made = new Map(rows.map((link) => [`${link.request} ${link.person}`, link]));
  return new Map(
    wanted.flatMap(({ notice, request, person }, at) => {
      const link = made.get(`${request} ${person}`);
      const expiresAt = expiries[at];
      return link === undefined || expiresAt === undefined ? [] : [[notice, { link, expiresAt }] as const];
    }),
  );
}

/** The open requests that notices speak of: in a first letter to whoever is reached, in a chaser to those who were asked. */
async function askedIn(trx: Transaction<Database>, notices: readonly number[]): Promise<Wanted[]> {
  const { rows } = await sql<Wanted>`
    with said as (
      select n.id, lower(n.recipient) as person, n.in_place_of as stood, t.key, n.kind in ('reminder', 'overdue') as chases
      from notice n join telling t on t.id = n.telling
      where n.id = any(${[...notices]}::bigint[]) and t.key like 'request:%'
        and n.kind in ('action-plan-request', 'commentary-request', 'request', 'reminder', 'overdue')
        and not exists (select from person p where p.until is null and p.role = 'operator' and lower(p.email) = lower(n.recipient))),
    of as (
      select said.id, said.person, r.id as request from said
      -- A letter to somebody who was asked later says who they are after its key; one that came back says so after that.
      join request r on r.key = regexp_replace(substr(said.key, 9), '( to [^ ]+)?( came back, notice [0-9]+)*$', '')
      where not said.chases
      union all
      select said.id, said.person, r.id from said join request r on r.id = substring(said.key from '^request:([0-9]{1,15})')::bigint
      where said.chases and exists (select from unnest(r.recipients) x
        where lower(x) = said.person or said.stood @> jsonb_build_array(jsonb_build_object('person', lower(x)))))
    select of.id as notice, of.request, r.escalation, of.person, r.due_on as "dueOn" from of join request r on r.id = of.request
    where r.ended_at is null and r.kind = any(${[...ANSWERED_BY_LINK]}::text[]) and r.key !~ '^challenge:.*:chair:'`.execute(
    trx,
  );
  return rows;
}

function expiryOf(dueOn: string, now: Temporal.Instant, graceDays: number): Temporal.Instant {
  const [due, today] = [Temporal.PlainDate.from(dueOn), dayOf(now)];
  const from = Temporal.PlainDate.compare(due, today) > 0 ? due : today;
  return startOfDay(addWorkingDays(from, graceDays).add({ days: 1 }));
}
