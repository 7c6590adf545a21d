/** A file as it goes to the server. */
export interface FileSent {
  readonly name: string
  readonly type: string
  readonly base64: string
}

export const sent = async (file: File): Promise<FileSent> => ({
  name: file.name,
  type: file.type,
  base64: await base64Of(file),
})

const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(new Error(`${file.name} cannot be read.`))
    reader.readAsDataURL(file)
  })
