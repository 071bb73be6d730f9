import { ask, giveRisk, type RequestKind, saveCommentary } from "@signalbox/db";
import { seedEscalation, seedSeries } from "@signalbox/db/testing-cases";
import { MARCH_2024 } from "@signalbox/db/testing-world";
import { asPeriod, EMPTY_PLAN } from "@signalbox/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testApp } from "../../testing.ts";
import { textOfDocx } from "./testing-docx.ts";

const NOW = Temporal.Instant.from("2024-05-20T09:00:00Z");
const OWNER = "olu.owner@example.org";
const KINDS = ["challenged", "held", "disputed", "worse", "better", "resolved", "unchanged"] as const;
type Kind = (typeof KINDS)[number];

let web: Awaited<ReturnType<typeof testApp>>;
const cases = {} as Record<Kind, { id: number; series: number; organisation: string; submission: number }>;
let meeting = 0;
let sltMeeting = 0;

/** A board's area with a case of each heading, all that other parts of the service keep about them, and two meetings. */
beforeAll(async () => {
  web = await testApp();
  await web.db.insertInto("clock").values({ now: NOW.toString() }).execute();
  const { id: since } = await web.db.selectFrom("catalogue_version").select("id").executeTakeFirstOrThrow();
  const { id: protocol } = await web.db.selectFrom("protocol").select("id").executeTakeFirstOrThrow();
  for (const kind of KINDS) {
    const organisation = `R-${kind}`;
    const name = `${kind} Trust`;
    await web.db
      .insertInto("organisation")
      .values({
        since,
        until: null,
        code: organisation,
        name,
        kind: "provider",
        parent: "SYS",
        opened: null,
        closed: null,
      })
      .execute();
    const submission = await seedAnother(kind);
    const series = await seedSeries(web.db, { metric: "ae-4h", organisation, submission });
    const about = { series, organisation, submission };
    const { escalation: id } = await seedEscalation(web.db, { version: since, protocol }, about);
    cases[kind] = { id, ...about };
    await april(kind, cases[kind]);
  }
  const meets = {
    by: "sol.secretary@example.org",
    at: NOW.toString(),
    cancelled_at: null,
    cancelled_by: null,
    cancelled_why: null,
  };
  const [before, one, slt] = await web.db
    .insertInto("meeting")
    .values([
      { ...meets, forum: "UEC", starts_at: "2024-04-30T13:00:00Z", papers_due_at: "2024-04-24T16:00:00Z" },
      { ...meets, forum: "UEC", starts_at: "2024-05-28T13:00:00Z", papers_due_at: "2024-05-21T16:00:00Z" },
      { ...meets, forum: "SLT", starts_at: "2024-05-30T13:00:00Z", papers_due_at: "2024-05-23T16:00:00Z" },
    ])
    .returning("id")
    .execute();
  [meeting, sltMeeting] = [one?.id ?? before?.id ?? 0, slt?.id ?? 0];
  await aboutThem();
});
afterAll(() => web.close());

