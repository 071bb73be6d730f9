import {
  createKey,
  createProposal,
  type CurrentCatalogue,
  currentCatalogue,
  type Database,
  draftsOfProposal,
  type Kysely,
  openClock,
  type ProposedLimit,
  readSeries,
  sendProposal,
} from "@signalbox/db";
import { asPeriod } from "@signalbox/domain";
import {
  asApproved,
  assessAll,
  type CatalogueView,
  digestOfDecision,
  gatherEvidence,
  tryLimits,
  viewOf,
} from "@signalbox/evaluation";
import { openLog } from "@signalbox/log";
import { openQueues } from "@signalbox/queues";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDemo } from "../harness/demo-pipeline.ts";
import type { Pipeline } from "../harness/pipeline.ts";

let demo: Pipeline;
beforeAll(async () => {
  demo = await startDemo();
}, 120_000);
afterAll(() => demo.close());

async function catalogueOf(db: Kysely<Database>): Promise<CurrentCatalogue> {
  const catalogue = await currentCatalogue(db);
  if (catalogue === null) throw new Error("no catalogue is loaded");
  return catalogue;
}

async function moment() {
  const clock = openClock(demo.db, "test");
  return { now: await clock.now(), ticking: await clock.ticking() };
}

/** Every series of the demo as the code that a trial uses decides it, by one view of the catalogue. */
async function decideAll(view: CatalogueView) {
  return demo.db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: number }>`select id from series order by id`.execute(trx);
    const due = await readSeries(
      trx,
      rows.map(({ id }) => id),
    );
    return { due, rated: await assessAll(view, (await gatherEvidence(trx, view, due)).evidence) };
  });
}

/** The moves that stand of each series, as one line each. */
async function storedMoves(): Promise<Map<number, string[]>> {
  const { rows } = await sql<{ series: number; move: string }>`select e.series,
      x.period || ' ' || x.event || ' ' || x.tier || ' ' || x.reasons::text as move
    from escalation e join escalation_event x on x.escalation = e.id and x.replaced_at is null
    where e.concern = 'performance' order by e.series, x.period`.execute(demo.db);
  return new Map(
    [...Map.groupBy(rows, ({ series }) => series)].map(([series, moves]) => [
      series,
      moves.map(({ move }) => squeezed(move)),
    ]),
  );
}

