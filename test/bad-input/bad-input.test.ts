import { createKey } from "@signalbox/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiClient, type ApiClient } from "../harness/api-client.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { shownBy } from "../harness/shown.ts";
import { zipBomb } from "./zip-bomb.ts";

const HEADER = "period,organisation,metric,value,numerator,denominator,plan,comment";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

interface Submission {
  readonly id: string;
  readonly status: string;
  readonly rows: { readonly accepted: number; readonly refused: number };
  readonly problems: readonly {
    readonly row: number | null;
    readonly column: string | null;
    readonly code: string;
    readonly message: string;
    readonly value: string | null;
  }[];
}

const bomb = zipBomb();

let pipeline: Pipeline;
/** What Northwick itself may do. */
let own: ApiClient;
let sent = 0;

beforeAll(async () => {
  pipeline = await startPipeline({ catalogue: inventedSystem });
  await pipeline.put("2024-03-20T10:00:00Z");
  const key = await createKey(pipeline.db, {
    organisation: "NW",
    name: "northwick",
    scopes: ["submit", "read"],
    now: Temporal.Now.instant(),
  });
  own = apiClient(pipeline.address, key);
  await pipeline.submit({ organisation: "NW", csv: file("2024-01,NW,elective,210,,,,") });
  await pipeline.settle();
});
afterAll(() => pipeline.close());

const file = (...rows: string[]): string => `${[HEADER, ...rows].join("\n")}\n`;

/** Sends a file as Northwick and reads what became of it. */
async function outcome(body: string | Uint8Array, { mediaType = "text/csv", filename = `figures-${++sent}.csv` } = {}) {
  const response = await own.request(`/submissions?filename=${encodeURIComponent(filename)}`, {
    method: "POST",
    body: typeof body === "string" ? body : Buffer.from(body),
    headers: { "content-type": mediaType },
  });
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as { id: string };
  await pipeline.settle();
  return own.get<Submission>(`/submissions/${id}`);
}

const text = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

const good = "2024-02,NW,elective,205,,,,";

describe("a file that cannot be read is rejected whole, says why, and leaves every figure as it was", () => {
  test.each<[string, string | Buffer, string, RegExp]>([
    ["a wrong header", "Month,Trust,Measure,Value\n2024-02,NW,elective,1\n", "missing-columns", /row 1 lacks period/],
    ["an empty file", "", "empty-file", /empty/],
    ["a picture under a .csv name", text([0x89], "PNG\r\n", [0x1a, 0x0a]), "not-a-table", /picture/],
    ["a PDF under a .csv name", "%PDF-1.7 figures", "not-a-table", /PDF/],
    ["a zip bomb under a .csv name", bomb, "unpacks-too-large", /more than 300 MB/],
    ["NUL bytes", file(good, "2024-02,N\0W,elective,1,,,,"), "nul-bytes", /Line 3/],
    ["broken UTF-8", text(file(good), "2024-02,N", [0xc3, 0x28], ",elective,1,,,,\n"), "broken-encoding", /Line 3/],
    ["a quote left open", file(good, '2024-02,NW,"elective,1,,,,', good), "open-quote", /line 3 opens a quote/],
    ["10,000 columns", `${"x,".repeat(9_999)}x\n`, "too-many-columns", /10000 columns/],
  ])("%s", async (_what, body, code, says) => {
    const before = await shownBy(pipeline.api);
    const { status, rows, problems } = await outcome(body);
    expect({ status, accepted: rows.accepted }).toEqual({ status: "rejected", accepted: 0 });
    expect(problems[0]).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(await shownBy(pipeline.api)).toEqual(before);
  });

  test("a zip bomb sent as a workbook, without being blown up", async () => {
    const held = process.memoryUsage().rss;
    const { status, problems } = await outcome(bomb, { mediaType: XLSX, filename: "figures.xlsx" });
    expect(status).toBe("rejected");
    expect(problems[0]?.message).not.toBe("");
    expect(process.memoryUsage().rss - held).toBeLessThan(200 * 2 ** 20);
  });
});

