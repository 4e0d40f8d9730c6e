/** Escaped, safe markup. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Value = string | Html | undefined | readonly Html[];

/** A template tag for markup: escapes text, inserts markup verbatim, and omits undefined values. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(strings.reduce((markup, string, index) => markup + write(values[index - 1]) + string));
}

function write(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string') return escapeMarkup(value);
  return value.map(({ markup }) => markup).join('');
}

/** Parts in one line, with a dot between them. */
export function dotted(parts: readonly Html[]): Html {
  return html`${parts.map((part, index) => html`${index > 0 ? ' · ' : ''}${part}`)}`;
}

/** For HTML and SVG: content, and attribute values in any quotation marks. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
