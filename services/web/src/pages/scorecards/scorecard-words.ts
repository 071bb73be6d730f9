import type { Kind, Rag, TargetPlace } from "@signalbox/domain";

/** The words of board papers. Below is on the wrong side: above the target, where less is better. */
export const AGAINST_WORDS: Readonly<Record<TargetPlace, string>> = {
  "below-by-10-percent": "Below by 10% or more",
  below: "Below by less",
  met: "Met",
  "no-value": "No figure",
  "no-target": "No target",
};

export const RAG_WORDS: Readonly<Record<Rag, string>> = {
  red: "Red",
  amber: "Amber",
  green: "Green",
  grey: "No data",
  unrated: "Not rated",
};

/** What one may filter by; the icon's own words are longer. */
export const VARIATION_CHOICES: Readonly<Record<Kind, string>> = {
  concern: "Special cause of concern",
  improvement: "Special cause of improvement",
  common: "Common cause",
  "neutral-high": "Special cause, higher",
  "neutral-low": "Special cause, lower",
};

export const NO_DOMAIN = "No domain";
