import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoCatalogue, demoFiles } from "../../seeds/demo/generate.ts";
import { type Pipeline, startPipeline } from "./pipeline.ts";

/** The day on which the demo is loaded in tests, so that each run has the same figures, cases and words. */
export const DEMO_DAY = Temporal.PlainDate.from("2026-11-18");

/**
 * A pipeline with the whole demo read, decided and told; what is put right comes last, as `npm start` has it. Mail is kept
 * and shown at /mail unless `smtp`.
 */
export async function startDemo({ smtp = false }: { smtp?: boolean } = {}): Promise<Pipeline> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-demo-"));
  for (const [name, text] of demoCatalogue(DEMO_DAY)) await writeFile(join(folder, name), text);
  try {
    const pipeline = await startPipeline({ catalogue: folder, smtp });
    await pipeline.put(`${DEMO_DAY.toString()}T10:00:00Z`);
    const files = demoFiles(DEMO_DAY).map(({ organisation, filename, bytes }) => ({
      organisation,
      filename,
      csv: bytes.toString(),
    }));
    const restates = ({ filename }: { filename: string }) => filename.endsWith("-restated.csv");
    for (const batch of [files.filter((file) => !restates(file)), files.filter(restates)]) {
      await pipeline.submit(...batch);
      await pipeline.settle({ within: 60_000 });
    }
    return pipeline;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
