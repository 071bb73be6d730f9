import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMeetings } from "@signalbox/catalogue";
import {
  catalogueVersion,
  currentCatalogue,
  demoLoadedAt,
  enterMeetings,
  listMeetings,
  receiveSubmission,
  submissionsBy,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { Queues } from "@signalbox/queues";
import { demoCatalogue, demoFiles, type DemoFile } from "../../../seeds/demo/generate.ts";
import { loadCatalogue } from "./catalogue.ts";
import { demoMeetings } from "../../../seeds/demo/meetings.ts";
import { followDemoThrough } from "./demo-follow-through.ts";
import { demoReport } from "./demo-report.ts";
import type { Parts } from "./parts.ts";
import { untilSettled } from "./settling.ts";
import type { Terminal } from "./terminal.ts";
import type { UntilStopped } from "./until-stopped.ts";

type DemoParts = Parts & { readonly queues: Queues };

const BY = "demo";

/**
 * Loads the demo by the real path into a database without a catalogue, and says what came of it. A load that was cut off
 * is taken up where it stopped; any other catalogue is left alone.
 */
export async function loadDemo(
  parts: DemoParts,
  { terminal, stopped }: { terminal: Terminal; stopped: UntilStopped },
): Promise<void> {
  const { db, clock } = parts;
  if ((await catalogueVersion(db)) === 0) await loadDemoCatalogue(parts, dayOf(await clock.now()));
  const loadedAt = await demoLoadedAt(db, BY);
  if (loadedAt === null) return;
  await enterDemoMeetings(parts, loadedAt);
  const files = demoFiles(dayOf(loadedAt));
  if ((await submissionsBy(db, BY)) >= files.length) return;
  terminal.note("Loading the demo: an invented health system, 30 months of figures.");
  // What puts a figure right comes once people were told of it, as it does in life: they are sent a correction.
  const restates = ({ filename }: DemoFile) => filename.endsWith("-restated.csv");
  const load = async (batch: readonly DemoFile[]) => {
    const ids = await submitAll(parts, batch);
    await Promise.race([stopped.asked, untilSettled(ids, { db, clock, terminal })]);
  };
  await load(files.filter((file) => !restates(file)));
  if (stopped.isAsked()) return;
  await followDemoThrough(parts, dayOf(loadedAt), await clock.now());
  await load(files.filter(restates));
  if (stopped.isAsked()) return;
  for (const line of await demoReport(parts)) terminal.print(line);
}

async function loadDemoCatalogue({ db, clock, queues }: DemoParts, today: Temporal.PlainDate): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-demo-"));
  const problems: string[] = [];
  try {
    for (const [name, text] of demoCatalogue(today)) await writeFile(join(folder, name), text);
    const now = await clock.now();
    const { exitCode } = await loadCatalogue(db, folder, BY, now, (line) => problems.push(line));
    if (exitCode !== 0) throw new Error(`the demo's catalogue is refused:\n${problems.join("\n")}`);
  } finally {
    await rm(folder, { recursive: true });
  }
  await queues.ring("assess-series", {});
}

/** The forums' meetings, where none was entered yet: what somebody made of them since stays. */
async function enterDemoMeetings({ db }: DemoParts, loadedAt: Temporal.Instant): Promise<void> {
  if ((await listMeetings(db, { forums: null }, { skip: 0, limit: 1 })).total > 0) return;
  const today = dayOf(loadedAt);
  const forums = new Set((await currentCatalogue(db))?.forums.keys());
  const { meetings, problems } = await readMeetings(Buffer.from(demoMeetings(today)), { forums });
  if (problems.length > 0) throw new Error(`the demo's meetings are refused: ${JSON.stringify(problems[0])}`);
  await enterMeetings(db, meetings, { by: BY, now: loadedAt });
}

async function submitAll({ db, clock, queues }: DemoParts, files: readonly DemoFile[]): Promise<number[]> {
  const ids: number[] = [];
  for (const { organisation, filename, bytes } of files) {
    const now = await clock.now();
    const described = { organisation, filename, bytes, now, mediaType: "text/csv", template: null, issued: null };
    const { id } = await receiveSubmission(db, { ...described, channel: "cli", submittedBy: BY });
    ids.push(id);
  }
  // Rung for once all are kept: nobody is told of what a file that came with it puts right.
  for (const id of ids) await queues.ring("read-submission", { submission: id });
  return ids;
}
