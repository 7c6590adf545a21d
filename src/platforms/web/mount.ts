import { fileURLToPath } from 'node:url'
import express, { type Express } from 'express'
import { failed, ownPagesOnly } from './guard.js'
import { LARGEST_REQUEST } from './limits.js'
import { type PageNeeds, pageRoutes } from './listen.js'

/** Where the build puts the page's files. */
const FILES = fileURLToPath(new URL('./page', import.meta.url))

/** Puts the page and its routes on a server. */
export function mountPage(app: Express, needs: PageNeeds, log: (error: unknown) => void): void {
  app.use(ownPagesOnly)
  app.use(express.json({ limit: LARGEST_REQUEST }))
  app.use(pageRoutes(needs))
  app.use(express.static(FILES, { index: 'index.html' }))
  app.use(failed(log))
}
