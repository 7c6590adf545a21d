import { z } from 'zod'
import { joinedChannel } from '../channels.js'
import { addFile, fileObject, visibleFile } from '../files.js'
import { blocksOfMessage, putMessage, tellOfOwn } from '../messages.js'
import { Refused } from '../refused.js'
import { id, type Method, method, structure, ts } from './method.js'

const Completed = z.array(z.strictObject({ id, title: z.string().optional() })).min(1)

export const FILES: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': method({
    scopes: ['files:write'],
    args: z.strictObject({
      filename: id,
      length: z.coerce.number().int().min(1),
      alt_txt: z.string().max(1_000).optional(),
      snippet_type: z.string().optional(),
    }),
    run: (team, { filename, length }) => {
      const file = addFile(team, { name: filename, type: 'application/octet-stream', user: team.botUser, length, content: null })
      return { upload_url: `${team.ground.origin}/upload/v1/${team.id}/${file.id}`, file_id: file.id }
    },
  }),
  'files.completeUploadExternal': method({
    scopes: ['files:write'],
    args: z.strictObject({
      files: structure,
      channel_id: z.string().optional(),
      thread_ts: ts.optional(),
      initial_comment: z.string().optional(),
      blocks: structure,
    }),
    run: (team, args) => {
      const asked = Completed.safeParse(args.files)
      if (!asked.success) throw new Refused('invalid_arguments')
      const files = asked.data.map(({ id: file, title }) => {
        const found = team.files.get(file)
        if (!found || found.content === null || found.complete || found.user !== team.botUser) throw new Refused('file_not_found')
        return { found, title: title ?? found.name }
      })
      const blocks = blocksOfMessage(team, args.blocks)
      const channel = args.channel_id === undefined ? null : channelOf(team, args.channel_id)
      for (const { found, title } of files) Object.assign(found, { complete: true, title })
      if (channel) {
        const ids = files.map(({ found }) => found.id)
        const said = { text: args.initial_comment, blocks, thread: args.thread_ts }
        tellOfOwn(team, channel, putMessage(team, channel, { ...said, user: team.botUser, files: ids }))
      }
      return { files: files.map(({ found }) => fileObject(team, found)) }
    },
  }),
  'files.info': method({
    scopes: ['files:read'],
    args: z.strictObject({ file: id }),
    run: (team, { file }) => ({ file: fileObject(team, visibleFile(team, file)), comments: [] }),
  }),
}

/** A person’s id is no place to share a file in. */
function channelOf(team: Parameters<typeof joinedChannel>[0], channel: string) {
  try {
    const found = joinedChannel(team, channel)
    if (found.archived) throw new Refused('posting_to_channel_denied')
    return found
  } catch (error) {
    throw error instanceof Refused && error.code === 'posting_to_channel_denied' ? error : new Refused('invalid_channel')
  }
}
