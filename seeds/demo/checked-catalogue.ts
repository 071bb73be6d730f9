import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Catalogue, formatProblem, readCatalogue } from "@signalbox/catalogue";
import { demoCatalogue } from "./generate.ts";

/** The demo's catalogue as the real check reads it; throws with every problem that the check finds. */
export async function checkedCatalogue(today: Temporal.PlainDate): Promise<Catalogue> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-demo-"));
  try {
    for (const [name, text] of demoCatalogue(today)) await writeFile(join(folder, name), text);
    const { catalogue, problems } = await readCatalogue(folder);
    if (catalogue === null) throw new Error(problems.map(formatProblem).join("\n"));
    return catalogue;
  } finally {
    await rm(folder, { recursive: true });
  }
}
