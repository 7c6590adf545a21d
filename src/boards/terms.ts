import { z } from 'zod'
import { Division } from '../kernel/working-days.js'

const Clause = z.strictObject({ number: z.string().min(1), words: z.string().min(1) })

const Reading = z.strictObject({
  name: z.string().min(1),
  source: z.string().min(1),
  bodies: z.array(z.string().min(1)).min(1),
})

const Standing = z.strictObject({
  name: z.string().min(1),
  plural: z.string().min(1),
  clause: Clause,
  readings: z.array(Reading).min(1),
})

/** A board's rules as data: each with the clause of the terms of reference that it rests on. */
export const Terms = z
  .strictObject({
    title: z.string().min(1),
    board: z.string().min(1),
    shortName: z.string().min(1),
    zone: z.string().min(1),
    division: Division,
    standings: z.array(Standing).min(1),
    quorum: z.strictObject({
      /** whole number of bodies */
      atLeast: z.int().min(1),
      /** the name of a standing */
      of: z.string().min(1),
      clause: Clause,
    }),
    substitutes: z.strictObject({ allowed: z.boolean(), clause: Clause }),
  })
  .refine((terms) => terms.standings.some((standing) => standing.name === terms.quorum.of), {
    path: ['quorum', 'of'],
    message: 'must be the name of one of the standings',
  })

export type Terms = z.infer<typeof Terms>
export type Standing = z.infer<typeof Standing>
