import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf, movesOf } from "./cases.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

let pipeline: Pipeline;

beforeAll(async () => {
  const { organisations, people } = withProviders(["P2", "P3"]);
  pipeline = await startPipeline({
    catalogue: {
      ...inventedSystem,
      protocol: seriesProtocol,
      people,
      // S1 was Northwick's until December, and is Exford's; P1 has nobody of its own. P2 has closed, and P3 carries on.
      organisations: [
        organisations.replace("P2,Provider P2,provider,ICS,,", "P2,Provider P2,provider,ICS,,2024-01-31"),
        "P1,Provider P1,provider,ICS,,",
        "S1,Site one,site,EX,,",
        // P4 had one site, S4, until December, and has nobody below it since.
        "P4,Provider P4,provider,ICS,,",
        "S4,Site four,site,EX,,",
      ].join("\n"),
      parents: `
        P1,SW,,2023-12
        S1,NW,2023-01,2023-12
        S4,P4,,2023-12`,
      successors: "P2,P3,2024-02",
    },
  });
  await pipeline.put("2024-01-10T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

function submit(organisation: string, from: string, values: (number | null)[], metric = "falls") {
  const file = fileOf(organisation, run({ organisation, metric, from }, values));
  return mailsOf(pipeline, () => pipeline.submit(file));
}

test("asks whoever answered for an organisation by the tree as it stood in the month of the decision", async () => {
  const december = await submit("P1", "2023-11", [1, 6]);
  expect(counted(december).filter((line) => line.startsWith("action-plan"))).toEqual([
    "action-plan-request sw.owner@example.org",
  ]);
  // Below the board's limit for two months: it ends; what comes in April is the system's to answer for, which has no owner.
  await pipeline.put("2024-04-20T12:00:00Z");
  await submit("P1", "2024-01", [1, 1]);
  const march = await submit("P1", "2024-03", [6]);
  expect(counted(march).filter((line) => line.startsWith("action-plan"))).toEqual([
    "action-plan-request operator@example.org",
  ]);
});

test("chases by the tree as it stood", async () => {
  const sent = await pipeline.api.list<{ kind: string; recipient: string }>("/notices");
  const chased = sent.filter(({ kind }) => kind === "submission-missing").map(({ recipient }) => recipient);
  expect(new Set(chased)).not.toContain("sw.submitter@example.org");
});

test("says who carries on for an organisation that closed, when its case ends", async () => {
  await submit("P2", "2023-12", [1, 6]);
  const [ended] = await casesOf(pipeline.api, "P2", "history=all");
  expect(ended?.events.at(-1)).toMatchObject({ event: "withdrawn" });
  const messages = await Promise.all(
    (ended?.notices ?? []).map(async ({ id }) => (await pipeline.api.request(`/notices/${id}/message`)).text()),
  );
  expect(messages.join("\n").replaceAll(/=\r?\n/g, "")).toContain("Carried on by Provider P3 from February 2024");
});

interface ShownAssessment {
  readonly period: string;
  readonly value: number | null;
  readonly missing: readonly string[];
}

test("computes a parent's figures of those who stood below it in each month", async () => {
  await submit("S1", "2023-11", [10, 20, 30], "ambulance");
  await submit("NW-A", "2023-11", [1, 2, 3], "ambulance");
  const valuesOf = async (organisation: string) =>
    (await pipeline.api.list<ShownAssessment>(`/assessments?metric=ambulance&organisation=${organisation}`))
      .filter(({ period }) => period >= "2023-11" && period <= "2024-01")
      .map(({ period, value }) => `${period} ${value}`);
  expect(await valuesOf("NW")).toEqual(["2023-11 11", "2023-12 22", "2024-01 3"]);
  expect(await valuesOf("EX")).toEqual(["2024-01 30"]);
  expect(await valuesOf("ICS")).toEqual(["2023-11 11", "2023-12 22", "2024-01 33"]);
  // What is restated of a month counts where the site stood then.
  await submit("S1", "2023-12", [40], "ambulance");
  expect(await valuesOf("NW")).toEqual(["2023-11 11", "2023-12 42", "2024-01 3"]);
  expect(await valuesOf("EX")).toEqual(["2024-01 30"]);
  expect(await valuesOf("ICS")).toEqual(["2023-11 11", "2023-12 42", "2024-01 33"]);
});

const isJanuary = ({ period }: ShownAssessment) => period === "2024-01";

test("ends what is only computed with the last month in which anyone stood below", async () => {
  await submit("S4", "2023-11", [250, 300, 10], "ambulance");
  const computed = await pipeline.api.list<ShownAssessment>("/assessments?metric=ambulance&organisation=P4");
  expect(computed.map(({ period, value }) => `${period} ${value}`).toSorted()).toEqual(["2023-11 250", "2023-12 300"]);
  const [ended] = await casesOf(pipeline.api, "P4", "history=all");
  expect(ended && movesOf(ended)).toEqual(["2023-11 raised slt", "2023-12 continued slt", "2024-01 withdrawn none"]);
  expect(ended?.events.at(-1)?.reasons).toEqual([{ rule: "nobody-below", tier: "none" }]);
  expect(ended).toMatchObject({ standing: false });
  // Nor is it missed above: January is as whole as if it had closed.
  const above = await pipeline.api.list<ShownAssessment>("/assessments?metric=ambulance&organisation=ICS");
  expect(above.filter(isJanuary).map(({ value, missing }) => [value, missing])).toEqual([[43, []]]);
});

test("lets the former parent correct the months in which an organisation stood below it, and no others", async () => {
  const corrected = fileOf("P4", run({ organisation: "S4", metric: "ambulance", from: "2023-12" }, [150, 20]));
  await mailsOf(pipeline, () => pipeline.submit(corrected));
  const computed = await pipeline.api.list<ShownAssessment>("/assessments?metric=ambulance&organisation=P4");
  // December is P4's to correct, January is not.
  expect(computed.map(({ period, value }) => `${period} ${value}`).toSorted()).toEqual(["2023-11 250", "2023-12 150"]);
  const site = await pipeline.api.list<ShownAssessment>("/assessments?metric=ambulance&organisation=S4");
  expect(site.filter(isJanuary).map(({ value }) => value)).toEqual([10]);
});
