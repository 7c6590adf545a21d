/** What is to go wrong with a method: the answer, or the way there. */
export type Fault =
  | { readonly error: string }
  | { readonly status: number; readonly retryAfter?: number }
  | { readonly reset: true }
  /** answers too late, having done it or not */
  | { readonly hang: number; readonly andDo: boolean }

export interface Faults {
  add(method: string, fault: Fault, times: number): void
  /** The fault that this call meets, if any; it is used up by that. */
  take(method: string): Fault | null
  /** Nothing goes wrong any more. */
  clear(): void
}

export function newFaults(): Faults {
  const waiting: { method: string; fault: Fault; left: number }[] = []
  return {
    add: (method, fault, times) => {
      waiting.push({ method, fault, left: times })
    },
    take: (method) => {
      const found = waiting.find((one) => one.method === method && one.left > 0)
      if (!found) return null
      found.left -= 1
      return found.fault
    },
    clear: () => void waiting.splice(0),
  }
}
