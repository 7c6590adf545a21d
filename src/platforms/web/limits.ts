/** Bytes of a file that is attached to words. A board's roster or terms of reference take a tenth of it. */
export const LARGEST_FILE = 400 * 1024

/**
 * Bytes of one request: a file of the largest size, which base64 makes a third larger, beside the longest words; and above
 * both by far, so that a little too much is answered with a sentence and not cut off.
 */
export const LARGEST_REQUEST = 1024 * 1024

/** Pages open at once, each holding one connection for events. */
export const MOST_LISTENERS = 100

/** The newest messages of a conversation that the page shows. */
export const MOST_MESSAGES = 300

/** Characters of what somebody typed that the transcript keeps. */
export const LONGEST_SHOWN = 4_000

/** Bytes that an open page may leave unread. */
export const MOST_UNREAD = 1024 * 1024

/** Documents kept for those who asked for them; the oldest makes room. */
export const MOST_DOCUMENTS = 50

/** How long a document is kept, in minutes. */
export const DOCUMENT_MINUTES = 10
