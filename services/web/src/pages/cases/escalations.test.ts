import { acknowledgeEscalation } from "@signalbox/db";
import { seedEscalation, seedSeries } from "@signalbox/db/testing-cases";
import { MARCH_2024, seedSubmission } from "@signalbox/db/testing-world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { form, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const { app, db, ids, signInAs, close } = await testApp();
afterAll(close);

const cookies = new Map<string, string>();
async function as(person: keyof typeof PEOPLE): Promise<string> {
  const cookie = cookies.get(person) ?? (await signInAs(person));
  cookies.set(person, cookie);
  return cookie;
}
async function page(person: keyof typeof PEOPLE, url: string) {
  return app.inject({ url, headers: { cookie: await as(person) } });
}
async function acknowledge(person: keyof typeof PEOPLE, id: number, note: string) {
  // Whoever has no form of a case still has a token: that of the form that signs out.
  const token = tokenIn((await page(person, `/escalations/${id}`)).body);
  return app.inject(form(`/escalations/${id}/acknowledgement`, { _csrf: token, note }, await as(person)));
}

const here = `/escalations/${ids.escalation}`;
let elsewhere: number;

beforeAll(async () => {
  // What the case rests on: a row of a file, and somebody who was told by name.
  await db
    .insertInto("observation")
    .values({
      series: ids.series,
      period: MARCH_2024,
      submission: ids.submission,
      row_number: 7,
      issued: "2024-04-20",
      value: 71.5,
      comment: "Two wards closed",
    })
    .execute();
  await db
    .insertInto("series_state")
    .values({ series: ids.series, first_period: MARCH_2024, vals: [71.5], submissions: [ids.submission] })
    .execute();
  await db.updateTable("notice").set({ recipient: PEOPLE.chair }).execute();
  const submission = await seedSubmission(db, "RB", "b");
  const series = await seedSeries(db, { metric: "ae-4h", organisation: "RB", submission });
  const world = { version: 1, protocol: 1 };
  elsewhere = (await seedEscalation(db, world, { series, organisation: "RB", submission })).escalation;
  await db.updateTable("escalation").set({ tier: "board", forum: "UEC" }).where("id", "=", elsewhere).execute();
});

describe("who acknowledges", () => {
  test.each(["owner", "executive", "analyst", "chair", "member", "secretary", "slt-chair", "operator"] as const)(
    "the %s of a case does, and the page shows the form",
    async (person) => {
      expect((await page(person, here)).body).toContain('name="note"');
      expect((await acknowledge(person, ids.escalation, `Seen by the ${person}`)).statusCode).toBe(303);
      expect((await page(person, here)).body).toContain(`Seen by the ${person}`);
    },
  );

  test.each(["observer", "auditor"] as const)("the %s reads alone", async (person) => {
    const { body, statusCode } = await page(person, here);
    expect(statusCode).toBe(200);
    expect(body).not.toContain('name="note"');
    expect((await acknowledge(person, ids.escalation, "Me too")).statusCode).toBe(403);
  });

  test("of another organisation's case nobody learns anything; of a board's case the SLT's chair reads alone", async () => {
    expect((await acknowledge("owner", elsewhere, "Not mine")).statusCode).toBe(404);
    expect((await page("slt-chair", `/escalations/${elsewhere}`)).body).not.toContain('name="note"');
    expect((await acknowledge("slt-chair", elsewhere, "Not before us")).statusCode).toBe(403);
    expect((await page("owner", "/escalations/999999999999999999")).statusCode).toBe(404);
  });

  test("what was typed is kept where it is too long", async () => {
    const long = "x".repeat(4001);
    const { statusCode, body } = await acknowledge("owner", ids.escalation, long);
    expect(statusCode).toBe(400);
    expect(body).toContain(`${long}</textarea>`);
  });
});

