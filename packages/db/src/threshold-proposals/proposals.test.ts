import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { currentCatalogue } from "../catalogue/current-catalogue.ts";
import { loadCatalogueRows } from "../catalogue/load-catalogue.ts";
import { catalogue, LATER, month, NOW, observe, threshold } from "../catalogue/testing.ts";
import { testDatabase } from "../testing.ts";
import { approveProposal, endProposal, sendProposal } from "./decide.ts";
import { endingSoon } from "./ending-soon.ts";
import { actsOfProposal, findProposal, limitsOfProposal, type ProposedLimit } from "./proposals.ts";
import { changeProposal, createProposal } from "./propose.ts";

let open: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => {
  open = await testDatabase();
  await loadCatalogueRows(open.db, catalogue, { actor: "operator", now: NOW });
});
afterEach(() => open.close());

const limit = (changes: Partial<ProposedLimit> = {}): ProposedLimit => ({
  metric: "ae-4h",
  organisation: null,
  level: null,
  basis: "value",
  board: 80,
  slt: 70,
  from: month("2024-04"),
  to: month("2025-03"),
  ...changes,
});
const ana = { actor: "ana@example.org", now: LATER };
const chair = { actor: "chair@example.org", now: LATER };
const untold = { telling: () => null };
const create = (rows = [limit()]) => createProposal(open.db, { forum: "uec", title: "New year", rows }, ana);
const send = (id: number, revision = 1) => sendProposal(open.db, { id, revision, ...ana, ...untold });
const approve = (id: number, revision = 1, by = chair) =>
  approveProposal(open.db, { id, revision, minute: "UEC 2024/31", ...by, ...untold });
const end = (id: number, as: "sent-back" | "withdrawn") =>
  endProposal(open.db, { id, revision: 1, as, reason: "Too tight", ...chair, ...untold });
const inForce = async () =>
  [...((await currentCatalogue(open.db))?.thresholds.get("ae-4h") ?? [])].map(
    ({ board, status, from }) => `${status} ${board} from ${from}`,
  );

