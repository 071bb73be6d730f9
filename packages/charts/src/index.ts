export {
  ASSURANCE_WORDS,
  assuranceIcon,
  assuranceMark,
  iconSymbols,
  VARIATION_WORDS,
  variationIcon,
  variationMark,
  variationSaid,
} from "./icons.ts";
export { KIND_WORDS } from "./marks.ts";
export { sparkline } from "./sparkline.ts";
export { type ReferenceLine, xmrChart, type XmrDrawing } from "./xmr-chart.ts";
