/** Pictures of goods, kept in the data folder under the hash of their bytes. */
export interface Pictures {
  /**
   * Takes a picture that a file of goods names: `path` is relative to `folder` and stays inside it.
   *
   * @param keep Whether it is copied, or only looked at.
   */
  take(folder: string, path: string, keep: boolean): Promise<TakenPicture>
}

export type TakenPicture =
  /** The address under which a page finds it. */
  { readonly ok: true; readonly address: string } | { readonly ok: false; readonly fault: PictureFault }

export type PictureFault =
  | 'pictureMissing'
  | 'pictureOutside'
  | 'pictureTooLarge'
  /** No picture, or none of a kind that is shown. */
  | 'pictureUnknown'
  /** Its file came alone: there is nothing beside it. */
  | 'pictureAlone'

/** The largest picture that is taken and served, in bytes. */
export const largestPicture = 5 * 1024 * 1024

const types = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif' } as const
export type PictureKind = keyof typeof types

export const picturesFolder = 'pictures'
export const pictureAddress = (hash: string, kind: PictureKind): string =>
  `/${picturesFolder}/${hash}.${kind}`

/** The file of an address that `take` gave, or null: no other path is ever one, so none can lead outside. */
export function pictureAt(pathname: string): { readonly file: string; readonly type: string } | null {
  const [, file, kind] = /^\/pictures\/([0-9a-f]{64}\.(png|jpg|webp|gif))$/.exec(pathname) ?? []
  return file === undefined ? null : { file, type: types[kind as PictureKind] }
}
