import { randomUUID } from 'node:crypto'
import { z } from 'zod'

/** A random UUID: says nothing of order, time or number. */
export const newId = (): string => randomUUID()

const id = z.uuid('That is not one of my ids. Press a button of a newer message.')

/** What a command's input may hold in the place of an id. */
export const MeetingId = id
export const SeatId = id
export const BoardId = id
export const TermsId = id
export const PersonId = id
export const ItemId = id
export const FileId = id
export const UploadId = z.uuid('Choose the file.')
export const MotionId = id
export const DecisionId = id
export const ElectionId = id
export const BallotId = id
