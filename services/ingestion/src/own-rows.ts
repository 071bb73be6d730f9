// A preview on the web refuses the same rows as the reading does: the rule is where both find it.
export { type OwnRows, ownRows } from "@signalbox/formats/own-rows";
