import { workingDaysOn } from "./english-days.ts";

/** What is open and waits for somebody, as the cast sees it. */
export interface Waiting {
  readonly id: number;
  readonly kind: string;
  readonly organisation: string;
  readonly escalation: number | null;
  readonly action: number | null;
  readonly plan: number | null;
  readonly askedOn: Temporal.PlainDate;
  readonly dueOn: Temporal.PlainDate;
}

/** So many working days after it was asked, or after its day; null for never. */
type Manner = (one: Waiting) => Temporal.PlainDate | null;

const after =
  (days: number): Manner =>
  ({ askedOn }) =>
    workingDaysOn(askedOn, days);
const late =
  (days: number): Manner =>
  ({ dueOn }) =>
    workingDaysOn(dueOn, days);
const onTheDay: Manner = ({ dueOn }) => dueOn;
const never: Manner = () => null;

type Manners = Readonly<Record<string, Manner>>;

const prompt: Manners = {
  acknowledgement: after(1),
  "action-plan": after(6),
  action: onTheDay,
  embedding: late(-1),
  challenge: after(3),
  commentary: after(2),
  risk: after(4),
};
const slow: Manners = {
  acknowledgement: never,
  "action-plan": late(3),
  action: late(9),
  embedding: late(4),
  challenge: late(2),
  commentary: late(1),
  risk: late(7),
};
const silent: Manners = {};
const holding: Manners = { acknowledgement: after(1) };
const forum: Manners = { "plan-decision": after(3), "case-sign-off": after(4) };

/** How each organisation answers: Saltmarsh and Westmere Community at once, Fennbridge late, the others hardly or never. */
const organisations: Readonly<Record<string, Manners>> = {
  STH: prompt,
  WCH: prompt,
  FNH: slow,
  MHT: silent,
  TRA: holding,
};

/** The day on which what waits is answered; null where it never is. */
export function answeredOn(one: Waiting): Temporal.PlainDate | null {
  const manner = forum[one.kind] ?? organisations[one.organisation]?.[one.kind];
  return manner?.(one) ?? null;
}
