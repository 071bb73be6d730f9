import { explainEscalation, type Explanation } from "@signalbox/db";
import { nameOfPeriod, parsePeriod } from "@signalbox/domain";
import { explanationLines } from "@signalbox/explain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { signedIn } from "../harness/sign-in.ts";
import { casesOf, type ShownCase } from "./cases.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

interface AcknowledgedCase extends ShownCase {
  readonly acknowledged: { readonly by: string; readonly note: string } | null;
  readonly acknowledgements: readonly { readonly expiresOn: string | null; readonly endedWhy: string | null }[];
}

let pipeline: Pipeline;

beforeAll(async () => {
  const concerns = { missing: { boardAfter: 2 }, multipleAreas: { areas: 3 } };
  const protocol = { ...seriesProtocol, ...concerns, acknowledgement: { workingDays: 5 } };
  pipeline = await startPipeline({ catalogue: withProviders(["P1", "P2", "P3"], { protocol }), workers: 2 });
  await pipeline.put("2024-03-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

const submit = (organisation: string, ...runs: ReturnType<typeof run>[]) =>
  mailsOf(pipeline, () => pipeline.submit(fileOf(organisation, runs.flat())));
const monthly = (organisation: string, metric: string, values: (number | null)[], from = "2024-01") =>
  run({ organisation, metric, from }, values);

async function pageFor(person: string, path: string) {
  const cookie = await signedIn(pipeline, person);
  const read = async () => (await fetch(`${pipeline.address}${path}`, { headers: { cookie } })).text();
  return { cookie, read };
}

async function acknowledge(person: string, id: string, note: string): Promise<number> {
  const { cookie, read } = await pageFor(person, `/escalations/${id}`);
  const token = /name="_csrf" value="([^"]+)"/.exec(await read())?.[1] ?? "";
  const answer = await fetch(`${pipeline.address}/escalations/${id}/acknowledgement`, {
    method: "POST",
    headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ _csrf: token, note }).toString(),
    redirect: "manual",
  });
  return answer.status;
}

/** What left while the clock was put on, but for chasers of returns. */
async function told(now: string): Promise<string[]> {
  return counted(await mailsOf(pipeline, () => pipeline.put(now)), ["submission-receipt", "submission-missing"]);
}

const theCase = async (organisation: string): Promise<AcknowledgedCase> => {
  const [found] = (await casesOf(pipeline.api, organisation, "concern=performance")) as AcknowledgedCase[];
  if (found === undefined) throw new Error(`${organisation} has no case.`);
  return found;
};

describe("an acknowledgement", () => {
  test("that nothing follows runs out over Easter and the clock change, and the executive alone is told", async () => {
    await submit("P2", monthly("P2", "falls", [1, 6]));
    const { id } = await theCase("P2");
    await pipeline.put("2024-03-22T10:00:00Z");
    expect(await acknowledge("qua.chair@example.org", id, "The ward is closed")).toBe(303);
    expect(await theCase("P2")).toMatchObject({
      acknowledged: { by: "qua.chair@example.org", note: "The ward is closed" },
      acknowledgements: [{ expiresOn: "2024-04-02", endedWhy: null }],
    });
    expect(await told("2024-04-03T06:59:59Z")).toEqual([]);
    expect(await told("2024-04-03T07:00:00Z")).toEqual([
      "overdue p2.executive@example.org",
      "reminder p2.owner@example.org",
    ]);
    expect(await theCase("P2")).toMatchObject({ acknowledged: null, acknowledgements: [{ endedWhy: "ran-out" }] });
    const { read } = await pageFor("p2.owner@example.org", `/escalations/${id}`);
    expect(textOf(await read())).toContain(
      "Not acknowledged. Acknowledged by Quality chair on 22 March 2024 at 10:00, ran out on 2 April 2024",
    );
    expect(textOf(await (await pageFor("slt.member@example.org", "/escalations?open=yes")).read())).toContain(
      "Ran out on 2 April 2024",
    );
  });

  test("of a case that steps down or ends is left alone", async () => {
    await submit("P3", monthly("P3", "falls", [1, 6]));
    const { id } = await theCase("P3");
    expect(await acknowledge("p3.owner@example.org", id, "We know why")).toBe(303);
    await submit("P3", monthly("P3", "falls", [1, 1], "2024-03"));
    expect(await told("2024-04-25T10:00:00Z")).not.toContain("overdue p3.executive@example.org");
    expect(await theCase("P3")).toMatchObject({ acknowledged: { note: "We know why" }, standing: false });
  });
});

/** What a page says, as a person reads it. */
function textOf(html: string): string {
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  return main
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&amp;", "&")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll(/\s+/g, " ");
}

/** Ratings that the page has words of its own for. */
const ON_THE_PAGE = new Map([
  ["grey", "no data"],
  ["unrated", "not rated"],
]);

/** The pieces of the command's text that the page has to have: each line of its facts, each cell of its table. */
function piecesOf(explanation: Explanation): string[] {
  const lines = explanationLines(explanation);
  const [head, foot] = [
    lines.findIndex((line) => line.startsWith("  period")),
    lines.indexOf("", lines.indexOf("FIGURES") + 1),
  ];
  return lines.flatMap((line, at) => {
    if (line === "" || line === line.toUpperCase() || at === head) return [];
    if (head < 0 || at < head || at >= foot) return [line.trim()];
    const [period = "", ...cells] = line.trim().split(/ {2,}/);
    const month = parsePeriod(period, explanation.case.frequency);
    const named = month === null ? period : nameOfPeriod(month, explanation.case.frequency);
    return [named, ...cells.filter((cell) => cell !== "-").map((cell) => ON_THE_PAGE.get(cell) ?? cell)];
  });
}

test("every fact of `npx signalbox explain` stands on the case's page, of each concern", async () => {
  const areas = ["wait-4h", "elective", "falls"] as const;
  const values = { "wait-4h": [90, 75], elective: [200, 185], falls: [1, 4] };
  const planned = areas.flatMap((metric) =>
    monthly("P1", metric, values[metric]).map((row) => ({ ...row, plan: 200 })),
  );
  // One figure came in November and never again.
  await submit("P1", planned, monthly("P1", "ambulance", [10], "2023-11"));
  await submit("P1", monthly("P1", "wait-4h", [74], "2024-02"));
  const rows = await pipeline.db.selectFrom("escalation").select(["id", "concern"]).orderBy("id").execute();
  expect(new Set(rows.map(({ concern }) => concern)).size).toBe(3);
  const cookie = await signedIn(pipeline, "operator@example.org");
  const now = Temporal.Instant.from("2024-04-25T10:00:00Z");
  for (const { id } of rows) {
    const explanation = await explainEscalation(pipeline.db, id, { now });
    const html = await (await fetch(`${pipeline.address}/escalations/${id}`, { headers: { cookie } })).text();
    const text = textOf(html).toLowerCase();
    if (explanation === null) throw new Error(`case ${id} explains nothing`);
    const missing = piecesOf(explanation).filter(
      (piece) => !text.includes(piece.replaceAll(/\s+/g, " ").toLowerCase()),
    );
    expect([id, missing]).toEqual([id, []]);
    expect(html.length).toBeLessThan(100_000);
  }
});
