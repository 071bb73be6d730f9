import { createKey } from "@signalbox/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiClient } from "../harness/api-client.ts";
import { fileOf, run } from "../harness/invented-figures.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";

const NAME = `"><script>alert(1)</script>`;
const quoted = `"${NAME.replaceAll('"', '""')}"`;

let pipeline: Pipeline;

beforeAll(async () => {
  const organisations = inventedSystem.organisations.replace("Northwick Hospitals", quoted);
  const metrics = inventedSystem.metrics.replace("Falls with harm", `${quoted.slice(0, -1)} falls"`);
  pipeline = await startPipeline({ catalogue: { ...inventedSystem, organisations, metrics } });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

test("markup in the names of an organisation and a metric is text in every mail and on every page", async () => {
  const figures = run({ organisation: "NW", metric: "falls", from: "2023-10" }, [1, 6]);
  const [id] = await pipeline.submit(fileOf("NW", figures, { filename: `${NAME}.csv` }));
  await pipeline.settle();
  const mails = await pipeline.mail.read();
  expect(new Set(mails.map(({ kind }) => kind))).toEqual(
    new Set(["action-plan-request", "digest", "submission-receipt"]),
  );
  for (const { html, text } of mails) {
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script&gt;");
    expect(text).toContain("<script>");
  }
  const key = await createKey(pipeline.db, {
    organisation: "ICS",
    name: "operator",
    scopes: ["operate", "read"],
    now: Temporal.Now.instant(),
  });
  const { request } = apiClient(pipeline.address, key);
  for (const page of ["/", "/escalations", "/escalations/1", `/submissions/${id}`, "/operations"]) {
    const response = await request(`/../..${page}`, { headers: { accept: "text/html" } });
    expect([page, response.status]).toEqual([page, 200]);
    const html = await response.text();
    expect(html).not.toContain("<script>alert");
    if (page.startsWith("/escalations") || page.startsWith("/submissions")) expect(html).toContain("&lt;script&gt;");
  }
});
