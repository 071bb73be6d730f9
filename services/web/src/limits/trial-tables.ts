import type { CurrentCatalogue } from "@signalbox/db";
import { asPeriod, nameOfPeriod } from "@signalbox/domain";
import { MONTHS_TRIED, type Trial, type TrialCase, type TrialMove, type TrialSide } from "@signalbox/evaluation";

/** Cases raised, by the tier that they were raised before. */
export interface Raised {
  readonly board: number;
  readonly slt: number;
}

const monthName = (period: number) => nameOfPeriod(asPeriod(period), "monthly");

/** The cases that a side raised in the months that are looked at. */
export function raisedIn({ cases }: TrialSide, { from, to }: Pick<Trial, "from" | "to">): TrialCase[] {
  return cases.filter((one) => one.raisedIn >= from && one.raisedIn <= to);
}

function counted(cases: readonly TrialCase[]): Raised {
  const slt = cases.filter(({ tier }) => tier === "slt").length;
  return { slt, board: cases.length - slt };
}

/** Cases raised a month by both, the latest month first. */
export function byMonth(trial: Trial) {
  const [today, proposed] = [trial.today, trial.proposed].map((side) =>
    Map.groupBy(raisedIn(side, trial), (one) => one.raisedIn),
  );
  return Array.from({ length: MONTHS_TRIED }, (_, back) => trial.to - back).map((period) => ({
    month: monthName(period),
    today: counted(today?.get(period) ?? []),
    proposed: counted(proposed?.get(period) ?? []),
  }));
}

/** Cases raised by organisation, those with the greatest difference first. */
export function byOrganisation(trial: Trial, { organisations }: Pick<CurrentCatalogue, "organisations">) {
  const [today, proposed] = [trial.today, trial.proposed].map((side) =>
    Map.groupBy(raisedIn(side, trial), (one) => one.organisation),
  );
  const codes = new Set([...(today?.keys() ?? []), ...(proposed?.keys() ?? [])]);
  return [...codes]
    .map((code) => {
      const [now, then] = [counted(today?.get(code) ?? []), counted(proposed?.get(code) ?? [])];
      return {
        name: organisations.get(code)?.name ?? code,
        today: now,
        proposed: then,
        more: then.board + then.slt - now.board - now.slt,
      };
    })
    .toSorted((a, b) => Math.abs(b.more) - Math.abs(a.more) || a.name.localeCompare(b.name, "en-GB"));
}

/** All cases that both sides raised, and how many of them chance alone is expected to raise, each also a month. */
export function totals(trial: Trial) {
  return (["today", "proposed"] as const).map((name) => {
    const side = trial[name];
    const raised = counted(raisedIn(side, trial));
    const chance = side.chance.raisedBoard + side.chance.raisedSlt;
    return {
      name: name === "today" ? "Today’s limits" : "Proposed limits",
      ...raised,
      aMonth: tenth((raised.board + raised.slt) / MONTHS_TRIED),
      chance: tenth(chance),
      chanceAMonth: tenth(chance / MONTHS_TRIED),
      monthsByChance: tenth(side.chance.months),
      rated: side.rated,
      past: side.past,
    };
  });
}

const tenth = (value: number) => value.toLocaleString("en-GB", { maximumFractionDigits: 1 });

const WHAT = {
  new: "New",
  gone: "Gone",
  earlier: "Raised earlier",
  later: "Raised later",
  higher: "Goes up to the SLT",
  lower: "Stays with the board",
} as const;

/** How single cases would differ, in words: new and gone first. */
export function differenceRows({ differences }: Trial, catalogue: CurrentCatalogue) {
  const order = Object.keys(WHAT);
  return differences
    .toSorted((a, b) => order.indexOf(a.what) - order.indexOf(b.what))
    .map(({ what, metric, organisation, today, proposed }) => ({
      what: WHAT[what],
      case: caseName(catalogue, metric),
      organisation: catalogue.organisations.get(organisation)?.name ?? organisation,
      today: caseInWords(today),
      proposed: caseInWords(proposed),
    }));
}

/** What a case is of: a figure, or a provider's several areas. */
export function caseName({ metrics }: Pick<CurrentCatalogue, "metrics">, metric: string | null): string {
  return metric === null ? "In trouble in several areas" : (metrics.get(metric)?.name ?? metric);
}

