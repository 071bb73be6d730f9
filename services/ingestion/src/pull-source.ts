import { createHash } from "node:crypto";
import {
  type Asking,
  claimAsking,
  type Clock,
  type Database,
  type Kysely,
  receiveSubmission,
  recordAsking,
  releaseAsking,
} from "@signalbox/db";
import { type Asked, formatPeriod, nextAsking, asPeriod, sourceFrequency } from "@signalbox/domain";
import { mediaTypeOf } from "@signalbox/formats";
import type { Logger } from "@signalbox/log";
import type { Outcome, Queues } from "@signalbox/queues";
import { chaserOf, clearedOf } from "./pull-chaser.ts";
import { fetchFile, type Fetched, type FetchRules } from "./pull-file.ts";
import { filenameOf } from "./pull-filename.ts";

export interface PullParts {
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly queues: Queues;
  readonly log: Logger;
  readonly rules: FetchRules;
  /** Aborted when the service stops. */
  readonly signal: AbortSignal;
}

/**
 * Asks a source for the file of one period, keeps what came as a submission, and writes when to ask again. No transaction
 * is open while the server is waited for: the row says that somebody asks.
 */
export async function pullSource(parts: PullParts, id: number): Promise<Outcome> {
  const { db, clock, rules, signal } = parts;
  const asking = await claimAsking(db, id, await clock.now());
  if (asking === null) return { kind: "done" };
  try {
    const fetched = await fetchFile(asking.address, { known: asking, rules, signal });
    if (signal.aborted) await releaseAsking(db, asking);
    else await record(parts, asking, unlessTheSame(withoutWebPages(fetched), asking));
    return { kind: "done" };
  } catch (error) {
    await releaseAsking(db, asking);
    throw error;
  }
}

async function record(parts: PullParts, asking: Asking, fetched: Fetched): Promise<void> {
  const { db, clock, queues, log } = parts;
  const { source, period } = asking;
  const now = await clock.now();
  const asked: Asked =
    fetched.kind === "failed"
      ? { kind: "failed", why: fetched.why, after: wantedAfter(fetched.retryAfter, now) }
      : fetched.kind === "not-there"
        ? fetched
        : { kind: fetched.kind };
  const hasCome = asking.submission !== null;
  const next = nextAsking(asked, { failures: asking.failures, hasCome, lateAt: asking.lateAt, now });
  const submission = fetched.kind === "came" ? await keep(parts, asking, fetched, now) : null;
  await recordAsking(db, asking, {
    now,
    nextAt: next.nextAt,
    failures: next.failures,
    error: "why" in asked ? asked.why : null,
    chase:
      next.chase === null || !("why" in asked)
        ? null
        : chaserOf(asking, { chase: next.chase, why: asked.why, failures: next.failures, now }),
    cleared: clearedOf(asking, now),
    came:
      fetched.kind === "came" && submission !== null
        ? { fetchedFrom: fetched.from.href, etag: fetched.etag, lastModified: fetched.lastModified, submission }
        : null,
  });
  if (submission !== null) await queues.ring("read-submission", { submission });
  if (next.chase !== null || asking.failed) await queues.ring("tell", {});
  log.info({ source, period, asked: asked.kind, submission, nextAt: next.nextAt }, "asked a source for a file");
}

async function keep(
  { db }: PullParts,
  asking: Asking,
  file: Extract<Fetched, { kind: "came" }>,
  now: Temporal.Instant,
): Promise<number> {
  const { source, organisation, template } = asking;
  const frequency = sourceFrequency(asking.url);
  const filename = filenameOf(
    file.disposition,
    file.from,
    `${source} ${formatPeriod(asPeriod(asking.period), frequency)}`,
  );
  const received = await receiveSubmission(db, {
    organisation,
    channel: "pull",
    submittedBy: `source ${source}`,
    filename,
    mediaType: mediaTypeOf(filename) ?? file.mediaType?.slice(0, 100) ?? "application/octet-stream",
    template,
    issued: null,
    bytes: file.bytes,
    now,
  });
  return received.id;
}

/** Servers that give a file no mark send it each time; and one that was rejected is not to be rejected every day. */
function unlessTheSame(fetched: Fetched, { sha256 }: Asking): Fetched {
  const isSame = fetched.kind === "came" && createHash("sha256").update(fetched.bytes).digest("hex") === sha256;
  return isSame ? { kind: "unchanged" } : fetched;
}

/** Many a site answers with a page that says sorry, and calls it a success. */
function withoutWebPages(fetched: Fetched): Fetched {
  if (fetched.kind !== "came") return fetched;
  const start = fetched.bytes.subarray(0, 500).toString("latin1");
  if (!/^(?:\xef\xbb\xbf)?\s*(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html)\b/i.test(start)) return fetched;
  return { kind: "failed", why: `${fetched.from.href} is a web page, no file of figures`, retryAfter: null };
}

/** When a server wants to be asked again: seconds from now, or a date. */
function wantedAfter(header: string | null, now: Temporal.Instant): Temporal.Instant | null {
  if (header === null) return null;
  if (/^\d{1,8}$/.test(header)) return now.add({ seconds: Number(header) });
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Temporal.Instant.fromEpochMilliseconds(date);
}
