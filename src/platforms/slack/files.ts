import { z } from 'zod'
import { type Call, NoAnswer } from './client.js'
import type { SentFile } from './filled-in.js'
import { CALL_TIMEOUT_MS } from './waits.js'

const UploadTo = z.object({ upload_url: z.string(), file_id: z.string() })

/** Where Slack keeps files; with another server than Slack's, that server. */
const SLACKS_FILES = 'https://files.slack.com'

export interface SlackFiles {
  /** The bytes of a file that was sent, as they come. @throws NoAnswer */
  download(file: SentFile): AsyncIterable<Uint8Array>
  /** Puts a file into a conversation. @throws NoAnswer */
  handOver(channel: string, file: { readonly name: string; readonly content: Uint8Array; readonly title: string }): Promise<void>
}

export function slackFiles(call: Call, token: string, apiUrl: string | null): SlackFiles {
  const home = apiUrl === null ? SLACKS_FILES : new URL(apiUrl).origin

  return {
    async *download({ url }) {
      const address = url ?? ''
      // The token goes with the request: it goes to Slack, whatever the event says.
      if (!URL.canParse(address) || new URL(address).origin !== home) throw new NoAnswer('download', 'elsewhere', null, false)
      const response = await fetch(address, {
        headers: { authorization: `Bearer ${token}` },
        redirect: 'error',
        signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      }).catch(() => null)
      if (!response?.ok || !response.body)
        throw new NoAnswer('download', `status_${response?.status ?? 'none'}`, undefined, false)
      // Without the scope, Slack answers with a page to sign in.
      if (response.headers.get('content-type')?.startsWith('text/html'))
        throw new NoAnswer('download', 'missing_scope', null, false)
      try {
        yield* response.body
      } catch {
        throw new NoAnswer('download', 'connection', undefined, false)
      }
    },
    async handOver(channel, { name, content, title }) {
      const { upload_url, file_id } = await call(
        'files.getUploadURLExternal',
        { filename: name, length: content.length },
        UploadTo,
      )
      if (!URL.canParse(upload_url) || new URL(upload_url).origin !== home) throw new NoAnswer('upload', 'elsewhere', null, false)
      const sent = await fetch(upload_url, {
        method: 'POST',
        body: Buffer.from(content),
        redirect: 'error',
        signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      }).catch(() => null)
      if (!sent?.ok) throw new NoAnswer('upload', `status_${sent?.status ?? 'none'}`, undefined, false)
      await call('files.completeUploadExternal', { files: [{ id: file_id, title }], channel_id: channel }, z.object({}))
    },
  }
}
