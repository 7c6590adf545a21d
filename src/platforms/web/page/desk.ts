import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks'
import type { ClockMove, ClockView, Message, PlaceView, Session } from '../protocol.js'
import type { Address } from './address.js'
import * as api from './api.js'
import { after, type Conversations, empty, messagesOf } from './conversations.js'
import { useLive } from './live.js'

const minute = 60_000 // milliseconds; the clock runs on by itself, and is asked for as often as it shows

/** Everything the page shows of one person's world, and how it is brought up to date. */
export interface Desk {
  readonly session: Session
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
  const [session, setSession] = useState<Session | null>(null)
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

  const meet = useCallback(async () => {
    const met = await api.session(address.as)
    setSession((known) => (JSON.stringify(known) === JSON.stringify(met) ? known : met))
    setClock(met.clock)
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
  const places = session?.places
  const heard = useMemo(
    () => ({
      message: receive,
      clock: setClock,
      opened: () => void Promise.all((places ?? []).map(({ id }) => refresh(id))).catch(onTrouble),
    }),
    [receive, refresh, places, onTrouble],
  )
  const down = useLive(session === null ? null : as, heard)
  const moveClock = useCallback(async (move: ClockMove) => setClock(await api.moveClock(move)), [])

  if (session === null || clock === null) return null
  return { session, clock, conversations, down, receive, refresh, moveClock }
}

/** The place asked for; else, where another person has none of that name, one of the kind last looked at. */
const placeFor = (places: readonly PlaceView[], asked: string | null, kind: PlaceView['kind']): PlaceView | undefined =>
  places.find(({ id }) => id === asked) ?? places.find((place) => place.kind === kind) ?? places[0]
