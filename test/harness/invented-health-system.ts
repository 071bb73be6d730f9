import type { CatalogueText } from "./catalogue-folder.ts";

/** The recommended protocol, telling at once and without a preview. */
export const protocolAtOnce = {
  stepDownAfter: 2,
  escalate: ["system", "provider"],
  deterioration: { boardAfter: 3, sltAfter: 4, confirm: "none", sltNeedsBreach: true },
  persistence: { sltAfter: 6 },
  missing: { boardAfter: 2 },
  multipleAreas: { areas: 3 },
  quarterly: {
    deterioration: { boardAfter: 2, sltAfter: 3, confirm: "none", sltNeedsBreach: true },
    persistence: { sltAfter: 2 },
    missing: { boardAfter: 1 },
  },
  submission: { dueWorkingDay: 10 },
  tellWithin: 2,
  actionPlan: { slt: { dueWorkingDays: 10 }, board: { dueWorkingDays: 10 } },
  commentary: { dueWorkingDays: 5 },
  reminders: { workingDaysBefore: 2, workingDaysPerLevel: 5 },
};

/** A small health system: three boards, three providers, one of them with two sites, monthly and quarterly metrics. */
export const inventedSystem: CatalogueText = {
  organisations: `
    ICS,Invented System,system,,,
    NW,Northwick Hospitals,provider,ICS,,
    NW-A,Northwick General,site,NW,,
    NW-B,Northwick Cottage,site,NW,,
    SW,Southwold Community,provider,ICS,,
    EX,Exford Hospitals,provider,ICS,,`,
  forums: `
    SLT,System Leadership Team,slt,
    UEC,Urgent and Emergency Care Board,board,SLT
    ELE,Elective Care Board,board,SLT
    QUA,Quality Board,board,SLT`,
  people: `
    slt.chair@example.org,SLT chair,chair,SLT,
    slt.member@example.org,SLT member,member,SLT,
    uec.chair@example.org,UEC chair,chair,UEC,
    ele.chair@example.org,Elective chair,chair,ELE,
    qua.chair@example.org,Quality chair,chair,QUA,
    both@example.org,Sits on two,member,UEC,
    both@example.org,Sits on two,member,ELE,
    nw.owner@example.org,Northwick owner,owner,,NW
    nw.author@example.org,Northwick author,author,,NW
    nw.submitter@example.org,Northwick submitter,submitter,,NW
    nw.executive@example.org,Northwick executive,executive,,NW
    sw.owner@example.org,Southwold owner,owner,,SW
    sw.author@example.org,Southwold author,author,,SW
    sw.submitter@example.org,Southwold submitter,submitter,,SW
    ex.owner@example.org,Exford owner,owner,,EX
    ex.author@example.org,Exford author,author,,EX
    ex.submitter@example.org,Exford submitter,submitter,,EX
    operator@example.org,Operator,operator,,`,
  metrics: `
    wait-4h,Four-hour performance,,UEC,,percent,,higher,monthly,ratio,1,,none,,,no
    ambulance,Ambulance handovers over an hour,,UEC,,count,,lower,monthly,sum,0,,none,,,no
    elective,Operations done,,ELE,,count,,higher,monthly,none,0,,none,,,no
    waiters,Waiting over a year,,ELE,,count,,lower,monthly,sum,0,,none,5,,no
    falls,Falls with harm,,QUA,,rate,,lower,monthly,none,2,,none,,,no
    survey,Patient survey,,QUA,,percent,,higher,quarterly,none,1,,none,,,no
    never,Never events,,QUA,,count,,lower,monthly,none,0,,none,,,yes`,
  thresholds: `
    wait-4h,,,value,80,70,2022-01,,approved,,
    wait-4h,SW,,value,85,75,2023-01,,approved,,
    ambulance,,provider,value,100,200,2022-01,,approved,,
    elective,,,percent-variance,-5,-10,2022-01,,approved,,
    waiters,,provider,value,400,,2022-01,2022-12,approved,,
    waiters,,provider,value,300,500,2023-01,,draft,,
    falls,,,value,3,5,2022-01,,approved,,
    survey,,,variance,-3,-6,2022-01,,approved,,
    never,,,value,0,1,2022-01,,approved,,`,
  plans: [
    ...months("2022-01", 36).flatMap((month) => ["NW", "SW", "ICS"].map((code) => `elective,${code},${month},200`)),
    ...["2022-01", "2022-04", "2022-07", "2022-10", "2023-01", "2023-04", "2023-07", "2023-10"].map(
      (quarter) => `survey,ICS,${quarter},90`,
    ),
  ].join("\n"),
  protocol: protocolAtOnce,
};

/** So many months from one on, as "2023-04". */
export function months(from: string, count: number): string[] {
  const first = Temporal.PlainYearMonth.from(from);
  return Array.from({ length: count }, (_, i) => first.add({ months: i }).toString());
}