describe("what stays hidden", () => {
  test("from a forum's member: a submission's link, file, row and comment; from everybody but operators and auditors: addresses", async () => {
    const inside = ["march.csv", "row 7", "Two wards closed", `href="/submissions/${ids.submission}"`];
    const owner = (await page("owner", here)).body;
    for (const text of inside) expect(owner).toContain(text);
    const member = (await page("member", here)).body;
    for (const text of inside) expect(member).not.toContain(text);
    expect(member).toContain(`submission ${ids.submission}`);
    expect(member).toContain("Chris Chair");
    for (const body of [owner, member]) expect(body).not.toMatch(/[\w.]+@example\.org/);
    for (const person of ["operator", "auditor"] as const)
      expect((await page(person, here)).body).toContain(PEOPLE.chair);
  });

  test("from a forum's member: a value that waits for its executive's signature, on page and list and in the file", async () => {
    const asked = { sign_off_asked_at: "2024-04-20T09:00:01Z", unsigned_from: "2099-05-20T09:00:00Z" };
    await db.updateTable("submission").set(asked).where("id", "=", ids.submission).execute();
    const [organisation, title] = ["organisation=RA", "A&amp;E four-hour performance"];
    for (const url of [here, `/escalations?${organisation}`, `/escalations?${organisation}&as=csv`]) {
      expect((await page("owner", url)).body).toContain("71.5%");
      const { body } = await page("member", url);
      expect(body).toContain("not signed off yet");
      expect(body).not.toContain("71.5");
    }
    // Nor what its colour would tell of it.
    const [owner, member] = [(await page("owner", here)).body, (await page("member", here)).body];
    expect([owner, member].map((body) => /▲|Red|Amber/.test(body))).toEqual([true, false]);
    expect((await page("member", "/escalations")).body).toContain(title);
    const released = { sign_off_asked_at: null, unsigned_from: null };
    await db.updateTable("submission").set(released).where("id", "=", ids.submission).execute();
  });
});

test("of a case for several areas a board sees its own area's cases alone, the SLT and the owner all", async () => {
  const submission = await seedSubmission(db, "RA", "d");
  const series = await seedSeries(db, { metric: "staff-survey", organisation: "RA", submission });
  const world = { version: 1, protocol: 1 };
  const { escalation: elective } = await seedEscalation(db, world, { series, organisation: "RA", submission });
  await db.updateTable("escalation").set({ area: "EC", forum: "EC" }).where("id", "=", elective).execute();
  const own = { concern: "several-areas", series: null, metric: null, area: null } as const;
  const again = await seedSeries(db, { metric: "several", organisation: "RA", submission });
  const { escalation: several } = await seedEscalation(db, world, { series: again, organisation: "RA", submission });
  await db.updateTable("escalation").set(own).where("id", "=", several).execute();
  await db
    .updateTable("escalation_event")
    .set({ areas: ["UEC", "EC"] })
    .where("escalation", "=", several)
    .execute();
  const links = async (person: keyof typeof PEOPLE) => {
    const { body } = await page(person, `/escalations/${several}`);
    return [ids.escalation, elective].map((id) => body.includes(`href="/escalations/${id}"`));
  };
  expect(await links("chair")).toEqual([true, false]);
  expect(await links("slt-chair")).toEqual([true, true]);
  expect(await links("owner")).toEqual([true, true]);
  await db
    .updateTable("escalation")
    .set({ standing: false, withdrawn: true })
    .where("id", "in", [several, elective])
    .execute();
});

