/** The progress of a long build. */
export interface Progress {
  /** @param total the number of documents */
  begin(what: string, total: number): void;
  advance(count: number): void;
  end(): void;
}

/** The terminal or log that shows progress. */
export interface Screen {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** Builds that take less show no progress; milliseconds. */
const DELAY = 2000;
const TERMINAL_INTERVAL = 100;
/** The interval before the second line of a log. It doubles with each line, so that a log stays short. */
const LOG_INTERVAL = 5000;
const ERASE_LINE = '\r\u001b[K';

/** The line of a log with which a slow build shows its progress. */
export const PROGRESS_LINE = /^[A-Z][a-z ]+ \d+ of \d+ documents, .* left$/;

/**
 * Shows one line that changes on a terminal, and a line now and then elsewhere.
 *
 * @param clock milliseconds
 */
export function showProgress(screen: Screen, clock: () => number): Progress {
  const isTerminal = screen.isTTY === true;
  const startedAt = clock();
  let isShown = false;
  let interval = isTerminal ? TERMINAL_INTERVAL : LOG_INTERVAL;
  let next = startedAt + DELAY;
  let stage = { what: '', total: 0, done: 0, startedAt };
  const line = (now: number): string => {
    const { what, total, done } = stage;
    const seconds = (now - stage.startedAt) / 1000;
    const rate = done / seconds;
    const left = Math.ceil((total - done) / rate);
    return `${what} ${done} of ${total} documents, ${Math.round(rate)} a second, ${left} s left`;
  };
  return {
    begin(what, total) {
      stage = { what, total, done: 0, startedAt: clock() };
    },
    advance(count) {
      stage.done += count;
      const now = clock();
      if (now < next) return;
      next = now + interval;
      if (!isTerminal) interval *= 2;
      isShown = true;
      screen.write(isTerminal ? `${ERASE_LINE}${line(now)}` : `${line(now)}\n`);
    },
    end() {
      if (isShown && isTerminal) screen.write(ERASE_LINE);
    },
  };
}