async function seedAnother(kind: Kind): Promise<number> {
  const { id } = await web.db
    .insertInto("submission")
    .columns([
      "organisation",
      "channel",
      "submitted_by",
      "received_at",
      "filename",
      "media_type",
      "sha256",
      "size",
      "status",
      "read_at",
    ])
    .expression((eb) =>
      eb
        .selectFrom("submission")
        .select((from) => [
          "organisation",
          "channel",
          "submitted_by",
          "received_at",
          "filename",
          "media_type",
          from.val(kind).as("sha256"),
          "size",
          "status",
          "read_at",
        ])
        .limit(1),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** What April's figure did to a case that the board knew from March. */
async function april(kind: Kind, { id, series }: { id: number; series: number }): Promise<void> {
  const value = kind === "worse" ? 70.1 : kind === "better" ? 73.2 : kind === "held" || kind === "resolved" ? 97 : 71.5;
  const vals = [96.25, null, 71.5, value];
  const rag = value > 90 ? "gnrg" : "gnrr";
  const four = {
    plans: [76, 76, null, null],
    numerators: [null, null, null, null],
    denominators: [null, null, null, null],
  };
  const rest = { deteriorating: [0, 0, 2, 0], silent: [0, 1, 0, 0], reasons: [0, 0, 18, 0], evaluations: [1, 1, 1, 1] };
  const strings = { tiers: "nnss", provisional: "0010", watch: "0010", partial: "0000", restated: "0000" };
  await web.db
    .updateTable("series_decision")
    .set((eb) => ({
      vals,
      rag,
      ...four,
      ...rest,
      ...strings,
      thresholds: [null, null, null, null],
      submissions: eb.fn("array_append", ["submissions", eb.val(cases[kind].submission)]),
    }))
    .where("series", "=", series)
    .execute();
  const event = kind === "held" ? "held" : kind === "resolved" ? "resolved" : "continued";
  const reasons = kind === "held" ? [{ rule: "sign-off", tier: "slt" }] : [];
  await web.db
    .insertInto("escalation_event")
    .values({
      escalation: id,
      period: MARCH_2024 + 1,
      event,
      tier: kind === "resolved" ? "none" : "slt",
      at: "2024-05-18T09:00:00Z",
      evaluation: 1,
      reasons: JSON.stringify(reasons),
    })
    .execute();
  if (kind === "resolved")
    await web.db
      .updateTable("escalation")
      .set({ standing: false, ended_in: MARCH_2024 + 1 })
      .where("id", "=", id)
      .execute();
}

async function aboutThem(): Promise<void> {
  const asking = (kind: RequestKind, of: Kind, dueOn: string) => ({
    kind,
    key: `${kind}:${cases[of].id}`,
    escalation: cases[of].id,
    series: cases[of].series,
    organisation: cases[of].organisation,
    period: MARCH_2024,
    recipients: [OWNER],
    dueOn,
    nextAt: null,
    forum: "UEC",
    why: "",
    detail: {},
  });
  await web.db.transaction().execute(async (trx) => {
    await ask(
      trx,
      [
        asking("challenge", "challenged", "2024-05-31"),
        asking("action-plan", "unchanged", "2024-05-01"),
        asking("risk", "worse", "2024-05-31"),
      ],
      Temporal.Instant.from("2024-04-22T09:00:00Z"),
    );
    const risk = {
      organisation: cases.worse.organisation,
      reference: "BAF 3",
      title: "Crowding",
      likelihood: 4,
      impact: 5,
      reviewedOn: "2024-05-02",
      owner: null,
    };
    await giveRisk(trx, { escalation: cases.worse.id, risk }, { by: OWNER, now: NOW });
    await trx.updateTable("request").set({ stage: "in-summary" }).where("kind", "=", "action-plan").execute();
  });
  const { submission, series: disputed } = cases.disputed;
  await web.db
    .insertInto("dispute")
    .values({
      series: disputed,
      period: MARCH_2024 + 1,
      submission,
      reason: "A ward was counted twice",
      by: OWNER,
      at: NOW.toString(),
      until_at: NOW.add({ hours: 100 }).toString(),
      ended_at: null,
      ended_by: null,
      ended_why: null,
      shown_before: null,
    })
    .execute();
  const { series } = cases.better;
  await saveCommentary(
    web.db,
    { series, period: asPeriod(MARCH_2024 + 1), subject: "ae-4h" },
    "The second room helps.",
    {
      by: OWNER,
      now: NOW,
    },
  );
  const { id: plan } = await web.db
    .insertInto("action_plan")
    .values({
      organisation: cases.better.organisation,
      state: "accepted",
      revision: 1,
      draft: null,
      drafted_by: null,
      drafted_at: null,
      made_by: OWNER,
      made_at: NOW.toString(),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await web.db
    .insertInto("action_plan_revision")
    .values({
      plan,
      revision: 1,
      body: JSON.stringify({ ...EMPTY_PLAN, cost: 250_000, help: "Two consultants" }),
      sent_by: OWNER,
      sent_at: NOW.toString(),
      decision: "accepted",
      decided_by: "chris.chair@example.org",
      decided_at: NOW.toString(),
      note: null,
    })
    .execute();
  await web.db
    .insertInto("action_plan_case")
    .values({ plan, escalation: cases.better.id, added_by: OWNER, added_at: NOW.toString(), ended_at: null })
    .execute();
}

const HEADINGS = {
  challenged: "Actions done, figure not moved (1)",
  held: "Held for sign-off (1)",
  disputed: "Figures in dispute (1)",
  worse: "Worse (1)",
  better: "Better (1)",
  resolved: "Resolved (1)",
} as const;
const BESIDE = [
  "Decide on money asked for",
  "£250,000: Two consultants",
  "BAF 3",
  "Crowding",
  "2 May 2024",
  "The second room helps.",
];
const LATE = ["Action plan", "1 May 2024", "19 days", "In the SLT’s summary"];

test("an agenda shows under its heading what every part of the service knows of a case, and what goes with it", async () => {
  const cookie = await web.signInAs("chair");
  const page = await web.app.inject({ url: `/meetings/${meeting}`, headers: { cookie } });
  const { text } = await textOfDocx(
    (await web.app.inject({ url: `/meetings/${meeting}/agenda.docx`, headers: { cookie } })).rawPayload,
  );
  const json = await web.app.inject({ url: `/meetings/${meeting}?as=json`, headers: { cookie } });
  const rows = json.json<{ items: { id: number; heading: string }[] }>().items;
  for (const [kind, heading] of Object.entries(HEADINGS)) {
    expect(page.body).toContain(heading);
    expect(text).toContain(heading);
    expect(rows).toContainEqual(expect.objectContaining({ id: cases[kind as Kind].id, heading: heading.slice(0, -4) }));
  }
  for (const said of [...BESIDE, ...LATE]) {
    expect(page.body).toContain(said);
    expect(text).toContain(said);
  }
  expect(page.body).toContain("2 more cases stand as before");
});

test("the same agenda by API, and what is long overdue on the SLT's", async () => {
  const headers = { authorization: `Bearer ${await web.key("SYS", "read", "operate")}` };
  const agenda = await web.app.inject({ url: `/api/v1/meetings/${meeting}/agenda`, headers });
  const held = (kind: Kind, more: object = {}) => [{ escalation: String(cases[kind].id), ...more }];
  expect(agenda.json()).toMatchObject({
    cases: {
      challenged: held("challenged", { challenged: true }),
      "held-for-sign-off": held("held", { heldForSignOff: true }),
      disputed: held("disputed", { disputed: true }),
      worse: held("worse", { risks: [{ reference: "BAF 3", score: 20, reviewedOn: "2024-05-02" }] }),
      better: held("better", { plan: { state: "accepted" }, commentary: { words: "The second room helps." } }),
      resolved: held("resolved"),
      unchanged: [{ escalation: String(web.ids.escalation) }, ...held("unchanged")],
    },
    investments: [{ cost: 250_000, help: "Two consultants", escalations: [String(cases.better.id)] }],
  });
  const slt = await web.app.inject({ url: `/api/v1/meetings/${sltMeeting}/agenda`, headers });
  expect(slt.json<{ asked: object[] }>().asked).toContainEqual(
    expect.objectContaining({
      kind: "action-plan",
      status: "in-summary",
      who: [OWNER],
      escalation: String(cases.unchanged.id),
    }),
  );
});
