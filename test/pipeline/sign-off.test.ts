import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogueFolder } from "../harness/catalogue-folder.ts";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf } from "./cases.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf, quiet } from "./quiet.ts";

const leaders = ["digest qua.chair@example.org", "digest slt.chair@example.org", "digest slt.member@example.org"];
let pipeline: Pipeline;

beforeAll(async () => {
  const protocol = { ...seriesProtocol, preview: { workingDays: 2 }, digest: { slt: "08:30", board: "08:30" } };
  const catalogue = withProviders(["P1", "P2", "P3", "P4", "P5", "P6", "P7"], { protocol });
  // Every provider's executive signs, but P7's.
  const signedOff = (line: string) => /^P[1-6],/.test(line);
  const { dir, remove } = await catalogueFolder(catalogue, {
    "organisations.csv": (written) =>
      written
        .trim()
        .split("\n")
        .map((line, at) => `${line},${at === 0 ? "sign_off" : signedOff(line) ? "yes" : ""}\n`)
        .join(""),
  });
  pipeline = await startPipeline({ catalogue: dir });
  await remove();
  // A Monday, and December's submission day; the next fall on the 14th of February and of March.
  await pipeline.put("2024-01-15T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

/** Past the SLT limit in December: a case before the SLT. */
const bad = (organisation: string) =>
  fileOf(organisation, run({ organisation, metric: "falls", from: "2023-11" }, [1, 6]));

/** Submits one file; its id, and what left meanwhile. */
async function submit(organisation: string): Promise<{ id: string; told: string[] }> {
  let ids: string[] = [];
  const mails = await mailsOf(pipeline, async () => {
    ids = await pipeline.submit(bad(organisation));
  });
  return { id: ids[0] ?? "", told: counted(mails) };
}

/** Puts the clock and says what leaders and executives heard meanwhile, without the summaries of what stands. */
async function heardBy(now: string, organisation: string): Promise<string[]> {
  const mails = await mailsOf(pipeline, () => pipeline.put(now));
  return counted(mails.filter(({ text }) => text.includes(`Provider ${organisation}`))).filter(
    (line) => /^(?:digest|reminder) /.test(line) && (leaders.includes(line) || line.includes("executive")),
  );
}

const post = (path: string) => pipeline.api.request(path, { method: "POST" });
interface Shown {
  readonly signedOff: { readonly at: string; readonly by: string } | null;
  readonly awaitsSignOff: boolean;
  readonly released: { readonly at: string; readonly by: string } | null;
}
async function shown(id: string): Promise<Shown> {
  const response = await pipeline.api.request(`/submissions/${id}`);
  return (await response.json()) as Shown;
}

test("asks the executive at once, and tells leaders nothing by time alone", async () => {
  const { id, told } = await submit("P1");
  expect(told).toEqual(["action-plan-request p1.owner@example.org", "reminder p1.executive@example.org"]);
  expect(await shown(id)).toMatchObject({ signedOff: null, awaitsSignOff: true, released: null });
  // The preview is over on Wednesday at ten: the executive is reminded, and leaders hear nothing on Thursday.
  expect(await heardBy("2024-01-17T09:59:00Z", "P1")).toEqual([]);
  expect(await heardBy("2024-01-17T10:00:00Z", "P1")).toEqual(["reminder p1.executive@example.org"]);
  expect(await heardBy("2024-01-18T12:00:00Z", "P1")).toEqual([]);
  expect(await casesOf(pipeline.api, "P1", "forum=SLT")).toEqual([]);
  // Signed on Thursday: shown at once, told at Friday's digest, once.
  expect((await post(`/submissions/${id}/sign-off`)).status).toBe(200);
  expect((await post(`/submissions/${id}/sign-off`)).status).toBe(200);
  expect(await shown(id)).toMatchObject({ signedOff: { by: "key test" }, awaitsSignOff: false });
  expect(await casesOf(pipeline.api, "P1", "forum=SLT")).toHaveLength(1);
  const friday = await mailsOf(pipeline, () => pipeline.put("2024-01-19T08:30:00Z"));
  expect(counted(friday).filter((line) => leaders.includes(line))).toEqual(leaders);
  expect(friday.find(({ to }) => to === "slt.chair@example.org")?.text).not.toContain("unsigned");
});

test("signed within the preview, leaders hear when it ends, and the executive is not reminded", async () => {
  const { id } = await submit("P2");
  await post(`/submissions/${id}/sign-off`);
  // Read on Friday at half past eight: the preview ends on Tuesday at that time, and so does the wait for a digest.
  expect(await heardBy("2024-01-23T08:29:00Z", "P2")).toEqual([]);
  expect(await heardBy("2024-01-24T08:30:00Z", "P2")).toEqual(leaders);
  expect((await casesOf(pipeline.api, "P2", "forum=SLT")).map(({ tier }) => tier)).toEqual(["slt"]);
});

test("unsigned, it is released five working days after the preview and said to be unsigned", async () => {
  const { id } = await submit("P3");
  // Read on Wednesday the 24th: preview to Friday, five working days more to Friday the 2nd of February, at 08:30.
  expect(await heardBy("2024-02-02T08:29:00Z", "P3")).toEqual(["reminder p3.executive@example.org"]);
  const mails = await mailsOf(pipeline, () => pipeline.put("2024-02-02T08:30:00Z"));
  const toChair = mails.find(({ to, kind }) => to === "slt.chair@example.org" && kind === "digest");
  expect(toChair?.text).toContain("Released unsigned");
  expect(await shown(id)).toMatchObject({
    signedOff: null,
    awaitsSignOff: false,
    released: { at: "2024-02-02T08:30:00Z", by: "time: nobody signed it off" },
  });
  // A signature that comes after all is kept, and nobody is told again.
  expect((await post(`/submissions/${id}/sign-off`)).status).toBe(200);
  expect((await shown(id)).signedOff).not.toBeNull();
  expect(await heardBy("2024-02-05T12:00:00Z", "P3")).toEqual([]);
});

test("a person may still release it; leaders read that it is unsigned", async () => {
  const { id } = await submit("P4");
  await post(`/submissions/${id}/release`);
  expect(await shown(id)).toMatchObject({ awaitsSignOff: false, released: { by: "key test" } });
  const mails = await mailsOf(pipeline, () => pipeline.put("2024-02-06T08:30:00Z"));
  const told = mails.filter(({ kind, text }) => kind === "digest" && text.includes("Provider P4"));
  expect(counted(told)).toEqual(leaders);
  expect(told[0]?.text).toContain("Released unsigned");
  expect(await heardBy("2024-02-09T12:00:00Z", "P4")).toEqual([]);
});

test("nothing of it that was accepted before, or refused, is to be signed", async () => {
  const [id = ""] = await pipeline.submit(
    fileOf("P1", run({ organisation: "P1", metric: "falls", from: "2023-11" }, [1])),
  );
  await quiet(pipeline);
  expect(await shown(id)).toMatchObject({ awaitsSignOff: false });
});

test("where the catalogue asks for no signature there is none to give", async () => {
  const { id } = await submit("P7");
  expect(await shown(id)).toMatchObject({ signedOff: null, awaitsSignOff: false });
  const refused = await post(`/submissions/${id}/sign-off`);
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain("waits for no signature");
  expect((await post("/submissions/999999/sign-off")).status).toBe(404);
});
