import type { Explanation } from "@signalbox/db";
import { decisionsSection } from "../../meetings/decisions-of-case.ts";
import { disputedSection } from "../disputes/disputed-section.ts";
import { signingSection } from "../case-acts/signing-section.ts";
import { riskSection } from "./case-section-risk.ts";
import { linksSection } from "../answer/links-section.ts";
import { commentarySection } from "../commentary/commentary-section.ts";
import { choicesSection } from "../choices/choices-section.ts";
import { caseActions } from "../actions/case-actions.ts";
import { nextStepSection } from "../steps/next-step-section.ts";
import type { Reading } from "./case-page.ts";
import { planSection } from "./plan-section.ts";

/**
 * A part of a case's page that follows it through. `of` reads what it shows, in one statement where it can, or null where
 * there is nothing to show; `views/case/<name>.njk` prints it, with what was read as `section`.
 */
export interface CaseSection {
  readonly name: string;
  readonly of: (found: Explanation, reading: Reading) => Promise<object | null>;
}

/** In the order in which they stand on the page. */
const sections: readonly CaseSection[] = [
  nextStepSection,
  disputedSection,
  choicesSection,
  planSection,
  caseActions,
  signingSection,
  riskSection,
  commentarySection,
  decisionsSection,
  linksSection,
];

/** What each section shows of a case, those with nothing to show left out. */
export async function caseSections(found: Explanation, reading: Reading): Promise<object[]> {
  const shown = await Promise.all(
    sections.map(async ({ name, of }) => {
      const section = await of(found, reading);
      return section === null ? [] : [{ name, section }];
    }),
  );
  return shown.flat();
}
