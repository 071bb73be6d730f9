import type { MetricNotation } from "./canonical-row.ts";
import { readSubmission } from "./read-submission.ts";
import type { ReadRequest, ReadResult } from "./read-result.ts";
import type { Template } from "./template.ts";

const monthly = (unit: MetricNotation["unit"], scale: string[] = []): MetricNotation => ({
  unit,
  scale,
  frequency: "monthly",
});

/** The metrics of the tests' little catalogue, one of each kind. */
export const testMetrics: ReadonlyMap<string, MetricNotation> = new Map([
  ["ae-4h", monthly("percent")],
  ["ae-12h", monthly("count")],
  ["ae-attendances", monthly("count")],
  ["cat-2", monthly("duration")],
  ["deficit", monthly("money")],
  ["rating", monthly("ordinal", ["P", "A", "G", "E"])],
  ["plan-agreed", monthly("yesno")],
  ["beds", { unit: "count", scale: [], frequency: "quarterly" }],
]);

/** Reads a text, or bytes, as a test's file on 10 April 2024; `template` is one that is named. */
export function reading(
  file: string | Buffer,
  { template = null, ...given }: Partial<ReadRequest> & { template?: Template | null } = {},
): Promise<ReadResult> {
  return readSubmission({
    bytes: typeof file === "string" ? Buffer.from(file) : file,
    filename: "figures.csv",
    mediaType: "text/csv",
    templates: template ? [template] : [],
    named: template !== null,
    metrics: testMetrics,
    now: "2024-04-10",
    ...given,
  });
}

/** A canonical file of these rows under the usual header. */
export function canonical(...rows: string[]): string {
  return ["period,organisation,metric,value,numerator,denominator,plan,comment", ...rows, ""].join("\r\n");
}
