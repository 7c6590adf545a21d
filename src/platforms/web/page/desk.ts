import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks'
import type { ClockMove, ClockView, Message, PlaceView, Session } from '../protocol.js'
import type { Address } from './address.js'
import * as api from './api.js'
import { after, type Conversations, empty, messagesOf } from './conversations.js'
import { useLive } from './live.js'

const minute = 60_000 // milliseconds; the clock runs on by itself, and is asked for as often as it shows

/** Who one is, and whom and where there is besides. */
export type Company = Omit<Session, 'clock'>

/** Everything the page shows of one person's world, and how it is brought up to date. */
export interface Desk {
  readonly session: Company
  readonly clock: ClockView
  readonly conversations: Conversations
  /** the line to the server is down */
  readonly down: boolean
  receive(message: Message): void
  refresh(place: string): Promise<void>
  moveClock(move: ClockMove): Promise<void>
}

/**
 * The desk of the person whom the address names, once the server has told of them.
 * @param go told the full address where the address left out who or where
 * @param onTrouble told, in a sentence, what could not be fetched
 */
export function useDesk(
  address: Address,
  go: (to: Address, how: 'replace') => void,
  onTrouble: (thrown: unknown) => void,
): Desk | null {
  const [session, setSession] = useState<Company | null>(null)
  const [clock, setClock] = useState<ClockView | null>(null)
  const as = session?.me.email ?? ''
  const kind = useRef<PlaceView['kind']>('channel')
  const place = placeFor(session?.places ?? [], address.place, kind.current)
  if (place) kind.current = place.kind
  const open = place?.id ?? ''
  const [kept, tell] = useReducer(after, empty('', ''))
  const conversations = kept.as === as && kept.open === open ? kept : after(kept, { kind: 'opened', as, place: open })
  const latest = useRef(conversations)
  latest.current = conversations

  useEffect(() => tell({ kind: 'opened', as, place: open }), [as, open])

  const asked = useRef(0)
  const meet = useCallback(async () => {
    asked.current += 1
    const turn = asked.current
    const { clock, ...met } = await api.session(address.as)
    // Of answers that overtake each other only that to the latest question counts.
    if (turn !== asked.current) return
    setSession((known) => (JSON.stringify(known) === JSON.stringify(met) ? known : met))
    setClock(clock)
  }, [address.as])
  useEffect(() => {
    void meet().catch(onTrouble)
    const again = setInterval(() => void meet().catch(() => undefined), minute)
    return () => clearInterval(again)
  }, [meet, onTrouble])

  useEffect(() => {
    if (session !== null && (address.as !== as || address.place !== open) && (address.as ?? as) === as)
      go({ as, place: open }, 'replace')
  }, [session, as, open, address, go])

  const mine = session?.me.name ?? ''
  const refresh = useCallback(
    async (place: string) => {
      const before = messagesOf(latest.current, place)
      tell({ kind: 'history', as, place, before, messages: await api.messages(as, place), mine })
    },
    [as, mine],
  )
  const receive = useCallback((message: Message) => tell({ kind: 'arrived', as, message, mine }), [as, mine])
  const places = useRef(session?.places ?? [])
  useEffect(() => {
    const before = new Set(places.current.map(({ id }) => id))
    places.current = session?.places ?? []
    // What there is at first is asked for when the line opens.
    const added = before.size === 0 ? [] : places.current.filter(({ id }) => !before.has(id))
    void Promise.all(added.map(({ id }) => refresh(id))).catch(onTrouble)
  }, [session, refresh, onTrouble])
  // By reference, since the line would be cut and laid anew with each change of what it tells.
  const meetAgain = useRef(meet)
  meetAgain.current = meet
  const heard = useMemo(
    () => ({
      message: receive,
      clock: setClock,
      session: () => void meetAgain.current().catch(onTrouble),
      opened: () => void Promise.all([meetAgain.current(), ...places.current.map(({ id }) => refresh(id))]).catch(onTrouble),
    }),
    [receive, refresh, onTrouble],
  )
  const down = useLive(session === null ? null : as, heard)
  const moveClock = useCallback(async (move: ClockMove) => setClock(await api.moveClock(move)), [])

  if (session === null || clock === null) return null
  return { session, clock, conversations, down, receive, refresh, moveClock }
}

/** The place asked for; else, where another person has none of that name, one of the kind last looked at. */
const placeFor = (places: readonly PlaceView[], asked: string | null, kind: PlaceView['kind']): PlaceView | undefined =>
  places.find(({ id }) => id === asked) ?? places.find((place) => place.kind === kind) ?? places[0]
