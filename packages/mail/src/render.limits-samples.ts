import { context, fourHour, item, picture, type Sample } from "./render.sample-items.ts";

/** A set of limits; no case is meant by it. */
const limits = {
  title: "Winter limits",
  area: "Urgent and Emergency Care Board",
  limits: [
    "A&E four-hour performance, every provider: Board 76.0%, SLT 70.0%, from December 2026",
    "Ambulance handover, mean, all organisations: Board 0:30:00, December 2026 to March 2027",
  ],
  page: "/thresholds/proposals/7",
};
const MOVED: readonly string[] = ["A&E four-hour performance, Southvale Hospitals: now before the SLT"];
const onlyLimits = { escalation: null };
const ending = { area: "Urgent and Emergency Care Board", endsOn: "2027-03-31", page: "/thresholds" };
const keeper = { escalation: null, toldBecause: "you keep the papers of this board, or the catalogue" };

/** What digests say of limits: approved, to decide, sent back, and what ends. */
export const limitsSamples: readonly Sample[] = [
  {
    name: "digest-limits",
    kind: "digest",
    items: [
      item("raised", fourHour, { picture: picture(1) }),
      item("limits-approved", { ...limits, minute: "UEC 2026/11", moved: MOVED }, onlyLimits),
      item("limits-sent", limits, { ...onlyLimits, toldBecause: "you decide the limits of this board" }),
      item(
        "limits-sent-back",
        { ...limits, why: "Too strict in winter" },
        { ...onlyLimits, toldBecause: "you proposed it" },
      ),
      item("limits-end-soon", { ...ending, title: "Limits of Ambulance handover, mean, every provider" }, keeper),
      item("limits-end-soon", { ...ending, title: "Plans of A&E four-hour performance" }, keeper),
    ],
    context,
  },
  {
    name: "digest-limits-alone",
    kind: "digest",
    items: [item("limits-sent", limits, { ...onlyLimits, toldBecause: "you decide the limits of this board" })],
    context,
  },
];
