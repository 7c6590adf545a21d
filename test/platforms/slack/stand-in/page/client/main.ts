import type { ActSent, Done } from '../acts.js'
import type { Sight } from '../sight.js'
import { blocks } from './blocks.js'
import { newComposer } from './composer.js'
import { newConversation } from './conversation.js'
import { type Desk, draftsOf, fetchSight, NotReached, send, type Tab } from './desk.js'
import { el, refill } from './element.js'
import { newModal } from './modal.js'
import { drawSidebar } from './sidebar.js'
import { drawHead, drawTrouble, type Trouble } from './top.js'

/** The page: fetches what its person sees whenever that changed, and draws it. */

const part = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The page has no ${id}.`)
  return found
}

// They scroll, also for those without a mouse.
for (const scrolled of ['log', 'home']) part(scrolled).tabIndex = 0

const asked = new URLSearchParams(location.search)
let as = asked.get('as') ?? ''
let place = asked.get('in') ?? 'direct'
let tab: Tab = asked.get('tab') === 'home' ? 'home' : 'messages'
let sight: Sight | null = null
let wasOpened = ''
let fetching = false
let again = false
const trouble: Trouble = { problem: null, forgiven: 0 }

const composer = newComposer(part('composer'))
const drawConversation = newConversation(part('log'), (seen) => composer.replyTo(seen))
const drawModal = newModal(part('modals'))

const deskOf = (seen: Sight): Desk => ({
  get sight() {
    return sight ?? seen
  },
  place,
  tab,
  go(to) {
    as = to.as ?? as
    place = to.place ?? place
    tab = to.tab ?? (to.place === 'direct' && place !== seen.place ? 'messages' : tab)
    history.replaceState(null, '', `?${new URLSearchParams({ as, in: place, ...(place === 'direct' ? { tab } : {}) })}`)
    void follow()
  },
  act,
  surface: (key, { on, state, errors = {} }) => ({
    key,
    on,
    state,
    errors,
    sight: seen,
    drafts: draftsOf(`${seen.you.id} ${key}`),
    act: async (one) => {
      const done = await act(one)
      return done !== null && done.problem === undefined
    },
  }),
})

async function act(one: ActSent): Promise<Done | null> {
  const problem = (said: string | null): void => {
    trouble.problem = said
  }
  try {
    if (one.act !== 'read') problem(null)
    const done = await send(as, one)
    if (done.problem !== undefined) problem(done.problem)
    if (sight) draw(sight)
    await follow()
    return done
  } catch (error) {
    if (!(error instanceof NotReached)) throw error
    problem(error.message)
    if (sight) draw(sight)
    return null
  }
}

/** Sees anew; what changes meanwhile is seen right after. */
async function follow(): Promise<void> {
  if (fetching) {
    again = true
    await underWay
    return
  }
  fetching = true
  underWay = see().finally(() => {
    fetching = false
  })
  await underWay
}
let underWay: Promise<void> = Promise.resolve()

async function see(): Promise<void> {
  do {
    again = false
    const [who, where] = [as, place]
    const seen = await fetchSight(who, where)
    if (seen === 'gone' && where !== 'direct') {
      place = 'direct'
      again = true
    }
    if (seen === null || seen === 'gone' || who !== as || where !== place) continue
    sight = seen
    as = seen.you.id
    place = seen.place
    draw(seen)
    await opened(seen)
  } while (again)
}

function draw(seen: Sight): void {
  const desk = deskOf(seen)
  drawSidebar(part('sidebar'), desk)
  drawHead(part('head'), desk)
  drawTrouble(part('trouble'), seen.complaints, trouble, () => draw(seen))
  const atHome = place === 'direct' && tab === 'home'
  part('log').hidden = atHome
  part('home').hidden = !atHome
  if (atHome) drawHome(desk)
  else drawConversation(desk)
  composer.draw(desk)
  drawModal(desk)
  document.title = `${place === 'direct' ? 'Quorate' : `#${seen.places.find(({ id }) => id === place)?.name ?? ''}`} | ${seen.workspace}`
}

function drawHome(desk: Desk): void {
  const { home } = desk.sight
  refill(part('home'), [home?.id, home?.hash, desk.sight.you.id], () =>
    home
      ? blocks(home.blocks, desk.surface(home.id, { on: 'home', state: home.state.values }))
      : [el('p', { class: 'nothing' }, 'Quorate has put nothing here yet.')],
  )
}

/** Tells the app once that its home or messages were opened, and keeps what was read. */
async function opened(seen: Sight): Promise<void> {
  const here = `${as} ${place} ${place === 'direct' ? tab : ''}`
  const isNew = here !== wasOpened
  if (isNew && (seen.app.connected || place !== 'direct')) {
    wasOpened = here
    if (place === 'direct') void act({ act: 'open', tab })
  }
  const unread = seen.places.find(({ id }) => id === place)?.unread ?? 0
  const isRead = document.visibilityState === 'visible' && !(place === 'direct' && tab === 'home')
  if (unread > 0 && isRead) void act({ act: 'read', in: place })
}

new EventSource('/page/changes').onmessage = () => void follow()
document.addEventListener('visibilitychange', () => void follow())
void follow()
