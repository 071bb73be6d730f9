/** Where values lie between the bottom and the top of a picture, and at which of them a line is drawn. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  /** The vertical place of a value, from the top of the picture. */
  y(value: number): number;
}

const STEPS = [1, 2, 2.5, 5, 10];
const HOUR = 3600;
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];
const AIR = 0.06;
/** Values closer together than this part of their size are drawn as one. */
const TINY = 1e-9;

interface Place {
  readonly top: number;
  readonly bottom: number;
  /** About how many lines. */
  readonly lines?: number;
  /** The least step between two lines, so that no two are written alike. */
  readonly finest?: number;
  /** Durations in seconds step by what makes a round time. */
  readonly isTime?: boolean;
}

/** A scale over all values that are numbers, with round numbers for its lines. It does not begin at 0 unless they do. */
export function scaleOver(
  values: readonly number[],
  { top, bottom, lines = 5, finest = 0, isTime = false }: Place,
): Scale {
  const numbers = values.filter((value) => Number.isFinite(value));
  const least = numbers.length === 0 ? 0 : Math.min(...numbers);
  const most = numbers.length === 0 ? 1 : Math.max(...numbers);
  const size = Math.max(Math.abs(least), Math.abs(most));
  const flat = size > TINY ? size : 1;
  const spread = most - least > TINY * flat ? most - least : flat;
  const rough = (spread * (1 + 2 * AIR)) / lines;
  const step = Math.max(finest, isTime ? timeStep(rough) : roundStep(rough, finest));
  const low = least >= 0 && least - spread * AIR < 0 ? 0 : Math.floor((least - spread * AIR) / step) * step;
  const high = Math.ceil((most + spread * AIR) / step) * step;
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, at) => tidy(low + at * step));
  return { low, high, ticks, y: (value) => bottom - ((value - low) / (high - low)) * (bottom - top) };
}

/** Seconds that make a round time: 5 minutes, half an hour, 6 hours. */
function timeStep(rough: number): number {
  return TIME_STEPS.find((step) => step >= rough) ?? roundStep(rough / HOUR) * HOUR;
}

/** 1, 2, 2.5 or 5 times a power of ten, and a multiple of `finest`. */
function roundStep(rough: number, finest = 0): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const fits = (step: number) => finest === 0 || Number.isInteger(tidy((step * power) / finest));
  return power * (STEPS.find((step) => step * power >= rough && fits(step)) ?? 10);
}

/** 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}
