/** What a mail says, before it is HTML or text; both templates print all of it. */
export interface Letter {
  readonly subject: string;
  readonly heading: string;
  readonly intro: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string | null;
  readonly intro: string | null;
  readonly entries: readonly Entry[];
  /** One line each, for long lists. */
  readonly lines: readonly Line[];
  /** "and 25 more", with where they are. */
  readonly more: Link | null;
}

export interface Entry {
  readonly headline: string;
  readonly happened: string | null;
  readonly mark: Mark | null;
  readonly facts: readonly Fact[];
  readonly picture?: { readonly cid: string; readonly alt: string } | undefined;
  readonly link: Link | null;
}

export interface Fact {
  readonly label: string;
  readonly text: string;
}

export interface Line {
  readonly text: string;
  readonly url: string | null;
}

export interface Link {
  readonly text: string;
  readonly url: string;
}

export interface Mark {
  readonly shape: string;
  readonly word: string;
  readonly colour: string;
  readonly ink: string;
}

const nothing: Section = { title: null, intro: null, entries: [], lines: [], more: null };

/** A section with what is given and nothing else. */
export function section(given: Partial<Section>): Section {
  return { ...nothing, ...given };
}
