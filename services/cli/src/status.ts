import type { FailedWork, OverdueRequest, WaitingWork } from "@signalbox/db";
import { type Depths, type QueueName, queueNames } from "@signalbox/queues";
import { columns } from "@signalbox/explain/columns";
import { minuteOf } from "@signalbox/explain/moments";
import { countLeftForPeople, leftForPeople } from "./failed-bells.ts";

/** What an operator asks after. */
export interface Status {
  readonly now: Temporal.Instant;
  readonly waiting: readonly WaitingWork[];
  readonly failed: { readonly items: readonly FailedWork[]; readonly total: number };
  readonly overdue: readonly OverdueRequest[];
  /** Null where the queue is out of reach. */
  readonly depths: Depths | null;
  /** Why bells failed, by queue. */
  readonly whyFailed: ReadonlyMap<string, string>;
  /** Why it is out of reach. */
  readonly away: string;
  /** Services of the main job that nobody runs now. */
  readonly missing: readonly string[];
}

/** Which work of PostgreSQL each queue's bell is rung for. */
const WORK_OF: Readonly<Record<QueueName, readonly WaitingWork["work"][]>> = {
  "pull-source": ["source"],
  "read-submission": ["submission"],
  "assess-series": ["series"],
  "assess-organisations": ["organisation"],
  tell: ["telling", "notice", "mail"],
  clock: [],
};
const NOUNS: Readonly<Record<WaitingWork["work"], readonly [string, string]>> = {
  source: ["file to fetch", "files to fetch"],
  submission: ["file to read", "files to read"],
  series: ["series to decide", "series to decide"],
  organisation: ["organisation to decide", "organisations to decide"],
  telling: ["thing to tell", "things to tell"],
  notice: ["notice to send", "notices to send"],
  mail: ["mail on its way", "mails on their way"],
};
/** Work that waits this long with nobody to do it needs a person. */
const LONG_MINUTES = 2;

/** Whether a person must act: something failed, an answer is overdue, the queue is away, or nobody does the work. */
export function mustAct(status: Status): boolean {
  return reasonsToAct(status).length > 0;
}

/** What a person must see to, a line each. */
function reasonsToAct(status: Status): string[] {
  const { failed, overdue, depths } = status;
  const broken = failed.items.filter(({ state }) => state === "failed");
  const reasons: string[] = [];
  if (broken.length > 0) reasons.push("work has failed: retry or dismiss it at /operations");
  if (depths !== null && countLeftForPeople(depths) > 0)
    reasons.push("bells have failed: retry or dismiss them at /operations");
  if (overdue.length > 0) reasons.push("answers are overdue");
  if (depths === null) reasons.push(`the queue is out of reach: ${status.away.replace(/\.$/, "")}`);
  if (isLeftLying(status)) reasons.push("work waits and nobody does it: npx signalbox start");
  return reasons;
}

function isLeftLying({ now, waiting, missing }: Status): boolean {
  const oldest = waiting.flatMap((work) => (work.count > 0 && work.oldest !== null ? [work.oldest] : []));
  return missing.length > 0 && oldest.some((since) => now.since(since).total("minutes") >= LONG_MINUTES);
}

/** The status as people read it, queue by queue. */
export function statusLines(status: Status): string[] {
  const { failed, overdue, missing } = status;
  const reasons = reasonsToAct(status);
  const queues = columns(queueNames.map((name) => [name, waitingOf(status, name), failedOf(status, name)]));
  return [
    ...queues,
    "",
    ...(missing.length === 0 ? [] : [`Not running: ${missing.join(", ")}.`, ""]),
    ...section("Failed, or waiting for an operator:", failed.items.flatMap(failedLines), failed.total),
    ...section("Overdue:", overdue.map(overdueLine), overdue.length),
    ...(reasons.length === 0
      ? ["Nothing for a person to do."]
      : reasons.map((reason) => `A person must act: ${reason}.`)),
  ];
}

function waitingOf({ now, waiting }: Status, queue: QueueName): string {
  const work = waiting.filter(({ work: kind, count }) => count > 0 && WORK_OF[queue].includes(kind));
  if (work.length === 0) return "nothing waits";
  return work
    .map(({ work: kind, count, oldest }) => {
      const age = oldest === null ? "" : ` (oldest ${ageOf(now.since(oldest))})`;
      return `${count.toLocaleString("en-GB")} ${NOUNS[kind][count === 1 ? 0 : 1]}${age}`;
    })
    .join(", ");
}

function failedOf({ depths, whyFailed }: Status, queue: QueueName): string {
  if (depths === null) return "out of reach";
  const left = leftForPeople(depths, queue);
  return left === 0 ? "" : `${left} failed: ${whyFailed.get(queue) ?? "no reason is known"}`;
}

function failedLines({ work, id, what, why, since, state }: FailedWork): string[] {
  return [`  ${work} ${id} ${state} since ${minuteOf(since)}: ${what}`, ...(why === "" ? [] : [`    ${why}`])];
}

function overdueLine({ kind, organisation, metric, escalation, dueOn, recipients }: OverdueRequest): string {
  const of = [organisation, metric].filter((part) => part !== null).join(" ");
  const to = recipients.length === 0 ? "the operators, as nobody is named" : recipients.join(", ");
  return `  ${kind} for ${of}${escalation === null ? "" : `, case ${escalation}`}: due ${dueOn}, asked of ${to}`;
}

function section(title: string, lines: readonly string[], total: number): string[] {
  return lines.length === 0 ? [] : [title, ...lines, ...(total > lines.length ? [`  of ${total} in all`] : []), ""];
}

function ageOf(age: Temporal.Duration): string {
  const seconds = Math.max(0, Math.round(age.total("seconds")));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** The status for machines. */
export function statusDocument(status: Status) {
  const { now, waiting, failed, overdue, depths, whyFailed, missing } = status;
  return {
    now,
    mustAct: reasonsToAct(status),
    queues: queueNames.map((name) => ({
      name,
      waiting: waiting.filter(({ work }) => WORK_OF[name].includes(work)),
      bells: depths?.[name] ?? null,
      whyFailed: whyFailed.get(name) ?? null,
    })),
    notRunning: missing,
    failed,
    overdue,
  };
}
