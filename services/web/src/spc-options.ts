import { parsePeriod, type Frequency, formatPeriod, type Period } from "@signalbox/domain";
import type { SpcOptions } from "@signalbox/explain/spc-of-series";

/** As in the API's query and the page's form. */
export const SPC_FIELDS = ["screenOutliers", "fixAfter", "recalculateAt", "points", "closeIncludesOutside"] as const;
export type SpcField = (typeof SPC_FIELDS)[number];

export const FEWEST_FIXED = 12;
const LONGEST = 300;

export interface SpcFault {
  readonly field: SpcField;
  readonly message: string;
}

/** What somebody asks of a chart; a field with a fault counts as not given. */
export interface SpcAsked {
  readonly options: SpcOptions;
  /** What was typed, to be shown again. */
  readonly typed: Readonly<Record<SpcField, string>>;
  readonly faults: readonly SpcFault[];
  /** In words, what differs from the usual. */
  readonly differences: readonly string[];
}

/** Reads the options of a query; an empty field is one that was not given. */
export function spcAsked(query: Readonly<Record<string, unknown>>, frequency: Frequency): SpcAsked {
  const faults: SpcFault[] = [];
  const textOf = (field: SpcField): string => {
    const given = query[field];
    if (given === undefined || given === null) return "";
    if (typeof given === "string" && given.length <= LONGEST && !/\p{Cc}/u.test(given)) return given.trim();
    faults.push({ field, message: `Give ${NAMES[field]} once, in at most ${LONGEST} characters` });
    return "";
  };
  const typed = {
    screenOutliers: textOf("screenOutliers"),
    fixAfter: textOf("fixAfter"),
    recalculateAt: textOf("recalculateAt"),
    points: textOf("points"),
    closeIncludesOutside: textOf("closeIncludesOutside"),
  };
  const refuse = (field: SpcField, message: string) => void faults.push({ field, message });
  const isYes = (field: "screenOutliers" | "closeIncludesOutside", usual: boolean): boolean => {
    if (typed[field] === "true" || typed[field] === "false") return typed[field] === "true";
    if (typed[field] !== "") refuse(field, "Choose yes or no: true or false in an address");
    return usual;
  };
  const screenOutliers = isYes("screenOutliers", true);
  const closeIncludesOutside = isYes("closeIncludesOutside", false);
  if (!["", "6", "7"].includes(typed.points)) refuse("points", "Choose 6 or 7 points in a row");
  const points = typed.points === "6" ? 6 : 7;
  const fixAfter = countIn(typed.fixAfter);
  if (Number.isNaN(fixAfter)) refuse("fixAfter", `Enter a whole number of points, ${FEWEST_FIXED} or more`);
  const recalculateAt = periodsIn(typed.recalculateAt, frequency, (message) => refuse("recalculateAt", message));
  const options: SpcOptions = {
    screenOutliers,
    closeIncludesOutside,
    points,
    recalculateAt,
    ...(fixAfter === null || Number.isNaN(fixAfter) ? {} : { fixAfter }),
  };
  return { options, typed, faults, differences: differencesOf(options, frequency) };
}

const NAMES: Readonly<Record<SpcField, string>> = {
  screenOutliers: "whether large jumps are left out",
  fixAfter: "the number of points",
  recalculateAt: "the periods",
  points: "the points in a row",
  closeIncludesOutside: "whether points past a limit count",
};

/** Null where nothing is said, NaN where it is no number that will do. */
function countIn(text: string): number | null {
  if (text === "") return null;
  return /^\d{1,6}$/.test(text) && Number(text) >= FEWEST_FIXED ? Number(text) : NaN;
}

function periodsIn(text: string, frequency: Frequency, refuse: (message: string) => void): Period[] {
  return text.split(",").flatMap((part) => {
    const plain = part.trim();
    if (plain === "") return [];
    const period = parsePeriod(plain, frequency);
    if (period !== null) return [period];
    const such = frequency === "monthly" ? "2024-03 or March 2024" : "2023/24 Q4";
    refuse(`"${plain}" is no period of this ${frequency} series: write it such as ${such}`);
    return [];
  });
}

function differencesOf(
  { screenOutliers, fixAfter, recalculateAt = [], points, closeIncludesOutside }: SpcOptions,
  frequency: Frequency,
): string[] {
  return [
    screenOutliers === false ? "Large jumps count when the limits are worked out." : "",
    fixAfter === undefined ? "" : `The limits are worked out of the first ${fixAfter} points.`,
    recalculateAt.length === 0
      ? ""
      : `The limits begin anew at ${recalculateAt.map((period) => formatPeriod(period, frequency)).join(", ")}.`,
    points === 6 ? "6 points in a row make a run or a trend, not 7." : "",
    closeIncludesOutside === true ? "Points past a limit count in two out of three." : "",
  ].filter((words) => words !== "");
}

/** The options as the API answers with them. */
export function optionsSaid({ options }: SpcAsked, frequency: Frequency) {
  const {
    screenOutliers = true,
    fixAfter = null,
    recalculateAt = [],
    points = 7,
    closeIncludesOutside = false,
  } = options;
  return {
    screenOutliers,
    fixAfter,
    recalculateAt: recalculateAt.map((period) => formatPeriod(period, frequency)),
    points,
    closeIncludesOutside,
  };
}
