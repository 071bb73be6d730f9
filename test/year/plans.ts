import type { Pipeline } from "../harness/pipeline.ts";
import { workingDaysOn } from "./english-days.ts";

interface Case {
  readonly metric: string | null;
  readonly organisation: string;
}

/** The plan that an owner writes for a case: one action of six weeks, and the way back to the board's limit in three periods. */
export async function planFor(
  { db, api }: Pipeline,
  one: Case,
  { owner, today }: { owner: string; today: Temporal.PlainDate },
): Promise<object> {
  const said = { what: "Fewer staff than the work needs.", why: "Two posts have been empty since spring." };
  const actions = [
    {
      what: "Fill both posts, and lend staff from the next ward until then",
      owner,
      startsOn: today.toString(),
      dueOn: workingDaysOn(today, 30).toString(),
    },
  ];
  if (one.metric === null) return { ...said, actions };
  const { metric, organisation } = one;
  const { points } = await api.get<{ points: { period: string }[] }>(`/series/${metric}/${organisation}`);
  const last = points.at(-1)?.period ?? "";
  const limit = await db
    .selectFrom("threshold")
    .select("board")
    .where("metric", "=", metric)
    .where("until", "is", null)
    .where("status", "=", "approved")
    .where("basis", "=", "value")
    .orderBy("from_period", "desc")
    .executeTakeFirst();
  const { better } = await db
    .selectFrom("metric")
    .select("better")
    .where("code", "=", metric)
    .where("until", "is", null)
    .executeTakeFirstOrThrow();
  const value = limit?.board ?? (better === "lower" ? 0 : 100);
  const values = comingPeriods(last).map((period) => ({ period, value }));
  return { ...said, actions, path: [{ metric, organisation, values }] };
}

function comingPeriods(last: string): string[] {
  const quarter = /^(\d{4})\/\d{2} Q(\d)$/.exec(last);
  if (quarter !== null) {
    return [1, 2, 3].map((on) => {
      const place = Number(quarter[1]) * 4 + Number(quarter[2]) - 1 + on;
      const year = Math.floor(place / 4);
      return `${year}/${String((year + 1) % 100).padStart(2, "0")} Q${(place % 4) + 1}`;
    });
  }
  const month = Temporal.PlainYearMonth.from(last);
  return [1, 2, 3].map((on) => month.add({ months: on }).toString());
}
