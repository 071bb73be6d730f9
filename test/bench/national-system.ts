import type { CatalogueText } from "../harness/catalogue-folder.ts";
import { protocolAtOnce } from "../harness/invented-health-system.ts";

/** The size of an invented national system: series are organisations times metrics. */
export interface NationalSize {
  readonly providers: number;
  readonly metrics: number;
}

const BOARDS = ["UEC", "ELE", "MEN", "PRI", "QUA", "FIN"];
const MEMBERS = 8;
const METRICS = 120;

/** A size of about so many series: 120 metrics of as many providers as it takes. */
export function sizeOf(series: number): NationalSize {
  return { providers: Math.max(1, Math.round(series / METRICS)), metrics: METRICS };
}

export const providerCode = (at: number): string => `P${String(at).padStart(4, "0")}`;
export const metricCode = (at: number): string => `m-${String(at).padStart(3, "0")}`;

/** A catalogue of that size: six boards, eight people on each, an owner and a submitter a provider, a limit a metric. */
export function nationalCatalogue({ providers, metrics }: NationalSize): CatalogueText {
  const each = <T>(count: number, row: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => row(at));
  const boardOf = (at: number): string => BOARDS[at % BOARDS.length] ?? "UEC";
  return {
    organisations: [
      "NAT,Nation,system,,,",
      ...each(providers, (p) => `${providerCode(p)},Provider ${p},provider,NAT,,`),
    ].join("\n"),
    forums: ["SLT,System Leadership Team,slt,", ...BOARDS.map((code) => `${code},${code} Board,board,SLT`)].join("\n"),
    people: [
      ...["SLT", ...BOARDS].flatMap((forum) =>
        each(
          MEMBERS,
          (i) => `${forum.toLowerCase()}.${i}@example.org,Leader ${i},${i === 0 ? "chair" : "member"},${forum},`,
        ),
      ),
      ...each(providers, (p) => `owner.${p}@example.org,Owner ${p},owner,,${providerCode(p)}`),
      ...each(providers, (p) => `submitter.${p}@example.org,Submitter ${p},submitter,,${providerCode(p)}`),
      "operator@example.org,Operator,operator,,",
    ].join("\n"),
    metrics: each(
      metrics,
      (m) => `${metricCode(m)},Metric ${m},,${boardOf(m)},,percent,,higher,monthly,none,1,,none,,,no`,
    ).join("\n"),
    thresholds: each(metrics, (m) => `${metricCode(m)},,,value,80,75,2015-01,,approved,,`).join("\n"),
    protocol: { ...protocolAtOnce, deterioration: { ...protocolAtOnce.deterioration, confirm: "spc" } },
  };
}