const squeezed = (text: string) => text.replaceAll(/[\s"]/g, "");
type Moves = readonly { period: number; event: string; tier: string; reasons: readonly object[] }[];
const linesOf = (events: Moves) =>
  events.map(({ period, event, tier, reasons }) => squeezed(`${period} ${event} ${tier} ${JSON.stringify(reasons)}`));

describe("a trial of limits", () => {
  test("decides by today's limits just what the evaluator has decided, of every series of the demo", async () => {
    const view = viewOf(await catalogueOf(demo.db), await moment());
    const { due, rated } = await decideAll(view);
    expect(due.length).toBeGreaterThan(80);
    const differing = due.filter(({ series, decided }) => {
      const assessed = rated.get(series)?.assessed;
      if (assessed === undefined) return decided !== null;
      const governedBy = view.governedBy(assessed.metric, assessed.organisation);
      return decided?.digest !== digestOfDecision(assessed, { count: assessed.assessment.count, governedBy });
    });
    expect(differing.map(({ metric, organisation }) => `${metric} ${organisation}`)).toEqual([]);
    const stored = await storedMoves();
    expect(stored.size).toBeGreaterThan(10);
    for (const [series, { events }] of rated)
      expect(linesOf(events), `series ${series}`).toEqual(stored.get(series) ?? []);
  });

  test("foretells exactly what approving them brings, and writes nothing itself", async () => {
    const catalogue = await catalogueOf(demo.db);
    const now = await moment();
    const forum = "uec";
    const rows = stricter(catalogue, forum);
    expect(rows.length).toBeGreaterThan(2);
    const written = async () =>
      (
        await sql`select (select max(id) from evaluation) as e, (select max(id) from telling) as t, (select count(*) from escalation) as c,
        (select max(id) from catalogue_version) as v, (select count(*) from audit) as a`.execute(demo.db)
      ).rows;
    const before = await written();
    const trial = await tryLimits(demo.db, { catalogue, ...now, rows, drafts: [] });
    expect(await written()).toEqual(before);
    expect(trial.foretold.length).toBeGreaterThan(0);
    const { rated } = await decideAll(viewOf(asApproved(catalogue, rows), now));

    const by = { telling: () => null, now: now.now };
    const id = await createProposal(
      demo.db,
      { forum, title: "Stricter", rows },
      { actor: "farah.quinn@example.org", now: now.now },
    );
    expect(await sendProposal(demo.db, { id, revision: 1, actor: "farah.quinn@example.org", ...by })).toMatchObject({
      kind: "done",
    });
    await decideAgain();
    const whileSent = await tryLimits(demo.db, {
      catalogue: await catalogueOf(demo.db),
      ...now,
      rows,
      drafts: await draftsOfProposal(demo.db, id),
    });
    expect(whileSent.foretold).toEqual(trial.foretold);
    expect(whileSent.proposed).toEqual(trial.proposed);
    const key = await createKey(demo.db, { organisation: "WMR", name: "minutes", scopes: ["operate"], now: now.now });
    const decision = { decision: "approved", revision: 1, minute: "UEC 2026/11", approvedBy: "tom.okafor@example.org" };
    const answer = await fetch(`${demo.address}/api/v1/threshold-proposals/${id}/decision`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(decision),
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
    await decideAgain();
    const stored = await storedMoves();
    for (const [series, { events }] of rated)
      expect(linesOf(events), `series ${series}`).toEqual(stored.get(series) ?? []);
    for (const { metric, organisation, willStand } of trial.foretold) {
      const { rows: found } = await sql<{
        tier: string;
      }>`select tier from escalation where standing and organisation = ${organisation}
        and metric is not distinct from ${metric} and concern <> 'reporting'`.execute(demo.db);
      expect(found, `${metric} ${organisation}`).toEqual(willStand === "none" ? [] : [{ tier: willStand }]);
    }
  });

  test("is followed by one notice a person of the board and who proposed; whoever approved hears nothing of it", async () => {
    await demo.put("2026-11-24T10:00:00Z");
    const { rows: told } = await sql<{ recipient: string; subject: string; raw: Buffer }>`
      select m.recipient, m.subject, m.raw from mail m join notice n on n.mail = m.id
      where n.reason = 'limits-approved' order by m.recipient`.execute(demo.db);
    const board = ["nadia.brook@example.org", "paul.tremlett@example.org", "sara.whitlock@example.org"];
    expect(told.map(({ recipient }) => recipient)).toEqual(["farah.quinn@example.org", ...board]);
    for (const { subject, raw } of told) {
      expect(subject).toContain("1 set of limits approved");
      expect(raw.toString()).toContain("UEC 2026/11");
      expect(raw.toString()).toContain("/thresholds/proposals/1");
    }
    // The cases that moved follow when those who answer for them have seen the figures first: each once.
    const { rows: twice } = await sql`select recipient, escalation, event from notice
      where kind = 'digest' and event is not null and status = 'sent' and recipient = any(${board})
      group by recipient, escalation, event having count(*) > 1`.execute(demo.db);
    expect(twice).toEqual([]);
  });
});

/** Rings the evaluator, as whoever approves does, and waits until all is decided. */
async function decideAgain(): Promise<void> {
  const queues = await openQueues(demo.databaseUrl, {
    log: openLog({ level: "fatal", format: "json", service: "test" }),
  });
  await queues.ring("assess-series", {});
  await queues.close();
  await demo.settle({ within: 60_000 });
}

/** Limits a little stricter than those of a board that hold without end, from two years ago on. */
function stricter(catalogue: CurrentCatalogue, forum: string): ProposedLimit[] {
  return [...catalogue.metrics.values()].flatMap((metric) =>
    metric.area !== forum || metric.better === "neither"
      ? []
      : (catalogue.thresholds.get(metric.code) ?? []).flatMap(({ id: _id, status, level, ...row }): ProposedLimit[] => {
          if (status !== "approved" || row.board === null) return [];
          const by = Math.abs(row.board) * 0.04 * (metric.better === "higher" ? 1 : -1);
          const kind = [...catalogue.organisations.values()].find((one) => one.kind === level)?.kind ?? null;
          return [
            {
              ...row,
              level: kind,
              board: row.board + by,
              slt: row.slt === null ? null : row.slt + by,
              from: asPeriod(row.from + 1),
              to: row.to,
            },
          ];
        }),
  );
}
