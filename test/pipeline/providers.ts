import type { CatalogueText } from "../harness/catalogue-folder.ts";
import { inventedSystem, protocolAtOnce } from "../harness/invented-health-system.ts";

const { multipleAreas: _areas, missing: _missing, quarterly: _quarterly, ...onlySeries } = protocolAtOnce;

/** A protocol of what concerns one series alone, telling at once: several areas and missing returns make no cases. */
export const seriesProtocol = onlySeries;

/** People of a provider: those of "P1" are p1.owner@example.org and so on. */
const roles = ["owner", "author", "submitter", "executive"];

/** The invented system with further providers, one for each test of a file, so that tests do not meet. */
export function withProviders(codes: readonly string[], changed: Partial<CatalogueText> = {}): CatalogueText {
  const organisations = codes.map((code) => `${code},Provider ${code},provider,ICS,,`);
  const people = codes.flatMap((code) =>
    roles.map((role) => `${code.toLowerCase()}.${role}@example.org,${code} ${role},${role},,${code}`),
  );
  return {
    ...inventedSystem,
    protocol: seriesProtocol,
    organisations: [inventedSystem.organisations, ...organisations].join("\n"),
    people: [inventedSystem.people, ...people].join("\n"),
    ...changed,
  };
}
