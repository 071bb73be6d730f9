import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { gunzipSync } from "node:zlib";
import { emptyDataDir } from "@signalbox/cli/testing/data-dir";
import { signalbox, startSignalbox } from "@signalbox/cli/testing/run-signalbox";
import { expect, test } from "vitest";
import { apiClient } from "../harness/api-client.ts";
import { leftOut } from "../harness/left-out.ts";
import { sharedPath } from "../harness/shared-data.ts";

const catalogue = sharedPath("catalogues/ae");
const files = sharedPath("data/ae-monthly-csv");
const expected = sharedPath("data/expected/ae-decisions.csv.gz");

const SUSPECT = 532;

interface Assessment {
  readonly metric: string;
  readonly organisation: string;
  readonly period: string;
  readonly value: number | null;
  readonly rag: string;
  readonly provisional: boolean;
  readonly deterioratingFor: number;
  readonly tier: string;
}

interface Submitted {
  readonly submissions: readonly { readonly status: string; readonly errors: number; readonly warnings: number }[];
}

/** Rows of `metric,organisation,period,value,rag,provisional,deterioratingFor,tier` that others worked out. */
function expectedRows(path: string): string[][] {
  const text = gunzipSync(readFileSync(path)).toString("utf8").trim();
  return text
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));
}

/** What differs from a row: nothing, where value agrees to 1e-9 and everything else exactly. */
function differs(
  [metric, organisation, period, value = "", ...rest]: readonly string[],
  found: Assessment | undefined,
): boolean {
  if (found === undefined || found.metric !== metric || found.organisation !== organisation || found.period !== period)
    return true;
  const { rag, provisional, deterioratingFor, tier } = found;
  if ([rag, provisional, deterioratingFor, tier].join() !== rest.join()) return true;
  return value === "" ? found.value !== null : found.value === null || !(Math.abs(found.value - Number(value)) <= 1e-9);
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(typeof address === "object" ? address?.port : "");
}

if (catalogue === null || files === null || expected === null) {
  leftOut("all 48 published A&E files by the command", "../shared/data is not here");
  test("the published A&E files are left out", () => expect(files ?? catalogue ?? expected).toBeNull());
} else {
  test("all 48 published A&E files, submitted by the command, are decided as others worked out", async () => {
    using data = emptyDataDir();
    const settings = { DATA_DIR: data.path, LOG_LEVEL: "error", LOG_FORMAT: "json", RATE_LIMIT: "100000" };
    expect(await signalbox(["catalogue", "load", catalogue], settings)).toMatchObject({ code: 0 });

    const paths = readdirSync(files).map((name) => `${files}/${name}`);
    const template = ["--template", "nhs-england-ae-monthly"];
    const submitted = await signalbox(["submit", ...paths, ...template, "--wait", "--json"], settings);
    expect(submitted.err).not.toContain("Error");
    expect(submitted.code).toBe(0);
    const { submissions: outcomes } = JSON.parse(submitted.out) as Submitted;
    expect(outcomes).toHaveLength(48);
    expect(outcomes.filter(({ status, errors }) => status !== "accepted" || errors > 0)).toEqual([]);
    expect(outcomes.reduce((sum, { warnings }) => sum + warnings, 0)).toBe(SUSPECT);

    const key = await signalbox(["key", "create", "--organisation", "ENG", "--name", "reader"], settings);
    const PORT = await freePort();
    await using web = startSignalbox(["start", "--only", "web"], { ...settings, PORT });
    await web.saying("Signalbox");
    const api = apiClient(`http://127.0.0.1:${PORT}`, key.out.trim());
    const found = await api.list<Assessment>("/assessments");
    const places = new Map(found.map((one) => [`${one.metric},${one.organisation},${one.period}`, one]));
    const wanted = expectedRows(expected);
    expect(wanted).toHaveLength(31_460);
    expect(wanted.filter((row) => differs(row, places.get(row.slice(0, 3).join())))).toEqual([]);
    expect(found).toHaveLength(places.size);

    const ids = (await api.list<{ id: string; status: string }>("/submissions")).map(({ id }) => id);
    const codes = new Map<string, number>();
    for (const id of ids) {
      const { problems } = await api.get<{ problems: { code: string }[] }>(`/submissions/${id}`);
      for (const { code } of problems) codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes]).toEqual([["suspect", SUSPECT]]);
  }, 240_000);
}