describe("a set of proposed limits", () => {
  test("rates nothing while it is written, provisionally once sent, and counts once approved", async () => {
    const before = await inForce();
    await observe(open.db, ["ae-4h", "NW"]);
    const id = await create();
    expect(await inForce()).toEqual(before);
    expect(await send(id)).toMatchObject({ kind: "done", due: { series: 1 } });
    expect(await inForce()).toEqual([...before, `draft 80 from ${month("2024-04")}`]);
    expect(await approve(id)).toMatchObject({ kind: "done", due: { series: 1 } });
    expect(await inForce()).toEqual([...before, `approved 80 from ${month("2024-04")}`]);
    const { rows } =
      await sql`select minute, approved_on, proposal, kept_by_web from threshold where until is null and status = 'approved' and board = 80`.execute(
        open.db,
      );
    expect(rows).toEqual([{ minute: "UEC 2024/31", approved_on: "2024-06-01", proposal: id, kept_by_web: true }]);
    expect((await actsOfProposal(open.db, id)).map(({ act, actor }) => `${act} ${actor}`)).toEqual([
      "proposed ana@example.org",
      "sent ana@example.org",
      "approved chair@example.org",
    ]);
  });

  test("is approved once, by nobody who has a hand in it, and only as it was seen", async () => {
    const id = await create();
    await send(id);
    expect(await approve(id, 1, ana)).toEqual({ kind: "own" });
    expect(await approve(id, 2)).toMatchObject({ kind: "stale", revision: 1 });
    const both = await Promise.all([approve(id), approve(id, 1, { ...chair, actor: "other@example.org" })]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(["done", "stale"]);
    expect(await end(id, "withdrawn")).toMatchObject({ kind: "stale", state: "approved" });
    expect((await inForce()).filter((row) => row.includes(" 80 "))).toHaveLength(1);
  });

  test("sent back is changed to a new revision, and what was written before is kept", async () => {
    const before = await inForce();
    const id = await create();
    await send(id);
    expect(await end(id, "sent-back")).toMatchObject({ kind: "done" });
    expect(await inForce()).toEqual(before);
    const rows = [limit({ board: 82 })];
    expect(await changeProposal(open.db, { id, revision: 1, title: "Milder", rows }, ana)).toEqual({
      kind: "changed",
      revision: 2,
    });
    expect(await changeProposal(open.db, { id, revision: 1, title: "Again", rows }, ana)).toMatchObject({
      kind: "stale",
      revision: 2,
    });
    expect(await limitsOfProposal(open.db, id, 1)).toMatchObject([{ board: 80 }]);
    expect(await limitsOfProposal(open.db, id, 2)).toMatchObject([{ board: 82 }]);
    expect(await findProposal(open.db, id)).toMatchObject({ state: "draft", revision: 2, title: "Milder" });
  });

  test("takes the place of a folder's draft, which is back once the set is not sent any more", async () => {
    const draft = threshold({ status: "draft", board: 79, from: month("2024-04") });
    const thresholds = [...catalogue.thresholds, draft];
    await loadCatalogueRows(open.db, { ...catalogue, thresholds }, { actor: "operator", now: LATER });
    const id = await create();
    await send(id);
    expect(await inForce()).toContain(`draft 80 from ${month("2024-04")}`);
    expect(await inForce()).not.toContain(`draft 79 from ${month("2024-04")}`);
    const second = await create();
    expect(await send(second)).toEqual({ kind: "taken", by: id, title: "New year" });
    await end(id, "withdrawn");
    expect(await inForce()).toContain(`draft 79 from ${month("2024-04")}`);
    expect(await inForce()).not.toContain(`draft 80 from ${month("2024-04")}`);
  });

  test("leaves a draft alone that a folder has brought in its place meanwhile", async () => {
    const draft = (board: number, from = month("2024-04")) => threshold({ status: "draft", board, from });
    const load = (...drafts: ReturnType<typeof draft>[]) =>
      loadCatalogueRows(
        open.db,
        { ...catalogue, thresholds: [...catalogue.thresholds, ...drafts] },
        { actor: "operator", now: LATER },
      );
    const may = draft(77, month("2024-05"));
    await load(draft(79), may);
    const id = await create([limit(), limit({ from: month("2024-05"), board: 81 })]);
    await send(id);
    await load(draft(76));
    expect(await inForce()).toContain(`draft 76 from ${month("2024-04")}`);
    await end(id, "withdrawn");
    const drafts = (await inForce()).filter((row) => row.startsWith("draft"));
    expect(drafts.toSorted()).toEqual([`draft 76 from ${month("2024-04")}`, `draft 77 from ${month("2024-05")}`]);
  });

  test("is neither sent nor approved once its metric is another board's or gone", async () => {
    const [unsent, sent] = [await create(), await create([limit({ from: month("2024-06") })])];
    await send(sent);
    await sql`update metric set area = 'ec' where code = 'ae-4h'`.execute(open.db);
    const before = await inForce();
    expect(await send(unsent)).toEqual({ kind: "outdated", what: "ae-4h" });
    expect(await approve(sent)).toEqual({ kind: "outdated", what: "ae-4h" });
    expect(await inForce()).toEqual(before);
    expect(await end(sent, "withdrawn")).toMatchObject({ kind: "done" });
    expect((await inForce()).filter((row) => row.startsWith("draft"))).toEqual([]);
  });

  test("says what it would replace as that is now, until it is decided", async () => {
    const [later, first] = [await create([limit({ board: 81, from: month("2024-05") })]), await create()];
    const replaced = async (id: number) =>
      (await limitsOfProposal(open.db, id, 1)).map(({ replaces }) => replaces?.board);
    const [before] = await replaced(later);
    expect(before).not.toBe(80);
    await send(first);
    await approve(first);
    expect(await replaced(later)).toEqual([80]);
    expect(await replaced(first)).toEqual([before]);
    await send(later);
    await approve(later);
    expect(await replaced(later)).toEqual([80]);
  });

  test("approved on the web stays when a folder lacks it, until a folder has carried it", async () => {
    const id = await create();
    await send(id);
    await approve(id);
    const load = (thresholds: typeof catalogue.thresholds) =>
      loadCatalogueRows(open.db, { ...catalogue, thresholds }, { actor: "operator", now: LATER });
    expect(await load(catalogue.thresholds)).toMatchObject({ kind: "unchanged" });
    expect(await inForce()).toContain(`approved 80 from ${month("2024-04")}`);
    const carried = threshold({
      board: 80,
      slt: 70,
      from: month("2024-04"),
      to: month("2025-03"),
      approvedOn: "2024-06-01",
      minute: "UEC 2024/31",
    });
    expect(await load([...catalogue.thresholds, carried])).toMatchObject({ kind: "unchanged" });
    expect(await load(catalogue.thresholds)).toMatchObject({ kind: "loaded" });
    expect(await inForce()).not.toContain(`approved 80 from ${month("2024-04")}`);
  });
});

describe("limits and plans that end soon", () => {
  test("are found 60 days before their last day, unless others follow", async () => {
    const ending = threshold({ from: month("2024-04"), to: month("2024-09") });
    await loadCatalogueRows(open.db, { ...catalogue, thresholds: [ending] }, { actor: "operator", now: LATER });
    const limits = async (day: string) =>
      (await endingSoon(open.db, Temporal.PlainDate.from(day))).filter(({ what }) => what === "limits");
    expect(await limits("2024-07-31")).toEqual([]);
    expect(await limits("2024-08-01")).toMatchObject([{ metric: "ae-4h", endsOn: "2024-09-30", forum: "uec" }]);
    const next = threshold({ from: month("2024-10") });
    await loadCatalogueRows(open.db, { ...catalogue, thresholds: [ending, next] }, { actor: "operator", now: LATER });
    expect(await limits("2024-08-01")).toEqual([]);
  });

  test("are found before a gap as well, whatever comes after it", async () => {
    const first = threshold({ from: month("2024-04"), to: month("2024-09") });
    const after = threshold({ from: month("2025-01"), to: month("2025-12") });
    await loadCatalogueRows(open.db, { ...catalogue, thresholds: [first, after] }, { actor: "operator", now: LATER });
    const found = await endingSoon(open.db, Temporal.PlainDate.from("2024-08-01"));
    expect(found.filter(({ what }) => what === "limits")).toMatchObject([{ metric: "ae-4h", endsOn: "2024-09-30" }]);
  });
});
