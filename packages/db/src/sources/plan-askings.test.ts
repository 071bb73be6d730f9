import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { actOnFailedWork } from "../operations-acts.ts";
import { listFailedWork } from "../operations.ts";
import { testDatabase } from "../testing.ts";
import { claimAsking } from "./claim-asking.ts";
import { dueAskings, type PeriodToAsk, planAskings } from "./plan-askings.ts";
import { type AskingEnded, recordAsking } from "./record-asking.ts";

let open: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => {
  open = await testDatabase();
  await sql`insert into catalogue_version (loaded_at, loaded_by) values (${NOW.toString()}, 'operator')`.execute(
    open.db,
  );
  await sql`insert into source (since, name, organisation, template, url, working_day)
    values (1, 'ae', 'NW', null, 'https://a.example/{yyyy}-{mm}.csv', 8)`.execute(open.db);
});
afterEach(() => open.close());

const NOW = Temporal.Instant.from("2024-06-12T09:00:00Z");
const LATER = NOW.add({ hours: 24 });
const period = (number: number, changed: Partial<PeriodToAsk> = {}): PeriodToAsk => ({
  source: "ae",
  period: number,
  address: `https://a.example/${number}.csv`,
  lateAt: LATER,
  ...changed,
});
const three = [period(100), period(101), period(102)];
const telling = {
  kind: "submission-missing",
  escalation: null,
  event: null,
  submission: null,
  series: null,
  period: 102,
};
const more = { organisation: "NW", forums: [], recipients: [], tellAt: NOW, digest: null, causedBy: [], detail: {} };
const chase = { ...telling, ...more, reason: "not-fetched", key: "source:ae:102" };
const cleared = { ...chase, reason: "fetched", key: "source:ae:102:cleared" };
const failing: AskingEnded = { now: NOW, nextAt: LATER, failures: 3, error: "503", chase: null, cleared, came: null };

async function rows(): Promise<string[]> {
  const found = await sql<{
    line: string;
  }>`select period || ' ' || coalesce(next_at::text, 'never') || ' ' || failures as line
    from source_period order by period`.execute(open.db);
  return found.rows.map(({ line }) => line);
}

test("a source that is new begins with its last period, and goes on from there, whatever was missed between", async () => {
  await planAskings(open.db, three, NOW);
  expect(await rows()).toEqual(["102 2024-06-12 09:00:00+00 0"]);
  await planAskings(open.db, [period(102), period(103), period(104)], LATER);
  expect(await rows()).toEqual([
    "102 2024-06-12 09:00:00+00 0",
    "103 2024-06-13 09:00:00+00 0",
    "104 2024-06-13 09:00:00+00 0",
  ]);
});

test("planning again changes nothing, and uses up no numbers", async () => {
  for (let i = 0; i < 5; i++) await planAskings(open.db, three, NOW.add({ seconds: i }));
  await planAskings(open.db, [...three, period(103)], NOW);
  const { rows: ids } = await sql<{ id: number }>`select id from source_period order by id`.execute(open.db);
  expect(ids.map(({ id }) => id)).toEqual([1, 2]);
});

test("no period is asked for that is not planned: one that is too old, or all where nothing may be fetched", async () => {
  await planAskings(open.db, three, NOW);
  await planAskings(open.db, [period(103), period(104), period(105)], NOW);
  expect((await rows())[0]).toBe("102 never 0");
  await planAskings(open.db, [], NOW);
  expect(await dueAskings(open.db, LATER, 10)).toEqual([]);
  await planAskings(open.db, [period(103)], LATER);
  expect((await rows())[1]).toBe("103 2024-06-13 09:00:00+00 0");
});

test("one asks at a time; one that has died is followed by another", async () => {
  await planAskings(open.db, three, NOW);
  const [id = 0] = await dueAskings(open.db, NOW, 10);
  const claims = await Promise.all([claimAsking(open.db, id, NOW), claimAsking(open.db, id, NOW)]);
  expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  expect(await dueAskings(open.db, LATER, 10)).toEqual([]);
  await sql`update source_period set asking_at = asking_at - interval '11 minutes'`.execute(open.db);
  expect(await dueAskings(open.db, LATER, 10)).toEqual([id]);
  expect(await claimAsking(open.db, id, NOW)).toMatchObject({ source: "ae", organisation: "NW", period: 102 });
});

test("another address begins anew: what was decided for the old one is forgotten", async () => {
  await planAskings(open.db, three, NOW);
  const asking = await claimAsking(open.db, 1, NOW);
  if (asking === null) throw new Error("not claimed");
  const moved = [period(102, { address: "https://b.example/102.csv" })];
  await planAskings(open.db, moved, NOW);
  await recordAsking(open.db, asking, failing);
  expect(await rows()).toEqual(["102 2024-06-12 09:00:00+00 0"]);
  expect(await claimAsking(open.db, 1, NOW)).toMatchObject({ address: "https://b.example/102.csv", failures: 0 });
});

test("a period that the operators dismissed is asked for no more, until they say so", async () => {
  await planAskings(open.db, three, NOW);
  const asking = await claimAsking(open.db, 1, NOW);
  if (asking === null) throw new Error("not claimed");
  await recordAsking(open.db, asking, { ...failing, chase });
  expect((await listFailedWork(open.db, 10)).items).toMatchObject([
    { work: "source", id: "1", why: "503", since: NOW },
  ]);
  const by = { actor: "operator", now: NOW };
  expect(await actOnFailedWork(open.db, { work: "source", id: "1", act: "dismiss" }, by)).toBe(true);
  await planAskings(open.db, three, LATER);
  expect(await rows()).toEqual(["102 never 3"]);
  expect((await listFailedWork(open.db, 10)).items).toEqual([]);
});

test("whoever was told is told that it has come after all; where nobody was yet, nobody is told anything", async () => {
  await planAskings(open.db, three, NOW);
  const asking = await claimAsking(open.db, 1, NOW);
  if (asking === null) throw new Error("not claimed");
  const tellings = async () => {
    const { rows: found } = await sql<{
      line: string;
    }>`select key || ' ' || state as line from telling order by id`.execute(open.db);
    return found.map(({ line }) => line);
  };
  await recordAsking(open.db, asking, { ...failing, chase });
  await recordAsking(open.db, asking, { ...failing, error: null });
  expect(await tellings()).toEqual(["source:ae:102 dropped"]);
  await sql`update telling set state = 'made'`.execute(open.db);
  await recordAsking(open.db, asking, { ...failing, error: null });
  await recordAsking(open.db, asking, { ...failing, error: null });
  expect(await tellings()).toEqual(["source:ae:102 made", "source:ae:102:cleared waiting"]);
});
