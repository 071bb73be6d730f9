import { ORGANISATION_KINDS } from "@signalbox/domain";
import type { CatalogueNames, KnownPerson, Sight } from "@signalbox/db";

/** What each role lets somebody do, beside reading. */
const MAY: Readonly<Record<string, string>> = {
  submitter: "Send figures for your organisation, and take back what was sent in error.",
  executive: "Sign off what was submitted, release it to the forums, or take it back.",
  owner: "Release a submission to the forums before its preview ends.",
  analyst: "Release a submission to the forums before its preview ends.",
  author: "Read what stands, and write on it when you are asked to.",
  chair: "Read what stands before your forum and the boards below it, and approve its limits.",
  member: "Read what stands before your forum and the boards below it.",
  secretary: "Read what stands before your forum and the boards below it.",
  observer: "Read what stands before your forum. An observer changes nothing.",
  auditor: "Read all there is, and the audit trail. An auditor changes nothing.",
  administrator: "Look after the catalogue: who and what there is.",
  operator: "Run Signalbox: see all there is, and act on what failed.",
};

/** What somebody may do, a sentence a role. */
export function mayInWords({ reach, seats, isOperator, isAuditor, isAdministrator }: KnownPerson): string[] {
  const roles = [...reach.keys(), ...seats.keys()];
  if (isOperator) roles.push("operator");
  if (isAuditor) roles.push("auditor");
  if (isAdministrator) roles.push("administrator");
  return [...new Set(roles.flatMap((role) => MAY[role] ?? []))];
}

export interface SightInWords {
  readonly all: boolean;
  /** Names of the organisations of which all is seen. */
  readonly organisations: readonly string[];
  /** Names of the forums whose cases are seen. */
  readonly forums: readonly string[];
  /** The kinds of organisations whose figures a forum sees; none where it sees those of all kinds. */
  readonly levels: readonly string[];
}

/** How far somebody sees, by the names of what they see. */
export function sightInWords({ organisations, forums, levels }: Sight, names: CatalogueNames): SightInWords {
  const named = (codes: readonly string[], known: ReadonlyMap<string, string>) =>
    codes.map((code) => known.get(code) ?? code).toSorted((one, other) => one.localeCompare(other, "en-GB"));
  return {
    all: organisations === null,
    organisations: named(organisations ?? [], names.organisations),
    forums: organisations === null ? [] : named(forums, names.forums),
    levels: levels.length < ORGANISATION_KINDS.length ? levels : [],
  };
}
