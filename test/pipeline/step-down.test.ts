import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf, movesOf, type ShownCase } from "./cases.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

let pipeline: Pipeline;

beforeAll(async () => {
  const protocol = {
    ...seriesProtocol,
    stepDownAfter: 2,
    missing: { boardAfter: 3 },
    monitoringPeriods: 3,
    stepDown: { signOff: ["QUA"] },
  };
  pipeline = await startPipeline({ catalogue: withProviders(["P1", "P2", "P3"], { protocol }) });
  await pipeline.put("2024-03-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

const chair = "qua.chair@example.org";
const falls = (organisation: string, from: string, values: readonly (number | null)[]) =>
  fileOf(organisation, run({ organisation, metric: "falls", from }, values));

type Shown = ShownCase & {
  readonly relapse: { readonly periods: number; readonly previous: string } | null;
  readonly acts: readonly { readonly id: string; readonly act: string; readonly takenBack: object | null }[];
};

/** The cases of performance of a provider, as the API shows them. */
const shown = (organisation: string) => casesOf(pipeline.api, organisation, "concern=performance") as Promise<Shown[]>;

async function act(path: string, body: object): Promise<{ status: number; says: string }> {
  const response = await pipeline.api.request(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  return { status: response.status, says: await response.text() };
}

test("a recovered figure is held until its chair signs, who alone is asked and who is not told of it", async () => {
  await mailsOf(pipeline, () => pipeline.submit(falls("P1", "2024-01", [1, 6])));
  await mailsOf(pipeline, () => pipeline.put("2024-05-20T10:00:00Z"));
  const held = await mailsOf(pipeline, () => pipeline.submit(falls("P1", "2024-03", [1, 1])));
  expect(counted(held)).toEqual([`request ${chair}`]);
  const [one] = await shown("P1");
  expect(one && movesOf(one).slice(-2)).toEqual(["2024-03 held slt", "2024-04 held slt"]);
  expect(one?.events.at(-1)?.reasons).toEqual([{ rule: "sign-off", tier: "none" }]);
  expect((await act(`/escalations/${one?.id}/sign-off`, { note: "ok", by: "p1.owner@example.org" })).status).toBe(422);
  const told = await mailsOf(pipeline, async () => {
    const answer = await act(`/escalations/${one?.id}/sign-off`, { note: "Two quiet months", by: chair });
    expect(answer.status).toBe(200);
  });
  expect(counted(told)).toContain("digest slt.chair@example.org");
  expect(counted(told)).not.toContain(`digest ${chair}`);
  expect(told.find(({ to }) => to === "slt.chair@example.org")?.text).toContain("Its chair signed it off");
  const [after] = await shown("P1");
  expect(after && movesOf(after).slice(-2)).toEqual(["2024-03 held slt", "2024-04 resolved none"]);
  expect(after?.acts.map(({ act: did }) => did)).toEqual(["sign-off"]);
});

test("taken back, the signature counts no more and is asked for anew; given again, the case ends", async () => {
  const [one] = await shown("P1");
  const path = `/escalations/${one?.id}`;
  const back = await mailsOf(pipeline, () => act(`${path}/acts/${one?.acts[0]?.id}/taken-back`, { by: chair }));
  expect(counted(back)).toContain(`request ${chair}`);
  expect(counted(back)).toContain("correction slt.chair@example.org");
  expect(counted(back)).not.toContain(`correction ${chair}`);
  const [held] = await shown("P1");
  expect(held?.standing).toBe(true);
  expect((await act(`${path}/acts/${one?.acts[0]?.id}/taken-back`, { by: chair })).status).toBe(409);
  const refused = { reason: "One ward is new", reviewOn: "2024-06-03", by: chair };
  expect((await act(`${path}/sign-off/refusal`, refused)).status).toBe(200);
  expect((await shown("P1"))[0]?.standing).toBe(true);
  await mailsOf(pipeline, () => act(`${path}/sign-off`, { note: "Now it is well", by: chair }));
  expect((await shown("P1"))[0]).toMatchObject({ standing: false });
  const ended = await act(`${path}/acknowledgement`, { note: "seen" });
  expect(ended.status).toBe(409);
});

test("a figure that is back soon is a relapse, and says so in the mail", async () => {
  const mails = await mailsOf(pipeline, () => pipeline.submit(falls("P1", "2024-05", [6])));
  const [before, one] = await shown("P1");
  expect(one?.relapse).toMatchObject({ periods: 1, previous: before?.id });
  const toChair = mails.find(({ to, kind }) => to === chair && kind === "digest");
  expect(toChair?.text).toContain(`Relapse: back 1 month after case ${before?.id}`);
});

test("a chair closes what no figure can end, with a minute that is told; a later breach is a new case", async () => {
  await mailsOf(pipeline, () => pipeline.submit(falls("P2", "2023-12", [1, 6])));
  const [one] = await shown("P2");
  const path = `/escalations/${one?.id}/closure`;
  const told = await mailsOf(pipeline, async () => {
    expect(await act(path, { minute: "Falls are counted elsewhere", by: chair })).toMatchObject({ status: 200 });
  });
  const slt = told.find(({ to, kind }) => to === "slt.chair@example.org" && kind === "digest");
  expect(slt?.text).toContain("Its chair closed it: Falls are counted elsewhere");
  const [closed] = await shown("P2");
  expect(closed && movesOf(closed)).toEqual(["2024-01 raised slt", "2024-04 resolved none"]);
  expect(closed?.events.at(-1)?.reasons).toEqual([{ rule: "closed-by-chair", tier: "none" }]);
  // The return that does not come is a case of its own, and its chair closes it too.
  const [missing] = await casesOf(pipeline.api, "P2", "concern=reporting&standing=true");
  expect((await act(`/escalations/${missing?.id}/closure`, { minute: "No longer owed", by: chair })).status).toBe(200);
  await mailsOf(pipeline, () => pipeline.put("2024-06-20T10:00:00Z"));
  const missed = await casesOf(pipeline.api, "P2", "concern=reporting");
  expect(missed.map(({ standing }) => standing)).toEqual([false]);
  await mailsOf(pipeline, () => pipeline.submit(falls("P2", "2024-05", [6])));
  const [, later] = await shown("P2");
  expect(later).toMatchObject({ previous: closed?.id, standing: true });
});

test("what a figure can still end is not closed, and the answer says why", async () => {
  await mailsOf(pipeline, () => pipeline.submit(falls("P3", "2024-04", [1, 6])));
  const [one] = await shown("P3");
  const { status, says } = await act(`/escalations/${one?.id}/closure`, { minute: "Enough", by: chair });
  expect(status).toBe(409);
  expect(says).toContain("A figure can still end it");
});
