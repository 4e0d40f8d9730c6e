/** What a server answers, as it comes over the wire: no coding undone, no redirect followed. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Asks a site. The target goes out as it is, so that it may be one that no URL parser lets through. */
export type HttpClient = (
  target: string,
  headers?: Readonly<Record<string, string>>,
  method?: string,
) => Promise<RawResponse>;

export function textIn({ body }: RawResponse): string {
  return new TextDecoder().decode(body);
}
