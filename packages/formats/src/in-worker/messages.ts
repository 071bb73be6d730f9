import { type RowParts, rowsOf } from "../canonical-rows.ts";
import type { ReadRequest, ReadResult } from "../read-result.ts";

/** What crosses to a reading thread: the request, its bytes in a buffer of their own that goes with it. */
export type ToThread = Omit<ReadRequest, "bytes"> & { bytes: Uint8Array<ArrayBuffer> };

/** What comes back: once that the thread can read; then results as plain data, or the fault of ours that kept one. */
export type FromThread = "loaded" | Answer;
type Answer = { result: Omit<ReadResult, "rows"> & { rows: RowParts } } | { fault: string };

/** A request ready to be sent, and what of it is handed over rather than copied. */
export function toThread(request: ReadRequest): { message: ToThread; handedOver: ArrayBuffer[] } {
  // A Buffer may be part of a larger one that others use, so its bytes are copied, once.
  const bytes = new Uint8Array(request.bytes);
  return { message: { ...request, bytes }, handedOver: [bytes.buffer] };
}

/** A result ready to be sent back: a million rows are columns that change hands. */
export function fromThread(result: ReadResult): { message: Answer; handedOver: ArrayBuffer[] } {
  const { organisations, metrics, reasons, marks, comments, columns, length } = result.rows;
  const rows = { organisations, metrics, reasons, marks, comments, columns };
  const buffers = length === 0 ? [] : Object.values(columns).map(({ buffer }) => buffer as ArrayBuffer);
  return { message: { result: { ...result, rows } }, handedOver: [...new Set(buffers)] };
}

/** The result on this side. Throws what was a fault on the other. */
export function resultOf(message: Answer): ReadResult {
  if ("fault" in message) throw new Error(`A reading thread failed: ${message.fault}`);
  return { ...message.result, rows: rowsOf(message.result.rows) };
}
