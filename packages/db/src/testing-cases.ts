import type { Kysely } from "kysely";
import type { Database } from "./tables.ts";
import { MARCH_2024 } from "./testing-world.ts";

/** A series with three decided months from January 2024: green, none, then red before the SLT. Returns the series' id. */
export async function seedSeries(
  db: Kysely<Database>,
  { metric, organisation, submission }: { metric: string; organisation: string; submission: number },
): Promise<number> {
  const { id: series } = await db
    .insertInto("series")
    .values({ metric, organisation })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("series_decision")
    .values({
      series,
      first_period: MARCH_2024 - 2,
      vals: [96.25, null, 71.5],
      numerators: [null, null, null],
      denominators: [null, null, null],
      plans: [76, 76, null],
      rag: "gnr",
      tiers: "nns",
      provisional: "001",
      watch: "001",
      partial: "000",
      restated: "100",
      deteriorating: [0, 0, 2],
      silent: [0, 1, 0],
      reasons: [0, 0, 18],
      thresholds: [null, null, null],
      submissions: [submission, null, submission],
      evaluations: [1, 1, 1],
      tier: "slt",
      digest: "x",
    })
    .execute();
  return series;
}

/** A standing case of a series before the SLT, raised in March 2024, its event's telling, and one sent notice with its mail. */
export async function seedEscalation(
  db: Kysely<Database>,
  world: { version: number; protocol: number },
  { series, organisation, submission }: { series: number; organisation: string; submission: number },
): Promise<{ escalation: number; notice: number; mail: number; telling: number }> {
  const at = "2024-04-20T09:00:02Z";
  const { id: evaluation } = await db
    .insertInto("evaluation")
    .values({ at, protocol: world.protocol, catalogue_version: world.version, cause: "submission" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { id: escalation } = await db
    .insertInto("escalation")
    .values({
      concern: "performance",
      series,
      organisation,
      metric: "ae-4h",
      area: "UEC",
      frequency: "monthly",
      tier: "slt",
      forum: "SLT",
      raised_in: MARCH_2024,
      ended_in: null,
      standing: true,
      previous: null,
      shown_at: at,
      raised_at: at,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const reasons = JSON.stringify([{ rule: "threshold", tier: "slt" }]);
  const event = { escalation, period: MARCH_2024, at, evaluation, reasons };
  await db
    .insertInto("escalation_event")
    .values({ ...event, event: "raised", tier: "board", replaced_at: at })
    .execute();
  const { id: raised } = await db
    .insertInto("escalation_event")
    .values({ ...event, event: "raised", tier: "slt" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { id: telling } = await db
    .insertInto("telling")
    .values({
      kind: "digest",
      reason: "raised",
      escalation,
      event: raised,
      submission: null,
      series,
      organisation,
      period: MARCH_2024,
      forums: ["SLT"],
      tell_at: at,
      digest: null,
      caused_by: [submission],
      state: "made",
      key: `raised-${escalation}`,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { id: mail } = await db
    .insertInto("mail")
    .values({
      kind: "digest",
      recipient: "chair@example.org",
      sent_to: "chair@example.org",
      message_id: `<${escalation}@example.org>`,
      subject: "1 new for the SLT: Urgent and Emergency Care, March 2024",
      raw: Buffer.from(RAW_MAIL),
      status: "sent",
      made_at: at,
      sent_at: at,
      failure: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { id: notice } = await db
    .insertInto("notice")
    .values({
      telling,
      kind: "digest",
      reason: "raised",
      recipient: "chair@example.org",
      escalation,
      event: raised,
      submission: null,
      caused_by: [submission],
      status: "sent",
      mail,
      after_submission: submission,
      made_at: at,
      sent_at: at,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("request")
    .values({
      kind: "action-plan",
      key: `plan-${escalation}`,
      escalation,
      series,
      organisation,
      period: MARCH_2024,
      recipients: ["owner@example.org"],
      asked_at: at,
      due_on: "2024-05-07",
    })
    .execute();
  return { escalation, notice, mail, telling };
}

const RAW_MAIL = [
  "From: Signalbox <signalbox@localhost>",
  "To: chair@example.org",
  "Subject: 1 new for the SLT: Urgent and Emergency Care, March 2024",
  "Message-ID: <1@example.org>",
  "MIME-Version: 1.0",
  'Content-Type: multipart/alternative; boundary="--_b"',
  "",
  "----_b",
  "Content-Type: text/plain; charset=utf-8",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "A&E four-hour performance: 71.5% against 75.0% =E2=80=93 Northwick =",
  "Hospitals",
  "----_b",
  "Content-Type: text/html; charset=utf-8",
  "Content-Transfer-Encoding: base64",
  "",
  Buffer.from(
    '<html lang="en"><title>Mail</title><p>A&amp;E: <b>71.5%</b></p><script>alert(1)</script></html>',
  ).toString("base64"),
  "----_b--",
  "",
].join("\r\n");
