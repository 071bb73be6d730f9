import { actOnFailedWork, listFailedWork } from "@signalbox/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FileServer, startFileServer } from "../../services/ingestion/src/testing/file-server.ts";
import { fileOf } from "../harness/invented-figures.ts";
import type { ReadMail } from "../harness/mail-catcher.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

let server: FileServer;
let pipeline: Pipeline;

const sourcesAt = (...lines: readonly string[]) =>
  withProviders(["P1", "P2", "P3"], { sources: lines.map((line) => line.replace("HOST", server.host)).join("\n") });
/** An organisation for which nobody is named to submit. */
const unnamed = "unnamed,SW,,https://HOST/unnamed/{yyyy}-{mm}.csv,7";
const good = "good,P1,,https://HOST/{yyyy}-{mm}.csv,8";

beforeAll(async () => {
  server = await startFileServer();
  file("/2024-04.csv", { month: "2024-04", value: 2, etag: '"april"' });
  pipeline = await startPipeline({
    catalogue: sourcesAt(good),
    env: { SOURCE_HOSTS: server.host },
    ingestion: {
      templates: new Map(),
      rules: {
        resolve: async () => [{ address: "127.0.0.1", family: 4 }],
        isAllowed: (address) => address === "127.0.0.1",
        ca: server.certificate,
      },
    },
  });
}, 60_000);
afterAll(async () => {
  await pipeline.close();
  await server.close();
});

interface Served {
  readonly organisation?: string;
  readonly month: string;
  readonly value: number;
  readonly etag: string;
}

function file(path: string, { organisation = "P1", month, value, etag }: Served): void {
  const { csv } = fileOf(organisation, [{ period: month, organisation, metric: "falls", value }]);
  server.answer(path, ({ headers }, response) => {
    if (headers["if-none-match"] === etag) response.writeHead(304).end();
    else response.writeHead(200, { etag, "content-type": "text/csv" }).end(csv);
  });
}

interface Listed {
  readonly channel: string;
  readonly submittedBy: string;
  readonly organisation: string;
  readonly filename: string;
  readonly status: string;
}
const submissions = () => pipeline.api.list<Listed>("/submissions");
const asked = (path: string) => server.asked.filter(({ url }) => url === path).length;
const toOperator = (mails: readonly ReadMail[]) => counted(mails, []).filter((mail) => mail.includes("operator"));
const failedSources = async () => (await listFailedWork(pipeline.db, 50)).items.filter(({ work }) => work === "source");

test("a source that is new begins with the last period that may be there", async () => {
  await pipeline.put("2024-06-11T12:00:00Z");
  await pipeline.put("2024-06-11T12:00:01Z");
  expect(await submissions()).toMatchObject([
    { channel: "pull", submittedBy: "source good", organisation: "P1", filename: "2024-04.csv", status: "accepted" },
  ]);
  expect([asked("/2024-04.csv"), asked("/2024-03.csv"), asked("/2024-05.csv")]).toEqual([1, 0, 0]);
});

test("a file is asked for from its working day on, every hour until it is there, and read like any other", async () => {
  // The eighth working day of June is the 12th; London is an hour ahead. It is published at half past nine.
  await pipeline.put("2024-06-12T08:30:00Z");
  const early = asked("/2024-05.csv");
  expect(early).toBe(10);
  file("/2024-05.csv", { month: "2024-05", value: 6, etag: '"may"' });
  await pipeline.put("2024-06-12T09:00:00Z");
  expect(asked("/2024-05.csv")).toBe(early + 1);
  expect((await submissions()).map(({ filename }) => filename)).toEqual(["2024-04.csv", "2024-05.csv"]);
  const assessed = await pipeline.api.list<{ period: string; value: number }>(
    "/assessments?metric=falls&organisation=P1&from=2024-05&to=2024-05",
  );
  expect(assessed).toMatchObject([{ period: "2024-05", value: 6 }]);
});

test("a file that is as it was is not read twice, and one that was restated under the same address is", async () => {
  const before = asked("/2024-05.csv");
  await pipeline.put("2024-06-14T12:00:00Z");
  expect(asked("/2024-05.csv")).toBe(before + 2);
  expect(await submissions()).toHaveLength(2);
  file("/2024-05.csv", { month: "2024-05", value: 2.5, etag: '"may, corrected"' });
  await pipeline.put("2024-06-15T12:00:00Z");
  expect(await submissions()).toHaveLength(3);
  const assessed = await pipeline.api.list<object>("/assessments?metric=falls&organisation=P1&from=2024-05&to=2024-05");
  expect(assessed).toMatchObject([{ value: 2.5, restated: true }]);
  expect(await failedSources()).toEqual([]);
});

