/**
 * What Slack takes, in characters and counts. Where nothing else is said, as @slack/types 3.2 and the reference at
 * docs.slack.dev/reference/block-kit have it. Characters are counted as JavaScript does, which is never fewer than Slack counts.
 */
export const LONGEST = {
  header: 150,
  /** any text object */
  text: 3_000,
  /** one block of text as we draw it: even if Slack must escape all of it, it fits on a sheet */
  part: 2_000,
  label: 2_000,
  hint: 2_000,
  /** Slack takes 2,000; longer ones are said in text */
  altText: 1_000,
  url: 3_000,
  button: 75,
  /** what a screen reader says of a button */
  spoken: 75,
  buttonValue: 2_000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  option: 75,
  optionDescription: 75,
  /** docs: option-object; the types still say 75 */
  optionValue: 150,
  optionGroup: 75,
  placeholder: 150,
  /** what somebody types into one field */
  typed: 3_000,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3_000,
  id: 255,
  /** chat.postMessage asks for at most 4,000 of its `text`, and cuts it off at 40,000 */
  notification: 3_900,
} as const

export const MOST = {
  /** more are taken, and a phone shows a row of five well */
  buttonsInARow: 5,
  options: 100,
  optionGroups: 100,
  radioButtons: 5,
  viewBlocks: 100,
  tableRows: 100,
  tableCells: 20,
  /** docs: file-input-element */
  fileBytes: 10 * 1024 * 1024,
} as const

/**
 * How much stands on one sheet, with room left for what turns its pages. A message is refused (`msg_blocks_too_long`) near
 * 13,200 characters of what it shows, with about 100 for each block, as others have measured; Slack documents no figure.
 * A view is refused over 250 KB (`view_too_large`). One table a message (`only_one_table_allowed`).
 */
export const ROOM = {
  message: { blocks: 48, weight: 11_000, tables: 1 },
  modal: { blocks: 96, weight: 60_000, tables: 0 },
  home: { blocks: 96, weight: 60_000, tables: 0 },
} as const

/** Of a row of buttons and of a table, so that what stands around them has room too. */
export const HEAVIEST = { row: 6_000, table: 7_500 } as const

/** What a block weighs besides its words. */
export const WEIGHT_OF_A_BLOCK = 100
