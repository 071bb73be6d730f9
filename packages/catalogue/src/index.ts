export type * from "./catalogue.ts";
export { formatProblem, type Problem } from "./problem.ts";
export { type CatalogueRead, readCatalogue } from "./read-catalogue.ts";
