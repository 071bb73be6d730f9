import type { ApiClient } from "./api-client.ts";

interface Submission {
  readonly id: string;
  readonly filename: string | null;
}

interface Assessment {
  readonly submission: string | null;
}

interface Escalation {
  readonly id: string;
  readonly shownAt: string;
  readonly notices: unknown;
  readonly actionPlan: unknown;
  readonly requests: unknown;
  readonly nextStep: unknown;
  readonly states: unknown;
  readonly concern: string;
  readonly organisation: string;
  readonly metric: string | null;
  readonly area: string | null;
  readonly raisedIn: string;
  readonly previous: string | null;
  readonly events: readonly { at: string; replacedAt: string | null; event: string }[];
}

/**
 * Everything that the API shows of assessments, cases and events, a line each, in an order of its own, without ids,
 * moments and what is asked: submissions go by their file's name and cases by their subject and first period.
 */
export async function shownBy(api: ApiClient): Promise<string[]> {
  const submissions = await api.list<Submission>("/submissions");
  const files = new Map(submissions.map(({ id, filename }) => [id, filename]));
  const cases = await api.list<Escalation>("/escalations");
  const names = new Map(cases.map((one) => [one.id, nameOf(one)]));
  const assessments = await api.list<Assessment>("/assessments?limit=500");
  const lines = [
    ...assessments.map((one) => line("assessment", { ...one, submission: files.get(one.submission ?? "") ?? null })),
    ...cases.map((shown) => {
      const { id: _id, shownAt: _shown, notices: _notices, events: _events, ...one } = shown;
      // What is asked depends on when it was decided, and of whom on who was asked before.
      const { actionPlan: _plan, requests: _requests, nextStep: _next, states: _states, ...decided } = one;
      const previous = one.previous === null ? null : (names.get(one.previous) ?? "not shown");
      return line("case", { ...decided, previous });
    }),
    ...cases.flatMap((one) =>
      one.events.map(({ at: _at, replacedAt: _replaced, ...event }) => line(`event of ${nameOf(one)}`, event)),
    ),
  ];
  return lines.toSorted();
}

const SHOWN = 12;

/** What one list of lines has and the other has not, each way, as far as a person would read. */
export function difference(expected: readonly string[], actual: readonly string[]) {
  const [wanted, got] = [new Set(expected), new Set(actual)];
  return {
    missing: expected.filter((one) => !got.has(one)).slice(0, SHOWN),
    extra: actual.filter((one) => !wanted.has(one)).slice(0, SHOWN),
  };
}

function nameOf({ concern, organisation, metric, area, raisedIn }: Escalation): string {
  return [concern, organisation, metric ?? area ?? "", raisedIn].join(" ");
}

function line(what: string, facts: object): string {
  return `${what}: ${JSON.stringify(facts)}`;
}