test("a case of 60 periods shows the last 12 in its table, all of them as facts, and stays under 100 kB", async () => {
  const submission = await seedSubmission(db, "RA1", "c");
  const series = await seedSeries(db, { metric: "ae-4h", organisation: "RA1", submission });
  const world = { version: 1, protocol: 1 };
  const { escalation } = await seedEscalation(db, world, { series, organisation: "RA1", submission });
  const many = 60;
  const first = MARCH_2024 - many + 1;
  const each = <T>(value: T): T[] => Array.from({ length: many }, () => value);
  const decided = {
    first_period: first,
    vals: Array.from({ length: many }, (_, at) => 60 + (at % 7)),
    numerators: each(null),
    denominators: each(null),
    plans: each(76),
    thresholds: each(null),
    rag: "r".repeat(many),
    tiers: "s".repeat(many),
    deteriorating: each(0),
    silent: each(0),
    reasons: each(2),
    provisional: "0".repeat(many),
    watch: "0".repeat(many),
    partial: "0".repeat(many),
    restated: "0".repeat(many),
    submissions: each(submission),
    evaluations: each(1),
  };
  await db.updateTable("series_decision").set(decided).where("series", "=", series).execute();
  await db.updateTable("escalation").set({ raised_in: first }).where("id", "=", escalation).execute();
  const periods = Array.from({ length: many }, (_, at) => first + at);
  const submissions = each(submission);
  await db
    .insertInto("series_state")
    .values({ series, first_period: first, vals: decided.vals, submissions })
    .execute();
  const given = { series, submission, issued: "2024-04-20", value: 60, comment: "Two wards closed all month" };
  await db
    .insertInto("observation")
    .values(periods.map((period, at) => ({ ...given, period, row_number: at + 2 })))
    .execute();
  const event = { escalation, at: "2024-04-20T09:00:02Z", evaluation: 1, event: "continued", tier: "slt" } as const;
  const reasons = JSON.stringify([{ rule: "threshold", tier: "slt" }]);
  await db
    .insertInto("escalation_event")
    .values(periods.slice(0, -1).map((period) => ({ ...event, period, reasons })))
    .execute();
  const { body } = await page("operator", `/escalations/${escalation}`);
  expect(body.match(/<tr role="row" class="nhsuk-table__row">/g)).toHaveLength(12);
  expect(body.match(/row \d+ of march\.csv/g)?.length).toBeGreaterThanOrEqual(many);
  expect(body).toContain("April 2019");
  expect(body.length).toBeLessThan(100_000);
  await db.updateTable("escalation").set({ standing: false, withdrawn: true }).where("id", "=", escalation).execute();
});

describe("the list", () => {
  const found = async (query: string) => {
    const { body } = await page("operator", `/escalations?${query}`);
    return [...body.matchAll(/href="\/escalations\/(\d+)"/g)].map(([, id]) => Number(id));
  };

  test("has the SLT's cases before the boards'", async () => {
    expect(await found("")).toEqual([ids.escalation, elsewhere]);
  });

  test.each([
    ["tier=board", "elsewhere"],
    ["forum=SLT", "case"],
    ["organisation=RB", "elsewhere"],
    ["organisation=southmoor", "elsewhere"],
    ["organisation=nobody", "none"],
    ["metric=four-hour", "both"],
    ["area=EC", "none"],
    ["concern=reporting", "none"],
    ["status=ended", "none"],
    ["open=yes", "elsewhere"],
    ["held=yes", "none"],
    ["page=9", "none"],
    ["tier=%00&organisation=%27%3B--&page=-1", "none"],
    ["organisation=RA&organisation=RB", "both"],
  ] as const)("narrowed by %s has %s", async (query, expected) => {
    const rows = { case: [ids.escalation], elsewhere: [elsewhere], both: [ids.escalation, elsewhere], none: [] };
    expect(await found(query)).toEqual(rows[expected]);
  });

  test("says when an acknowledgement ran out, and leaves as a table with every row", async () => {
    const now = Temporal.Instant.from("2024-04-22T09:00:00Z");
    await acknowledgeEscalation(db, elsewhere, { actor: PEOPLE.chair, note: "Seen", now });
    const ended = { ended_at: "2024-05-08T07:00:00Z", ended_why: "ran-out", expires_on: "2024-05-07" } as const;
    await db.updateTable("acknowledgement").set(ended).where("escalation", "=", elsewhere).execute();
    expect((await page("chair", "/escalations?open=yes")).body).toContain("Ran out on 7 May 2024");
    const rows = (await page("chair", "/escalations?as=json")).json();
    expect(JSON.stringify(rows)).toMatch(/Raised, [A-Z][a-z]+ 2024: past the limit"/);
    expect(JSON.stringify(rows)).toContain("Ran out on 7 May 2024");
    expect((await page("chair", "/escalations?as=pdf")).statusCode).toBe(400);
  });
});
