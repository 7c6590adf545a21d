import { Refused } from './refused.js'
import type { Team } from './team.js'
import type { SentFile } from './visitor.js'

/** A file at Slack: announced, filled, and then seen by nobody until it is shared. */
export interface StoredFile {
  readonly id: string
  readonly name: string
  title: string
  readonly mimetype: string
  readonly user: string
  readonly created: number
  /** as announced, in bytes */
  readonly length: number
  content: Buffer | null
  /** the conversations where it stands */
  readonly channels: Set<string>
  /** that its upload was completed */
  complete: boolean
}

export interface NewFile {
  readonly name: string
  readonly type: string
  readonly user: string
  readonly length: number
  readonly content: Buffer | null
}

export function addFile(team: Team, { name, type, user, length, content }: NewFile): StoredFile {
  const file: StoredFile = {
    id: team.ground.nextId('F'),
    name,
    title: name,
    mimetype: type,
    user,
    created: team.ground.now(),
    length,
    content,
    channels: new Set(),
    complete: content !== null,
  }
  team.files.set(file.id, file)
  return file
}

/** A person’s file, whole at once. */
export const upload = (team: Team, user: string, { name, type, content }: SentFile): StoredFile =>
  addFile(team, { name, type, user, length: content.length, content })

/** A file that the app may see: one of its own, one of a form sent to it, or one in a room that it is in. @throws Refused file_not_found */
export function visibleFile(team: Team, id: string): StoredFile {
  const file = team.files.get(id)
  const inItsRooms = file && [...file.channels].some((channel) => team.channels.get(channel)?.members.has(team.botUser))
  if (!file?.complete || !(inItsRooms || file.channels.size === 0)) throw new Refused('file_not_found')
  return file
}

export function fileObject(team: Team, file: StoredFile): Record<string, unknown> {
  const created = Math.floor(file.created / 1_000)
  const extension = file.name.includes('.') ? (file.name.split('.').at(-1) ?? '') : ''
  const url = `${team.ground.origin}/files-pri/${team.id}-${file.id}/${encodeURIComponent(file.name)}`
  const rooms = [...file.channels].map((id) => team.channels.get(id))
  const ids = (of: 'public' | 'private' | 'direct') =>
    rooms.flatMap((room) =>
      room && (room.person !== null ? 'direct' : room.isPrivate ? 'private' : 'public') === of ? [room.id] : [],
    )
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: extension,
    pretty_type: extension.toUpperCase(),
    user: file.user,
    user_team: team.users.get(file.user)?.foreignTeam ?? team.id,
    editable: false,
    size: file.content?.length ?? file.length,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: ids('public').length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: url,
    url_private_download: `${url}?download=1`,
    permalink: `https://${team.domain}.slack.com/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    has_rich_preview: false,
    file_access: 'visible',
    channels: ids('public'),
    groups: ids('private'),
    ims: ids('direct'),
  }
}
