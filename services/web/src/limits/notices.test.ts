import type { CurrentCatalogue, Proposal } from "@signalbox/db";
import { expect, test } from "vitest";
import { sentBackTelling } from "./notices.ts";

const now = Temporal.Instant.from("2024-06-01T09:00:00Z");
const proposal: Proposal = {
  id: 1,
  forum: "UEC",
  title: "New",
  state: "sent-back",
  revision: 1,
  proposedBy: "gone@example.org",
  proposedAt: now,
  sentBy: "Sol@example.org",
  sentAt: now,
  decidedBy: "chair@example.org",
  decidedAt: now,
  minute: null,
  reason: "Too tight",
  version: null,
};

test("who has left the catalogue is told nothing of the limits they proposed", () => {
  const person = { email: "sol@EXAMPLE.org", name: "Sol", role: "secretary", forum: "UEC", organisation: null };
  const catalogue = { people: [person], forums: new Map() } as unknown as CurrentCatalogue;
  const told = { catalogue, actor: "chair@example.org", now };
  expect(sentBackTelling(told, proposal, []).recipients).toEqual(["Sol@example.org"]);
  expect(sentBackTelling(told, { ...proposal, sentBy: "key board" }, []).recipients).toEqual([]);
});
