import type { AgendaCaseFacts, AgendaFacts, AgendaRead, CurrentCatalogue, Meeting } from "@signalbox/db";
import { type AgendaGroup, agendaOf, type Frequency, nameOfPeriod, type Period } from "@signalbox/domain";
import { dayInWords } from "@signalbox/mail";
import { nameOfPerson } from "../names-of-people.ts";
import { moment } from "../views.ts";
import { type AgendaSection, type AgendaShown, GROUP_TITLES, GROUPS_SHOWN, type RiskLine } from "./agenda-shown.ts";
import { askedLines } from "./asked-lines.ts";
import { caseLine, titleOfCase } from "./case-lines.ts";

/** The moves that count as a change since the papers. */
const CHANGES: ReadonlySet<AgendaGroup> = new Set(["new", "worse", "better", "resolved"]);

/** The cases of an agenda under their headings. */
export function casesOf({
  cases,
  tier,
  rules,
}: AgendaFacts): Readonly<Record<AgendaGroup, readonly AgendaCaseFacts[]>> {
  return agendaOf(cases, { tier, ...rules });
}

/** An agenda in words; the names are those of the catalogue in force. */
export function agendaShown(
  { facts, isFrozen, changes }: AgendaRead,
  meeting: Meeting,
  catalogue: CurrentCatalogue,
): AgendaShown {
  const groups = casesOf(facts);
  const standing = Object.entries(groups).flatMap(([group, cases]) => (group === "resolved" ? [] : cases));
  const about = new Map(facts.cases.map((one) => [one.id, aboutOf(one, catalogue)]));
  const papers = moment(meeting.papersDueAt);
  return {
    forum: catalogue.forums.get(facts.forum)?.name ?? facts.forum,
    when: moment(meeting.startsAt),
    place: meeting.place,
    asOf: isFrozen ? `As it stood when papers were due, ${papers}` : `As it stands now; papers are due ${papers}`,
    since: moment(Temporal.Instant.from(facts.since)),
    isFrozen,
    ...askedLines(facts, { about, catalogue }),
    groups: GROUPS_SHOWN.map((key) => sectionOf(key, groups[key], catalogue)),
    unchanged: { total: groups.unchanged.length, slt: groups.unchanged.filter(({ now }) => now.tier === "slt").length },
    risks: risksOf(standing, { about, catalogue }),
    commentary: standing.flatMap(({ id, frequency, commentary }) =>
      commentary === null
        ? []
        : [
            {
              about: about.get(id) ?? "",
              period: nameIn(commentary.period, frequency),
              words: commentary.words,
              by: nameOfPerson(catalogue, commentary.by),
              href: `/escalations/${id}`,
            },
          ],
    ),
    changes: changes === null ? null : changesSince(changes, catalogue),
  };
}

function changesSince(changes: AgendaFacts, catalogue: CurrentCatalogue): AgendaSection[] {
  const groups = casesOf(changes);
  return GROUPS_SHOWN.filter((key) => CHANGES.has(key) && groups[key].length > 0).map((key) =>
    sectionOf(key, groups[key], catalogue),
  );
}

function sectionOf(key: AgendaGroup, cases: readonly AgendaCaseFacts[], catalogue: CurrentCatalogue): AgendaSection {
  return { key, title: GROUP_TITLES[key], lines: cases.map((one) => caseLine(one, key, catalogue)) };
}

function risksOf(
  cases: readonly AgendaCaseFacts[],
  { about, catalogue }: { about: ReadonlyMap<number, string>; catalogue: CurrentCatalogue },
): RiskLine[] {
  return cases
    .flatMap(({ id, risks }) =>
      risks.map(({ organisation, reviewedOn, ...risk }) => ({
        ...risk,
        organisation: catalogue.organisations.get(organisation)?.name ?? organisation,
        reviewedOn: reviewedOn === null ? null : dayInWords(reviewedOn),
        about: about.get(id) ?? "",
        href: `/escalations/${id}`,
      })),
    )
    .toSorted((a, b) => b.score - a.score);
}

function aboutOf(one: AgendaCaseFacts, catalogue: CurrentCatalogue): string {
  const organisation = catalogue.organisations.get(one.organisation)?.name ?? one.organisation;
  return `${titleOfCase(one, catalogue)}, ${organisation}`;
}

function nameIn(period: number, frequency: Frequency): string {
  return nameOfPeriod(period as Period, frequency);
}

/** The cases that a meeting may decide of, by id with what each is about: all of its agenda, and what came since the papers. */
export function casesToDecide(
  { facts, changes }: AgendaRead,
  catalogue: CurrentCatalogue,
): ReadonlyMap<number, string> {
  return new Map([...facts.cases, ...(changes?.cases ?? [])].map((one) => [one.id, aboutOf(one, catalogue)]));
}
