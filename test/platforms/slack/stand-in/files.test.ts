import { WebClient } from '@slack/web-api'
import { describe, expect, test } from 'vitest'
import { openBoard } from './bare.js'

describe('files', () => {
  test('are announced, filled and shared; read with the token alone', async () => {
    const { slack, board, alice, channel } = await openBoard()
    const client = new WebClient(board.botToken, { slackApiUrl: slack.url, retryConfig: { retries: 0 } })
    await client.filesUploadV2({ channel_id: channel, file: Buffer.from('Minutes'), filename: 'minutes.txt', title: 'Minutes' })
    const [seen] = board.as(alice).conversation(channel)
    expect(seen?.files).toMatchObject([{ name: 'minutes.txt', title: 'Minutes' }])
    if (!seen) throw new Error('no message')
    expect((await board.as(alice).file(seen)).toString()).toBe('Minutes')

    const file = seen.files[0]?.id ?? ''
    const { file: about } = await client.files.info({ file })
    const url = about?.url_private ?? ''
    const read = async (token?: string) =>
      (await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })).text()
    expect(await read(board.botToken)).toBe('Minutes')
    expect(slack.complaints).toEqual([])
    expect(await read()).toContain('Sign in')
    expect(await read('xoxb-other')).toContain('Sign in')
    expect(slack.complaints).toHaveLength(2)
  })

  test('are refused half, unfilled, twice, and where the app is not', async () => {
    const { slack, board, call, alice } = await openBoard()
    const announce = async () => await call('files.getUploadURLExternal', { filename: 'a.txt', length: 4 })
    const complete = (file: unknown, more: Readonly<Record<string, unknown>> = {}) =>
      call('files.completeUploadExternal', { files: [{ id: file }], ...more })
    const fill = (url: unknown, content: string) => fetch(String(url), { method: 'POST', body: content })

    const one = await announce()
    expect(await complete(one.file_id)).toMatchObject({ error: 'file_not_found' })
    expect((await fill(one.upload_url, 'abc')).status).toBe(400)
    expect((await fill(one.upload_url, 'abcd')).status).toBe(200)
    expect(await complete(one.file_id, { channel_id: alice })).toMatchObject({ error: 'invalid_channel' })
    expect(await complete(one.file_id)).toMatchObject({ ok: true })
    expect(await complete(one.file_id)).toMatchObject({ error: 'file_not_found' })
    expect(slack.complaints).toEqual([expect.stringContaining('3 bytes came')])
    expect(board.as(alice).conversation()).toEqual([])
  })
})
