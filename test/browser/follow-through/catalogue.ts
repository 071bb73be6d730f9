import type { CatalogueText } from "../../harness/catalogue-folder.ts";
import { protocolAtOnce } from "../../harness/invented-health-system.ts";

const person = (name: string) => `${name}@example.org`;

export const OWNER = { email: person("olive.owner"), name: "Olive Owner" };
export const CHAIR = { email: person("carla.chair"), name: "Carla Chair" };
export const EXECUTIVE = person("edith.executive");
export const SECRETARY = { email: person("sam.secretary"), name: "Sam Secretary" };
export const SLT_CHAIR = { email: person("steve.slt"), name: "Steve Slt" };
export const BOARD_MEMBER = person("maya.member");

/** One provider and one board, whose limits begin in January 2026; told as contract 6 recommends, and followed through. */
export const catalogue: CatalogueText = {
  organisations: `
    ICS,Invented System,system,,,
    NW,Northwick Hospitals,provider,ICS,,`,
  forums: `
    SLT,System Leadership Team,slt,
    ELE,Elective Care Board,board,SLT`,
  people: `
    ${SLT_CHAIR.email},${SLT_CHAIR.name},chair,SLT,
    ${CHAIR.email},${CHAIR.name},chair,ELE,
    ${SECRETARY.email},${SECRETARY.name},secretary,ELE,
    ${BOARD_MEMBER},Maya Member,member,ELE,
    ${OWNER.email},${OWNER.name},owner,,NW
    ${EXECUTIVE},Edith Executive,executive,,NW
    ${person("sue.submitter")},Sue Submitter,submitter,,NW
    ${person("olga.operator")},Olga Operator,operator,,`,
  metrics: "waiters,Waiting over a year,,ELE,,count,,lower,monthly,none,0,,none,,,no",
  thresholds: "waiters,,provider,value,200,260,2026-01,,approved,2025-12-04,ELE 2025/12",
  protocol: {
    ...protocolAtOnce,
    deterioration: { ...protocolAtOnce.deterioration, confirm: "spc" },
    preview: { workingDays: 2 },
    digest: { slt: "08:30", board: "08:30" },
    followThrough: {
      slt: { acknowledged: 2, accepted: 5, delivered: 60, embedded: 90 },
      board: { acknowledged: 2, accepted: 10, delivered: 90, embedded: 90 },
    },
    risk: { afterPeriods: 3 },
    monitoringPeriods: 3,
    stepDown: { signOff: ["ELE"], embedded: ["ELE"] },
  },
};

/** Two years without a limit, about 300 who wait, and January 2026, the first month with one. */
export const UNTIL_JANUARY = [
  300, 290, 310, 295, 305, 300, 310, 290, 300, 295, 305, 310, 300, 290, 305, 295, 310, 300, 290, 305, 300, 295, 310,
  300, 305,
] as const;
