import type { Leaver, NobodyToTell } from "@signalbox/db";

const SERVICES = ["ingestion", "evaluator", "notifier", "auditor"] as const;
const SEEN_WITHIN = { seconds: 30 } as const;

/** One thing that a person must do, and where on the page. */
export interface ToDo {
  readonly text: string;
  readonly href: string;
}

/** Whether a service is at work, as far as anybody has seen. */
export interface ServiceState {
  readonly name: string;
  readonly at: Temporal.Instant | null;
  readonly isAtWork: boolean;
}

interface Facts {
  readonly failed: number;
  /** Null where the queues do not answer. */
  readonly jobs: readonly unknown[] | null;
  readonly overdue: number;
  readonly nobody: readonly NobodyToTell[];
  readonly services: readonly ServiceState[];
  /** What the auditor found, an old look too. */
  readonly audit: number;
  readonly bounces: readonly unknown[];
  readonly leavers: readonly Leaver[];
}

/** What waits for a person, most urgent first; nothing where all runs by itself. */
export function doNow({ failed, jobs, overdue, nobody, services, audit, bounces, leavers }: Facts): ToDo[] {
  const away = services.filter(({ isAtWork }) => !isAtWork).map(({ name }) => name);
  const some = (count: number, one: string, more: string, href: string): ToDo[] =>
    count === 0 ? [] : [{ text: `${count.toLocaleString("en-GB")} ${count === 1 ? one : more}`, href }];
  return [
    ...(away.length === 0 ? [] : [{ text: `Start ${away.join(", ")}: not seen at work`, href: "#state" }]),
    ...(jobs === null ? [{ text: "Look at the queues: they do not answer", href: "#state" }] : []),
    ...some(
      failed,
      "piece of work failed: try it again or dismiss it",
      "pieces of work failed: try each again or dismiss it",
      "#failed",
    ),
    ...some(
      jobs?.length ?? 0,
      "bell failed: ring it again or dismiss it",
      "bells failed: ring each again or dismiss it",
      "#failed",
    ),
    ...some(
      audit,
      "thing is not as it must be: put it right",
      "things are not as they must be: put them right",
      "#audit",
    ),
    ...some(
      bounces.length,
      "address refuses mail: find the right one",
      "addresses refuse mail: find the right ones",
      "#reach",
    ),
    ...some(
      leavers.length,
      "person is named and is not in people.csv: name another",
      "people are named and are not in people.csv: name others",
      "#reach",
    ),
    ...some(
      nobody.length,
      "place has nobody to tell: add somebody to people.csv",
      "places have nobody to tell: add people to people.csv",
      "#nobody",
    ),
    ...some(overdue, "request is overdue: ask who was asked", "requests are overdue: ask who was asked", "#overdue"),
  ];
}

/** When each service that works by itself was last seen. */
export function servicesInWords(seen: ReadonlyMap<string, Temporal.Instant>, now: Temporal.Instant): ServiceState[] {
  const since = now.subtract(SEEN_WITHIN);
  return SERVICES.map((name) => {
    const at = seen.get(name) ?? null;
    return { name, at, isAtWork: at !== null && Temporal.Instant.compare(at, since) >= 0 };
  });
}
