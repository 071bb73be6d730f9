import { type Frequency, monthOf, nameOfPeriod, type Period } from "./period.ts";

/** Where a file is fetched from, period by period: a row of sources.csv. No template: it is found from the content. */
export interface Source {
  readonly name: string;
  readonly organisation: string;
  readonly template: string | null;
  /** The address, with placeholders for the period. */
  readonly url: string;
  /** The working day after the period's end from which the file is asked for. */
  readonly workingDay: number;
}

/** How each placeholder of a source's address is filled: of April 2024, or of the quarter that begins with it. */
const PLACEHOLDERS: ReadonlyMap<string, (year: number, month: number, period: Period) => string> = new Map([
  ["yyyy", (year) => String(year)],
  ["yy", (year) => twoDigits(year % 100)],
  ["mm", (_, month) => twoDigits(month)],
  ["month", (_, __, period) => monthName(period)],
  ["mon", (_, __, period) => monthName(period).slice(0, 3)],
  ["fy", (year, month) => financialYear(month >= 4 ? year : year - 1)],
  ["q", (_, month) => String(month >= 4 ? Math.floor((month - 1) / 3) : 4)],
]);
const YEARS = ["yyyy", "yy", "fy"];
const MONTHS = ["mm", "month", "mon"];
const LONGEST = 2000;

/** The address of one period's file, such as ".../April-2024.csv" from ".../{month}-{yyyy}.csv". */
export function sourceAddress(pattern: string, period: Period): string {
  const { year, month } = monthOf(period);
  return pattern.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => {
    return PLACEHOLDERS.get(name)?.(year, month, period) ?? whole;
  });
}

/** A file comes each quarter where its address names the quarter and no month, else each month. */
export function sourceFrequency(pattern: string): Frequency {
  const used = placeholdersOf(pattern);
  return used.includes("q") && !used.some((name) => MONTHS.includes(name)) ? "quarterly" : "monthly";
}

/** What is wrong with a source's address, null for nothing: https alone, a host by its name, a placeholder for the period. */
export function faultOfSourceUrl(pattern: string): string | null {
  if (pattern.length > LONGEST) return `is longer than ${LONGEST} characters`;
  const used = placeholdersOf(pattern);
  const unknown = used.find((name) => !PLACEHOLDERS.has(name));
  const known = [...PLACEHOLDERS.keys()].map((name) => `{${name}}`).join(", ");
  if (unknown !== undefined) return `{${unknown}} is no placeholder: there are ${known}`;
  if (/[{}]/.test(pattern.replaceAll(/\{[^{}]*\}/g, ""))) return "a brace is opened or closed without its other one";
  if (/\s|\\/.test(pattern)) return "holds a blank or a backslash: write a blank as %20";
  return faultOfAddress(pattern) ?? faultOfPlaceholders(used);
}

function faultOfAddress(pattern: string): string | null {
  const address = pattern.replaceAll(/\{[^{}]*\}/g, "1");
  if (!URL.canParse(address)) return "is no address such as https://figures.example.org/{yyyy}-{mm}.csv";
  const url = new URL(address);
  if (url.protocol !== "https:") return `begins with ${url.protocol}, and files are fetched by https: alone`;
  if (url.username !== "" || url.password !== "")
    return "holds a user name or password, which would stand in every log";
  if (url.hash !== "") return "ends with a # part, which no server is sent: leave it out";
  if (/\{/.test(/^https:\/\/([^/?#]*)/i.exec(pattern)?.[1] ?? "")) return "has a placeholder in its host";
  if (isNumeric(url.hostname)) return `names its host by the number ${url.hostname}: write its name`;
  return null;
}

function faultOfPlaceholders(used: readonly string[]): string | null {
  if (!used.some((name) => YEARS.includes(name)))
    return "says the same for every year: put in {yyyy}, {yy} or {fy}, else last year's file is taken for this year's";
  if (used.some((name) => name === "q" || MONTHS.includes(name))) return null;
  return "says the same for every month: put in {mm}, {month} or {mon}, or {q} for a file a quarter";
}

/** An address in numbers: URL has made every way to write one (0x7f.1, 2130706433) into four of them. */
function isNumeric(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d+(?:\.\d+){3}$/.test(hostname);
}

function placeholdersOf(pattern: string): string[] {
  return [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? "");
}

function monthName(period: Period): string {
  return nameOfPeriod(period, "monthly").split(" ")[0] ?? "";
}

function financialYear(start: number): string {
  return `${start}-${twoDigits((start + 1) % 100)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
