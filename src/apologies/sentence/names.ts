import { folded } from '../../kernel/sentence.js'

/** Somebody of whom a sentence may speak. */
export interface Known {
  readonly id: string
  readonly name: string
  /** what they are, on each board: "Assistant Chief Constable" */
  readonly posts: readonly string[]
}

/** Those who may be meant where the sentence named somebody. */
export interface Mention {
  readonly people: readonly string[]
  /** the body that was named in place of who represents it */
  readonly body: string | null
  /** as it was said */
  readonly said: string
  /** called by less than their post: "the Chief Constable" may be somebody else */
  readonly loosely: boolean
}

export interface Named {
  /** `{p0}` stands for the first of `mentions`, `{o1}` for the second where that is a body */
  readonly text: string
  readonly mentions: readonly Mention[]
}

const RANKS = new Set(
  'mr mrs ms miss dr prof professor sir dame lord lady cllr councillor rev pc sgt sergeant insp inspector supt superintendent ch chief det detective acc dcc cc dci di ds dsu cmdr commander assistant deputy constable'.split(
    ' ',
  ),
)
/** Names that are other words as well, and are names only where a name can stand. */
const WORDS_TOO = new Set(
  'may april june august will mark grace hope faith joy dawn bill pat rob sue art jack page read'.split(' '),
)
const AFTER_NAME =
  /^(?:'s\b|'ll\b|\s+(?:can|can't|cant|cannot|will|won't|wont|is|isn't|has|hasn't|sends|to (?:sub|substitute|deputise|attend|stand|sit|cover|come|go|step|represent)|standing|sitting|covering|deputising|subbing|attending|substituting|coming|stepping|instead|in (?:my|his|her|their) (?:place|stead)|doesn't|does|no longer|not|both|takes)\b|\s+(?:or|and|&)\s+\S+\s+(?:both|will|can|to)\b)/i
const BEFORE_NAME =
  /\b(?:from|sending|send|asked|with|hi|hello|dear|morning|afternoon|thanks|sorry|behalf of|by|ask|or|sub:|substitute:|(?:in (?:the )?place|instead) of|(?:stands?|sits?|steps?|fills?|standing|sitting|stepping|filling) in for|(?:subs?|subbing|substitut(?:e|es|ing)|deputis(?:e|es|ing)|covers?|covering) for)\s+$/i
const CALENDAR =
  /^(?:mon|tues?|weds?|thurs?|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?$|^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?$/i
const OPENERS =
  /^(?:apologies|apols|sorry|hi|hello|dear|morning|afternoon|thanks|please|record|from|i|and|but|so|no|pls|teams|zoom|webex)$/i

interface Word {
  readonly from: number
  readonly to: number
  readonly text: string
}

const bare = (word: string): string => folded(word).replace(/'(?:s|ll)?$/, '')
const capital = (word: string | undefined): boolean => word !== undefined && /^\p{Lu}[\p{L}'-]+$/u.test(word) && !/^I'/.test(word)
const partsOf = (name: string): readonly string[] =>
  folded(name)
    .split(/[^\p{L}'-]+/u)
    .filter((part) => part && !RANKS.has(part))

const wordsOf = (sentence: string): readonly Word[] =>
  [...sentence.matchAll(/\p{L}[\p{L}'-]*/gu)].map(({ 0: text, index }) => ({ from: index, to: index + text.length, text }))

/** A body, and what it is called. */
export interface Body {
  readonly name: string
  readonly called: readonly string[]
}

/** Takes people and bodies out of a sentence, so that nobody is taken for a month. */
export function takeNames(sentence: string, people: readonly Known[], bodies: readonly Body[]): Named {
  const mentions: Mention[] = []
  const mark = (mention: Mention): string => `{p${mentions.push(mention) - 1}}`
  const named = takePeople(sentence, people, mark)
  const markBody = (said: string, body: string) => `{o${mentions.push({ people: [], body, said, loosely: false }) - 1}}`
  return { text: takeBodies(takePosts(named, people, mark), bodies, markBody), mentions }
}

type Mark = (mention: Mention) => string

function takePeople(sentence: string, people: readonly Known[], mark: Mark): string {
  const words = wordsOf(sentence)
  const shouted = sentence === sentence.toUpperCase()
  const parts = people.map((one) => ({ one, parts: partsOf(one.name) }))
  const near = (at: number): boolean => /^\.? $/.test(sentence.slice(words[at - 1]?.to ?? 0, words[at]?.from ?? 0))
  let text = ''
  let done = 0
  for (let at = 0; at < words.length; at += 1) {
    const first = words[at]
    if (!first || first.from < done) continue
    let start = at
    while (RANKS.has(bare(words[start]?.text ?? '')) && near(start + 1)) start += 1
    if (/^\p{Lu}$/u.test(words[start]?.text ?? '') && words[start]?.text !== 'I' && near(start + 1)) start += 1
    let fits = parts
    let end = start
    while (end < words.length && (end === start || near(end))) {
      const said = bare(words[end]?.text ?? '')
      const still = fits.filter(({ parts: theirs }) => theirs.includes(said))
      if (said === '' || still.length === 0) break
      fits = still
      end += 1
      if (/'(?:s|ll)?$/.test(words[end - 1]?.text ?? '')) break
    }
    if (end === start) continue
    const last = words[end - 1]
    if (!last) continue
    const alone = end - start === 1 && start === at
    const to = last.from + last.text.replace(/'(?:s|ll)?$/i, '').length
    const [before, after] = [sentence.slice(0, first.from), sentence.slice(to)]
    if (alone && WORDS_TOO.has(bare(first.text)) && !(AFTER_NAME.test(after) || BEFORE_NAME.test(before))) continue
    if (alone && /^may$/i.test(first.text) && /^\s+(?:i|we|you|not|have|be|need)\b/i.test(after)) continue
    const [neighbour, previous] = [words[end]?.text, words[at - 1]?.text]
    const another = (word: string | undefined) => capital(word) && !CALENDAR.test(word ?? '') && !OPENERS.test(word ?? '')
    const begins = /(?:^|[.!?:]\s*)$/.test(sentence.slice(0, words[at - 1]?.from ?? 0))
    if (end - start === 1 && !shouted && capital(first.text)) {
      if (near(end) && !/'/.test(last.text) && another(neighbour) && !RANKS.has(bare(neighbour ?? ''))) continue
      if (start === at && near(at) && !begins && another(previous) && !RANKS.has(bare(previous ?? ''))) continue
    }
    text +=
      sentence.slice(done, first.from) +
      mark({
        people: fits.map(({ one }) => one.id),
        body: null,
        said: sentence.slice(first.from, to),
        loosely: false,
      })
    done = to
  }
  return text + sentence.slice(done)
}

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

interface Post {
  readonly called: string
  readonly id: string
  readonly loosely: boolean
}

/** What somebody may be called by their post: it, its first letters, and less than it. */
function postsOf({ id, posts }: Known): readonly Post[] {
  return posts.flatMap((post) => {
    const [title = ''] = folded(post).split(/[,;(]/)
    const words = title.trim().split(/\s+/).filter(Boolean)
    // "PA to the Chief Executive" is nobody's chief executive.
    if (words.length < 2 || words.includes('to')) return []
    const letters = words.map((word) => word.charAt(0)).join('')
    const less = words.slice(1, -1).map((_, from) => words.slice(from + 1).join(' '))
    return [
      { called: words.join(' '), id, loosely: false },
      ...(words.length > 2 ? [{ called: letters, id, loosely: false }] : []),
      ...less.map((called) => ({ called, id, loosely: true })),
    ]
  })
}

function takePosts(sentence: string, people: readonly Known[], mark: Mark): string {
  const posts = people.flatMap(postsOf).sort((one, other) => other.called.length - one.called.length)
  const called = [...new Set(posts.map((post) => post.called))]
  return called.reduce((text, post) => {
    const those = posts.filter((one) => one.called === post)
    const exact = those.filter(({ loosely }) => !loosely)
    const mention = {
      people: [...new Set((exact.length > 0 ? exact : those).map(({ id }) => id))],
      body: null,
      loosely: exact.length === 0,
    }
    // "ACC can't come": by initials alone only where a name would begin.
    const before = /\s/.test(post) ? '\\b(?:the|our) ' : '(?:\\b(?:the|our) |^)'
    return text.replace(new RegExp(`${before}${escaped(post)}(?![\\p{L}\\p{N}])`, 'giu'), (said) => mark({ ...mention, said }))
  }, sentence)
}

const takeBodies = (sentence: string, bodies: readonly Body[], mark: (said: string, body: string) => string): string =>
  bodies
    .flatMap(({ name, called }) => called.filter((one) => one.length > 2).map((one) => ({ name, called: one })))
    .sort((one, other) => other.called.length - one.called.length)
    .reduce(
      (text, { name, called }) =>
        text.replace(new RegExp(`\\b(?:the )?${escaped(called)}(?![\\p{L}\\p{N}])`, 'giu'), (said) => mark(said, name)),
      sentence,
    )
