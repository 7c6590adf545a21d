/** Bytes of one request. Above the longest sentence by far, so that too long a one is answered and not cut off. */
export const LARGEST_REQUEST = 512 * 1024

/** Pages open at once, each holding one connection for events. */
export const MOST_LISTENERS = 100

/** The newest messages of a conversation that the page shows. */
export const MOST_MESSAGES = 300

/** Characters of what somebody typed that the transcript keeps. */
export const LONGEST_SHOWN = 4_000

/** Bytes that an open page may leave unread. */
export const MOST_UNREAD = 1024 * 1024