describe("a row that is wrong is refused by itself, with its place, and the row beside it counts", () => {
  test.each<[string, string, { column: string; code: string; value: string }, RegExp]>([
    [
      "for somebody else's organisation",
      "2024-02,SW,elective,1,,,,",
      { column: "organisation", code: "not-yours", value: "SW" },
      /Southwold Community \(SW\) is neither NW nor below it/,
    ],
    [
      "of a month to come",
      "2024-04,NW,elective,1,,,,",
      { column: "period", code: "future-period", value: "2024-04" },
      /not begun/,
    ],
    [
      "with an organisation nobody knows",
      "2024-02,N0PE,elective,1,,,,",
      { column: "organisation", code: "unknown-organisation", value: "N0PE" },
      /no organisation with the code N0PE/,
    ],
    [
      "with a metric nobody knows",
      "2024-02,NW,electives,1,,,,",
      { column: "metric", code: "unknown-metric", value: "electives" },
      /not in the catalogue/,
    ],
    [
      "with a number in a foreign notation",
      '2024-02,NW,falls,"1,5",,,,',
      { column: "value", code: "foreign-number", value: "1,5" },
      /English notation/,
    ],
    [
      "with a foreign thousand",
      '2024-02,NW,falls,"1.234,5",,,,',
      { column: "value", code: "foreign-number", value: "1.234,5" },
      /English notation/,
    ],
    [
      "with a formula",
      "2024-02,NW,falls,=1+1,,,,",
      { column: "value", code: "formula", value: "=1+1" },
      /send its result/,
    ],
    [
      "with code for a name",
      '2024-02,"""><script>alert(1)</script>",falls,1,,,,',
      { column: "organisation", code: "unknown-organisation", value: '"><script>alert(1)</script>' },
      /no organisation/,
    ],
  ])("%s", async (_what, row, place, says) => {
    const value = 180 + sent;
    const { status, rows, problems } = await outcome(file(`2024-02,NW,elective,${value},,,,`, row));
    expect({ status, ...rows }).toMatchObject({ status: "partly-accepted", accepted: 1, refused: 1 });
    expect(problems).toEqual([expect.objectContaining({ row: 3, ...place, message: expect.stringMatching(says) })]);
    const found = await own.list<{ value: number }>("/assessments?metric=elective&organisation=NW&from=2024-02");
    expect(found.map((one) => one.value)).toEqual([value]);
  });
});

describe("a request that is too much or not ours is answered by itself", () => {
  const post = (body: Buffer, headers: Record<string, string>, query = "") =>
    own.request(`/submissions${query}`, { method: "POST", body, headers });

  test("60 MB: 413 as a problem", async () => {
    const response = await post(Buffer.alloc(60_000_000, "x"), { "content-type": "text/csv" });
    expect(response.status).toBe(413);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toMatchObject({ status: 413, detail: expect.stringMatching(/50/) });
  });

  test("60 MB as a form: 413 as a problem", async () => {
    const form = new FormData();
    form.append("file", new Blob([Buffer.alloc(60_000_000, "x")], { type: "text/csv" }), "figures.csv");
    const response = await own.request("/submissions", { method: "POST", body: form });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ status: 413 });
  });

  test("a file of another kind by its media type: 415", async () => {
    expect((await post(Buffer.from("%PDF"), { "content-type": "application/pdf" })).status).toBe(415);
  });

  test("line breaks in a file's name: 400, and no header of theirs", async () => {
    const query = `?filename=${encodeURIComponent("a.csv\r\nBcc: somebody@example.org")}`;
    const response = await post(Buffer.from(file(good)), { "content-type": "text/csv" }, query);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 400, detail: expect.stringMatching(/filename/) });
  });

  test("for another organisation: 403", async () => {
    const response = await post(Buffer.from(file(good)), { "content-type": "text/csv" }, "?organisation=SW");
    expect(response.status).toBe(403);
  });
});

test("code in a file's name and rows reaches mail and problem lists as text", async () => {
  const filename = `"><script>alert(1)</script>.csv`;
  pipeline.mail.forget();
  const { id } = await outcome(file("2024-02,NW,elective,230,,,,", "2024-02,=cmd(),falls,1,,,,"), { filename });
  const receipt = (await pipeline.mail.read()).find(({ kind }) => kind === "submission-receipt");
  expect(receipt?.to).toBe("nw.submitter@example.org");
  expect(receipt?.html).not.toContain("<script>");
  expect(receipt?.html).toContain("&lt;script&gt;");
  const csv = await (await own.request(`/submissions/${id}/problems.csv`)).text();
  expect(csv).not.toMatch(/(^|[,"\n])=cmd/);
});

test("after all of it a good file is taken as ever", async () => {
  const { status, problems } = await outcome(file("2024-02,NW,elective,240,,,,"));
  expect({ status, problems }).toEqual({ status: "accepted", problems: [] });
});
