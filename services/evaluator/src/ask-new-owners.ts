import {
  type CurrentCatalogue,
  type HandedOn,
  handOn,
  heldByOwners,
  type HeldRequest,
  type Transaction,
  type Database,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { levelsUp, nearest, type People, peopleOf, responsibleFor } from "@signalbox/evaluation";

/**
 * Where the catalogue has changed who answers for a figure, or who leads its forum, asks them what their predecessor was asked and has not answered. It
 * is looked at once a version of the catalogue, however long nobody looked.
 */
export async function askNewOwners(
  trx: Transaction<Database>,
  catalogue: CurrentCatalogue,
  now: Temporal.Instant,
): Promise<number> {
  const held = await heldByOwners(trx, catalogue.version, now);
  if (held === null || held.length === 0) return 0;
  const people = peopleOf(catalogue);
  const handed = held.flatMap((request): HandedOn[] => {
    const to = answeringFor(people, catalogue, request);
    if (to === null || isSame(to, request.recipients)) return [];
    return isByHand(request) && stillAnswers(people, request, to) ? [] : [{ request, to }];
  });
  await handOn(trx, handed, { today: dayOf(now).toString(), now });
  return handed.length;
}

/** What follows a plan is asked of whoever was asked for it, or sent it. */
function isByHand({ kind, byHand, seat }: HeldRequest): boolean {
  if (isOfForum(kind, seat)) return false;
  return byHand || kind === "embedding" || kind === "challenge";
}

function isOfForum(kind: HeldRequest["kind"], seat: string): boolean {
  return kind === "plan-decision" || kind === "case-sign-off" || (kind === "challenge" && seat === "chair");
}

/** Chair of a forum, and secretary where either may answer; where it has neither those of the forum above; null for nobody. */
function leading({ people, forums }: CurrentCatalogue, { kind, forum }: HeldRequest): string[] | null {
  const seats = kind === "plan-decision" ? ["chair", "secretary"] : ["chair"];
  const above = forum === null ? null : (forums.get(forum)?.parent ?? null);
  for (const code of [forum, above]) {
    const sitting = people.filter((one) => code !== null && one.forum === code && seats.includes(one.role));
    if (sitting.length > 0) return [...new Set(sitting.map(({ email }) => email))];
  }
  return null;
}

/** Who is asked for it by the catalogue; null where its metric is gone, or nobody is named. */
function answeringFor(people: People, catalogue: CurrentCatalogue, request: HeldRequest): string[] | null {
  const { metric: code, organisation, period, kind, seat } = request;
  if (isOfForum(kind, seat)) return leading(catalogue, request);
  const role = kind === "commentary" ? "author" : "owner";
  if (code === null) return nearest(people, role, { organisation, period });
  const metric = catalogue.metrics.get(code);
  return metric === undefined ? null : responsibleFor(people, role, { metric, organisation, period });
}

/** Whoever somebody asked by name is asked on while they answer for the organisation, or for one above it. */
function stillAnswers(
  people: People,
  { organisation, period, recipients }: HeldRequest,
  to: readonly string[],
): boolean {
  const answering = ["owner", "author", "executive"].flatMap((role) =>
    levelsUp(people, role, { organisation, period }).flat(),
  );
  const known = new Set([...answering, ...to].map((one) => one.toLowerCase()));
  return recipients.some((one) => known.has(one.toLowerCase()));
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  const small = (addresses: readonly string[]) =>
    [...new Set(addresses.map((address) => address.toLowerCase()))].toSorted().join();
  return small(one) === small(other);
}