test("a source that fails three times is told to the operators once, and shown until it is put right", async () => {
  server.answer("/broken/2024-05.csv", (_, response) => response.writeHead(503).end());
  const loaded = await mailsOf(pipeline, () =>
    pipeline.load(sourcesAt(good, "broken,P2,,https://HOST/broken/{yyyy}-{mm}.csv,7")),
  );
  expect(toOperator(loaded)).toEqual([]);
  const mails = await mailsOf(pipeline, () => pipeline.put("2024-06-17T12:00:00Z"));
  expect(toOperator(mails)).toEqual(["submission-missing operator@example.org"]);
  const told = mails.find(({ to }) => to === "operator@example.org");
  expect(told?.text).toContain(`https://${server.host}/broken/2024-05.csv`);
  expect(told?.text).toContain("answered 503");
  expect(toOperator(await mailsOf(pipeline, () => pipeline.put("2024-06-22T12:00:00Z")))).toEqual([]);
  const [failing] = await failedSources();
  expect(failing).toMatchObject({
    what: `source broken, 2024-05, at https://${server.host}/broken/2024-05.csv`,
    state: "failed",
  });
  file("/broken/2024-05.csv", { organisation: "P2", month: "2024-05", value: 2, etag: '"mended"' });
  const by = { actor: "operator", now: Temporal.Instant.from("2024-06-22T12:00:00Z") };
  const cleared = await mailsOf(pipeline, async () => {
    await actOnFailedWork(pipeline.db, { work: "source", id: failing?.id ?? "", act: "retry" }, by);
    await pipeline.put("2024-06-22T12:00:15Z");
  });
  expect(toOperator(cleared)).toEqual(["submission-missing operator@example.org"]);
  expect(cleared.find(({ to }) => to === "operator@example.org")?.text).toContain("It has come after all");
  expect(await failedSources()).toEqual([]);
  expect((await submissions()).at(-1)).toMatchObject({ submittedBy: "source broken", organisation: "P2" });
});

test("a file that came and was rejected is told to the operators where nobody is named who submits", async () => {
  server.answer("/unnamed/2024-05.csv", (_, response) => response.end("nothing,that,anybody,knows\n1,2,3,4\n"));
  const { people, ...rest } = sourcesAt(good, unnamed);
  await pipeline.load({ ...rest, people: people.replace(/.*sw\.submitter.*/, "") });
  const mails = await mailsOf(pipeline, () => pipeline.put("2024-06-23T12:00:00Z"));
  expect(toOperator(mails)).toEqual(["submission-receipt operator@example.org"]);
  expect(mails.find(({ to }) => to === "operator@example.org")?.text).toContain("you are an operator");
  // Its server has no mark for it: the same bytes are known again, and nobody is told again.
  expect(toOperator(await mailsOf(pipeline, () => pipeline.put("2024-06-24T10:00:00Z")))).toEqual([]);
});

test("a file that does not come is told to the operators once, two working days after its day", async () => {
  await pipeline.load(sourcesAt(good, "slow,P3,,https://HOST/slow/{yyyy}-{mm}.csv,17"));
  // The seventeenth working day of June is the 25th: nothing is late before eight on the 27th.
  server.answer("/slow/2024-04.csv", (_, response) =>
    response.end("period,organisation,metric,value\n2024-04,P3,falls,1\n"),
  );
  await pipeline.put("2024-06-24T12:00:00Z");
  const quiet = await mailsOf(pipeline, () => pipeline.put("2024-06-27T06:59:00Z"));
  expect(toOperator(quiet)).toEqual([]);
  const late = await mailsOf(pipeline, () => pipeline.put("2024-06-27T07:00:00Z"));
  expect(toOperator(late)).toEqual(["submission-missing operator@example.org"]);
  const text = late.find(({ to }) => to === "operator@example.org")?.text;
  expect(text).toContain("two working days late");
  expect(text).toContain("May 2024");
  const after = await mailsOf(pipeline, () => pipeline.put("2024-07-01T00:00:00Z"));
  expect(toOperator(after)).toEqual([]);
}, 60_000);

test("a file that came and was rejected is shown to the operators, who may have it asked for again", async () => {
  await pipeline.load(sourcesAt(good));
  file("/2024-06.csv", { organisation: "P2", month: "2024-06", value: 2, etag: '"not mine"' });
  await pipeline.put("2024-07-10T12:00:00Z");
  const [failing] = await failedSources();
  expect(failing?.why).toMatch(/^what came is submission \d+, and was rejected$/);
  expect(failing?.what).toContain("/2024-06.csv");
  file("/2024-06.csv", { month: "2024-06", value: 2, etag: '"mine"' });
  await pipeline.put("2024-07-11T12:00:00Z");
  expect(await failedSources()).toEqual([]);
});

test("a file that is put back to its earlier edition counts again", async () => {
  const edition = async (value: number, etag: string, day: string) => {
    file("/2024-06.csv", { month: "2024-06", value, etag });
    await pipeline.put(day);
    return pipeline.api.list<{ value: number }>("/assessments?metric=falls&organisation=P1&from=2024-06&to=2024-06");
  };
  const before = (await submissions()).length;
  expect(await edition(3, '"corrected"', "2024-07-12T12:00:00Z")).toMatchObject([{ value: 3 }]);
  expect(await edition(2, '"put back"', "2024-07-13T12:00:00Z")).toMatchObject([{ value: 2 }]);
  expect(await submissions()).toHaveLength(before + 2);
});
