import type { ItemDetail, TierName } from "./item.ts";
import type { Mark } from "./letter.ts";

/** "1 case", "12,153 cases". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** "8 December 2026" of "2026-12-08". */
export function dayInWords(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return `${date.day} ${MONTHS[date.month - 1] ?? ""} ${date.year}`;
}

// Written out: a formatter for each date would be most of the time that a list of cases takes.
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** Before whom a tier stands. */
export function before(tier: TierName | undefined): string {
  if (tier === "slt") return "the SLT";
  return tier === "board" ? "the board" : "nobody";
}

/** "Urgent and Emergency Care" of "Urgent and Emergency Care Board": a subject has little room. */
export function shortArea(area: string): string {
  return area.replace(/ board$/i, "");
}

const marks: Readonly<Record<NonNullable<ItemDetail["rag"]>, Mark>> = {
  red: { shape: "▲", word: "Red", colour: "#b10e1e", ink: "#ffffff" },
  amber: { shape: "◆", word: "Amber", colour: "#ffb000", ink: "#0b0c0c" },
  green: { shape: "●", word: "Green", colour: "#00662f", ink: "#ffffff" },
  grey: { shape: "○", word: "No data", colour: "#505a5f", ink: "#ffffff" },
  unrated: { shape: "◇", word: "Not rated", colour: "#505a5f", ink: "#ffffff" },
};

/** RAG as shape and word, so that the colour says nothing by itself. */
export function markOf(rag: ItemDetail["rag"]): Mark | null {
  return rag === undefined ? null : marks[rag];
}

/** "A&E four-hour performance, Northwick Hospitals". */
export function whatAndWhere({ title, organisation }: ItemDetail): string {
  return organisation === undefined ? title : `${title}, ${organisation}`;
}
