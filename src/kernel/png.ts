import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)

/** Complete faces, not subsets: Llŷn, Łódź and Αθήνα are all in them. */
const FACES = ['400', '700'].map((weight) => `@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`)
const FAMILY = 'DejaVu Sans'

/** Dots a unit of the drawing: sharp on a screen of double density, and in print at the size of the screen. */
const DENSITY = 2

async function load() {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm')
  const [program, ...faces] = await Promise.all(
    ['@resvg/resvg-wasm/index_bg.wasm', ...FACES].map((file) => readFile(resolve(file))),
  )
  if (!program) throw new Error('nothing to draw with')
  await initWasm(program)
  return { Resvg, faces }
}

/** Loaded when something is drawn for the first time, and kept: whoever draws nothing pays nothing. */
let drawing: ReturnType<typeof load> | null = null

/**
 * A drawing of our own as a picture of dots, in the house's own letters: nothing is fetched, and no letter is taken from the
 * machine. Reads files: for queries, never for acts.
 * @param svg what it refers to outside of itself is not drawn
 */
export async function pngOf(svg: string): Promise<Uint8Array> {
  drawing ??= load().catch((error: unknown) => {
    drawing = null
    throw error
  })
  const { Resvg, faces } = await drawing
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: DENSITY },
    font: { fontBuffers: faces, defaultFontFamily: FAMILY, sansSerifFamily: FAMILY },
  })
  const image = drawn.render()
  try {
    return image.asPng()
  } finally {
    image.free()
    drawn.free()
  }
}