function caseInWords(one: TrialCase | null): string {
  if (one === null) return "None";
  const until = one.endedIn === null ? "still stands" : `ended ${monthName(one.endedIn)}`;
  return `${one.worst === "slt" ? "SLT" : "Board"}, from ${monthName(one.raisedIn)}, ${until}`;
}

/** The mail each leader would have had: how many notices on how many days, by both. */
export function leaderRows({ leaders, today, proposed }: Trial) {
  return leaders
    .map((one) => ({ ...one, today: mailOf(today, one.forums), proposed: mailOf(proposed, one.forums) }))
    .toSorted((a, b) => b.proposed.notices - a.proposed.notices || a.name.localeCompare(b.name, "en-GB"));
}

function mailOf(side: TrialSide, forums: readonly string[]) {
  const mine = movesFor(side, forums);
  return { notices: mine.length, days: new Set(mine.map(({ day }) => day)).size };
}

/** What a side would have told the people of some forums. */
export function movesFor({ moves }: TrialSide, forums: readonly string[]): TrialMove[] {
  const mine = new Set(forums);
  return moves.filter((move) => move.forums.some((forum) => mine.has(forum)));
}

const SAID: Readonly<Record<string, string>> = {
  raised: "Raised",
  "stepped-up": "Stepped up",
  "stepped-down": "Stepped down",
  resolved: "Resolved",
  standing: "Stands",
  withdrawn: "Withdrawn",
};

/** One leader's mail by the proposed limits, a line an item, the latest day first, with how many notices a month by both. */
export function mailOfLeader(trial: Trial, email: string, catalogue: CurrentCatalogue) {
  const leader = trial.leaders.find((one) => one.email === email);
  if (leader === undefined) return null;
  const [now, then] = [movesFor(trial.today, leader.forums), movesFor(trial.proposed, leader.forums)];
  const monthOf = ({ day }: TrialMove) => day.slice(0, 7);
  const [nowByMonth, thenByMonth] = [Map.groupBy(now, monthOf), Map.groupBy(then, monthOf)];
  const inBoth = new Set(now.map(itemKey));
  return {
    ...leader,
    months: [...new Set([...nowByMonth.keys(), ...thenByMonth.keys()])]
      .toSorted()
      .toReversed()
      .map((month) => ({
        month: Temporal.PlainYearMonth.from(month).toLocaleString("en-GB", {
          month: "long",
          year: "numeric",
          calendar: "iso8601",
        }),
        today: nowByMonth.get(month)?.length ?? 0,
        proposed: thenByMonth.get(month)?.length ?? 0,
      })),
    items: then
      .toSorted((a, b) => (a.day < b.day ? 1 : -1))
      .map((move) => ({
        day: move.day,
        said: `${SAID[move.reason] ?? move.reason}${move.tier === "none" ? "" : move.tier === "slt" ? " (SLT)" : " (board)"}`,
        case: caseName(catalogue, move.metric),
        organisation: catalogue.organisations.get(move.organisation)?.name ?? move.organisation,
        period: monthName(move.period),
        isNew: !inBoth.has(itemKey(move)),
      })),
  };
}

const itemKey = ({ metric, organisation, period, reason, tier }: TrialMove) =>
  `${metric}\n${organisation}\n${period}\n${reason}\n${tier}`;

const STANDS = { none: "Nothing", board: "Before the board", slt: "Before the SLT" } as const;

/** What approving the set changes at once, without what moves by figures that are still held back. */
export function foretoldRows({ foretold }: Trial, catalogue: CurrentCatalogue) {
  const shown = foretold.filter(({ isHeld }) => !isHeld);
  return {
    held: foretold.length - shown.length,
    rows: shown.map(({ metric, organisation, stands, willStand, raisedIn: since }) => ({
      case: caseName(catalogue, metric),
      organisation: catalogue.organisations.get(organisation)?.name ?? organisation,
      stands: STANDS[stands],
      willStand: since === null ? STANDS[willStand] : `${STANDS[willStand]}, since ${monthName(since)}`,
    })),
  };
}
