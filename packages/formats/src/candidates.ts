import { CanonicalLayout } from "./canonical-layout.ts";
import { Findings } from "./findings.ts";
import type { Candidate } from "./layout-choice.ts";
import type { ReadRequest } from "./read-result.ts";
import type { Template } from "./template.ts";
import { TemplateLayout } from "./template-layout.ts";
import type { Trace } from "./template-reading/trace.ts";

/**
 * The layouts that a file may have: the template that is named, or the canonical one and every template. `traceOf` gives
 * whom each of them tells what it does, by the template's name.
 */
export function candidatesOf(request: ReadRequest, traceOf: (template: string | null) => Trace | null): Candidate[] {
  const of = (template: Template | null): Candidate => {
    const found = new Findings();
    const trace = traceOf(template?.name ?? null);
    const to = { found, trace };
    const layout = template === null ? new CanonicalLayout(request, to) : new TemplateLayout(request, template, to);
    return { layout, found, failed: null };
  };
  return request.named ? request.templates.slice(0, 1).map(of) : [null, ...request.templates].map(of);
}
