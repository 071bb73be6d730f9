import { AGENDA_GROUPS, type AgendaCase, type AgendaGroup } from "./agenda-case.ts";
import { agendaGroup, type AgendaRules } from "./agenda-group.ts";

/** Cases under their headings, the SLT's before the boards', then the longest; a case stands once. */
export function agendaOf<Case extends AgendaCase>(
  cases: readonly Case[],
  rules: AgendaRules,
): Readonly<Record<AgendaGroup, readonly Case[]>> {
  const groups = Object.fromEntries(AGENDA_GROUPS.map((group) => [group, [] as Case[]])) as Record<AgendaGroup, Case[]>;
  for (const one of cases.toSorted(worstFirst)) {
    const group = agendaGroup(one, rules);
    if (group !== null) groups[group].push(one);
  }
  return groups;
}

function worstFirst(a: AgendaCase, b: AgendaCase): number {
  return Number(b.now.tier === "slt") - Number(a.now.tier === "slt") || a.raisedIn - b.raisedIn || a.id - b.id;
}
