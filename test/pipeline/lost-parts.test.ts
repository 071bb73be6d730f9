import { afterAll, beforeAll, expect, test } from "vitest";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { seriesProtocol, withProviders } from "./providers.ts";

let pipeline: Pipeline;
beforeAll(async () => {
  const catalogue = withProviders(["P1", "P2"], { protocol: seriesProtocol, metrics: inventedSystem.metrics });
  pipeline = await startPipeline({ catalogue });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

interface Answer {
  problems: { row: number; column: string; code: string; severity: string; message: string }[];
}

async function submit(csv: string): Promise<Answer> {
  const { id } = await pipeline.api.submit({ organisation: "P1", csv });
  await pipeline.settle();
  return pipeline.api.get(`/submissions/${id}`);
}

test("a share that comes without the parts it had before is warned of: no sum above can be made of it", async () => {
  const header = "period,organisation,metric,value,numerator,denominator\n";
  expect((await submit(`${header}2023-11,P1,wait-4h,,80,100\n`)).problems).toEqual([]);
  const { problems } = await submit(`${header}2023-11,P1,wait-4h,80.4,,\n`);
  expect(problems).toMatchObject([{ row: 2, column: "numerator", code: "parts-lost", severity: "warning" }]);
  expect(problems[0]?.message).toContain("Send them too.");
  expect((await submit(`${header}2023-11,P1,wait-4h,80.3,,\n`)).problems).toEqual([]);
});
