import { useCallback, useEffect, useState } from 'preact/hooks'

interface Drawer {
  readonly isOpen: boolean
  open(): void
  /** @param then the id of what gets the focus */
  close(then: string): void
}

const focusSoon = (selector: string) =>
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true }))

/** The sidebar, where the screen is too narrow for it. Escape, a press beside it and a wider window close it. */
export function useDrawer(id: string, opener: string): Drawer {
  const [isOpen, setOpen] = useState(false)
  const close = useCallback((then: string) => {
    setOpen(false)
    focusSoon(`#${then}`)
  }, [])

  useEffect(() => {
    if (!isOpen) return
    const wide = matchMedia('(min-width: 768px)')
    const onWide = () => setOpen(false)
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close(opener)
    const onClick = ({ target }: MouseEvent) => target instanceof Element && !target.closest(`#${id}`) && close(opener)
    wide.addEventListener('change', onWide)
    addEventListener('keydown', onKey)
    addEventListener('click', onClick)
    focusSoon(`#${id} [aria-current]`)
    return () => {
      wide.removeEventListener('change', onWide)
      removeEventListener('keydown', onKey)
      removeEventListener('click', onClick)
    }
  }, [isOpen, close, id, opener])

  return { isOpen, open: () => setOpen(true), close }
}
