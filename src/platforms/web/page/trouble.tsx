/** What went wrong, until it is dismissed. The region is always there, so that a screen reader hears it fill. */
export function Trouble({ sentence, onDismiss }: { readonly sentence: string | null; onDismiss(): void }) {
  return (
    <div role="alert" class={sentence === null ? 'quiet' : 'trouble'}>
      {sentence !== null && (
        <>
          <p>{sentence}</p>
          <button type="button" onClick={onDismiss}>
            Dismiss
          </button>
        </>
      )}
    </div>
  )
}
