/** Seconds in `754`, `12:34`, `1:02:03.500`, `PT1H2M3S` and `1h 2m 3s`, without their fractions. */
export function readSeconds(text: string): number | undefined {
  const clock = /^(?:(?:(\d+):)?(\d{1,3}):)?(\d+)(?:\.\d+)?$/.exec(text);
  const spelled =
    /^(?=.*\d)(?:PT\s*)?(?:(\d+)\s*h[a-z]*\s*)?(?:(\d+)\s*m[a-z]*\s*)?(?:(\d+)(?:\.\d+)?\s*s[a-z]*)?$/i.exec(
      text,
    );
  const parts = clock ?? spelled;
  if (parts === null) return undefined;
  const [, hours = 0, minutes = 0, seconds = 0] = parts;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
