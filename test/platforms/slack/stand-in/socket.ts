import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** One open WebSocket, seen from the server. Text alone is spoken. */
export interface Socket {
  send(text: string): void
  ping(): void
  close(code: number, reason?: string): void
  /** Breaks the connection off as a fallen network would. */
  destroy(): void
}

interface Heard {
  text(text: string): void
  closed(): void
}

/** What the handshake adds to the client’s key. @see RFC 6455, 1.3 */
const KEY_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const OPCODES = { more: 0, text: 1, close: 8, ping: 9, pong: 10 } as const
const NORMAL_CLOSURE = 1_000
const PROTOCOL_ERROR = 1_002

/** Takes an upgrade request. @see RFC 6455 */
export function acceptSocket(request: IncomingMessage, stream: Duplex, head: Buffer, heard: Heard): Socket {
  const key = String(request.headers['sec-websocket-key'])
  const accept = createHash('sha1')
    .update(key + KEY_SUFFIX)
    .digest('base64')
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  let buffered = head
  let said = Buffer.alloc(0)
  let closing = false

  const send = (opcode: number, payload: Buffer): void => {
    if (!stream.writable) return
    stream.write(Buffer.concat([header(opcode, payload.length), payload]))
  }
  const close = (code: number, reason = ''): void => {
    if (closing) return
    closing = true
    const body = Buffer.alloc(2 + Buffer.byteLength(reason))
    body.writeUInt16BE(code, 0)
    body.write(reason, 2)
    send(OPCODES.close, body)
  }

  function hear(frame: Frame): void {
    if (!frame.masked) close(PROTOCOL_ERROR, 'a client masks what it sends')
    else if (frame.opcode === OPCODES.ping) send(OPCODES.pong, frame.payload)
    else if (frame.opcode === OPCODES.close) {
      close(frame.payload.length >= 2 ? frame.payload.readUInt16BE(0) : NORMAL_CLOSURE)
      stream.end()
    } else if (frame.opcode !== OPCODES.pong) {
      said = Buffer.concat([said, frame.payload])
      if (!frame.final) return
      const whole = said.toString('utf8')
      said = Buffer.alloc(0)
      heard.text(whole)
    }
  }

  const read = (chunk: Buffer): void => {
    buffered = Buffer.concat([buffered, chunk])
    for (let frame = frameOf(buffered); frame; frame = frameOf(buffered)) {
      buffered = buffered.subarray(frame.length)
      hear(frame)
    }
  }
  stream.on('data', read)
  stream.on('error', () => stream.destroy())
  stream.on('close', () => heard.closed())
  read(Buffer.alloc(0))
  return {
    send: (text) => send(OPCODES.text, Buffer.from(text)),
    ping: () => send(OPCODES.ping, Buffer.from('ping')),
    close,
    destroy: () => stream.destroy(),
  }
}

interface Frame {
  readonly opcode: number
  readonly final: boolean
  readonly masked: boolean
  readonly payload: Buffer
  /** of the whole frame, in bytes */
  readonly length: number
}

/** The first whole frame of what has come so far. @see RFC 6455, 5.2 */
function frameOf(bytes: Buffer): Frame | null {
  if (bytes.length < 2) return null
  const [first = 0, second = 0] = bytes
  const short = second & 0x7f
  const masked = (second & 0x80) !== 0
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0
  const start = 2 + extra + (masked ? 4 : 0)
  if (bytes.length < start) return null
  const size = extra === 2 ? bytes.readUInt16BE(2) : extra === 8 ? Number(bytes.readBigUInt64BE(2)) : short
  if (bytes.length < start + size) return null
  const payload = Buffer.from(bytes.subarray(start, start + size))
  if (masked) {
    const mask = bytes.subarray(start - 4, start)
    for (let at = 0; at < size; at += 1) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0)
  }
  return { opcode: first & 0x0f, final: (first & 0x80) !== 0, masked, payload, length: start + size }
}

function header(opcode: number, size: number): Buffer {
  const first = 0x80 | opcode
  if (size < 126) return Buffer.from([first, size])
  if (size < 65_536) {
    const bytes = Buffer.from([first, 126, 0, 0])
    bytes.writeUInt16BE(size, 2)
    return bytes
  }
  const bytes = Buffer.alloc(10)
  bytes[0] = first
  bytes[1] = 127
  bytes.writeBigUInt64BE(BigInt(size), 2)
  return bytes
}
