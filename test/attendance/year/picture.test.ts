import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { breadthOf, pictureOf } from '../../../src/attendance/year/picture.js'
import { pngOf } from '../../../src/kernel/png.js'
import { openChromium } from '../../chromium.js'
import { attended, HOSTILE, hostileYear, year2025 } from './years.js'

let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser.close())

/** A picture as a browser reads it: as a document of its own, by the strict rules of XML. */
async function read<T>(svg: string, look: () => T): Promise<T> {
  const page = await browser.newPage()
  try {
    await page.goto(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`)
    return await page.evaluate(look)
  } finally {
    await page.close()
  }
}

test('a row an organisation, a mark a meeting, each told in words', async () => {
  const marks = await read(pictureOf(year2025), () =>
    [...document.querySelectorAll('g > title')].map((title) => title.textContent),
  )
  expect(marks).toEqual([
    'Kent Fire and Rescue Service, 25 March: no seat',
    'Kent Fire and Rescue Service, 23 July: vacant',
    'Kent Fire and Rescue Service, 18 November: present',
    'Kent Police, 25 March: present',
    'Kent Police, 23 July: substitute',
    'Kent Police, 18 November: absent',
    'NHS Kent and Medway Integrated Care Board, 25 March: present',
    'NHS Kent and Medway Integrated Care Board, 23 July: apologies',
    'NHS Kent and Medway Integrated Care Board, 18 November: present',
    'Kent Housing Group, 25 March: present',
    'Kent Housing Group, 23 July: apologies',
    'Kent Housing Group, 18 November: no seat',
  ])
})

test('it is one image with a name, and says the figures to whoever hears it', async () => {
  const heard = await read(pictureOf(year2025), () => {
    const svg = document.documentElement
    const named = (svg.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)
    return [svg.getAttribute('role'), ...named]
  })
  expect(heard).toEqual([
    'img',
    'Attendance by organisation, KCSP, 2025',
    'Meetings: 25 March (quorate throughout), 23 July (quorate for a part), 18 November (not quorate). Represented at: Kent Fire and Rescue Service 1 of 2; Kent Police 2 of 3; NHS Kent and Medway Integrated Care Board 2 of 3; Kent Housing Group 1 of 2.',
  ])
})

test('the marks are of different forms, not of different colours alone', () => {
  const uncoloured = pictureOf(year2025).replaceAll(/#[0-9a-f]{3,6}/g, '')
  const forms = new Map(
    [...uncoloured.matchAll(/<title>[^<]*: ([a-z ]+)<\/title>(.*?)<\/g>/g)].map(([, word, form]) => [word, form]),
  )
  expect([...forms.keys()].sort()).toEqual(['absent', 'apologies', 'no seat', 'present', 'substitute', 'vacant'])
  expect(new Set(forms.values()).size).toBe(6)
})

test('a name is only ever text, whatever is in it', async () => {
  const { scripts, texts, all } = await read(pictureOf(hostileYear), () => ({
    scripts: document.querySelectorAll('script, i').length,
    texts: [...document.querySelectorAll('text')].map((text) => text.textContent),
    all: [...document.querySelectorAll('g > title')].map((title) => title.textContent ?? ''),
  }))
  expect(scripts).toBe(0)
  expect(texts).toContain('<KCSP>')
  expect(all).toEqual(HOSTILE.map((name) => `${name.replace('\n', ' ')}, 25 March: present`))
})

test('what no XML may hold is left out of a name, and the picture is drawn', async () => {
  const svg = pictureOf({ ...hostileYear, members: [attended('Kent\u0001 Po\uFFFFlice \uD800', 'absent')] })
  const [title] = await read(svg, () => [...document.querySelectorAll('g > title')].map((one) => one.textContent))
  expect(title).toBe('Kent  Po lice  , 25 March: absent')
  expect((await pngOf(svg)).length).toBeGreaterThan(1000)
})

test('without a word on the quorum there is no line for it', () => {
  expect(pictureOf(hostileYear)).not.toMatch(/quorate/i)
})

test.each([
  { meetings: 3, breadth: 348 },
  { meetings: 4, breadth: 380 },
])('with $meetings meetings it is no broader than a phone', ({ meetings, breadth }) => {
  expect(
    breadthOf({
      ...year2025,
      meetings: Array.from({ length: meetings }, () => ({ day: year2025.meetings[0]?.day as never, quorate: null })),
    }),
  ).toBe(breadth)
})

describe('everything that is written stands within it and beside its marks', () => {
  const long = attended(`Office of the ${'Honourable '.repeat(20)}Commissioner`, 'representative', 'substitute', 'absent')
  const endless = attended('W'.repeat(200), 'representative', 'substitute', 'absent')
  const ideographs = attended('公共安全委员会'.repeat(12), 'representative', 'substitute', 'absent')
  test.each([
    { what: 'of a usual year', year: year2025 },
    { what: 'of long names', year: { ...year2025, members: [long, endless, ideographs] } },
    {
      what: 'of many organisations',
      year: { ...year2025, members: Array.from({ length: 40 }, (_, n) => attended(`Body ${n}`, 'absent', 'absent', 'absent')) },
    },
  ])('$what', async ({ year }) => {
    const outside = await read(pictureOf(year), () => {
      const svg = document.documentElement as unknown as SVGSVGElement
      const { width, height } = svg.viewBox.baseVal
      const texts = [...document.querySelectorAll<SVGTextElement>('text')]
      const boxes = texts.map((text) => ({ said: text.textContent, box: text.getBBox() }))
      const out = boxes.filter(({ box }) => box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height)
      const over = boxes.filter(({ said, box }, n) =>
        boxes
          .slice(n + 1)
          .some(
            (other) =>
              other.said !== said &&
              box.x < other.box.x + other.box.width - 1 &&
              other.box.x < box.x + box.width - 1 &&
              box.y < other.box.y + other.box.height - 4 &&
              other.box.y < box.y + box.height - 4,
          ),
      )
      return [...out, ...over].map(({ said }) => said)
    })
    expect(outside).toEqual([])
  })
})

describe('in dots', () => {
  /** The ink of a PNG's upper left, where the board's name stands, as a browser decodes it. */
  const inked = async (png: Uint8Array) => {
    const page = await browser.newPage()
    try {
      return await page.evaluate(
        async (source) => {
          const image = new Image()
          image.src = source
          await image.decode()
          const canvas = document.createElement('canvas')
          canvas.width = image.naturalWidth
          canvas.height = image.naturalHeight
          const context = canvas.getContext('2d')
          context?.drawImage(image, 0, 0)
          const { data = [] } = context?.getImageData(0, 0, 200, 70) ?? {}
          let dark = 0
          for (let dot = 0; dot < data.length; dot += 4) if ((data[dot] ?? 255) < 128) dark += 1
          return { width: image.naturalWidth, dark }
        },
        `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
      )
    } finally {
      await page.close()
    }
  }

  test('it is twice as broad, and its words are in it', async () => {
    const { width, dark } = await inked(await pngOf(pictureOf(year2025)))
    expect(width).toBe(2 * breadthOf(year2025))
    expect(dark).toBeGreaterThan(300)
  })

  test('the same picture is the same file on every machine', async () => {
    const svg = pictureOf(hostileYear)
    expect(Buffer.from(await pngOf(svg)).equals(Buffer.from(await pngOf(svg)))).toBe(true)
  })
})
