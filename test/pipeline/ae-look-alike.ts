import type { TestFile } from "../harness/api-client.ts";
import type { CatalogueText } from "../harness/catalogue-folder.ts";
import { linesOf } from "../harness/catalogue-folder.ts";

/** A made-up country's A&E departments, for files that look like those NHS England publishes, quirks and all. */
export const aeCatalogue: CatalogueText = {
  organisations: `
    LAND,Land,system,,,
    ZA1,Alderbrook Hospitals,provider,LAND,,
    ZB2,Birchford Hospitals,provider,LAND,,
    ZC3,Cedarham Walk-in Centre,provider,LAND,,
    ZD4,Dunmere Hospitals,provider,LAND,,`,
  forums: `
    slt,Leadership,slt,
    uec,Urgent care board,board,slt`,
  people: `
    chair@example.org,Chair,chair,uec,
    operator@example.org,Operator,operator,,`,
  metrics: `
    ae-4h,Four hours,,uec,,percent,,higher,monthly,ratio,1,
    ae-12h,Twelve hours,,uec,,count,,lower,monthly,sum,0,
    ae-attendances,Attendances,,uec,,count,,neither,monthly,sum,0,`
    .split("\n")
    .map((row) => (row.trim() === "" ? row : `${row},,,,`))
    .join("\n"),
  thresholds: `
    ae-4h,,,value,90,80,2020-04,,approved,,
    ae-12h,,,value,10,50,2020-04,,approved,,`,
  protocol: { stepDownAfter: 1, missing: { boardAfter: 2 }, tellWithin: 1 },
};

const attendances = "A&E attendances Type 1,A&E attendances Type 2,A&E attendances Other A&E Department";
const booked = `A&E attendances Booked Appointments Type 1,A&E attendances Booked Appointments Type 2,A&E attendances Booked Appointments Other Department`;
const over4 = "Attendances over 4hrs Type 1,Attendances over 4hrs Type 2,Attendances over 4hrs Other Department";
const over4Booked =
  "Attendances over 4hrs Booked Appointments Type 1,Attendances over 4hrs Booked Appointments Type 2,Attendances over 4hrs Booked Appointments Other Department";
const rest =
  "Patients who have waited 4-12 hs from DTA to admission,Patients who have waited 12+ hrs from DTA to admission,Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2,Emergency admissions via A&E - Other A&E department,Other emergency admissions";

const sixteen = ["Period,Org Code,Parent Org,Org name", attendances, over4, rest].join();
const twentyTwo = ["Period,Org Code,Parent Org,Org name", attendances, booked, over4, over4Booked, rest].join();

const BOM = "\uFEFF";

/** One month's file as published: CRLF, regions with a blank at their end, a total under some spelling. */
function file(
  name: string,
  { header, begins = "", rows }: { header: string; begins?: string; rows: string },
): TestFile {
  const csv = `${begins}${[header, ...linesOf(rows)].join("\r\n")}\r\n`;
  return { organisation: "LAND", csv, filename: name, template: "nhs-england-ae-monthly" };
}

/** Five months: without and with booked appointments, a provider that ends, one that reports no breaches at all. */
export const aeFiles: readonly TestFile[] = [
  file("April-2020-revised-260421-zz01.csv", {
    header: sixteen,
    begins: BOM,
    rows: `
      MSitAE-APRIL-2020,ZA1,LAND NORTH ,ALDERBROOK HOSPITALS,4000,0,1000,300,0,0,20,4,900,0,0,50
      MSitAE-APRIL-2020,ZB2,LAND SOUTH ,"BIRCHFORD, AND DISTRICT HOSPITALS",2500,0,0,0,0,0,0,0,400,0,0,10
      MSitAE-APRIL-2020,ZC3,LAND SOUTH ,CEDARHAM WALK-IN CENTRE,0,0,0,0,0,0,0,0,0,0,0,0
      MSitAE-APRIL-2020,ZD4,LAND SOUTH ,DUNMERE HOSPITALS,800,100,100,150,0,0,5,12,200,0,0,5
      TOTAL,TOTAL,TOTAL,TOTAL,7300,100,1100,450,0,0,25,16,1500,0,0,65`,
  }),
  file("May-2020-revised-260421-zz02.csv", {
    header: sixteen,
    rows: `
      MSitAE-MAY-2020,ZA1,LAND NORTH ,ALDERBROOK HOSPITALS,4000,0,1000,700,0,50,20,11,900,0,0,50
      MSitAE-MAY-2020,ZB2,LAND SOUTH ,BIRCHFORD HOSPITALS,999,0,0,0,0,0,0,0,400,0,0,10
      MSitAE-MAY-2020,ZD4,LAND SOUTH ,DUNMERE HOSPITALS,800,100,100,250,0,0,5,60,200,0,0,5
      Total ,Total,Total,Total,5799,100,1100,950,0,50,25,71,1500,0,0,65`,
  }),
  file("August-2020-revised-270421-zz03.csv", {
    header: twentyTwo,
    rows: `
      MSitAE-AUGUST-2020,ZA1,LAND NORTH ,ALDERBROOK HOSPITALS,3000,0,1000,500,0,500,400,0,0,20,0,0,20,9,900,0,0,50
      MSitAE-AUGUST-2020,ZB2,LAND SOUTH ,BIRCHFORD HOSPITALS,1000,0,0,0,0,0,0,0,0,0,0,0,0,0,400,0,0,10
      MSitAE-AUGUST-2020,ZC3,LAND SOUTH ,CEDARHAM WALK-IN CENTRE,0,0,50,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0
      TOTAl,TOTAl,TOTAl,TOTAl,4000,0,1050,500,0,500,400,0,1,20,0,0,20,9,1300,0,0,60`,
  }),
  file("September-2020-revised-270421-zz04.csv", {
    header: twentyTwo,
    begins: BOM,
    rows: `
      MSitAE-SEPTEMBER-2020,ZA1,LAND NORTH ,ALDERBROOK HOSPITALS TRUST,3000,0,1000,500,0,500,900,0,0,100,0,0,20,10,900,0,0,50
      MSitAE-SEPTEMBER-2020,ZB2,LAND SOUTH,BIRCHFORD HOSPITALS,2000,0,0,0,0,0,300,0,0,0,0,0,0,0,400,0,0,10
      TOTAL,TOTAL ,TOTAL ,TOTAL ,5000,0,1000,500,0,500,1200,0,0,100,0,0,20,10,1300,0,0,60`,
  }),
  file("April-2020-revised-130624-zz05.csv", {
    header: sixteen,
    rows: `
      MSitAE-APRIL-2020,ZA1,LAND NORTH ,ALDERBROOK HOSPITALS,4000,0,1000,600,0,0,20,4,900,0,0,50
      Total,Total,Total,Total,4000,0,1000,600,0,0,20,4,900,0,0,50`,
  }),
];
