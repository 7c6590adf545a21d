import { useCallback, useEffect, useState } from 'preact/hooks'

/** Who one is and where, as the address bar says it, so that two tabs can be two people. */
export interface Address {
  readonly as: string | null
  readonly place: string | null
}

export const linkTo = ({ as, place }: Address): string => {
  const query = new URLSearchParams()
  if (as !== null) query.set('as', as)
  if (place !== null) query.set('place', place)
  return `?${query}`
}

const read = (): Address => {
  const query = new URLSearchParams(location.search)
  return { as: query.get('as'), place: query.get('place') }
}

/** The address, and a way to go elsewhere; `replace` leaves no step for the Back button. */
export function useAddress(): [Address, (to: Address, how?: 'push' | 'replace') => void] {
  const [address, setAddress] = useState(read)
  useEffect(() => {
    const back = () => setAddress(read())
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [])
  const go = useCallback((to: Address, how: 'push' | 'replace' = 'push') => {
    history[how === 'push' ? 'pushState' : 'replaceState'](null, '', linkTo(to))
    setAddress(to)
  }, [])
  return [address, go]
}
