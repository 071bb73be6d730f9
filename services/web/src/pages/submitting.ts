import type { FastifyInstance } from "fastify";
import type { Pages } from "../pages.ts";
import type { Parts } from "../parts.ts";
import { openPreviews, type Previews } from "../preview.ts";
import type { PagesOf } from "./all.ts";
import { previewPages } from "./preview.ts";
import { typingPages } from "./typing.ts";
import { uploadPages } from "./upload.ts";

/** What the pages on which figures are submitted share. */
export interface Submitting {
  readonly parts: Parts;
  readonly pages: Pages;
  readonly previews: Previews;
}

export type SubmittingPagesOf = (app: FastifyInstance, submitting: Submitting) => void | Promise<void>;

/** The pages on which a person submits: a file or typed figures, then what they would change, then the confirmation. */
export const submittingPages: PagesOf = async (app, parts, pages) => {
  const submitting = { parts, pages, previews: await openPreviews(parts) };
  for (const add of [uploadPages, typingPages, previewPages]) await add(app, submitting);
};
