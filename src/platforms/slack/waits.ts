/** How long Slack may take over one call, in milliseconds. */
export const CALL_TIMEOUT_MS = 30_000

/** Milliseconds in which Slack wants an acknowledgement, and for which a trigger opens a modal [docs: interactivity]. */
export const TRIGGER_MS = 3_000

/** After how many milliseconds without an answer a modal says that one is coming, while the trigger still opens one. */
export const PATIENCE_MS = 1_200

/** Between two attempts to connect anew, in milliseconds, however long it has failed. */
export const LONGEST_RECONNECT_MS = 30_000

/** Windows that wait for an answer at once: in a storm of presses they would only make it longer. */
export const MOST_WAITING = 8

/** How long an answer may wait until Slack takes it, in milliseconds. */
export const LONGEST_PATIENCE_MS = 20_000

/** How long an answer waits to be told how open a place is, in milliseconds: then it is taken to be as open as can be. */
export const LONGEST_LOOK_MS = 1_000

/** Bytes of a request [source: Bolt's defaultBodyLimit]. */
export const LARGEST_REQUEST = 4 * 1024 * 1024

/** Seconds by which a request's time may differ from ours, either way [docs: verifying requests]. */
export const CLOCK_SECONDS = 300

/** How long what a conversation is stays known, in minutes: an event says sooner if it changes. */
export const KIND_MINUTES = 10

/** Conversations that stay known, members of one who are looked at, deliveries whose answers are kept. */
export const MOST_LOOKED_AT = 1_000

/** Bytes of a file that comes with words. A board's roster or terms of reference take a tenth of it. */
export const LARGEST_FILE = 400 * 1024

/** Messages among which one is looked for that may have been posted. */
export const MOST_LOOKED_BACK = 100

/** Characters of a message that are taken for the title of an item. */
export const LONGEST_TITLE = 200

/** Minutes until it is looked again who reads in a place that serves a board: an event says sooner if one comes. */
export const LOOKED_AGAIN_MINUTES = 15

/** Hours until an address that nobody in the workspace has, or an account that was deactivated, is asked about again. */
export const ASKED_AGAIN_HOURS = 6
