import type { AnswerLink, KnownPerson } from "@signalbox/db";
import { asPeriod } from "@signalbox/domain";
import { expect, test } from "vitest";
import { answersFor, speaksFor } from "../acting.ts";
import { limitedPerson } from "./limited-person.ts";

const chairAndOwner: KnownPerson = {
  email: "olu@example.org",
  name: "Olu",
  isOperator: true,
  isAuditor: false,
  isAdministrator: false,
  reach: new Map([["owner", null]]),
  seats: new Map([["chair", ["UEC"]]]),
  ownSeats: new Map([["chair", ["UEC"]]]),
  sight: { organisations: null, forums: ["UEC"], levels: [] },
  standsInFor: [{ email: "erin@example.org", name: "Erin", until: "2026-12-24" }],
};
const link: AnswerLink = {
  id: 1,
  request: 1,
  escalation: 1,
  person: "olu@example.org",
  kind: "challenge",
  organisation: "RA",
  organisationName: "Northwick Hospitals",
  metric: "ae-4h",
  metricName: "A&E four-hour performance",
  period: asPeriod(24_290),
  frequency: "monthly",
  dueOn: "2026-12-08",
  expiresAt: Temporal.Instant.from("2026-12-16T00:00:00Z"),
  over: null,
  isAsked: true,
  named: null,
};

test("who comes by a link answers for its organisation, and brings no seat, no office and nobody else's rights", () => {
  const person = limitedPerson(chairAndOwner, link);
  if (person === null) throw new Error("the link opens nothing");
  const caller = { kind: "person", person } as const;
  expect([answersFor(caller, "RA"), answersFor(caller, "RB")]).toEqual([true, false]);
  const one = { organisation: "RA", forum: "UEC", area: "UEC", areas: [] };
  expect(speaksFor(caller, one, "chair")).toBe(false);
  expect(person).toMatchObject({ isOperator: false, standsInFor: [], sight: { organisations: ["RA"], forums: [] } });
});
