/** How the process ends: an answer; a refusal, or something found wrong; a fault. */
export const EXIT = { answer: 0, refusal: 1, fault: 2 } as const

export const print = (text: string): void => void process.stdout.write(`${text}\n`)
export const complain = (text: string): void => void process.stderr.write(`${text}\n`)
